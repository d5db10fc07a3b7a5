"""Every way through a product's states, tried at random: the rules hold and refused steps leave no trace."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kendedes.base.refusal import Refusal
from kendedes.journal.models import Entry
from kendedes.products import actions, rules
from kendedes.products.models import FixItem, Photo, Product, Release
from kendedes.testing.cast import AT

State = Product.State
STEPS = {
    "submit": ({State.DRAFT, State.RETURNED}, State.SUBMITTED),
    "withdraw": ({State.SUBMITTED}, State.DRAFT),
    "accept": ({State.SUBMITTED}, State.ACCEPTED),
    "send_back": ({State.SUBMITTED, State.ACCEPTED, State.PUBLISHED}, State.RETURNED),
    "publish": ({State.ACCEPTED, State.PUBLISHED}, State.PUBLISHED),
    "discontinue": (set(State) - {State.DISCONTINUED}, State.DISCONTINUED),
    "revive": ({State.DISCONTINUED}, State.DRAFT),
}


def complete(cast, **options):
    """A product that lacks nothing (its photo is a row only)."""
    product = cast.product(**options)
    Photo.objects.create(product=product, sha256="ab" * 32, width=800, height=600, added_at=AT)
    return product


def take(name, product, at, by):
    if name == "publish":
        return actions.publish(products=[product], at=at, by=by)
    extra = {"fixes": [("photo", "Terlalu gelap")]} if name == "send_back" else {}
    return getattr(actions, name)(product=product, at=at, by=by, **extra)


@given(st.lists(st.sampled_from(list(STEPS)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_walk_follows_the_table_of_states(cast, walk):
    product = complete(cast, code=f"UJI-{Product.objects.count() + 1:04d}", name=f"Produk {Product.objects.count()}")
    state, at = State.DRAFT, AT
    for name in walk:
        at += timedelta(minutes=1)
        allowed, to = STEPS[name]
        before = Entry.objects.count()
        fresh = Product.objects.get(pk=product.pk)

        if state in allowed:
            take(name, fresh, at, cast.bima)
            again = name == "publish" and state == State.PUBLISHED
            state = to
            assert Entry.objects.count() == before + (0 if again else 1)
        else:
            with pytest.raises(actions.WrongState):
                take(name, fresh, at, cast.bima)
            assert Entry.objects.count() == before

        assert Product.objects.get(pk=product.pk).state == state
    published = Release.objects.filter(product=product).exists()
    assert published == ("publish" in _done(walk))


def _done(walk):
    """The steps of a walk that were allowed."""
    state, done = State.DRAFT, set()
    for name in walk:
        allowed, to = STEPS[name]
        if state in allowed:
            state = to
            done.add(name)
    return done


@given(st.sampled_from(list(State)), st.sampled_from(list(State)))
def test_the_table_of_rules_and_the_steps_agree(state, to):
    reachable = any(state in allowed and to == target and state != to for allowed, target in STEPS.values())

    assert rules.may_pass(state.value, to.value) == reachable


def test_two_curators_pressing_at_once_accept_once(cast):
    product = complete(cast)
    actions.submit(product=product, at=AT, by=cast.sekar)
    hers, his = Product.objects.get(pk=product.pk), Product.objects.get(pk=product.pk)

    actions.accept(product=hers, at=AT, by=cast.ratna)
    with pytest.raises(actions.WrongState):
        actions.accept(product=his, at=AT, by=cast.bima)

    assert Entry.objects.filter(deed="product.accept").count() == 1


def test_accepting_what_has_changed_since_it_was_shown_is_refused(cast):
    product = complete(cast)
    actions.submit(product=product, at=AT, by=cast.sekar)
    shown = Product.objects.get(pk=product.pk)
    actions.change_product(
        product=Product.objects.get(pk=product.pk), story_id="Lain", at=AT + timedelta(seconds=5), by=cast.sekar
    )

    with pytest.raises(actions.EditedMeanwhile):
        actions.accept(product=Product.objects.get(pk=product.pk), seen=shown.changed_at, at=AT, by=cast.bima)

    assert Product.objects.get(pk=product.pk).state == State.SUBMITTED
    actions.accept(
        product=product, seen=Product.objects.get(pk=product.pk).changed_at, at=AT + timedelta(minutes=1), by=cast.bima
    )
    assert Product.objects.get(pk=product.pk).state == State.ACCEPTED


@pytest.mark.parametrize(
    ("person", "state"), [("sekar", State.SUBMITTED), ("bima", State.ACCEPTED), (None, State.ACCEPTED)]
)
def test_an_accepted_product_changed_by_others_than_the_curator_waits_again(cast, person, state):
    product = complete(cast)
    Product.objects.filter(pk=product.pk).update(state=State.ACCEPTED)

    by = getattr(cast, person) if person else None
    actions.change_product(product=Product.objects.get(pk=product.pk), story_id="Baru", at=AT, by=by)

    assert Product.objects.get(pk=product.pk).state == state


def test_a_new_price_of_an_accepted_product_waits_for_the_curator_too(cast):
    product = complete(cast)
    Product.objects.filter(pk=product.pk).update(state=State.ACCEPTED)
    product.refresh_from_db()

    pack = actions.Pack(code="SGS-0001A", unit="bungkus", net_value=150, net_unit="g", retail=actions.PriceAsked(99000))
    actions.put_pack(product=product, pack=pack, at=AT, by=cast.sekar)

    assert Product.objects.get(pk=product.pk).state == State.SUBMITTED


def test_accepting_many_is_all_or_none(cast):
    one, two = complete(cast), complete(cast, name="Tempe mendol")
    actions.submit(product=one, at=AT, by=cast.sekar)

    with pytest.raises(actions.WrongState, match="Tempe mendol.* berstatus draf"):
        actions.accept_all(products=[one, two], at=AT, by=cast.bima)

    assert Product.objects.get(pk=one.pk).state == State.SUBMITTED
    assert Entry.objects.filter(deed="product.accept").count() == 0


def test_an_incomplete_product_says_in_words_what_is_missing(cast):
    bare = cast.product(story_id="", packs=[])

    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit(product=bare, at=AT, by=cast.sekar)

    assert str(refusal.value) == "Belum lengkap: cerita, harga eceran, foto."
    assert Product.objects.get().state == State.DRAFT


def test_a_price_on_request_is_a_price(cast):
    product = complete(cast, packs=[actions.Pack(unit="lembar", retail=actions.PriceAsked(None))])

    assert actions.submit(product=product, at=AT, by=cast.sekar).state == State.SUBMITTED


def test_the_fix_list_is_closed_when_the_product_comes_again(cast):
    product = complete(cast)
    actions.submit(product=product, at=AT, by=cast.sekar)
    actions.send_back(product=product, fixes=[("photo", " Gelap "), ("story", "  ")], at=AT, by=cast.bima)
    assert [(f.field, f.note, f.done_at) for f in FixItem.objects.all()] == [("photo", "Gelap", None)]

    actions.submit(product=product, at=AT, by=cast.sekar)

    assert FixItem.objects.get().done_at == AT


def test_an_empty_fix_list_is_refused(cast):
    product = complete(cast)
    actions.submit(product=product, at=AT, by=cast.sekar)

    with pytest.raises(actions.NothingToMend):
        actions.send_back(product=product, fixes=[("photo", "   ")], at=AT, by=cast.bima)

    assert Product.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize("high", [15000, 14000])
def test_a_price_range_that_goes_backwards_is_refused_and_leaves_nothing(cast, high):
    product = cast.product()
    before = Entry.objects.count()

    with pytest.raises(Refusal) as refusal:
        actions.put_pack(
            product=product, pack=actions.Pack(code="B", retail=actions.PriceAsked(15000, high)), at=AT, by=None
        )

    assert refusal.value.code == "price_odd"
    assert product.variants.count() == 1
    assert Entry.objects.count() == before


def test_the_last_pack_stays(cast):
    product = cast.product()

    with pytest.raises(actions.LastPack):
        actions.end_pack(variant=product.variants.get(), at=AT, by=cast.sekar)

    actions.put_pack(product=product, pack=actions.Pack(unit="stoples"), at=AT, by=cast.sekar)
    ended = actions.end_pack(variant=product.variants.order_by("id").first(), at=AT, by=cast.sekar)
    assert ended.ended_on is not None


@given(st.text("abcdefghij klmnop", min_size=3, max_size=30))
def test_a_name_is_like_itself_in_any_case_and_order(name):
    words = rules.product_key(name).split()

    assert rules.alike(name, name.upper()) == bool(words)
    assert rules.alike(" ".join(words), " ".join(reversed(words))) == bool(words)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Keripik tempe sagu", "Kripik tempe sagu", True), ("Keripik tempe sagu", "Sagu keripik tempe", True),
        ("Keripik tempe", "Keripik singkong", False), ("", "", False), ("Kopi bubuk", "Kopi bubuk robusta", False),
    ],
)  # fmt: skip
def test_which_names_are_asked_about(one, other, alike):
    assert rules.alike(one, other) is alike
