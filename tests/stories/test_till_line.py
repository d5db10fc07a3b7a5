"""A till on a bad line (B9, B31): what it sold is counted once, and it believes nobody but its server."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page
from tests.stories.proxy import Line, line_to
from tests.stories.test_till import books, codes, place, sells
from tests.stories.tills import browser_at, pairs, sent

from kendedes.testing.server import Home, serving

__all__ = ["place"]  # a fixture
WHOLE = """
import hashlib, json
from kendedes.ledger.models import GoodsMove, MoneyMove
from kendedes.ledger.verify import verify
rows = [list(m.objects.order_by("pk").values_list()) for m in (GoodsMove, MoneyMove)]
print("@" + json.dumps([hashlib.sha256(repr(rows).encode()).hexdigest(), [str(f) for f in verify().findings]]))
"""
# A till that takes any 200 for its server's word.
GULLIBLE = (
    "/core/sync",
    'if (!body) return { result: "later" };',
    'if (!body) { if (answer?.status !== 200) return { result: "later" }; await this.#note({ acked: state.head.seq }); return { result: "done" }; }',
)


def whole(place: Home) -> list:
    """Every move as one hash, and what `verify` finds."""
    out = place.run("manage", "shell", "-v", "0", "-c", WHOLE).stdout
    return json.loads(out[out.index("@") + 1 :])


def tries(page: Page) -> None:
    """The line is there again, says the device."""
    page.evaluate("dispatchEvent(new Event('online'))")


def until(page: Page, true: Callable[[], bool], between: Callable[[], object] = lambda: None) -> None:
    """Waits while the page goes on."""
    for _ in range(300):
        if true():
            return
        between()
        page.wait_for_timeout(100)
    raise AssertionError(f"waited in vain; the till says {page.locator('body').inner_text()[:300]}")


def in_the_portal(page: Page, line: Line, weather: str) -> str:
    """Sells one behind a hotspot's login page; what the till says about it."""
    line.weather = weather
    before = len(line.heard)
    sells(page)
    tries(page)
    until(page, lambda: len(line.heard) > before)
    page.wait_for_timeout(700)
    return page.locator(".status").inner_text()


def sales(place: Home) -> list[str]:
    return sorted(f"K1-{e[2]:06d}-{e[4][:8]}" for e in books(place)["events"] if e[3] == "sale")


def test_a_login_page_a_line_that_comes_and_goes_and_lost_answers_lose_and_double_nothing(place: Home, tmp_path: Path):
    receipts = []
    with serving(place), line_to(place.url) as line:
        (code,) = codes(place)
        with browser_at(tmp_path / "profil", service_workers="block") as context:
            page = pairs(context, line.url, code)
            sent(page)

            assert "1 belum terkirim" in in_the_portal(page, line, "portal")
            assert "2 belum terkirim" in in_the_portal(page, line, "portal-json")
            assert sales(place) == []

            for weather in ("half", "deaf"):
                line.weather = weather
                tries(page)
                until(page, lambda weather=weather: line.met.get(weather, 0) >= 2, between=lambda: tries(page))
                assert "belum terkirim" in page.locator(".status").inner_text()
            assert len(sales(place)) == 2  # the answer was lost, not the sale

            line.weather = "flapping"
            receipts += [sells(page) for _ in range(3)]
            until(page, lambda: "Terkirim" in page.locator(".status").inner_text(), between=lambda: tries(page))

    found = sales(place)
    assert len(found) == 5
    assert set(receipts) <= set(found)
    assert books(place)["sold"] == 5


def test_the_story_would_notice_a_till_that_believes_a_login_page(place: Home, tmp_path: Path):
    with serving(place), line_to(place.url) as line:
        line.edits.append(GULLIBLE)
        (code,) = codes(place)
        with browser_at(tmp_path / "profil", service_workers="block") as context:
            page = pairs(context, line.url, code)
            sent(page)

            said = in_the_portal(page, line, "portal")

    assert "belum terkirim" not in said
    assert sales(place) == []


def says(
    place: Home, heard: tuple[str, str, dict[str, str], bytes], body: bytes | None = None, *, cut: bool = False
) -> tuple[int, dict]:
    """What a till said, once more; ``cut``: only half of it. Returns status and answer."""
    method, path, headers, original = heard
    data = original if body is None else body
    where = urlsplit(place.url)
    to = HTTPConnection(where.hostname or "", where.port, timeout=30)
    try:
        to.putrequest(method, path)
        for name in ("Authorization", "Content-Type"):
            to.putheader(name, headers[name])
        to.putheader("Content-Length", str(len(data)))
        to.endheaders(data[: len(data) // 2] if cut else data)
        if cut:
            return 0, {}
        answer = to.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        to.close()


def test_what_a_till_said_may_be_said_again_in_any_order_at_once_and_in_pieces(place: Home, tmp_path: Path):
    with serving(place), line_to(place.url) as line:
        (code,) = codes(place)
        with browser_at(tmp_path / "profil", service_workers="block") as context:
            page = pairs(context, line.url, code)
            for what in ("telur", "kopi", "madu", "telur"):
                sells(page, what)
                sent(page)
        uploads = [one for one in line.heard if one[1].endswith("/upload")]
        assert len(uploads) >= 4
        before = whole(place)
        assert before[1] == []

        again = uploads * 3
        random.Random(9).shuffle(again)
        with ThreadPoolExecutor(8) as crowd:
            answers = list(crowd.map(lambda one: says(place, one), again))
            list(crowd.map(lambda one: says(place, one, cut=True), uploads))
        assert {status for status, _said in answers} == {200}
        assert {r["result"] for _status, said in answers for r in said["results"]} == {"exists"}
        assert whole(place) == before

        last = json.loads(uploads[-1][3])
        end = last["from"] + len(last["events"]) - 1
        status, said = says(place, uploads[-1], json.dumps({**last, "from": end + 5}).encode())
        assert (status, said["code"], said["facts"]["expected"]) == (409, "gap", end + 1)

        event = json.loads(last["events"][-1])  # the control: one more sale, and the hash is another
        prev = hashlib.sha256(last["events"][-1].encode()).hexdigest()
        more = {**event, "id": event["id"][:-6] + "abcdef", "seq": end + 1, "prev": prev}
        status, said = says(
            place, uploads[-1], json.dumps({**last, "from": end + 1, "events": [json.dumps(more)]}).encode()
        )
        assert (status, said["results"][0]["result"]) == (200, "created")
        after = whole(place)
        assert after[0] != before[0]

        other = last["events"][-1].replace('"boot":"', '"boot":"a', 1)
        status, said = says(place, uploads[-1], json.dumps({**last, "events": [*last["events"][:-1], other]}).encode())
        assert (status, said["code"]) == (409, "fork")
        assert says(place, uploads[-1])[0] == 423
        assert whole(place) == after
