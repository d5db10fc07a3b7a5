"""The API says what the public pages say, to everybody."""

from kendedes.testing.matrix import EVERYBODY, Page

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
]
