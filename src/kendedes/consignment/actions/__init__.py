"""The verbs of consignment."""

from kendedes.consignment.actions.counting import (
    approve_count,
    count_again,
    count_also,
    enter_counts,
    finish_count,
)
from kendedes.consignment.actions.differences import settle_difference, turned_up
from kendedes.consignment.actions.drafting import (
    add_goods,
    add_lot,
    begin_count,
    cancel,
    draft,
    draft_between,
    remove_line,
    spot_of,
)
from kendedes.consignment.actions.expiring import begin_for, mark_down
from kendedes.consignment.actions.issuing import arrive, issue
from kendedes.consignment.actions.refusals import (
    DifferenceWay,
    NotCounted,
    PaperEmpty,
    PaperState,
    PartsTooMuch,
    PriceUnclear,
    ProposalState,
    UnknownGoods,
    WrongPlace,
)
from kendedes.consignment.actions.terms import agree, decline, propose, withdraw

__all__ = [
    "DifferenceWay", "NotCounted", "PaperEmpty", "PaperState", "PartsTooMuch", "PriceUnclear", "ProposalState",
    "UnknownGoods", "WrongPlace", "add_goods", "add_lot", "agree", "approve_count", "arrive", "begin_count", "begin_for", "cancel",
    "count_again", "count_also", "decline", "draft", "draft_between", "enter_counts", "finish_count", "issue", "mark_down", "propose", "remove_line",
    "settle_difference", "spot_of", "turned_up", "withdraw",
]  # fmt: skip
