"""The search engine at 5,000, 100,000 and 1,000,000 products: milliseconds a question, facets included.

    .venv/bin/python bench/search/run.py [--products 5000 100000] [--questions 2000] [--work DIR]

The index is the site's own (``web.wordindex``), filled with listings that no database holds: the engine reads none,
so SQLite and PostgreSQL make no difference to it. Questions: names of two words, single words, beginnings, spellings
and misspellings from the list of the tests, with and without a facet.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kendedes.settings")
os.environ.setdefault("KENDEDES_HOME", tempfile.mkdtemp(prefix="kendedes-search-"))
import django

import kendedes  # noqa: F401 - chooses the SQLite library first

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "web"))
KB = 1024


def main() -> None:
    """Measure and print a table and its JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, nargs="+", default=[5_000, 100_000])
    parser.add_argument("--questions", type=int, default=2_000)
    options = parser.parse_args()
    django.setup()
    rows = [measure(count, options.questions) for count in options.products]
    for row in rows:
        print(json.dumps(row))


def measure(count: int, questions: int) -> dict[str, Any]:
    """Make an index, ask it, say how long it took."""
    import tantivy

    from kendedes.web.wordindex import ask, store

    with tempfile.TemporaryDirectory(prefix="kendedes-index-") as folder:
        begun = time.process_time()
        index = tantivy.Index(store.schema(), path=folder)
        store.put(index, listings(count), replace=False)
        made = time.process_time() - begun
        index.config_reader("manual")
        index.reload()
        store.reader = lambda _name: index  # type: ignore[assignment]
        asked = list(questions_for(count, questions))
        for _kind, question in asked[:200]:
            ask.find(1, question)
        took: dict[str, list[float]] = {}
        spent: list[float] = []
        for kind, question in asked:
            start, begun = time.perf_counter(), time.thread_time()
            ask.find(1, question)
            took.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
            spent.append((time.thread_time() - begun) * 1000)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    every = [value for values in took.values() for value in values]
    return {
        "products": count, "index_cpu_s": round(made, 1), "index_mib": round(size / KB / KB, 1),
        "p50_ms": quantile(every, 50), "p99_ms": quantile(every, 99), "worst_ms": round(max(every), 2),
        "cpu_p50_ms": quantile(spent, 50), "cpu_p99_ms": quantile(spent, 99),
        "kinds": {kind: [quantile(values, 50), quantile(values, 99)] for kind, values in took.items()},
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KB),
    }  # fmt: skip


def quantile(values: list[float], percent: int) -> float:
    """The percentile, rounded."""
    return round(statistics.quantiles(values, n=100)[percent - 1], 3)


def listings(count: int) -> Iterator[Any]:
    """Rows like the site's, made up of words of the trade."""
    from data import GOODS, KINDS, STYLES

    chance = random.Random(7)
    for number in range(1, count + 1):
        district, maker = number % 33, number % max(40, count * 3 // 10)
        name = f"{chance.choice(GOODS)} {chance.choice(KINDS)} {chance.choice(STYLES)}"
        if number > 8_000:
            name += f" {number}"
        content = {
            "category": {"id": f"Kategori {number % 14}", "en": f"Category {number % 14}"},
            "producer": {"name": f"Kelompok {chance.choice(KINDS).title()} {maker}"},
            "materials": [name.split()[1].lower(), "garam"], "variants": [{"name": "Besar"}],
            "story": {"id": "Dibuat oleh tetangga-tetangga kami sepanjang tahun dari bahan kebun sendiri."},
        }  # fmt: skip
        yield SimpleNamespace(
            pk=number, active=True, name_id=name, name_en=name, code=f"U{district}-{number:06d}",
            village_name=f"Desa {maker % 12}", district_name=f"Kecamatan {district}",
            release=SimpleNamespace(content=content), rank=number % 599, district=f"35.07.{district:02d}",
            category=f"kategori-{number % 14}", topic=f"topik-{number % 5}", stars=number % 47 % 6,
            price_low=(number % 50) * 3_000 + 1_000, permits=["pirt"] if number % 2 else [],
        )  # fmt: skip


def questions_for(count: int, number: int) -> Iterator[tuple[str, Any]]:
    """Plausible questions, each kind as often as the others."""
    from data import GOODS, KINDS, STYLES

    from kendedes.web.tests.spellings import pairs
    from kendedes.web.wordindex import Asked

    chance = random.Random(11)
    listed = [pair.asked for pair in pairs()]
    for place in range(number):
        good, kind, style = chance.choice(GOODS), chance.choice(KINDS), chance.choice(STYLES)
        word = chance.choice([good, kind])
        wrong = word[:2] + chance.choice("aeiou") + word[3:] if len(word) > 3 else word
        kinds = {
            "one word": Asked(word), "two words": Asked(f"{good} {kind}"), "three words": Asked(f"{good} {kind} {style}"),
            "beginning": Asked(word[: chance.randint(2, 4)]), "misspelt": Asked(f"{wrong} {style}"),
            "list of misspellings": Asked(chance.choice(listed)),
            "with a facet": Asked(f"{good} {kind}", {"district": f"35.07.{place % 33:02d}"}),
            "page 20": Asked(good, offset=480),
        }  # fmt: skip
        name = list(kinds)[place % len(kinds)]
        yield name, kinds[name]


if __name__ == "__main__":
    main()
