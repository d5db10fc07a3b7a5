"""The books against a plain model, in any order of deeds. ``KENDEDES_LONG=1``: 2,000 days of 50 deeds."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

pytest.register_assert_rewrite("kendedes.settlement.tests.machine", "kendedes.settlement.tests.stage")
from .machine import Gallery  # noqa: E402 - after it is known that its asserts speak

DEEDS = {
    "receive", "carry", "write_off", "sell", "bring_back", "bring_to_the_bank", "close", "draw_up", "approve", "discard",
    "hand_out", "take_back_a_payout", "NotEnoughStock", "MoneyDoesNotAddUp", "KeyTaken", "ReturnedAlready", "PeriodNotReady",
    "DayNotOver", "OneOpenAlready", "NothingDue", "WrongState", "SamePerson", "TooMuch", "worked_out_again", "dues",
    "turn_up", "compensation taken back", "not lost but found before",
}  # fmt: skip
LONG = bool(os.environ.get("KENDEDES_LONG"))
EXAMPLES = int(os.environ.get("KENDEDES_EXAMPLES", "2000" if LONG else "100"))
PHASES = [
    Phase.explicit,
    Phase.reuse,
    Phase.generate,
    *([Phase.shrink] if LONG else []),
]  # making a failure short takes minutes


def test_books_and_papers_say_what_the_model_says(shop):
    """Stock by lot and place, balances, every figure of every paper; at the end ``verify`` finds nothing."""

    class Here(Gallery):
        pass

    Here.shop, Here.done = shop, Counter()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=50 if LONG else 40, deadline=None, derandomize=not LONG,
            suppress_health_check=list(HealthCheck), print_blob=True, phases=PHASES,
        ),
    )  # fmt: skip
    assert Here.done.keys() >= DEEDS
