"""Two homes with the same 3,000 products, one on SQLite and one on PostgreSQL, give the same answers to the same questions.

The index lies beside the data on both; what is compared is everything a visitor gets: which products in which order, how
many, how they were found, the counts of every facet, and pages beside products.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from kendedes.testing import postgres

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed"),
]
ROOT = Path(__file__).resolve().parents[2]
PRODUCTS, QUESTIONS = 3_000, 400
# argv: questions; "moved": after some products left and came back, so that the index was changed and not made anew
ASK = """
import json, os, random, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
import kendedes, django
django.setup()
from datetime import UTC, datetime
from kendedes.products.actions import discontinue
from kendedes.products.models import Product
from kendedes.web.actions import catch_up
from kendedes.web.models import Listing, Site
from kendedes.web.tests.spellings import pairs
from kendedes.web.wordindex import Asked, find, find_others

at = datetime(2026, 11, 25, tzinfo=UTC)
if sys.argv[2] == "moved":
    for product in Product.objects.filter(pk__in=range(1, 200, 7)).order_by("pk"):
        discontinue(product=product, at=at, by=None)
    catch_up(at=at)
chance, site = random.Random(5), Site.objects.get()
names = list(Listing.objects.filter(active=True).order_by("slug").values_list("name_id", flat=True))
districts = sorted(set(Listing.objects.values_list("district", flat=True)))
listed = [pair.asked for pair in pairs()]
told = []
for n in range(int(sys.argv[1])):
    word = chance.choice(chance.choice(names).split())
    text = [word, word[:3], chance.choice(names), chance.choice(listed), word[:-2] + word[-1:], ""][n % 6]
    asked = Asked(text, {"district": chance.choice(districts)} if n % 5 == 0 else {}, offset=24 * (n % 7 == 0))
    found = find(site.pk, asked)
    slugs = dict(Listing.objects.filter(pk__in=found.ids).values_list("pk", "slug"))
    counts = {name: sorted(by.items()) for name, by in found.counts.items()}
    told.append([text, [slugs[pk] for pk in found.ids], found.total, found.way, counts,
                 [row.path for row in find_others(site.pk, text)]])
print(json.dumps(told))
"""


def answers(folder: Path, url: str, how: str) -> list[list[object]]:
    """What a fresh home on that database says."""
    env = {
        **os.environ,
        "KENDEDES_HOME": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "kendedes.settings",
    }
    fill = [sys.executable, str(ROOT / "bench" / "web" / "data.py"), "--products", str(PRODUCTS)]
    subprocess.run(fill, env=env, check=True, capture_output=True)
    told = subprocess.run(
        [sys.executable, "-c", ASK, str(QUESTIONS), how], env=env, check=True, capture_output=True, text=True
    )
    return json.loads(told.stdout)


@pytest.mark.parametrize("how", ["made", "moved"])
def test_both_databases_answer_every_question_alike(tmp_path, how):
    said = {}
    for name, database in (("sqlite", nullcontext("")), ("postgresql", postgres.running())):
        with database as url:
            said[name] = answers(tmp_path / name, url, how)

    assert said["sqlite"] == said["postgresql"]
    assert len(said["sqlite"]) == QUESTIONS
    ways = [row[3] for row in said["sqlite"] if row[2]]
    assert {"exact", "misspelt"} <= set(ways)
    assert len(ways) > QUESTIONS * 3 // 4
