"""Who may open what: the role × page table, generated from the URLconf. How to add rows: ``docs/testing.md``.

Each app keeps ``tests/matrix.py`` with ``ROWS = [Page(…), …]`` and, if its pages need objects of its own, a
function ``build(world)`` that makes them. ``tests/test_matrix.py`` walks every address with every identity.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from kendedes.journal.models import User
from kendedes.network import actions
from kendedes.network.models import Unit
from kendedes.network.rules import Role
from kendedes.testing import cast as people
from kendedes.ui import limits

# Every row is tried as each of these. "operator" runs unit A (Singosari), "operator_b" unit B (Wajak);
# "representative" speaks for a producer of unit A; "neighbour" manages another association.
IDENTITIES = (
    "anonymous", "stranger", "manager", "curator", "treasurer", "cashier", "assessor", "partner",
    "operator", "operator_b", "representative", "neighbour",
)  # fmt: skip
EVERYBODY = frozenset(IDENTITIES)
SIGNED_IN = EVERYBODY - {"anonymous"}
OFFICE = SIGNED_IN - {"stranger"}  # everyone with a role somewhere
SIDE_A = frozenset({"manager", "curator", "treasurer", "cashier", "assessor", "operator", "representative"})
STAFF_A = frozenset({"manager", "operator"})

# Words that stand in objects of one side only and must never reach another one.
CANARY_A, CANARY_B, CANARY_N = "kenariA7Q", "kenariB8W", "kenariN9Z"
PHONE_A, PHONE_B = "6281299900017", "6281299900028"
SECRETS = {CANARY_A, CANARY_B, CANARY_N, PHONE_A, PHONE_B}
MAY_READ: dict[str, frozenset[str]] = {
    "manager": frozenset({CANARY_A, CANARY_B, PHONE_A, PHONE_B}),
    "operator": frozenset({CANARY_A, PHONE_A}),
    "operator_b": frozenset({CANARY_B, PHONE_B}),
    "representative": frozenset({CANARY_A, PHONE_A}),
    "neighbour": frozenset({CANARY_N}),
    **{name: frozenset({CANARY_A, CANARY_B}) for name in ("curator", "treasurer", "cashier", "assessor")},
}


@dataclass(frozen=True)
class Page:
    """One address and who gets it.

    ``name``: as for ``reverse``, with its namespace. ``sees``: identities answered with a page (2xx, a redirect that
    does not lead to the sign-in, or a refusal in words: 400, 405, 409, 422); all others must get the sign-in or 403/404.
    ``args``: from the world, the arguments of the address, of an object of unit A where one is named.
    ``method``: ``POST`` for addresses that only take POST. ``data``: what is sent. ``query``: ``?…`` of a GET.
    ``hears``: statuses that count as "may" beside the usual. ``head``: whether HEAD is tried too. ``why``: for a row
    that needs a word.
    """

    name: str
    sees: frozenset[str] | set[str] = EVERYBODY
    args: Callable[[World], dict[str, Any]] | None = None
    method: str = "GET"
    data: Callable[[World], dict[str, Any]] | None = None
    query: str = ""
    hears: frozenset[int] = frozenset()
    head: bool = True
    why: str = ""


@dataclass
class World:
    """The cast, one person per identity, and whatever the apps' ``build`` adds to ``made``."""

    cast: people.Cast
    users: dict[str, Any]
    made: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> Unit:
        """Unit A."""
        return self.cast.singosari

    def browser(self, identity: str) -> Client:
        """A browser in which ``identity`` is signed in; each call gives a fresh one on the same session."""
        if identity not in self.cookies:
            first = Client()
            user = self.users[identity]
            if user.is_authenticated:
                first.force_login(user)
            self.cookies[identity] = first.cookies.output(header="", sep=";")
        client = Client(raise_request_exception=False)
        client.cookies.load(self.cookies[identity].strip())
        return client

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["made"][name]
        except KeyError:
            raise AttributeError(name) from None


def make_world() -> World:
    """Everybody, a draft product on each side, canaries in all of it; then each app's own objects."""
    cast = people.make()
    for producer, canary, phone in [
        (cast.tempe, CANARY_A, PHONE_A), (cast.apel, CANARY_B, PHONE_B), (cast.foreign, CANARY_N, "6281299900039"),
    ]:  # fmt: skip
        actions.change_producer(
            producer=producer, at=people.AT, by=None, about_id=f"Cerita {canary}", address=f"Jl. {phone}",
            phone=phone, contact_name=f"Ibu {phone}",
        )  # fmt: skip
    users: dict[str, Any] = {
        "anonymous": AnonymousUser(), "stranger": cast.stranger, "manager": cast.ratna, "curator": cast.bima,
        "assessor": cast.yudi, "operator": cast.sekar, "operator_b": cast.joko, "representative": cast.tini,
    }  # fmt: skip
    for name, role, association in [
        ("treasurer", Role.TREASURER, cast.association), ("cashier", Role.CASHIER, cast.association),
        ("partner", Role.PARTNER, cast.association), ("neighbour", Role.MANAGER, cast.neighbour),
    ]:  # fmt: skip
        users[name] = User.objects.create_user(username=name, password=people.PASSWORD, name=name.title())
        actions.give_role(user=users[name], role=role, association=association, at=people.AT, by=None)
    world = World(cast, users)
    world.made["product"] = cast.product(cast.tempe, f"Keripik {CANARY_A}")
    world.made["product_b"] = cast.product(cast.apel, f"Anyaman {CANARY_B}")
    world.made["product_n"] = cast.product(cast.foreign, f"Keripik {CANARY_N}")
    for module in _tables():
        getattr(module, "build", lambda _world: None)(world)
    for identity in IDENTITIES:
        world.browser(identity)  # sign in once, outside what each probe undoes
    return world


