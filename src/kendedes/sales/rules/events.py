"""What a till may send: shape and sums of an event (docs/algorithms/sync.md, 1). Pure.

Words: Event (one thing a till did), Body (what it says, by type), Bad (why a text is parked instead).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

LONGEST = 48 * 1024  # bytes of one event's text
MOST_SEQ = 2**31 - 1
_PRINTABLE = r"^[^\x00-\x1f\x7f]*$"
_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

Rupiah = Annotated[int, Field(ge=0, le=1_000_000_000)]
Total = Annotated[int, Field(ge=0, le=100_000_000_000)]
Quantity = Annotated[int, Field(ge=1, le=100_000)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=120, pattern=_PRINTABLE)]
Code = Annotated[str, StringConstraints(max_length=60, pattern=_PRINTABLE)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=_PRINTABLE)]
Key = Annotated[str, StringConstraints(pattern=_UUID)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Cashier = Annotated[int, Field(ge=1, le=2**53)]
Moment = Annotated[int, Field(ge=0, le=2**48)]
Seq = Annotated[int, Field(ge=1, le=MOST_SEQ)]


class Strict(BaseModel):
    """Unknown keys and other types than said are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @property
    def adds_up(self) -> bool:
        """Whether its sums agree; what has none does."""
        return True


class Line(Strict):
    code: Code
    lot: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_PRINTABLE)] | None
    name: Words
    qty: Quantity
    price: Rupiah
    discount: Total
    total: Total
    discount_code: Code | None = None
    unknown: Literal[True] | None = None

    @property
    def adds_up(self) -> bool:
        """The total is what quantity, price and discount make; only unknown goods have no lot."""
        return self.total == self.qty * self.price - self.discount and (self.lot is None) == bool(self.unknown)


class Payment(Strict):
    kind: Literal["cash", "qris", "transfer"]
    amount: Total
    given: Total | None = None
    change: Total | None = None
    ref: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_PRINTABLE)] | None = None


Payments = Annotated[list[Payment], Field(min_length=1, max_length=8)]
Rounding = Annotated[int, Field(gt=-1000, lt=1000)]


def _paid(total: int, rounding: int, parts: int, payments: list[Payment]) -> bool:
    cash = any(p.kind == "cash" for p in payments)
    enough = all(p.amount > 0 for p in payments) or (total == 0 and len(payments) == 1)
    return enough and parts + rounding == total == sum(p.amount for p in payments) and (cash or rounding == 0)


class Sale(Strict):
    lines: Annotated[list[Line], Field(min_length=1, max_length=200)]
    payments: Payments
    rounding: Rounding
    total: Total
    approved_by: Cashier | None = None
    note: Reason | None = None

    @property
    def adds_up(self) -> bool:
        """Lines, rounding, payments and change agree."""
        change = all(
            p.given is not None and p.change is not None and p.change == p.given - p.amount
            if p.kind == "cash"
            else p.given is None and p.change is None
            for p in self.payments
        )
        lines = all(line.adds_up for line in self.lines)
        return change and lines and _paid(self.total, self.rounding, sum(x.total for x in self.lines), self.payments)


class Void(Strict):
    sale: Key
    reason: Reason
    approved_by: Cashier | None = None


class RefundLine(Strict):
    line: Annotated[int, Field(ge=1, le=200)]
    qty: Quantity


class Refund(Strict):
    sale: Key
    lines: Annotated[list[RefundLine], Field(min_length=1, max_length=200)]
    payments: Payments
    rounding: Rounding
    total: Total
    reason: Reason
    approved_by: Cashier | None = None

    @property
    def adds_up(self) -> bool:
        """Payments make the total and each line is named once; the lines' parts are the sale's to tell."""
        once = len({part.line for part in self.lines}) == len(self.lines)
        plain = all(p.given is None and p.change is None for p in self.payments)
        return once and plain and _paid(self.total, self.rounding, self.total - self.rounding, self.payments)


class Cash(Strict):
    kind: Literal["in", "out"]
    amount: Annotated[int, Field(ge=1, le=1_000_000_000)]
    purpose: Literal["office", "expense", "other"]
    reason: Reason
    approved_by: Cashier | None = None


