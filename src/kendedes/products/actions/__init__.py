"""The verbs of a product's life. Each is one transaction and one entry in the diary."""

from kendedes.products.actions.life import (
    GAPS,
    accept,
    accept_all,
    discontinue,
    missing,
    publish,
    revive,
    send_back,
    submit,
    withdraw,
)  # fmt: skip
from kendedes.products.actions.making import (
    Pack,
    PriceAsked,
    change_product,
    create_product,
    edit_product,
    end_pack,
    ensure_categories,
    put_pack,
)  # fmt: skip
from kendedes.products.actions.refusals import (
    CodeTaken,
    EditedMeanwhile,
    Incomplete,
    LastPack,
    NothingToMend,
    PriceOdd,
    WrongState,
)  # fmt: skip

__all__ = [
    "GAPS", "CodeTaken", "EditedMeanwhile", "Incomplete", "LastPack", "NothingToMend", "Pack", "PriceAsked", "PriceOdd",
    "WrongState", "accept", "accept_all", "change_product", "create_product", "discontinue", "edit_product", "end_pack",
    "ensure_categories", "missing", "publish", "put_pack", "revive", "send_back", "submit", "withdraw",
]  # fmt: skip
