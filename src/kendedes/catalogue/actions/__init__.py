"""The verbs of an edition's life. Each is one transaction and one entry in the diary."""

from kendedes.catalogue.actions.drafting import (
    NothingChosen,
    OpenEditionExists,
    ProductNotReady,
    WrongEditionState,
    back_to_draft,
    change_edition,
    choose,
    move,
    open_edition,
    propose,
    to_proof,
)
from kendedes.catalogue.actions.fixing import (
    EmptyErratum,
    NothingToCompose,
    SecondPersonNeeded,
    UnknownEntry,
    add_erratum,
    compose_regency,
    lock,
    lock_unit_edition,
    publish,
)

__all__ = [
    "EmptyErratum", "NothingChosen", "NothingToCompose", "OpenEditionExists", "ProductNotReady", "SecondPersonNeeded",
    "UnknownEntry", "WrongEditionState", "add_erratum", "back_to_draft", "change_edition", "choose", "compose_regency",
    "lock", "lock_unit_edition", "move", "open_edition", "propose", "publish", "to_proof",
]  # fmt: skip
