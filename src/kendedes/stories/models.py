"""Tables of stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kendedes.network.models import Association, Producer, Scoped, Someone, Unit
from kendedes.network.rules import Right
from kendedes.products.models import Product

if TYPE_CHECKING:
    from typing import Self


class StoryQuerySet(Scoped["Story"]):
    producer_path = ""

    def visible_to(self, user: Someone) -> Self:
        """What ``user`` writes or decides on: of her association, or of her unit only."""
        return self.allowed(user, Right.WRITE_STORIES)

    def public(self) -> Self:
        """What visitors may read."""
        return self.filter(state=Story.State.PUBLISHED)


class Story(models.Model):
    """An article or a fixed page. Texts are written in the markup of ``rules.markup``; English may be missing."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("artikel")
        PAGE = "page", _("halaman")

    class State(models.TextChoices):
        DRAFT = "draft", _("draf")
        HANDED_IN = "handed_in", _("diajukan")
        SCHEDULED = "scheduled", _("dijadwalkan")
        PUBLISHED = "published", _("terbit")
        WITHDRAWN = "withdrawn", _("ditarik")

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="stories")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="stories", verbose_name=_("unit")
    )
    producer = models.ForeignKey(
        Producer, on_delete=models.PROTECT, null=True, blank=True, related_name="stories", verbose_name=_("tentang produsen")
    )  # fmt: skip
    products = models.ManyToManyField(Product, blank=True, related_name="stories", verbose_name=_("tentang produk"))
    kind = models.CharField(_("jenis"), max_length=8, choices=Kind.choices, default=Kind.ARTICLE)
    slug = models.SlugField(_("alamat"), max_length=120)
    title_id = models.CharField(_("judul"), max_length=160)
    title_en = models.CharField(_("judul (Inggris)"), max_length=160, blank=True)
    lead_id = models.CharField(_("ringkasan"), max_length=300, blank=True)
    lead_en = models.CharField(_("ringkasan (Inggris)"), max_length=300, blank=True)
    body_id = models.TextField(_("isi"), max_length=40_000)
    body_en = models.TextField(_("isi (Inggris)"), max_length=40_000, blank=True)
    author = models.CharField(_("penulis"), max_length=80, blank=True)
    tags = models.JSONField(_("label"), default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    publish_at = models.DateTimeField(_("terbit pada"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    old_id = models.CharField(max_length=120, blank=True, help_text="of the post in the blog it came from")
    old_address = models.URLField(_("alamat di blog lama"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan di kaki situs"), default=0)

    objects = StoryQuerySet.as_manager()
    named_by = ()

    class Meta:
        ordering = ["-published_at", "-id"]
        verbose_name = _("cerita")
        constraints = [
            models.UniqueConstraint(fields=["association", "slug"], name="stories_slug"),
            models.UniqueConstraint(fields=["association", "old_id"], condition=~Q(old_id=""), name="stories_old_once"),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="stories_published_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False), name="stories_scheduled_when"
            ),
        ]
        indexes = [
            models.Index(fields=["association", "kind", "state", "-published_at"], name="stories_public"),
            models.Index(fields=["state", "publish_at"], name="stories_due"),
        ]

    def __str__(self) -> str:
        return self.title_id or gettext("(tanpa judul)")


class StoryPhotoQuerySet(Scoped["StoryPhoto"]):
    association_path = "story__association"
    unit_path = "story__unit"

    def visible_to(self, user: Someone) -> Self:
        """As the story."""
        return self.allowed(user, Right.WRITE_STORIES)


class StoryPhoto(models.Model):
    """A picture of a story; number 1 is its cover, the text shows others by ``![words](foto:2)``."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="photos")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    focus_x = models.PositiveSmallIntegerField(default=500, validators=[MaxValueValidator(1000)])
    focus_y = models.PositiveSmallIntegerField(default=500, validators=[MaxValueValidator(1000)])
    caption_id = models.CharField(_("keterangan foto"), max_length=200, blank=True)
    caption_en = models.CharField(_("keterangan foto (Inggris)"), max_length=200, blank=True)

    objects = StoryPhotoQuerySet.as_manager()

    class Meta:
        ordering = ["story", "number"]
        verbose_name = _("foto cerita")
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="stories_photo_number")]

    def __str__(self) -> str:
        return self.caption_id or f"{self.story} {self.number}"


class CommentQuerySet(Scoped["Comment"]):
    association_path = "story__association"
    unit_path = ""

    def visible_to(self, user: Someone) -> Self:
        """Comments of stories on which ``user`` decides."""
        return self.allowed(user, Right.PUBLISH_STORIES)


class Comment(models.Model):
    """What a member says under a story. Shown only after somebody decided so."""

    class State(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        SHOWN = "shown", _("ditampilkan")
        HIDDEN = "hidden", _("disembunyikan")

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("komentar"), max_length=2000)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("komentar")

    def __str__(self) -> str:
        return self.text[:60]
