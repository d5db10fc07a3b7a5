"""Sitemaps have the shape of the protocol: our own wording of its schema, checked by libxml2."""

import pytest
from django.test import Client
from lxml import etree

from kendedes.catalogue.tests.helpers import regency
from kendedes.testing.cast import AT, Cast
from kendedes.web.actions import catch_up

pytestmark = pytest.mark.django_db

SCHEMA = """<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <x:simpleType name="Address"><x:restriction base="x:anyURI">
    <x:minLength value="12"/><x:maxLength value="2048"/><x:pattern value="https?://.+"/></x:restriction></x:simpleType>
  <x:simpleType name="Moment"><x:union memberTypes="x:date x:dateTime"/></x:simpleType>
  <x:complexType name="Page"><x:sequence>
    <x:element name="loc" type="Address"/><x:element name="lastmod" type="Moment" minOccurs="0"/>
    <x:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="lax"/></x:sequence></x:complexType>
  <x:complexType name="File"><x:sequence>
    <x:element name="loc" type="Address"/><x:element name="lastmod" type="Moment" minOccurs="0"/></x:sequence></x:complexType>
  <x:element name="urlset"><x:complexType><x:sequence>
    <x:element name="url" type="Page" maxOccurs="50000"/></x:sequence></x:complexType></x:element>
  <x:element name="sitemapindex"><x:complexType><x:sequence>
    <x:element name="sitemap" type="File" maxOccurs="50000"/></x:sequence></x:complexType></x:element>
</x:schema>"""


def faults(body: bytes) -> list[str]:
    """What libxml2 has to say against a sitemap."""
    schema = etree.XMLSchema(etree.fromstring(SCHEMA))
    schema.validate(etree.fromstring(body))
    return [entry.message for entry in schema.error_log]


def test_every_file_has_the_shape_of_the_protocol(client: Client, cast: Cast) -> None:
    regency(cast)
    catch_up(at=AT)

    for name in ("sitemap", "sitemap-0", "sitemap-1"):
        response = client.get(f"/{name}.xml")
        assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
        assert faults(response.content) == []


def test_no_address_stands_twice(client: Client, cast: Cast) -> None:
    regency(cast)
    catch_up(at=AT)

    roots = [etree.fromstring(client.get(f"/sitemap-{n}.xml").content) for n in (0, 1)]
    told = [loc.text for root in roots for loc in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]

    assert len(told) > 20
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("old", "new"), [(b"<loc>", b"<loc>/"), (b"<lastmod>20", b"<lastmod>kemarin 20"), (b"</loc>", b"</loc><loc>x</loc>")]
)  # fmt: skip
def test_a_wrong_shape_would_be_noticed(client: Client, cast: Cast, old: bytes, new: bytes) -> None:
    regency(cast)
    catch_up(at=AT)
    body = client.get("/sitemap-1.xml").content

    assert old in body
    assert faults(body.replace(old, new, 1)) != []
