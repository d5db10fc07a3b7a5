"""The verbs of fairs."""

from kendedes.events.actions.leads import lead_done, note_lead
from kendedes.events.actions.planning import amend_pack, change_event, plan_event, set_pack
from kendedes.events.actions.travel import Counted, count_back, send_out

__all__ = [
    "Counted",
    "amend_pack",
    "change_event",
    "count_back",
    "lead_done",
    "note_lead",
    "plan_event",
    "send_out",
    "set_pack",
]
