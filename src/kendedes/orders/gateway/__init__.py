"""Payment gateways: a small port, and Midtrans behind it. Optional: without a key nothing here is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class GatewayDown(Exception):  # noqa: N818 - what happened
    """The gateway did not answer, or not as it should."""


class LyingNotice(Exception):  # noqa: N818 - what it is
    """A notice that is not the gateway's, or says what the gateway itself does not."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the gateway says of one payment. ``ref``: its own number of it."""

    reference: str
    ref: str
    amount: int
    paid: bool


class Gateway(Protocol):
    """What the shop needs of a gateway."""

    def begin(self, reference: str, amount: int, name: str) -> str:
        """Where the buyer pays ``amount`` rupiah; ``reference`` is ours. Raises GatewayDown."""

    def read(self, notice: dict[str, Any]) -> str:
        """Our reference in a notice that is truly the gateway's. Raises LyingNotice."""

    def ask(self, reference: str) -> Standing:
        """How the payment stands, asked from the gateway itself. Raises GatewayDown."""
