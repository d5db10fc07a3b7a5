"""How guessing a password is slowed down: by account, and by (address, account); never by address alone.

A shop sits behind one address, so an address alone would lock out everybody; an account alone would let a
stranger lock out its owner. So: tries are counted for the pair, after five the next one has to wait, each
failure doubles the wait; and for the account over all addresses, with more patience, except from an address
that has signed in to this account before.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from kendedes.ui.limits import moments

WINDOW = 3600.0  # seconds a failure is remembered
LONGEST = 900.0
FREE_PAIR, FREE_ACCOUNT = 5, 15
FIRST = 5.0  # seconds of the first wait
_KNOWN = 90 * 24 * 3600.0


def wait(failures: Sequence[float], free: int, now: float) -> float:
    """Seconds until the next try is heard, given the moments of failures; 0.0 = now."""
    recent = [t for t in failures if t > now - WINDOW]
    over = len(recent) - free
    if over < 0 or not recent:
        return 0.0
    pause = min(LONGEST, FIRST * 2.0 ** min(over, 20))
    return max(0.0, recent[-1] + pause - now)


def ask(account: str, address: str) -> float:
    """Before a try: 0.0 when it may be made (it then counts as failed until ``succeeded``), else seconds to wait."""
    now = time.time()
    name = account.strip().casefold()
    with moments("known", name, address, keep=_KNOWN) as seen:
        known = bool(seen) and seen[-1] > now - _KNOWN
    with moments("pair", name, address) as pair:
        pair[:] = [t for t in pair if t > now - WINDOW]
        pause = wait(pair, FREE_PAIR, now)
        if pause:
            return pause
        with moments("account", name) as everywhere:
            everywhere[:] = [t for t in everywhere if t > now - WINDOW][-200:]
            pause = 0.0 if known else wait(everywhere, FREE_ACCOUNT, now)
            if pause:
                return pause
            everywhere.append(now)
        pair.append(now)
    return 0.0


def succeeded(account: str, address: str) -> None:
    """The last try was right: forget this pair's failures, and know the address."""
    name = account.strip().casefold()
    with moments("pair", name, address) as pair:
        mine = set(pair)
        pair.clear()
    with moments("account", name) as everywhere:
        everywhere[:] = [t for t in everywhere if t not in mine]
    with moments("known", name, address, keep=_KNOWN) as seen:
        seen[:] = [time.time()]
