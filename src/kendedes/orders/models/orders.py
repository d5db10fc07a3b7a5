"""Orders, their lines, the pieces set aside for them, the money that came, what makers say."""

from __future__ import annotations

import secrets
import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kendedes.gallery.models import Stand
from kendedes.ledger.models import Posting, ShareLine
from kendedes.network.models import Association, Producer, Scoped, Someone
from kendedes.network.rules import Right
from kendedes.products.models import Variant

if TYPE_CHECKING:
    from typing import Self


def new_token() -> str:
    """128 bits nobody guesses, as they stand in an address."""
    return secrets.token_urlsafe(16)


class OrderQuerySet(Scoped["Order"]):
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Orders of the associations whose orders ``user`` handles: they hold people's contacts."""
        return self.allowed(user, Right.HANDLE_ORDERS)

    def living(self) -> Self:
        """Those that are neither handed over nor ended."""
        return self.filter(state__in=Order.LIVING)

    def with_paid(self) -> Self:
        """``paid``: rupiah confirmed, minus given back."""
        return self.annotate(paid=Coalesce(Sum("moneys__amount", filter=Q(moneys__posting__isnull=False)), 0))


class Order(models.Model):
    """What a buyer asked for and was promised. ``key``: of the form she sent; the same again is the same order.

    ``expires_at``: when the promise ends unless money, or she, comes; None once it stands. Amounts are whole rupiah;
    ``shipping`` None: the office writes it in later. ``called_off``: what fell away by agreement after part of a wholesale
    order was delivered. ``handed_over``: the posting by which all of it left at once; wholesale leaves in parcels.
    """

    class Kind(models.TextChoices):
        RETAIL = "retail", _("eceran")
        WHOLESALE = "wholesale", _("grosir")

    class State(models.TextChoices):
        NEW = "new", _("baru")
        READY = "ready", _("siap")
        SENT = "sent", _("dalam perjalanan")
        DONE = "done", _("selesai")
        CANCELLED = "cancelled", _("dibatalkan")
        EXPIRED = "expired", _("lewat batas waktu")

    class Way(models.TextChoices):
        PICKUP = "pickup", _("ambil sendiri")
        COURIER = "courier", _("dikirim kurir")
        ROUND = "round", _("diantar keliling unit")

    class Pay(models.TextChoices):
        QRIS = "qris", _("QRIS")
        TRANSFER = "transfer", _("transfer bank")
        CASH = "cash", _("tunai saat mengambil")
        GATEWAY = "gateway", _("bayar otomatis")

    LIVING = (State.NEW, State.READY, State.SENT)

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="orders")
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=32, unique=True, default=new_token)
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.RETAIL)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    language = models.CharField(max_length=2, default="id")
    placed_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(_("nama"), max_length=80)
    phone = models.CharField(_("nomor WhatsApp"), max_length=20)
    email = models.EmailField(_("surel"), blank=True)
    note = models.CharField(_("catatan pembeli"), max_length=300, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(_("cara menerima"), max_length=8, choices=Way.choices, default=Way.PICKUP)
    stand = models.ForeignKey(Stand, on_delete=models.PROTECT, null=True, blank=True, related_name="orders")
    address = models.CharField(_("alamat lengkap"), max_length=300, blank=True)
    regency = models.CharField(_("kabupaten/kota"), max_length=60, blank=True)
    courier = models.CharField(_("kurir"), max_length=40, blank=True)
    tracking = models.CharField(_("nomor resi"), max_length=40, blank=True)
    pay = models.CharField(_("cara membayar"), max_length=8, choices=Pay.choices, default=Pay.CASH)
    goods = models.PositiveBigIntegerField(_("barang"))
    shipping = models.PositiveBigIntegerField(_("ongkos kirim"), null=True, blank=True)
    down = models.PositiveBigIntegerField(_("uang muka"), default=0)
    called_off = models.PositiveBigIntegerField(default=0)
    cancel_reason = models.CharField(_("alasan batal"), max_length=200, blank=True)
    handed_over = models.OneToOneField(
        Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="order"
    )  # fmt: skip

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["-placed_at", "-id"]
        verbose_name = _("pesanan")
        constraints = [
            models.UniqueConstraint(fields=["association", "year", "number"], name="orders_number_once"),
            models.CheckConstraint(condition=Q(down__lte=F("goods") + Coalesce("shipping", 0)), name="orders_down"),
        ]
        indexes = [
            models.Index(fields=["association", "state", "-placed_at"]),
            models.Index(fields=["expires_at"], condition=Q(expires_at__isnull=False), name="orders_expiring"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """``P-2026-0041``, as people say it."""
        return f"P-{self.year}-{self.number:04d}"

    @property
    def total(self) -> int:
        """Goods and what is known of the shipping, without what was called off."""
        return self.goods + (self.shipping or 0) - self.called_off

    @property
    def living(self) -> bool:
        """Whether something may still happen to it."""
        return self.state in self.LIVING

    @property
    def stands(self) -> bool:
        """Whether it lives or came to a good end."""
        return self.living or self.state == self.State.DONE


class OrderLineQuerySet(Scoped["OrderLine"]):
    association_path = "order__association"
    unit_path = "producer__unit"
    producer_path = "producer"

    def visible_to(self, user: Someone) -> Self:
        """Lines of producers whose stock ``user`` sees; nothing of the buyer stands in them."""
        return self.allowed(user, Right.SEE_STOCK)


class OrderLine(models.Model):
    """So many of one pack at the price the buyer agreed to. ``made``: made for her, ready on ``ready_on``."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="order_lines")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="order_lines")
    name = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField()
    price = models.PositiveBigIntegerField()
    grams = models.PositiveIntegerField(default=0, help_text=_("berat satu buah"))
    made = models.BooleanField(default=False)
    ready_on = models.DateField(null=True, blank=True)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        ordering = ["order", "number"]
        verbose_name = _("barang pesanan")
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="orders_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_line_some"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"

    @property
    def total(self) -> int:
        """What the buyer pays for it."""
        return self.quantity * self.price


class Promise(models.Model):
    """Pieces of a pack set aside for a line until it ends: kept, given back, or out of time (decision 0014)."""

    class End(models.TextChoices):
        KEPT = "kept", _("diserahkan")
        CANCELLED = "cancelled", _("dibatalkan")
        EXPIRED = "expired", _("lewat waktu")

    line = models.OneToOneField(OrderLine, on_delete=models.PROTECT, related_name="promise")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="promises", db_index=False)
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="promises", db_index=False)
    quantity = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="orders_promise_some"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")), name="orders_promise_end"
            ),
        ]
        indexes = [
            models.Index(fields=["association", "variant"], condition=Q(ended_at=None), name="orders_promised")
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"


class Money(models.Model):
    """Rupiah of an order: said to be on the way (no posting yet), confirmed, or given back (below 0).

    ``ref``: what bank or gateway call it; a gateway's counts once. ``refused_at``: looked for and not found.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="moneys")
    kind = models.CharField(max_length=8, choices=Order.Pay.choices)
    amount = models.BigIntegerField()
    said_at = models.DateTimeField()
    ref = models.CharField(max_length=64, blank=True)
    posting = models.OneToOneField(
        Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="order_money"
    )  # fmt: skip
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["ref"], condition=Q(kind="gateway") & Q(amount__gt=0), name="orders_gateway_once"
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="orders_money_some"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Handed(models.Model):
    """Which share line a line of an order became when it was handed over. Append-only."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="handed")
    share = models.OneToOneField(ShareLine, on_delete=models.PROTECT, related_name="order_line")

    class Meta:
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"{self.line_id} → {self.share_id}"


class Proof(models.Model):
    """A buyer's photo of a transfer: drawn anew, without where it was taken; only the office sees it."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="proofs")
    image = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["order", "sha256"], name="orders_proof_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.sent_at:%Y-%m-%d %H:%M}"


class Ask(models.Model):
    """A producer (or her unit) is asked to make lines of an order; ``token``: her link, no account needed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="asks")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="asks")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["order", "producer"], name="orders_asked_once")]

    def __str__(self) -> str:
        return f"{self.order_id} → {self.producer_id}"


class Progress(models.Model):
    """What a maker says of a line; the newest counts. Append-only."""

    class Step(models.TextChoices):
        CONFIRMED = "confirmed", _("sanggup")
        PROPOSED = "proposed", _("mengusulkan tanggal lain")
        READY = "ready", _("sudah siap")
        DECLINED = "declined", _("tidak sanggup")

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="progress")
    step = models.CharField(max_length=10, choices=Step.choices)
    on = models.DateField(_("tanggal"), null=True, blank=True)
    said_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["line", "-id"]

    def __str__(self) -> str:
        return self.step
