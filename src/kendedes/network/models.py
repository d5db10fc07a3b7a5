"""Tables of the network: places, bodies, people, what they may do."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kendedes.journal.models import User
from kendedes.network.rules import Right, Role, place_key

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Someone = User | AnonymousUser


class Region(models.Model):
    """A place by its Kemendagri code; the code's prefix is the tree. BPS codes are kept beside, never derived."""

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", _("provinsi")
        REGENCY = "kabupaten", _("kabupaten")
        CITY = "kota", _("kota")
        DISTRICT = "kecamatan", _("kecamatan")
        VILLAGE = "desa", _("desa")
        WARD = "kelurahan", _("kelurahan")

    code = models.CharField(primary_key=True, max_length=13)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    bps_code = models.CharField(max_length=10, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """``Kecamatan Wajak``, ``Desa Toyomarto``."""
        return f"{self.get_kind_display().capitalize()} {self.name}"

    @property
    def slug(self) -> str:
        """Part of lasting addresses; unique among the districts of a regency."""
        return self.name.lower().replace(" ", "-")


class Spelling(models.Model):
    """Another spelling found in official tables or sheets."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="spellings")
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=80, db_index=True)
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="network_spelling_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **options: object) -> None:
        self.key = place_key(self.name)
        super().save(*args, **options)  # type: ignore[arg-type]


class Association(models.Model):
    """The body of all units of a regency; runs the gallery. Many may live in one installation."""

    name = models.CharField(_("nama"), max_length=120)
    slug = models.SlugField(unique=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="associations", verbose_name=_("kabupaten/kota")
    )
    gallery_name = models.CharField(_("nama galeri"), max_length=120, blank=True)
    about_id = models.TextField(_("tentang (Indonesia)"), blank=True)
    about_en = models.TextField(_("tentang (Inggris)"), blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    whatsapp = models.CharField(_("WhatsApp galeri"), max_length=20, blank=True, help_text=_("62…, hanya angka"))
    host = models.CharField(_("nama domain"), max_length=120, blank=True, db_index=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("asosiasi")

    def __str__(self) -> str:
        return self.name


class LegalKind(models.TextChoices):
    """Legal forms a unit may have (domain.md 2.6)."""

    UPK = "upk", "UPK"
    BUMDESMA_LKD = "bumdesma_lkd", "BUM Desa Bersama LKD"
    BUMDESMA = "bumdesma", "BUM Desa Bersama"
    BUMDES = "bumdes", "BUM Desa"
    COOPERATIVE = "koperasi", _("Koperasi")


class Scoped[M: models.Model](models.QuerySet[M]):
    """A queryset that knows who may see its rows: set the paths, get ``visible_to`` and ``allowed``."""

    association_path = "association"
    unit_path = "unit"
    producer_path = ""

    def allowed(self, user: Someone, right: Right) -> Self:
        """Rows on which ``user`` has ``right``."""
        from kendedes.network.queries import scope  # noqa: PLC0415 - the room above; only at call time

        found = scope(user, right)
        condition = Q(**{f"{self.association_path}__in": found.associations}) if found.associations else Q(pk__in=[])
        if found.units and self.unit_path:
            condition |= Q(**{f"{self.unit_path}__in": found.units})
        if found.producers and self.producer_path:
            condition |= Q(**{f"{self.producer_path}__in": found.producers})
        return self.filter(condition)

    def visible_to(self, user: Someone) -> Self:
        """Rows ``user`` may see in the office."""
        return self.allowed(user, Right.SEE_PRODUCTS)


class UnitQuerySet(Scoped["Unit"]):
    unit_path = "pk"


class Unit(models.Model):
    """The sub-district body that coaches groups. Its legal form is dated (LegalForm)."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(_("kode"), max_length=6)
    district = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="units", verbose_name=_("kecamatan"))
    phased_out_on = models.DateField(_("tidak menerima BLM sejak"), null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("pendahulu")
    )
    whatsapp = models.CharField(_("WhatsApp unit"), max_length=20, blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)

    objects = UnitQuerySet.as_manager()
    named_by = ("district",)

    class Meta:
        ordering = ["district__name"]
        verbose_name = _("unit")
        constraints = [
            models.UniqueConstraint(fields=["association", "code"], name="network_unit_code"),
            models.UniqueConstraint(fields=["association", "district"], name="network_unit_district"),
        ]

    def __str__(self) -> str:
        return f"Unit {self.district.name}"