def _tables() -> list[Any]:
    """The ``tests/matrix.py`` of every app that has one."""
    names = [f"{config.name}.tests.matrix" for config in apps.get_app_configs() if config.name.startswith("kendedes.")]
    return [importlib.import_module(name) for name in names if _exists(name)]


def _exists(name: str) -> bool:
    parent = name.rpartition(".")[0]
    try:
        return importlib.util.find_spec(parent) is not None and importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def rows() -> dict[str, list[Page]]:
    """Rows by the app that declares them."""
    return {module.__name__.split(".")[1]: list(module.ROWS) for module in _tables()}


def addresses() -> set[str]:
    """The full name of every pattern of the URLconf; the route itself where a pattern has no name."""

    def walk(resolver: Any, prefix: str, route: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            here = route + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield prefix + (pattern.name or here)
            else:
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from walk(pattern, inner, here)

    return set(walk(get_resolver(), "", ""))


@contextmanager
def _undone() -> Iterator[None]:
    cache.clear()  # rate limits of the probe before
    limits.forget_everything()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def trace() -> dict[str, int]:
    """How many rows every table of ours holds: what a refused deed must leave as it was."""
    ours: list[type[models.Model]] = [m for m in apps.get_models() if m.__module__.startswith("kendedes.")]
    return {model._meta.label: model._base_manager.count() for model in ours}  # noqa: SLF001 - Django names it so


MAY = frozenset({400, 405, 409, 422})
LOGIN = "/akun/login/"


def verdict(status: int, location: str, hears: frozenset[int]) -> str:
    """``may``, ``may not`` or what went wrong."""
    if 300 <= status < 400:
        return "may not" if LOGIN in location else "may"
    if 200 <= status < 300 or status in hears:
        return "may"
    if status in {401, 403, 404}:
        return "may not"
    return "may" if status in MAY else f"status {status}"


def faults(page: Page, world: World) -> list[str]:
    """What is wrong with one row, one line each; nothing when every identity gets what the row says."""
    url = reverse(page.name, kwargs=page.args(world) if page.args else None) + page.query
    found: list[str] = []
    for identity in IDENTITIES:
        for method in ["GET", "POST", *(["HEAD"] if page.head and page.method == "GET" else [])]:
            found += _probe(page, world, identity, method, url)
    return found


def _probe(page: Page, world: World, identity: str, method: str, url: str) -> list[str]:
    expected = "may" if identity in page.sees else "may not"
    if method != page.method and page.method == "POST":
        return _never_by_get(page, world, identity, url)
    if method == "POST" and page.method == "GET" and identity in page.sees:
        return []  # what a form does with data is its own test's business
    opening = method == "GET" and identity == "manager"
    watched = opening or (method == "POST" and expected == "may not")
    with _undone():
        client = world.browser(identity)
        before = trace() if watched else {}
        data = page.data(world) if page.data and method == "POST" else {}
        response = (
            client.get(url) if method == "GET" else client.head(url) if method == "HEAD" else client.post(url, data)
        )
        got = verdict(response.status_code, response.headers.get("Location", ""), page.hears)
        after = trace() if watched else {}
        text = _everything(response)
    if method == "POST" and response.status_code == 405:
        got = expected  # a page that takes no POST says so to everybody
    where = f"{page.name} {method} {identity}"
    found = [] if got == expected else [f"{where}: {got} ({response.status_code}), expected: {expected}"]
    if before != after:
        found.append(
            f"{where}: {'opening the page changed something' if opening else 'a refused request left a trace'}"
        )
    leaked = {secret for secret in SECRETS - MAY_READ.get(identity, frozenset()) if secret in text}
    return found + [f"{where}: shows {secret}" for secret in sorted(leaked)]


def _never_by_get(page: Page, world: World, identity: str, url: str) -> list[str]:
    """An address for POST changes nothing when it is merely opened."""
    with _undone():
        before = trace()
        response = world.browser(identity).get(url)
        changed = before != trace()
    where = f"{page.name} GET {identity}"
    if changed:
        return [f"{where}: opening the address changed something"]
    return [f"{where}: status {response.status_code}"] if response.status_code >= 500 else []


def _everything(response: Any) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return headers + "\n" + body.decode("utf-8", "replace")
