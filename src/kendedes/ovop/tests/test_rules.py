"""Points, bands and the path, by their tables."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kendedes.ovop.presets import PRESETS
from kendedes.ovop.rules import rubric, scoring
from kendedes.ovop.rules.path import path

SMALL = rubric.parse(
    {
        "sections": [
            {"code": "A", "title": "A", "maximum": 10, "criteria": [
                {"code": "A1", "title": "Izin", "maximum": 4, "step": "permit", "levels": [
                    {"points": 0, "label": "belum"}, {"points": 4, "label": "ada"}]},
                {"code": "A2", "title": "Kemasan", "maximum": 6, "step": "packaging", "levels": [
                    {"points": 1, "label": "biasa"}, {"points": 3, "label": "baik"}, {"points": 6, "label": "standar"}]},
            ]},
            {"code": "B", "title": "B", "maximum": 10, "criteria": [
                {"code": "B1", "title": "Anggota", "maximum": 10, "step": "people", "categories": ["anyaman"], "levels": [
                    {"points": 2, "label": "sedikit"}, {"points": 10, "label": "banyak"}]},
            ]},
        ],
        "gates": [{"code": "izin", "kind": "permit", "title": "P-IRT", "kinds": ["pirt"]}],
        "bands": [{"stars": 1, "minimum": 5}, {"stars": 2, "minimum": 12}, {"stars": 3, "minimum": 18}],
    }
)  # fmt: skip


def test_no_shipped_preset_is_complete_because_no_source_gives_every_point():
    assert {p["code"]: bool(rubric.problems(rubric.parse(p["definition"]))) for p in PRESETS} == {
        "id-ovop-form": True, "id-kemenperin-2021": True, "id-kemenkop": True, "th-opc": True,
        "vn-ocop-148": True, "vn-ocop-1048": True, "rumah-kurasi": True,
    }  # fmt: skip


def test_section_a_of_the_indonesian_form_stands_as_its_source_gives_it():
    form = rubric.parse(next(p for p in PRESETS if p["code"] == "id-ovop-form")["definition"])

    assert [(s.code, s.maximum) for s in form.sections[:3]] == [("A1", 15), ("A2", 6), ("A3", 9)]
    assert sum(s.maximum for s in form.sections[:3]) == 30
    assert [x.label.id for x in form.criteria[0].levels] == ["kurang dari 80 %", "80 % atau lebih", "seluruhnya"]
    assert {p.where: p.what for p in rubric.problems(form) if p.where.startswith("A")} == {
        "A3.1": "no_levels", "A3.2": "no_title", "A3.3": "no_title",
    }  # fmt: skip


def test_the_bands_of_decision_1048_give_five_stars_from_ninety():
    ocop = rubric.parse(next(p for p in PRESETS if p["code"] == "vn-ocop-1048")["definition"])

    found = {n: scoring.band(ocop.bands, n * 100).stars for n in (0, 29, 30, 49, 50, 69, 70, 89, 90, 100)}

    assert found == {0: 1, 29: 1, 30: 2, 49: 2, 50: 3, 69: 3, 70: 4, 89: 4, 90: 5, 100: 5}


def test_a_small_rubric_is_complete():
    assert rubric.problems(SMALL) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"bands": ()}, "no_bands"),
        ({"bands": (rubric.Band(1, 5), rubric.Band(2, 21))}, "band_out_of_reach"),
        ({"bands": (rubric.Band(2, 5), rubric.Band(1, 9))}, "bands_do_not_rise"),
        ({"sections": ()}, "no_section"),
    ],
)
def test_each_gap_is_named(change, what):
    assert what in {p.what for p in rubric.problems(replace(SMALL, **change))}


def test_a_criterion_that_does_not_apply_scales_the_rest_to_the_whole():
    assert scoring.total(SMALL, "camilan", {"A1": 4, "A2": 3}) == 1400  # 7 of 10 → 14 of 20
    assert scoring.total(SMALL, "anyaman", {"A1": 4, "A2": 3, "B1": 10}) == 1700


def test_a_mark_between_levels_or_one_too_many_is_refused():
    for marks in ({"A1": 4, "A2": 2}, {"A1": 4}, {"A1": 4, "A2": 3, "B1": 10}):
        with pytest.raises(scoring.BadMarkError):
            scoring.check_marks(SMALL, "camilan", marks)


def test_stars_need_open_gates_and_the_points_alone_are_still_shown():
    closed = scoring.result(SMALL, 1300, {})
    opened = scoring.result(SMALL, 1300, {"izin": True})

    assert (closed.stars, closed.would_be, closed.closed_gates) == (0, 2, ("izin",))
    assert (opened.stars, opened.would_be, opened.closed_gates) == (2, 2, ())


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=9))
def test_mean_and_median_lie_between_the_lowest_and_highest_and_forget_the_order(totals):
    for method in ("mean", "median"):
        value = scoring.combine(totals, method)

        assert min(totals) <= value <= max(totals)
        assert value == scoring.combine(sorted(totals), method)


def test_halves_go_up():
    assert scoring.combine([1000, 1001], "mean") == 1001
    assert scoring.combine([1000, 1001], "median") == 1001
    assert scoring.combine([1, 5, 100], "median") == 5


def test_the_path_names_the_closed_gate_first_then_papers_before_people():
    found = path(SMALL, "anyaman", 700, {"A1": 0, "A2": 300, "B1": 400}, {})

    assert [g.code for g in found.gates] == ["izin"]
    assert [(s.criterion, s.gain, s.planned) for s in found.steps] == [
        ("A1", 400, True),
        ("A2", 300, True),
        ("B1", 600, False),
    ]
    assert (found.current.stars, found.target.stars, found.missing, found.reachable) == (1, 2, 500, True)


def test_at_the_top_nothing_is_missing():
    found = path(SMALL, "anyaman", 2000, {"A1": 400, "A2": 600, "B1": 1000}, {"izin": True})

    assert (found.target, found.missing, found.steps, found.first) == (None, 0, (), None)


@given(st.integers(0, 1), st.sampled_from([1, 3, 6]), st.sampled_from([2, 10]))
def test_planned_steps_reach_the_target_whenever_the_path_says_so(permit, pack, people):
    marks = {"A1": permit * 4, "A2": pack, "B1": people}
    centi = scoring.total(SMALL, "anyaman", marks)
    found = path(SMALL, "anyaman", centi, {k: v * 100 for k, v in marks.items()}, {})

    gain = sum(s.gain for s in found.steps if s.planned)

    assert found.reachable == (gain >= found.missing)
    assert all(s.gain > 0 for s in found.steps)
