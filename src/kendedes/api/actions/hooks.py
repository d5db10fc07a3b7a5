"""Programs that are told: entered, ended; news put into the outbox and sent from it."""

from __future__ import annotations

import json
import secrets
import ssl
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.api.hooks.post import NotSent, post
from kendedes.api.hooks.rules import EVENTS, MOST_CODES, next_wait, signature, target
from kendedes.api.models import Hook, HookCursor, Message
from kendedes.base.refusal import Refusal
from kendedes.base.vault import seal, unseal
from kendedes.catalogue.models import Edition
from kendedes.journal.actions import record
from kendedes.journal.models import Entry, Subject, User
from kendedes.network.models import Association
from kendedes.products.models import Product
from kendedes.web.models import Cursor

MOST = 5
ROUND = 20
KEPT = timedelta(days=60)
UNREADABLE = "secret"  # the answer noted when the home's key is another one: enter the address anew


class HookRefused(Refusal):
    """An address that is never called."""

    code = "hook_address"
    message = _("Alamat harus https di internet terbuka, tanpa nama pengguna dan tanpa nomor pintu lain.")


class TooManyHooks(Refusal):
    """Each is told everything."""

    code = "too_many_hooks"
    message = _("Paling banyak %(most)s program yang dikabari.")


@transaction.atomic
def add_hook(*, association: Association, url: str, allowed: Collection[str] = (), at: datetime, by: User) -> Hook:
    """A program that hears the association's news from now on; its ``secret`` is shown to the one who enters it."""
    if target(url, allowed) is None:
        raise HookRefused
    if Hook.objects.filter(association=association, ended_at=None).count() >= MOST:
        raise TooManyHooks(most=MOST)
    row = Hook(association=association, url=url, made_at=at)
    row.sealed = seal(secrets.token_urlsafe(32), secret=settings.SECRET_KEY, about=row.about)
    row.save(force_insert=True)
    record(deed="hook.add", at=at, by=by, subjects=[association, row], facts={"host": url.split("/")[2]})
    return row


@transaction.atomic
def end_hook(*, hook: Hook, at: datetime, by: User) -> None:
    """It hears nothing more, not even what waits."""
    if Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=at):
        Message.objects.filter(hook=hook, state=Message.State.WAITING).update(state=Message.State.GIVEN_UP)
        record(deed="hook.end", at=at, by=by, subjects=[hook.association, hook], facts={"host": hook.url.split("/")[2]})


@transaction.atomic
def tell(*, at: datetime) -> tuple[int, int]:
    """A turn of the loop: how many messages were written, how many arrived."""
    allowed = [name.strip() for name in settings.ENV.hook_hosts.split(",") if name.strip()]
    return put_out(origin=settings.ENV.origin.rstrip("/"), at=at), deliver(at=at, allowed=allowed)


def put_out(*, origin: str, at: datetime) -> int:
    """News of the diary into the outbox, as far as the public site shows it; returns how many messages."""
    cursor, fresh = HookCursor.objects.select_for_update().get_or_create(pk=1)
    until = Cursor.objects.filter(name="listing").values_list("entry_id", flat=True).first() or 0
    if fresh:  # the past is no news
        cursor.entry_id = until
        cursor.save()
        return 0
    hooks = list(Hook.objects.filter(ended_at=None))
    messages = []
    entries = Entry.objects.filter(pk__gt=cursor.entry_id, pk__lte=until, deed__in=EVENTS) if hooks else []
    for entry in entries:
        for association, told in _news(entry, origin).items():
            messages += [
                Message(hook=hook, entry_id=entry.pk, event=told["event"], body=json.dumps(told), due_at=at)
                for hook in hooks
                if hook.association_id == association and hook.made_at <= entry.recorded_at
            ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    if until > cursor.entry_id:
        cursor.entry_id = until
        cursor.save()
    return len(messages)


def _news(entry: Entry, origin: str) -> dict[int, dict[str, Any]]:
    """By association what an entry says in public: event, moment, codes or slug."""
    event = EVENTS[entry.deed]
    about = list(Subject.objects.filter(entry=entry).values_list("kind", "object_id"))
    found: dict[int, dict[str, Any]] = {}
    start = {"id": str(entry.key), "event": event, "at": entry.happened_at.isoformat()}
    if event.startswith("product."):
        ids = [pk for kind, pk in about if kind == "products.product"]
        for code, association in Product.objects.filter(pk__in=ids).order_by("pk").values_list("code", "association"):
            told = found.setdefault(
                association, {**start, "products": [], "more": False, "api": f"{origin}/api/v1/products"}
            )
            if len(told["products"]) < MOST_CODES:
                told["products"].append(code)
            else:
                told["more"] = True
    else:
        ids = [pk for kind, pk in about if kind == "catalogue.edition"]
        for slug, association in Edition.objects.published().filter(pk__in=ids).values_list("slug", "association"):
            found[association] = {**start, "edition": slug, "api": f"{origin}/api/v1/editions/{slug}"}
    return found


def deliver(*, at: datetime, allowed: Collection[str] = (), context: ssl.SSLContext | None = None) -> int:
    """Send what is due, one after the other; returns how many arrived. A receiver may get a message twice, never half."""
    due = Message.objects.filter(state=Message.State.WAITING, due_at__lte=at, hook__ended_at=None)
    arrived = 0
    for message in due.select_related("hook").order_by("due_at", "pk")[:ROUND]:
        signed_by = message.hook.secret
        if signed_by is None:
            _note(message, UNREADABLE, at)
            continue
        body = message.body.encode()
        headers = {
            "Content-Type": "application/json", "User-Agent": "Kendedes", "Kendedes-Event": message.event,
            "Kendedes-Signature": signature(signed_by, int(at.timestamp()), body),
        }  # fmt: skip
        try:
            answer = str(post(message.hook.url, body, headers, allowed=allowed, context=context))
        except NotSent as error:
            answer = str(error)
        _note(message, answer, at)
        arrived += message.state == Message.State.SENT
    Message.objects.exclude(state=Message.State.WAITING).filter(due_at__lt=at - KEPT).delete()
    return arrived


def _note(message: Message, answer: str, at: datetime) -> None:
    """What came of a try, and when the next one is."""
    message.tries += 1
    message.answer = answer[:60]
    wait = next_wait(message.tries)
    if answer.startswith("2"):
        message.state = Message.State.SENT
    elif wait is None:
        message.state = Message.State.GIVEN_UP
    else:
        message.due_at = at + wait
    message.save(update_fields=["tries", "answer", "state", "due_at"])


def reseal(old: str, new: str) -> tuple[int, int]:
    """Seal every secret under the home's new key: how many, and how many did not open."""
    done = unreadable = 0
    for row in Hook.objects.exclude(sealed=b"").select_for_update():
        text = unseal(bytes(row.sealed), secret=old, about=row.about)
        if text is None:
            unreadable += 1
            continue
        row.sealed = seal(text, secret=new, about=row.about)
        row.save(update_fields=["sealed"])
        done += 1
    return done, unreadable
