"""When something really happened on a till whose clock may lie (docs/algorithms/sync.md, 7). Pure, in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

SKEW = 10 * 60 * 1000  # a clock further off than this is said to a person
SLACK = 2 * 60 * 1000  # what clamping and small corrections of a phone may move without a word


@dataclass(frozen=True)
class Reading:
    """A device's clocks at one moment: wall clock, start of the page, milliseconds since."""

    at: int
    boot: str
    mono: int


@dataclass(frozen=True)
class Best:
    """The best moment, and whether the clock must be looked at."""

    at: int
    flagged: bool


def best(
    event: Reading, *, sent: Reading | None, received: int, after: int, last: int | None = None, exact: bool = True
) -> Best:
    """When ``event`` happened.

    ``sent``: the device's clocks as it sent, at ``received`` by the server's clock; None for an imported file, whose
    skew nobody knows. ``after``: the best moment of the event before, or the pairing. ``last``: wall clock of the event
    before. ``exact``: whether monotonic clocks of one page start are to be believed.
    """
    skew = received - sent.at if sent else 0
    wall = event.at + skew
    latest = received
    same = exact and sent is not None and sent.boot == event.boot and sent.mono >= event.mono
    if same and sent is not None:
        latest = min(received, received - (sent.mono - event.mono))
    chosen = latest if same and wall < after else wall
    at = max(after, min(chosen, latest)) if after <= latest else after
    backwards = last is not None and event.at < last - SLACK
    return Best(min(at, max(received, after)), abs(skew) > SKEW or abs(wall - at) > SLACK or backwards)
