"""What each type of event means (docs/algorithms/sync.md, 1): who did it, on which shift, what is odd about it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from kendedes.ledger.models import Lot, Oddity
from kendedes.network.queries import scope
from kendedes.network.rules import Right
from kendedes.sales.actions.refunding import RefundDiffers, refund_sale, void_sale
from kendedes.sales.actions.selling import Counter, LineSold, Money, record_sale
from kendedes.sales.actions.shifts import close_shift, move_cash, open_shift, totals
from kendedes.sales.actions.told import Applied, Parked, Told
from kendedes.sales.models import Cashier, Handling, Recovered, Sale, Shift, TillRules
from kendedes.sales.queries.discounts import discount_fits
from kendedes.sales.queries.prices import prices_at
from kendedes.sales.rules import events as e


@dataclass(frozen=True)
class Scene:
    """Who stood where when it happened, and what is already odd about that."""

    counter: Counter
    flags: tuple[str, ...]


def apply(told: Told[Any]) -> Applied:
    """Write what the event means. Raises Parked; refusals of the actions park it too."""
    handler = HANDLERS[told.envelope.type]
    return handler(told)


def _scene(told: Told[Any], *, shift_needed: bool = True) -> Scene:
    device = told.device
    flags: list[str] = []
    cashier, odd = _cashier(told)
    if odd:
        flags.append("cashier")
    shift = Shift.objects.filter(device=device, close=None).order_by("-entry").first()
    if shift is None and shift_needed:
        flags.append("no_shift")
    counter = Counter(
        device=device, at=told.at, key=uuid.UUID(told.envelope.id), seq=told.envelope.seq, mark=told.sha256[:8],
        shift=shift, cashier=cashier, by=told.by,
    )  # fmt: skip
    return Scene(counter, tuple(flags))


def _cashier(told: Told[Any]) -> tuple[Cashier | None, bool]:
    """Who opened the till, and whether that is odd: unknown, ended, without the right, or nobody where people have PINs."""
    people = Cashier.objects.filter(association=told.device.association)
    if told.envelope.actor is None:
        return None, people.current().exists()
    found = people.filter(pk=told.envelope.actor).select_related("user").first()
    return found, found is None or not _may(found, Right.SELL, told)


def _may(cashier: Cashier, right: Right, told: Told[Any]) -> bool:
    current = cashier.ended_at is None or told.at < cashier.ended_at
    return current and told.device.association_id in scope(cashier.user, right).associations


def _approval(told: Told[Any]) -> tuple[Cashier | None, str]:
    """The second person, and ``ok``, ``none`` or ``bad``."""
    number = told.body.approved_by
    if number is None:
        return None, "none"
    found = (
        Cashier.objects.filter(association=told.device.association, pk=number)
        .select_related("user").first()
    )  # fmt: skip
    good = found is not None and number != told.envelope.actor and _may(found, Right.APPROVE_SALE, told)
    return found, "ok" if good else "bad"


def _payments(payments: list[e.Payment]) -> list[Money]:
    return [Money(p.kind, p.amount, p.given, p.ref or "") for p in payments]


def _sale(told: Told[e.Sale]) -> Applied:
    known = Recovered.objects.filter(device=told.device, seq=told.envelope.seq).select_related("entry").first()
    if known is not None:
        same = known.mark == told.sha256[:8]
        return Applied(known.entry, ("recovered",) if same else ("recovered_differs",))
    scene = _scene(told)
    flags = [*scene.flags]
    body = told.body
    codes = {line.lot for line in body.lines if line.lot}
    found = {
        lot.code: lot
        for lot in Lot.objects.filter(association=told.device.association, code__in=codes).select_related("variant")
    }  # fmt: skip
    if any(line.lot is None for line in body.lines):
        flags.append("unknown_goods")
    if codes - set(found):
        flags.append("lot_unknown")
    prices = prices_at(list(found.values()), told.at)
    known_lines = [(line, prices[found[line.lot].pk]) for line in body.lines if line.lot in found]
    if any(line.price != price for line, (price, _least) in known_lines):
        flags.append("price")
    if not discount_fits(told.device, timezone.localdate(told.at), body.lines, found):
        flags.append("discount")
    approver, approval = _approval(told)
    below = any(line.total < least * line.qty for line, (_price, least) in known_lines)
    flags += _second_person("below_minimum", needed=below, approval=approval)
    recorded = record_sale(
        counter=scene.counter, rounding=body.rounding, payments=_payments(body.payments), note=body.note or "",
        approved_by=approver,
        lines=[
            LineSold(found.get(line.lot or ""), line.name, line.qty, line.price, line.discount, line.code or line.lot or "")
            for line in body.lines
        ],
    )  # fmt: skip
    flags += ["short"] * recorded.short + ["late"] * recorded.late
    return Applied(recorded.sale.entry, tuple(flags))


def _second_person(flag: str, *, needed: bool, approval: str) -> list[str]:
    if approval == "bad":
        return ["approval"]
    return [flag] if needed and approval == "none" else []


def _referred(told: Told[Any]) -> Sale:
    """The sale an event speaks of: by its key, or by what became of that key (entered from paper, handled later)."""
    uid = uuid.UUID(told.body.sale)
    sales = Sale.objects.filter(association=told.device.association).select_related("device")
    found = sales.filter(entry__key=uid).first()
    if found is None:
        entries = Handling.objects.filter(event__uid=uid, entry__isnull=False).values("entry")
        found = sales.filter(entry__in=entries).first()
    if found is None:
        raise Parked("sale_unknown")
    return found


def _limit(told: Told[Any]) -> int:
    rules = TillRules.objects.filter(association=told.device.association).first() or TillRules()
    return rules.second_person_above


def _void(told: Told[e.Void]) -> Applied:
    scene = _scene(told)
    sale = _referred(told)
    approver, approval = _approval(told)
    flags = [*scene.flags]
    flags += _second_person("void_large", needed=sale.total > _limit(told), approval=approval)
    shift = scene.counter.shift
    if sale.device_id != told.device.pk or sale.shift_id != (shift.pk if shift else None):
        flags.append("void_late")
    done = void_sale(counter=scene.counter, sale=sale, reason=told.body.reason, approved_by=approver)
    return Applied(done.refund.entry, tuple(flags + ["late"] * done.late))


def _refund(told: Told[e.Refund]) -> Applied:
    scene = _scene(told)
    body = told.body
    sale = _referred(told)
    approver, approval = _approval(told)
    flags = [*scene.flags, *_second_person("void_large", needed=body.total > _limit(told), approval=approval)]
    try:
        done = refund_sale(
            counter=scene.counter, sale=sale, pieces={part.line: part.qty for part in body.lines}, reason=body.reason,
            payments=_payments(body.payments), rounding=body.rounding, approved_by=approver,
        )  # fmt: skip
    except RefundDiffers:
        raise Parked("sums") from None
    return Applied(done.refund.entry, tuple(flags + ["late"] * done.late))


def _cash(told: Told[e.Cash]) -> Applied:
    scene = _scene(told)
    body = told.body
    amount = body.amount if body.kind == "in" else -body.amount
    move = move_cash(counter=scene.counter, amount=amount, purpose=body.purpose, reason=body.reason)
    return Applied(move.entry, (*scene.flags, *(["cash_other"] if body.purpose == "other" else [])))


def _open(told: Told[e.ShiftOpen]) -> Applied:
    scene = _scene(told, shift_needed=False)
    flags = [*scene.flags, *(["shift_unclosed"] if scene.counter.shift else [])]
    opened = open_shift(counter=replace(scene.counter, shift=None), float_=told.body.float_)
    if opened.differs and not _count_open(told):
        flags.append("float")
    return Applied(opened.shift.entry, tuple(flags))


def _count_open(told: Told[Any]) -> bool:
    """Whether a difference of this drawer waits already: the float of the next shift would only say it again."""
    rows = Oddity.objects.open().filter(association=told.device.association, code="count")
    return rows.filter(facts__device=told.device.code).exists()


def _close(told: Told[e.ShiftClose]) -> Applied:
    scene = _scene(told)
    shift = scene.counter.shift
    if shift is None:
        raise Parked("no_shift")
    body = told.body
    close = close_shift(counter=scene.counter, shift=shift, counted=body.counted, said=body.model_dump())
    flags = [*scene.flags, *(["count"] if close.difference else [])]
    heard = body.expected if totals(shift).said_well(body.expected) else close.expected
    mine = (
        str(shift.entry.key), heard, shift.seq, told.envelope.seq - 1, told.envelope.prev,
        {"cash": close.cash, "qris": close.qris, "transfer": close.transfer},
    )  # fmt: skip
    said = (body.opened, body.expected, body.first_seq, body.last_seq, body.head, body.by_kind.model_dump())
    return Applied(close.entry, tuple(flags + ["z_differs"] * (mine != said)))


HANDLERS: dict[str, Callable[[Told[Any]], Applied]] = {
    "sale": _sale, "void": _void, "refund": _refund, "cash": _cash, "shift.open": _open, "shift.close": _close,
}  # fmt: skip
