"""How many queries the office pages of the network cost, held by ``queries.json``."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kendedes.network import actions
from kendedes.network.models import Region
from kendedes.network.rules import Right, Role
from kendedes.testing.cast import Cast
from kendedes.testing.queries import hold, measured

BASELINE = Path(__file__).with_name("queries.json")
MOST = 11
PAGES = {
    "home": "/kantor/",
    "diary": "/kantor/riwayat/",
    "account": "/kantor/akun/",
    "units": "/kantor/jaringan/unit/",
    "unit": "/kantor/jaringan/unit/{unit}/",
    "producers": "/kantor/jaringan/produsen/",
    "producers searched": "/kantor/jaringan/produsen/?q=tempe&unit={unit}&consent=unknown",
    "producer": "/kantor/jaringan/produsen/{producer}/",
    "people": "/kantor/jaringan/orang/",
    "person": "/kantor/jaringan/orang/{person}/",
    "grants": "/kantor/jaringan/izin/",
}


@pytest.mark.django_db
def test_office_pages_cost_what_the_baseline_says_however_much_there_is(cast: Cast) -> None:
    now = timezone.now()
    for n in range(20):
        actions.create_producer(
            association=cast.association, unit=cast.singosari if n % 2 else cast.wajak, name=f"Kelompok {n} (fiktif)",
            village=Region.objects.get(code="35.07.24.2016" if n % 2 else "35.07.08.2006"), at=now, by=cast.ratna,
        )  # fmt: skip
        actions.invite(
            name=f"Undangan {n}", role=Role.OPERATOR, association=cast.association, unit=cast.singosari, at=now, by=cast.ratna
        )  # fmt: skip
        grant = actions.give_grant(
            right=Right.SEE_PRODUCTS, giver=cast.singosari, receiver=cast.wajak, until=now + timedelta(days=9), at=now, by=cast.ratna
        )  # fmt: skip
        if n % 2:
            actions.revoke_grant(grant=grant, at=now, by=cast.ratna)
        cast.product(name=f"Keripik {n}")
    known = {"unit": cast.singosari.pk, "producer": cast.tempe.pk, "person": cast.tini.pk}
    pages = {name: address.format(**known) for name, address in PAGES.items()}

    found = measured({"manager": cast.ratna, "operator": cast.sekar}, pages)

    hold(found, BASELINE, most=MOST)
