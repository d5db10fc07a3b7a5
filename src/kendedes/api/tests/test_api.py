"""Programs get the public facts, bounded, with errors of one form."""

import json
from importlib.resources import files

import jsonschema
import pytest
from django.test import Client

from kendedes.catalogue import actions as catalogue
from kendedes.catalogue.tests.helpers import LATER, regency
from kendedes.network.actions import change_producer
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up
from kendedes.web.tests.test_catch_up import release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def shop(cast: Cast) -> Cast:
    release(*[cast.product(name=f"Keripik {n}") for n in range(5)])
    catch_up(at=AT)
    return cast


def test_products_are_paged_in_a_fixed_order(client: Client, shop: Cast) -> None:
    first = client.get("/api/v1/products?size=2").json()
    last = client.get("/api/v1/products?size=2&page=3").json()

    assert [row["code"] for row in first["items"]] == ["SGS-0001", "SGS-0002"]
    assert (first["total"], first["next"]) == (5, 2)
    assert [row["code"] for row in last["items"]] == ["SGS-0005"]
    assert last["next"] is None


def test_filters_by_slug(client: Client, shop: Cast) -> None:
    assert client.get("/api/v1/products?category=camilan&district=singosari").json()["total"] == 5
    assert client.get("/api/v1/products?district=wajak").json()["total"] == 0
    assert client.get("/api/v1/products?stars=1").json()["total"] == 0


def test_contact_is_todays_consent_not_the_frozen_one(client: Client, shop: Cast) -> None:
    assert client.get("/api/v1/products/SGS-0001").json()["content"]["contact"]["kind"] == "unit"

    change_producer(producer=shop.tempe, consent="own", consent_on=AT.date(), at=AT, by=None)
    catch_up(at=AT)

    assert client.get("/api/v1/products/SGS-0001").json()["content"]["contact"]["whatsapp"] == "6281200000003"


def test_an_edition_is_the_document_of_its_schema(client: Client, cast: Cast) -> None:
    catalogue.publish(edition=regency(cast), at=LATER, by=cast.ratna, with_units=True)
    catch_up(at=LATER)

    listed = client.get("/api/v1/editions").json()
    assert [row["slug"] for row in listed] == ["malang-2026-1", "singosari-2026-1"]
    document = client.get("/api/v1/editions/malang-2026-1").json()
    jsonschema.validate(document, json.loads((files("kendedes.catalogue") / "schema" / "edition-1.json").read_text()))
    assert client.get("/api/v1/schema/edition-1.json").json()["$schema"].endswith("2020-12/schema")


WRONG = ["products?page=0", "products?page=99999999999999999999", "products?size=101", "products?stars=6",
         "products?category=%00", "products?district=" + "a" * 60, "products?page=x", "products/%20", "editions/%C3%A9"]  # fmt: skip


def test_what_is_out_of_bounds_is_a_problem_of_the_client(client: Client, shop: Cast) -> None:
    for path in WRONG:
        response = client.get(f"/api/v1/{path}")

        assert response.status_code == 422, path
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "invalid"


def test_what_is_not_there_is_a_problem_too(client: Client, shop: Cast) -> None:
    for path in ("products/XXX-1", "editions/none", "products?category=none"):
        response = client.get(f"/api/v1/{path}")

        assert (response.status_code, response.json()["code"]) == (404, "not_found"), path


def test_nothing_can_be_written(client: Client, shop: Cast) -> None:
    assert client.post("/api/v1/products", {}, content_type="application/json").status_code == 405


def test_the_description_names_every_operation(client: Client, shop: Cast) -> None:
    described = client.get("/api/v1/openapi.json").json()

    assert described["openapi"].startswith("3.")
    assert sorted(described["paths"]) == sorted(
        f"/api/v1/{name}"
        for name in (
            "association", "categories", "districts", "products", "products/{code}", "editions", "editions/{slug}",
            "schema/edition-1.json", "producers", "producers/{slug}", "stock",
            "stock/{code}", "stories", "stories/{slug}",
        )
    )  # fmt: skip
    assert all(set(methods) == {"get"} for methods in described["paths"].values())


def test_answers_have_the_content_types_that_are_described(client: Client, shop: Cast) -> None:
    described = client.get("/api/v1/openapi.json").json()["paths"]
    known = client.get("/api/v1/products").json()["items"][0]["code"]
    asked = {
        "/api/v1/association": "/api/v1/association", "/api/v1/categories": "/api/v1/categories",
        "/api/v1/products": "/api/v1/products?stars=x", "/api/v1/products/{code}": f"/api/v1/products/{known}",
        "/api/v1/editions/{slug}": "/api/v1/editions/nowhere",
        "/api/v1/schema/edition-1.json": "/api/v1/schema/edition-1.json",
    }  # fmt: skip

    for path, address in asked.items():
        answer = client.get(address)
        responses = described[path]["get"]["responses"]
        assert answer.headers["Content-Type"].partition(";")[0] in responses[str(answer.status_code)]["content"], path