class LegalForm(models.Model):
    """What a unit was in law from one day to another; the form without an end is today's."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="forms")
    kind = models.CharField(_("bentuk"), max_length=20, choices=LegalKind.choices)
    name = models.CharField(_("nama resmi"), max_length=120)
    basis = models.CharField(_("dasar hukum"), max_length=200, blank=True)
    valid_from = models.DateField(_("sejak"))
    valid_to = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to=None), name="network_one_form_now"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="network_form_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProducerQuerySet(Scoped["Producer"]):
    unit_path = "unit"
    producer_path = "pk"


class Producer(models.Model):
    """Who makes goods: a coached group of a unit, or an outside micro-enterprise."""

    class Kind(models.TextChoices):
        COACHED = "coached", _("kelompok binaan")
        OUTSIDE = "outside", _("UMKM luar binaan")

    class Consent(models.TextChoices):
        NONE = "none", _("tidak boleh; pakai nomor unit")
        UNIT = "unit", _("lewat unit")
        GALLERY = "gallery", _("lewat galeri")
        OWN = "own", _("boleh, nomor sendiri")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="producers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="producers", null=True, blank=True)
    village = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="producers", verbose_name=_("desa"))
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind.choices, default=Kind.COACHED)
    name = models.CharField(_("nama"), max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)
    slug = models.SlugField(max_length=140)
    about_id = models.TextField(_("cerita (Indonesia)"), blank=True)
    about_en = models.TextField(_("cerita (Inggris)"), blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    phone = models.CharField(_("telepon"), max_length=20, blank=True)
    other_phones = models.CharField(_("telepon lain"), max_length=80, blank=True)
    contact_name = models.CharField(_("nama kontak"), max_length=80, blank=True)
    members_f = models.PositiveIntegerField(_("anggota perempuan"), default=0)
    members_m = models.PositiveIntegerField(_("anggota laki-laki"), default=0)
    workers_f = models.PositiveIntegerField(_("tenaga kerja perempuan"), default=0)
    workers_m = models.PositiveIntegerField(_("tenaga kerja laki-laki"), default=0)
    consent = models.CharField(
        _("kontak yang diterbitkan"), max_length=10, choices=Consent.choices, default=Consent.NONE
    )
    consent_on = models.DateField(_("tanggal persetujuan"), null=True, blank=True)
    consent_by = models.CharField(_("disetujui oleh"), max_length=80, blank=True)
    ended_on = models.DateField(_("tidak aktif sejak"), null=True, blank=True)

    objects = ProducerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("produsen")
        constraints = [
            models.UniqueConstraint(fields=["association", "slug"], name="network_producer_slug"),
            models.UniqueConstraint(
                fields=["association", "village", "name_key"], name="network_producer_once_a_village"
            ),
            models.CheckConstraint(
                condition=~Q(consent="own") | Q(consent_on__isnull=False), name="network_own_contact_needs_consent"
            ),
        ]
        indexes = [models.Index(fields=["unit", "name"])]

    def __str__(self) -> str:
        return self.name


class BodiesQuerySet[M: models.Model](Scoped[M]):
    """Rows that hold in an association, a unit or a producer; what holds in a producer belongs to its unit too."""

    unit_path = ""
    producer_path = ""

    def allowed(self, user: Someone, right: Right) -> Self:
        """Rows in whose body ``user`` has ``right``."""
        from kendedes.network.queries import scope  # noqa: PLC0415 - the room above; only at call time

        found = scope(user, right)
        return self.filter(
            Q(association__in=found.associations)
            | Q(unit__in=found.units)
            | Q(producer__unit__in=found.units)
            | Q(producer__in=found.producers)
        )

    def visible_to(self, user: Someone) -> Self:
        """Rows ``user`` may see: those of people she manages."""
        return self.allowed(user, Right.MANAGE_PEOPLE)


class MembershipQuerySet(BodiesQuerySet["Membership"]):
    def current(self, at: datetime) -> Self:
        """Those that hold at ``at``."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=at), valid_from__lte=at)


class Membership(models.Model):
    """A role of a person in one body; it flows down the tree association → unit → producer."""

    class Roles(models.TextChoices):
        MANAGER = Role.MANAGER.value, _("pengelola galeri")
        CURATOR = Role.CURATOR.value, _("kurator")
        CASHIER = Role.CASHIER.value, _("kasir")
        STAND_KEEPER = Role.STAND_KEEPER.value, _("penjaga stan")
        TREASURER = Role.TREASURER.value, _("bendahara")
        ASSESSOR = Role.ASSESSOR.value, _("penilai")
        OPERATOR = Role.OPERATOR.value, _("operator unit")
        REPRESENTATIVE = Role.REPRESENTATIVE.value, _("wakil kelompok")
        PARTNER = Role.PARTNER.value, _("mitra")
        BUYER = Role.BUYER.value, _("pembeli")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=20, choices=Roles.choices)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="network_membership_dates"
            ),
            models.CheckConstraint(condition=Q(unit=None) | Q(producer=None), name="network_membership_one_level"),
            models.UniqueConstraint(
                fields=["user", "role", "association"],
                condition=Q(valid_to=None, unit=None, producer=None),
                name="network_role_once_in_association",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(valid_to=None, unit__isnull=False),
                name="network_role_once_in_unit",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "producer"],
                condition=Q(valid_to=None, producer__isnull=False),
                name="network_role_once_in_producer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"

    @property
    def place(self) -> StrOrPromise:
        """The body the role is held in, for people."""
        return str(self.producer or self.unit or self.association)


