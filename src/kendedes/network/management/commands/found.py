"""``kendedes found``: a new association in this home, and the link by which its manager signs in for the first time."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from kendedes.network import actions, places
from kendedes.network.models import Association, Region
from kendedes.network.rules import Role


class Command(BaseCommand):
    help = "Found an association: its places, itself, and an invitation link for its manager. Exit code 2: refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="the association's name")
        parser.add_argument("--region", default="35.07", metavar="CODE", help="its regency by Kemendagri code")
        parser.add_argument("--slug", default="", help="its short name in addresses (default: from the name)")
        parser.add_argument("--gallery", default="", help="the gallery's name")
        parser.add_argument("--manager", required=True, metavar="NAME", help="the manager's name")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, **options: Any) -> None:
        at = timezone.now()
        slug = options["slug"] or slugify(options["name"])[:50]
        if Association.objects.filter(slug=slug).exists():
            raise CommandError(f"Sudah ada asosiasi “{slug}”. / There is one already.", returncode=2)
        with transaction.atomic():
            actions.add_places(places.load())
            region = Region.objects.filter(code=options["region"], kind__in=["kabupaten", "kota"]).first()
            if region is None:
                raise CommandError(f"Kode kabupaten/kota tidak dikenal: {options['region']}", returncode=2)
            association = actions.create_association(
                name=options["name"], slug=slug, region=region, gallery_name=options["gallery"], at=at, by=None
            )
            _invitation, token = actions.invite(
                name=options["manager"], role=Role.MANAGER, association=association, at=at, by=None
            )
        link = (settings.ENV.origin or "http://127.0.0.1:8000") + reverse("network:accept", args=[token])
        if options["json"]:
            self.stdout.write(json.dumps({"association": association.pk, "slug": slug, "invitation": link}))
            return
        self.stdout.write(f"Asosiasi “{association.name}” didirikan.")
        self.stdout.write(f"Tautan undangan untuk {options['manager']} (sekali pakai, 7 hari):\n  {link}")
        self.stdout.write("Jalankan `kendedes serve`, lalu buka tautan itu.")
