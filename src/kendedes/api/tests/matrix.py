"""The API says what the public pages say, to everybody."""

from kendedes.api.actions import add_hook, make_token
from kendedes.testing.cast import AT
from kendedes.testing.matrix import EVERYBODY, OFFICE, Page, World


def build(world: World) -> None:
    """A manager's key."""
    cast = world.cast
    row, _text = make_token(
        association=cast.association, name="uji", scopes=["catalogue"], days=30, at=AT, by=cast.ratna
    )
    hook = add_hook(association=cast.association, url="https://contoh.example/kabar", at=AT, by=cast.ratna)
    world.made |= {"token": row, "hook": hook}


ROWS = [
    Page("api:openapi-json", head=False),
    Page("api:api-root", head=False, hears=frozenset({404}), why="the library's root, for reversing only"),
    Page("api:association", head=False),
    Page("api:categories", head=False),
    Page("api:districts", head=False),
    Page("api:products", head=False),
    Page("api:product", EVERYBODY, lambda w: {"code": w.listed.code}, head=False),
    Page("api:editions", head=False),
    Page("api:edition", EVERYBODY, lambda w: {"slug": w.whole.slug}, head=False),
    Page("api:schema", head=False),
    Page("api:producers", head=False),
    Page("api:producer", EVERYBODY, lambda w: {"slug": "kelompok-situs-fiktif"}, head=False),
    Page("api:stock", head=False, hears=frozenset({401}), why="a key is asked for, not a session"),
    Page(
        "api:stock-one",
        EVERYBODY,
        lambda w: {"code": w.listed.code},
        head=False,
        hears=frozenset({401}),
        why="as stock",
    ),
    Page("api:stories", head=False),
    Page(
        "api:story",
        EVERYBODY,
        lambda w: {"slug": "tidak-ada"},
        head=False,
        hears=frozenset({404}),
        why="public or nothing",
    ),
    Page("doors:tokens", OFFICE - {"partner"}),
    Page("doors:hooks", {"manager", "neighbour"}),
    Page("doors:end", {"manager"}, lambda w: {"pk": w.hook.pk}, method="POST"),
    Page("doors:revoke", {"manager"}, lambda w: {"pk": w.token.pk}, method="POST"),
]
