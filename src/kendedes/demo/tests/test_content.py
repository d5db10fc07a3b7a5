import re
from collections import Counter

from kendedes.demo.content import ABOUT, COVER, COVER_ALT, association
from kendedes.demo.content.people import producers_of, units
from kendedes.demo.content.units import DISTRICTS, NAMED_IN_SOURCES
from kendedes.demo.content.wares import products_of
from kendedes.demo.pictures.forms import FORMS
from kendedes.demo.pictures.patterns import DYES, MOTIFS
from kendedes.demo.pictures.pieces import KINDS
from kendedes.network.places import load
from kendedes.products.categories import KINDS as CATEGORIES

PLAN = association()
PUBLISHED = [p for p in PLAN.products if p.goal == "published"]


def test_29_units_with_40_products_each_and_one_on_its_way():
    assert len(PLAN.units) == 29
    assert Counter(p.code[:3] for p in PUBLISHED) == {u.code: 40 for u in PLAN.units}
    assert len(PLAN.products) == 29 * 41
    assert Counter(p.goal for p in PLAN.products).keys() == {"published", "submitted", "returned", "draft"}
    assert 330 <= len(PLAN.producers) <= 370


def test_the_ten_units_named_in_sources_are_in_it_and_three_are_phased_out():
    names = {load().district(u.district).name: u for u in PLAN.units}

    assert {name for name, unit in names.items() if unit.named} == NAMED_IN_SOURCES
    assert {name for name, unit in names.items() if unit.phased_out} == {"Singosari", "Pakis", "Kepanjen"}
    assert all("rekaan" in ABOUT[0] and "invented" in text for text in ABOUT[1:])


def test_every_village_lies_in_the_district_of_its_unit():
    districts = {u.code: u.district for u in PLAN.units}

    assert all(load().village(p.village).district == districts[p.unit] for p in PLAN.producers)
    assert len({p.village for p in PLAN.producers}) > 200


def test_the_same_seed_gives_the_same_content():
    unit, names, seen = next(units()), set(), set()
    makers = producers_of(unit, DISTRICTS[0], 0, names)

    assert tuple(makers) == PLAN.producers[: len(makers)]
    assert tuple(products_of(unit, DISTRICTS[0], makers, seen)) == PLAN.products[:41]


def test_no_two_names_or_stories_are_alike_in_either_language():
    for language in (0, 1):
        assert len({p.story[language] for p in PLAN.products}) == len(PLAN.products)
        assert len({p.name[language] for p in PLAN.products}) == len(PLAN.products)
    assert max(len(p.name[0]) for p in PLAN.products) <= 60
    assert len({p.name for p in PLAN.producers}) == len(PLAN.producers)


def test_stories_have_two_to_four_sentences_and_promise_no_health():
    claims = re.compile(
        r"sehat|khasiat|menyembuhkan|obat|kolesterol|diet|health|cure|heal\b|medicin|slimming", re.IGNORECASE
    )
    for product in PLAN.products:
        for text in product.story:
            assert 2 <= len(re.findall(r"[.!?](?= |$)", text)) <= 4, text
            assert not claims.search(text), text
            assert "{" not in text


def test_telephone_numbers_are_of_the_fictional_block_and_differ():
    numbers = [PLAN.whatsapp, *(u.whatsapp for u in PLAN.units), *(p.phone for p in PLAN.producers)]

    assert all(re.fullmatch(r"628120000\d{4}", n) for n in numbers)
    assert len(set(numbers)) == len(numbers)


def test_permits_are_right_in_form_lapsed_mistyped_and_missing_in_turn():
    food = [p for p in PUBLISHED if any(paper.kind == "pirt" for paper in p.papers)]
    shapes = {"pirt": r"[1-8]\d{2}3507\d{6}-\d{2}", "halal": r"ID35\d{15}", "nib": r"\d{13}", "merek": r"IDM\d{9}"}
    papers = [paper for owner in (*PLAN.products, *PLAN.producers) for paper in owner.papers]
    right = [paper for paper in papers if re.fullmatch(shapes[paper.kind], paper.number)]

    assert 0.9 < len(right) / len(papers) < 0.99
    assert all(paper in right for paper in papers if paper.verified)
    assert 15 < sum(paper.valid_until.year < 2026 for p in food for paper in p.papers if paper.valid_until) < 90
    assert 100 < sum(paper.verified is not None for paper in papers) < len(papers) / 2


def test_prices_are_whole_and_wholesale_is_below_retail():
    for product in PLAN.products:
        assert product.packs
        for pack in product.packs:
            assert pack.low % 500 == 0
            assert pack.low >= 1000
            assert pack.high is None or pack.high > pack.low
            assert pack.wholesale is None or pack.wholesale[0] < pack.low


def test_every_category_and_picture_is_one_the_project_knows():
    slugs = {kind.slug for kind in CATEGORIES}
    assert {p.category for p in PLAN.products} <= slugs
    for product in PLAN.products:
        goods = [p for p in product.pictures if p != COVER]
        assert len(goods) == (0 if product.goal == "draft" else 1)
        for picture in goods:
            assert picture.form in FORMS
            assert picture.fill == "" or picture.fill in KINDS
            if picture.form in {"hanging", "folded", "flatlay"}:
                assert picture.motif in MOTIFS
                assert picture.colour in DYES or picture.colour == ""
    assert len({p.pictures[0].form for p in PUBLISHED}) >= 24
    assert len({p.pictures[0] for p in PUBLISHED}) == len(PUBLISHED)


def test_the_view_of_the_cover_is_the_second_picture_of_one_published_coffee():
    [product] = [p for p in PLAN.products if COVER in p.pictures]

    assert (product.category, product.goal) == ("kopi-teh", "published")
    assert product.pictures[1:] == (COVER,)
    assert all(len(alt) <= 200 for alt in COVER_ALT)
