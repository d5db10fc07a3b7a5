"""A photo of a transfer: small, drawn anew by the bounded worker, without where and with what it was taken."""

from __future__ import annotations

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.orders.actions.common import check, held
from kendedes.orders.actions.paying import say_paid
from kendedes.orders.models import Money, Order, Proof
from kendedes.products.photos.workshop import Stopped, Workshop

MOST_BYTES = 8 * 1024 * 1024
MOST_PROOFS = 5
SIZE = 1280


class ProofRefused(Refusal):
    """A file that is no photo, or too large."""

    code = "proof_refused"
    message = _("Bukti ini tidak terbaca sebagai foto. Kirim foto JPG, PNG, WebP, atau HEIC paling besar 8 MB.")


class TooManyProofs(Refusal):
    """Enough photos of one order."""

    code = "too_many_proofs"
    message = _("Bukti pesanan ini sudah cukup banyak. Hubungi galeri bila masih ada yang kurang.")


def add_proof(*, order: Order, data: bytes, at: datetime) -> Proof:
    """Keep a photo and say that the money is on its way. Raises ProofRefused, TooManyProofs, OrderState.

    Drawing takes time: it is done before the transaction opens.
    """
    if Proof.objects.filter(order=order).count() >= MOST_PROOFS:
        raise TooManyProofs
    image = redrawn(data)
    digest = hashlib.sha256(image).hexdigest()
    with transaction.atomic():
        order = held(order)
        if known := Proof.objects.filter(order=order, sha256=digest).first():
            return known
        check(order, [*Order.LIVING, Order.State.DONE])
        if Proof.objects.filter(order=order).count() >= MOST_PROOFS:
            raise TooManyProofs
        proof = Proof.objects.create(order=order, image=image, sha256=digest, sent_at=at)
        if order.living and not Money.objects.filter(order=order, posting__isnull=False).exists():
            say_paid(order=order, at=at)
        record(
            deed="order.proof", at=at, by=None, subjects=[order, order.association], facts={"code": order.code}
        )  # fmt: skip
        return proof


def redrawn(data: bytes) -> bytes:
    """A JPEG of at most ``SIZE`` pixels with nothing of the source but the picture. Raises ProofRefused."""
    if not 100 <= len(data) <= MOST_BYTES:
        raise ProofRefused
    with tempfile.TemporaryDirectory(prefix="kendedes-bukti-") as folder, Workshop(timeout=30) as workshop:
        source, master, small = (Path(folder) / name for name in ("asal", "besar.jpg", "kecil.jpg"))
        source.write_bytes(data)
        try:
            taken = workshop.ask({"do": "take", "source": str(source), "out": str(master)})
            if not taken["ok"]:
                raise ProofRefused
            sized = workshop.ask({"do": "sizes", "source": str(master), "wanted": [(SIZE, "jpg", str(small))]})
        except Stopped:
            raise ProofRefused from None
        if not sized["ok"]:
            raise ProofRefused
        return small.read_bytes()
