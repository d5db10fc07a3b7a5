"""Whole pages from memory: the same bytes as long as nothing was published, never longer."""

import gzip
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test.utils import override_settings

from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.pagecache import MARK, PageCache
from kendedes.web.tests.test_catch_up import release
from kendedes.web.versions import DjangoVersions, Snapshot, SqliteVersions


@pytest.fixture(autouse=True)
def _connection_stays() -> Iterator[None]:
    """The handler ends every request by closing what is in a transaction, and a test is one: as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Fixed:
    """Versions as a test wants them."""

    def __init__(self, **versions: int) -> None:
        self.snapshot: Snapshot | None = Snapshot({1: 1})

    def now(self) -> Snapshot | None:
        return self.snapshot


class Counter:
    """An application that says how often it was asked."""

    def __init__(
        self, headers: list[tuple[str, str]] | None = None, *, marked: bool = True, status: str = "200 OK"
    ) -> None:
        self.calls = 0
        self.headers = headers or [("Content-Type", "text/html; charset=utf-8")]
        self.marked = marked
        self.status = status

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.calls += 1
        if self.marked:
            environ[MARK] = (1, 1)
        start_response(self.status, list(self.headers))
        return [f"page {self.calls} ".encode(), b"x" * 500]


def ask(app: Any, path: str = "/", method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path.partition("?")[0], "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(), "SCRIPT_NAME": "", "SERVER_PROTOCOL": "HTTP/1.1",
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}  # fmt: skip
    given: list[Any] = []
    body = b"".join(app(environ, lambda status, head, *_rest: given.extend((status, dict(head)))))
    return given[0], given[1], body


def test_the_second_visitor_gets_the_same_bytes_without_the_application() -> None:
    inner = Counter()
    app = PageCache(inner, Fixed())

    first, second = ask(app), ask(app)

    assert inner.calls == 1
    assert first == second
    assert first[1]["Content-Length"] == str(len(first[2]))


def test_a_new_version_makes_the_page_anew() -> None:
    inner, versions = Counter(), Fixed()
    app = PageCache(inner, versions)
    ask(app)

    versions.snapshot = Snapshot({1: 2})
    ask(app)

    assert inner.calls == 2


def test_a_new_version_of_another_site_does_not() -> None:
    inner, versions = Counter(), Fixed()
    app = PageCache(inner, versions)
    ask(app)

    versions.snapshot = Snapshot({1: 1, 2: 7})
    ask(app)

    assert inner.calls == 1


def test_a_host_that_changed_hands_makes_it_anew() -> None:
    inner, versions = Counter(), Fixed()
    app = PageCache(inner, versions)
    ask(app)

    versions.snapshot = Snapshot({1: 1}, hosts=5)
    ask(app)

    assert inner.calls == 2


def test_without_versions_nothing_is_remembered() -> None:
    inner, versions = Counter(), Fixed()
    app = PageCache(inner, versions)
    versions.snapshot = None

    ask(app)
    ask(app)

    assert inner.calls == 2


@pytest.mark.parametrize(
    "inner",
    [
        Counter(marked=False),
        Counter([("Content-Type", "text/html"), ("Set-Cookie", "a=b")]),
        Counter([("Content-Type", "text/html"), ("Vary", "Cookie")]),
        Counter([("Content-Type", "text/html"), ("Content-Security-Policy", "script-src 'nonce-abc'")]),
        Counter(status="404 Not Found"),
    ],
    ids=["unmarked", "cookie", "vary", "nonce", "missing"],
)
def test_what_is_not_for_everybody_is_not_remembered(inner: Counter) -> None:
    app = PageCache(inner, Fixed())

    ask(app)
    ask(app)

    assert inner.calls == 2


def test_an_unchanged_copy_is_answered_without_a_body() -> None:
    app = PageCache(Counter(), Fixed())
    etag = ask(app)[1]["ETag"]

    status, headers, body = ask(app, if_none_match=etag)

    assert (status, body) == ("304 Not Modified", b"")
    assert headers["ETag"] == etag
    assert ask(app, if_none_match='W/"other"')[0] == "200 OK"


def test_host_query_and_language_are_different_pages() -> None:
    inner = Counter()
    app = PageCache(inner, Fixed())

    bodies = {ask(app, "/")[2], ask(app, "/en/")[2], ask(app, "/?hal=2")[2], ask(app, "/", host="other.example.id")[2]}

    assert len(bodies) == 4


def test_bodies_are_packed_as_the_browser_takes_them() -> None:
    app = PageCache(Counter(), Fixed())
    plain = ask(app)[2]

    br, gz = ask(app, accept_encoding="gzip, deflate, br"), ask(app, accept_encoding="gzip, br;q=0")

    assert br[1]["Content-Encoding"] == "br"
    assert brotli.decompress(br[2]) == plain
    assert gz[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(gz[2]) == plain
    assert br[1]["Vary"] == "Accept-Encoding"


def test_head_gets_the_headers_only() -> None:
    app = PageCache(Counter(), Fixed())
    length = ask(app)[1]["Content-Length"]

    status, headers, body = ask(app, method="HEAD")

    assert (status, headers["Content-Length"], body) == ("200 OK", length, b"")


def test_posts_pass_through() -> None:
    inner = Counter()
    app = PageCache(inner, Fixed())
    ask(app)

    ask(app, method="POST")

    assert inner.calls == 2


def test_memory_is_bounded_and_the_oldest_page_goes_first() -> None:
    inner = Counter()
    app = PageCache(inner, Fixed(), limit=9_000)
    for number in range(10):
        ask(app, f"/{number}")

    ask(app, "/9")
    assert inner.calls == 10
    ask(app, "/0")
    assert inner.calls == 11


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_publishing_shows_at_once_and_not_before(cast: Cast, django_assert_num_queries: Any) -> None:
    release(cast.product())
    catch_up(at=AT)
    app = PageCache(WSGIHandler(), DjangoVersions())
    before = ask(app, "/produk/")
    with django_assert_num_queries(1):  # the versions; none for the page
        assert ask(app, "/produk/") == before

    release(cast.product(name="Sambal baru"))
    assert b"Sambal baru" not in ask(app, "/produk/")[2]
    catch_up(at=AT)

    after = ask(app, "/produk/")
    assert b"Sambal baru" in after[2]
    assert after[1]["ETag"] != before[1]["ETag"]


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_unknown_parameters_are_answered_but_not_kept(cast: Cast) -> None:
    release(cast.product())
    catch_up(at=AT)
    app = PageCache(WSGIHandler(), DjangoVersions())

    assert ask(app, "/produk/?utm_source=x")[0] == "200 OK"
    assert "ETag" not in ask(app, "/produk/?utm_source=x")[1]
    assert "ETag" in ask(app, "/produk/?kecamatan=singosari")[1]


def test_sqlite_versions_notice_a_commit_of_another_connection(tmp_path: Any) -> None:
    import sqlite3

    path = tmp_path / "a.sqlite3"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("CREATE TABLE web_site (association_id int, version int, host text)")
    other.execute("INSERT INTO web_site VALUES (1, 1, '')")
    other.commit()
    versions = SqliteVersions(str(path))
    assert versions.now().versions == {1: 1}

    other.execute("UPDATE web_site SET version = 2")
    assert versions.now().versions == {1: 1}
    other.commit()

    assert versions.now().versions == {1: 2}


def test_sqlite_versions_say_nothing_about_a_missing_file(tmp_path: Any) -> None:
    assert SqliteVersions(str(tmp_path / "none.sqlite3")).now() is None