class ShiftOpen(Strict):
    float_: Rupiah = Field(alias="float")


Net = Annotated[int, Field(ge=-100_000_000_000, le=100_000_000_000)]


class ByKind(Strict):
    cash: Net
    qris: Net
    transfer: Net


class ShiftClose(Strict):
    opened: Key
    counted: Total
    expected: Net
    first_seq: Seq
    last_seq: Seq
    head: Hash
    by_kind: ByKind


Body = Sale | Void | Refund | Cash | ShiftOpen | ShiftClose
BODIES: dict[str, type[Body]] = {
    "sale": Sale, "void": Void, "refund": Refund, "cash": Cash, "shift.open": ShiftOpen, "shift.close": ShiftClose,
}  # fmt: skip


class Envelope(Strict):
    v: Literal[1]
    id: Key
    dev: Annotated[str, StringConstraints(pattern=r"^K[1-9][0-9]{0,5}$")]
    seq: Seq
    prev: Hash
    at: Moment
    off: Annotated[int, Field(ge=-900, le=900)]
    boot: Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{8,64}$")]
    mono: Moment
    actor: Cashier | None
    type: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[a-z.]+$")]
    body: dict[str, Any]


@dataclass(frozen=True)
class Event:
    """A well-formed event: its envelope and its body."""

    envelope: Envelope
    body: Body


@dataclass(frozen=True)
class Bad:
    """A text that cannot be applied: ``why`` begins with a code of docs/algorithms/sync.md, 6."""

    why: tuple[str, ...]
    envelope: Envelope | None = None


@dataclass(frozen=True)
class Peek:
    """What can be read of any text before it is judged: its key and the hash it follows, where it says them."""

    id: str | None
    prev: str | None

    @classmethod
    def into(cls, raw: bytes) -> Self:
        """Of the bytes received; nothing where they are no JSON object."""
        try:
            found = _loads(raw)
        except _UnreadableError:
            return cls(None, None)
        if not isinstance(found, dict):
            return cls(None, None)
        key, prev = found.get("id"), found.get("prev")
        return cls(key if _fits(Key, key) else None, prev if _fits(Hash, prev) else None)


def digest(raw: bytes) -> str:
    """``h`` of the bytes received."""
    return hashlib.sha256(raw).hexdigest()


def read(raw: bytes, *, dev: str, seq: int) -> Event | Bad:
    """The event that ``raw`` says, which stands at ``seq`` of device ``dev``; or why it must be parked."""
    if len(raw) > LONGEST:
        return Bad(("too_long",))
    try:
        found = _loads(raw)
    except _UnreadableError as unreadable:
        return Bad((str(unreadable),))
    try:
        envelope = Envelope.model_validate(found)
    except ValidationError as error:
        return Bad(("shape", _where(error)))
    if envelope.dev != dev or envelope.seq != seq:
        return Bad(("wrong_place",), envelope)
    kind = BODIES.get(envelope.type)
    if kind is None:
        return Bad(("unknown_type", envelope.type), envelope)
    try:
        body = kind.model_validate(envelope.body)
    except ValidationError as error:
        return Bad(("shape", f"body.{_where(error)}"), envelope)
    return Event(envelope, body) if body.adds_up else Bad(("sums",), envelope)


class _UnreadableError(ValueError):
    """``not_utf8`` or ``not_json``."""


def _loads(raw: bytes) -> object:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _UnreadableError("not_utf8") from None
    try:
        return json.loads(text, object_pairs_hook=_once, parse_float=_never, parse_constant=_never)
    except (ValueError, RecursionError):
        raise _UnreadableError("not_json") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("the same key twice")
    return found


def _never(_text: str) -> None:
    raise ValueError("only whole numbers")


def _where(error: ValidationError) -> str:
    return ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])[:80]


class _Key(Strict):
    value: Key


class _Hash(Strict):
    value: Hash


def _fits(kind: object, value: object) -> bool:
    model = _Key if kind is Key else _Hash
    try:
        model.model_validate({"value": value})
    except ValidationError:
        return False
    return True