class GrantQuerySet(Scoped["Grant"]):
    def allowed(self, user: Someone, right: Right) -> Self:
        """Grants given or received by bodies in which ``user`` has ``right``."""
        from kendedes.network.queries import scope  # noqa: PLC0415 - the room above; only at call time

        found = scope(user, right)
        return self.filter(
            Q(giver_association__in=found.associations)
            | Q(giver_unit__association__in=found.associations)
            | Q(giver_producer__association__in=found.associations)
            | Q(receiver_association__in=found.associations)
            | Q(receiver_unit__association__in=found.associations)
            | Q(receiver_unit__in=found.units)
            | Q(giver_unit__in=found.units)
            | Q(giver_producer__unit__in=found.units)
            | Q(giver_producer__in=found.producers)
        )

    def visible_to(self, user: Someone) -> Self:
        """Grants of the bodies whose people ``user`` manages."""
        return self.allowed(user, Right.MANAGE_PEOPLE)


class Grant(models.Model):
    """A dated, revocable right lent sideways: by an association, a unit or a producer, to a unit or an association.

    Whoever has the same right in the receiving body itself may use it in the giver's part, from ``valid_from`` on.
    """

    class Rights(models.TextChoices):
        SEE_PRODUCTS = Right.SEE_PRODUCTS.value, _("melihat produk")
        EDIT_PRODUCTS = Right.EDIT_PRODUCTS.value, _("mengisi dan mengubah produk")
        ASSESS = Right.ASSESS.value, _("menilai OVOP")
        PROPOSE_EDITION = Right.PROPOSE_EDITION.value, _("menyusun edisi katalog")
        PRINT_EDITION = Right.PRINT_EDITION.value, _("mencetak edisi katalog")

    right = models.CharField(max_length=30, choices=Rights.choices)
    giver_association = models.ForeignKey(
        Association, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_given"
    )
    giver_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_given")
    giver_producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_given"
    )
    receiver_association = models.ForeignKey(
        Association, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_received"
    )
    receiver_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants_received"
    )
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(giver_association__isnull=False, giver_unit=None, giver_producer=None)
                | Q(giver_association=None, giver_unit__isnull=False, giver_producer=None)
                | Q(giver_association=None, giver_unit=None, giver_producer__isnull=False),
                name="network_grant_giver_is_one",
            ),
            models.CheckConstraint(
                condition=Q(receiver_association__isnull=False, receiver_unit=None)
                | Q(receiver_association=None, receiver_unit__isnull=False),
                name="network_grant_receiver_is_one",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="network_grant_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.right} → {self.receiver}"

    @property
    def giver(self) -> Association | Unit | Producer:
        """Whose part may be worked in; the constraint says there is one."""
        return self.giver_unit or self.giver_producer or cast("Association", self.giver_association)

    @property
    def receiver(self) -> Association | Unit:
        """Whose people may work there."""
        return self.receiver_unit or cast("Association", self.receiver_association)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; ``valid_to`` is the midnight after it."""
        return timezone.localdate(self.valid_to - timedelta(microseconds=1)) if self.valid_to else None


class InvitationQuerySet(BodiesQuerySet["Invitation"]):
    def open(self, at: datetime) -> Self:
        """Links that still work at ``at``."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=at)


def new_token() -> str:
    """An unguessable part of a link, 256 bits."""
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """A link that makes one account with one role; used once, expires."""

    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, choices=Membership.Roles.choices)
    name = models.CharField(_("nama"), max_length=120)
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="invitations_sent"
    )
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_used"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} {self.role}"

    @property
    def place(self) -> StrOrPromise:
        """The body the role will be held in, for people."""
        return str(self.producer or self.unit or self.association)

    def is_open(self, at: datetime) -> bool:
        """Whether the link still works at ``at``."""
        return self.used_at is None and self.revoked_at is None and at < self.expires_at
