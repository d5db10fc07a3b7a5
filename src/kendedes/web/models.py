"""Derived tables of the public site. None holds a fact of its own; ``actions.rebuild`` makes them again."""

from __future__ import annotations

from django.db import models

from kendedes.network.models import Association
from kendedes.products.models import Product, Release


class Site(models.Model):
    """One association as the public sees it. ``version`` changes exactly when a public page may read differently."""

    association = models.OneToOneField(Association, on_delete=models.CASCADE, primary_key=True, related_name="site")
    host = models.CharField(max_length=120, blank=True)
    version = models.PositiveBigIntegerField(default=1)
    day = models.DateField(help_text="the day for which stars and permits were judged")
    facts = models.JSONField(default=dict, help_text="rules.SiteFacts: names, texts, address")
    products = models.PositiveIntegerField(default=0)
    producers = models.PositiveIntegerField(default=0)
    villages = models.PositiveIntegerField(default=0)
    starred = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.facts.get("name", self.association_id))


class Cursor(models.Model):
    """How far in the diary the rows have come."""

    name = models.CharField(max_length=20, primary_key=True)
    entry_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.entry_id}"


class Heading(models.Model):
    """What gathers listings on one page, with its counts."""

    class Kind(models.TextChoices):
        CATEGORY = "category", "category"
        DISTRICT = "district", "district"
        PRODUCER = "producer", "producer"

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="headings")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=140, help_text="category slug, district code, producer number")
    slug = models.CharField(max_length=140)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=dict)
    products = models.PositiveIntegerField(default=0)
    starred = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "name_id"]
        constraints = [
            models.UniqueConstraint(fields=["site", "kind", "key"], name="web_heading_key"),
            models.UniqueConstraint(fields=["site", "kind", "slug"], name="web_heading_slug"),
        ]

    def __str__(self) -> str:
        return self.name_id


class Listing(models.Model):
    """One released product as lists, search and its page show it."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, primary_key=True, related_name="listing")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="listings")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    active = models.BooleanField(help_text="False: no longer made; its page stays, lists leave it out")
    slug = models.SlugField(max_length=160)
    code = models.CharField(max_length=20)
    name_id = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    topic = models.CharField(max_length=50, help_text="slug of the top category")
    category = models.CharField(max_length=50)
    district = models.CharField(max_length=13)
    district_name = models.CharField(max_length=80)
    village = models.CharField(max_length=13)
    village_name = models.CharField(max_length=80)
    producer = models.PositiveBigIntegerField()
    producer_slug = models.CharField(max_length=140)
    producer_name = models.CharField(max_length=120)
    price_low = models.PositiveBigIntegerField(null=True)
    price_high = models.PositiveBigIntegerField(null=True)
    permits = models.JSONField(default=list, help_text="kinds valid on the site's day")
    stars = models.PositiveSmallIntegerField(default=0)
    award = models.JSONField(null=True, help_text="stars as in the edition document")
    contact = models.JSONField(null=True, help_text="as consented today, not as frozen")
    photo = models.JSONField(null=True, help_text="the first PHOTO")
    editions = models.JSONField(default=list, help_text="published unit editions it stands in: slug, title")
    sale = models.JSONField(default=list, help_text="packs that can be ordered: orders.queries.sale.for_sale")
    rank = models.PositiveIntegerField(default=0)
    lapses_on = models.DateField(null=True, help_text="first day on which this row reads differently by itself")
    released_at = models.DateTimeField()
    changed_in = models.PositiveBigIntegerField(help_text="the site's version at which this row last changed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "slug"], name="web_listing_slug")]
        indexes = [
            models.Index(fields=["site", "active", "-rank", "name_id", "product"], name="web_by_rank"),
            models.Index(fields=["site", "active", "topic", "-rank", "name_id", "product"], name="web_by_topic"),
            models.Index(fields=["site", "active", "category", "-rank", "name_id", "product"], name="web_by_category"),
            models.Index(fields=["site", "active", "district", "-rank", "name_id", "product"], name="web_by_district"),
            models.Index(fields=["site", "active", "producer", "-rank", "name_id", "product"], name="web_by_producer"),
            models.Index(fields=["site", "active", "name_id", "product"], name="web_by_name"),
            models.Index(fields=["site", "active", "price_low", "product"], name="web_by_price"),
            models.Index(fields=["site", "active", "-released_at", "product"], name="web_by_release"),
            models.Index(fields=["site", "changed_in"], name="web_by_change"),
            models.Index(fields=["lapses_on"], name="web_by_lapse"),
            models.Index(fields=["code"], name="web_by_code"),
        ]

    def __str__(self) -> str:
        return self.name_id
