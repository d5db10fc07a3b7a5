"""Reads of choosing: who has which stars, how a round stands, what comes next for a product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from kendedes.journal.models import User
from kendedes.network.models import Membership, Someone, Unit
from kendedes.network.rules import RIGHTS, Right
from kendedes.ovop.models import Assessor, Award, Candidate, Conflict, GateCheck, Round, Rubric, Submission
from kendedes.ovop.rules import scoring
from kendedes.ovop.rules.path import Path, path
from kendedes.ovop.rules.rubric import Definition, Gate
from kendedes.products.models import Permit, Product

COMMODITIES = frozenset({"makanan-minuman", "kain-tenun", "kain-batik", "anyaman", "gerabah"})


def local_day(at: datetime) -> date:
    """The calendar day of ``at`` in the association's zone."""
    return timezone.localtime(at).date()


def current_stars(product_ids: Iterable[int], at: datetime) -> dict[int, dict[str, Any]]:
    """Stars that hold on the day of ``at``: ``{product: {"stars", "points", "rubric", "valid_until"}}``.

    The newest award that covers the day counts, also when it gave none: then the product is absent.
    """
    day = local_day(at)
    rows = Award.objects.filter(product__in=list(product_ids), valid_from__lte=day, valid_until__gte=day)
    newest: dict[int, Award] = {}
    for award in rows.select_related("candidate__round__rubric").order_by("id"):
        newest[award.product_id] = award
    return {
        pk: {
            "stars": award.stars,
            "points": round(award.centi / 100, 2),
            "rubric": award.candidate.round.rubric.title_id,
            "valid_until": award.valid_until.isoformat(),
        }
        for pk, award in newest.items()
        if award.stars
    }


@dataclass(frozen=True)
class GateState:
    """``passed`` None: nobody decided yet. ``why``: a lasting word for the page's text."""

    gate: Gate
    passed: bool | None
    why: str = ""
    note: str = ""


def _permit_state(gate: Gate, permits: list[Permit], day: date) -> GateState:
    of_kind = [p for p in permits if p.kind in gate.kinds]
    if not of_kind:
        return GateState(gate, passed=False, why="permit_missing")
    if all(p.valid_until and p.valid_until < day for p in of_kind):
        return GateState(gate, passed=False, why="permit_lapsed")
    return GateState(gate, passed=True, why="permit_held")


def gate_states(
    product: Product, definition: Definition, at: datetime, checks: Iterable[GateCheck] = ()
) -> list[GateState]:
    """Each gate of a rubric for one product on a day: from data where it can, else from a person's finding."""
    day = local_day(at)
    permits = [*product.permits.all(), *product.producer.permits.all()]
    permits = [p for p in permits if p.ended_on is None and p.product_id in {None, product.pk}]
    found: dict[str, GateCheck] = {}
    for check in sorted(checks, key=lambda c: c.pk):
        found[check.gate] = check
    states: list[GateState] = []
    for gate in definition.gates:
        if gate.code in found:
            check = found[gate.code]
            states.append(GateState(gate, passed=check.passed, why="checked", note=check.note))
        elif gate.kind == "permit":
            states.append(_permit_state(gate, permits, day))
        elif gate.kind == "food_permit":
            if product.category.food:
                states.append(_permit_state(gate, permits, day))
            else:
                states.append(GateState(gate, passed=True, why="not_food"))
        elif gate.kind == "commodity":
            inside = _commodities(product) & set(gate.kinds)
            states.append(GateState(gate, passed=bool(inside), why="commodity"))
        elif gate.kind == "local_producer":
            inside_unit = product.producer.unit_id is not None
            states.append(GateState(gate, passed=inside_unit, why="local_producer"))
        else:
            states.append(GateState(gate, passed=None, why="ask"))
    return states


def _commodities(product: Product) -> set[str]:
    category = product.category
    slugs = {category.slug}
    if category.parent_id and category.parent is not None:
        slugs.add(category.parent.slug)
    if category.food:
        slugs.add("makanan-minuman")
    return slugs


def gates_passed(states: Iterable[GateState]) -> dict[str, bool]:
    """``{gate code: passed}``; undecided counts as not passed."""
    return {s.gate.code: bool(s.passed) for s in states}


@dataclass(frozen=True)
class Standing:
    """One candidate in a round as it stands: sheets counted, points so far, gates, what it would get."""

    candidate: Candidate
    sheets: tuple[Submission, ...]
    assessors: int
    conflicts: tuple[Conflict, ...]
    gates: tuple[GateState, ...]
    centi: int | None
    result: scoring.Result | None
    award: Award | None = None

    @property
    def expected(self) -> int:
        """Sheets that can come: assessors without a declared conflict."""
        return self.assessors - len(self.conflicts)


def latest_submissions(round_: Round) -> dict[int, list[Submission]]:
    """The sheets that count, by candidate."""
    newest: dict[tuple[int, int], Submission] = {}
    rows = Submission.objects.filter(candidate__round=round_).select_related("assessor__user").order_by("number")
    for row in rows:
        newest[row.candidate_id, row.assessor_id] = row
    result: dict[int, list[Submission]] = defaultdict(list)
    for (candidate, _assessor), row in sorted(newest.items()):
        result[candidate].append(row)
    return result


def standings(round_: Round, at: datetime) -> list[Standing]:
    """Every candidate of a round, best first; a handful of queries whatever their number."""
    definition = round_.rubric.parsed()
    sheets = latest_submissions(round_)
    assessors = Assessor.objects.filter(round=round_).count()
    candidates = Candidate.objects.filter(round=round_).select_related(
        "product__category__parent", "product__producer__village", "product__producer__unit__district", "award"
    )
    result: list[Standing] = []
    for candidate in candidates.prefetch_related(
        "product__permits",
        "product__producer__permits",
        "gate_checks",
        Prefetch("conflicts", Conflict.objects.select_related("assessor__user")),
    ):
        conflicts = tuple(candidate.conflicts.all())
        excluded = {c.assessor_id for c in conflicts}
        counted = tuple(s for s in sheets.get(candidate.pk, []) if s.assessor_id not in excluded)
        gates = tuple(gate_states(candidate.product, definition, at, candidate.gate_checks.all()))
        centi = scoring.combine([s.centi for s in counted], _method(round_)) if counted else None
        outcome = scoring.result(definition, centi, gates_passed(gates)) if centi is not None else None
        award = getattr(candidate, "award", None)
        result.append(Standing(candidate, counted, assessors, conflicts, gates, centi, outcome, award))
    return sorted(result, key=lambda s: (-(s.centi or 0), s.candidate.product.name_id, s.candidate.pk))


def _method(round_: Round) -> scoring.Method:
    return "median" if round_.method == Round.Method.MEDIAN else "mean"


def mean_marks(sheets: Iterable[Submission]) -> dict[str, int]:
    """Each criterion's mean mark over the sheets, in hundredths of points, half up."""
    marks: dict[str, list[int]] = defaultdict(list)
    for sheet in sheets:
        for code, mark in sheet.marks.items():
            marks[code].append(int(mark["points"]))
    return {code: (200 * sum(values) + len(values)) // (2 * len(values)) for code, values in marks.items()}


@dataclass(frozen=True)
class ProductPath:
    """A product's path by the rubric of its newest award, or of its association's newest round."""

    product: Product
    award: Award | None
    rubric: Rubric | None
    gates: tuple[GateState, ...] = ()
    path: Path | None = None
    history: tuple[Award, ...] = field(default=())


def paths(products: Iterable[Product], at: datetime) -> list[ProductPath]:
    """The path of each product, in the order given; six queries whatever their number."""
    wanted = [p.pk for p in products]
    rows = Product.objects.filter(pk__in=wanted).select_related(
        "category__parent", "producer__village", "producer__unit__district", "association"
    )
    loaded = {p.pk: p for p in rows.prefetch_related("permits", "producer__permits")}
    awards: dict[int, list[Award]] = defaultdict(list)
    for award in Award.objects.filter(product__in=wanted).select_related("candidate__round__rubric").order_by("-id"):
        awards[award.product_id].append(award)
    checks: dict[int, list[GateCheck]] = defaultdict(list)
    for check in GateCheck.objects.filter(candidate__product__in=wanted).select_related("candidate"):
        checks[check.candidate.product_id].append(check)
    associations = {p.association_id for p in loaded.values()}
    fallback: dict[int, Rubric] = {}
    for round_ in Round.objects.filter(association__in=associations).select_related("rubric").order_by("id"):
        fallback[round_.association_id] = round_.rubric
    parsed: dict[int, Definition] = {}
    result = []
    for pk in wanted:
        product = loaded[pk]
        past = awards[pk]
        newest = past[0] if past else None
        rubric = newest.candidate.round.rubric if newest else fallback.get(product.association_id)
        if rubric is None:
            result.append(ProductPath(product, None, None))
            continue
        definition = parsed.setdefault(rubric.pk, rubric.parsed())
        gates = tuple(gate_states(product, definition, at, checks[pk]))
        found = None
        if newest:
            found = path(definition, product.category.slug, newest.centi, newest.detail["marks"], gates_passed(gates))
        result.append(ProductPath(product, newest, rubric, gates, found, tuple(past)))
    return result


def unit_paths(unit: Unit, user: Someone, at: datetime) -> list[ProductPath]:
    """The unit's products with a path, those nearest to their next star first."""
    products = Product.objects.visible_to(user).filter(producer__unit=unit).exclude(state=Product.State.DISCONTINUED)
    found = paths(products.order_by("name_id", "id"), at)
    return sorted(found, key=lambda p: (p.path is None, p.path.missing if p.path else 0, p.product.name_id))


def open_sheets(user: Someone) -> QuerySet[Candidate]:
    """Candidates of running rounds that wait for this person's sheet, in the order of the round."""
    mine = {"assessor__user": user.pk or 0, "candidate": OuterRef("pk")}
    rows = Candidate.objects.filter(round__state=Round.State.SCORING, round__assessors__user=user.pk or 0)
    return rows.filter(~Exists(Submission.objects.filter(**mine)), ~Exists(Conflict.objects.filter(**mine)))


def sheets_to_fill(user: Someone) -> list[Candidate]:
    """Those candidates with what a list shows, round by round."""
    rows = open_sheets(user).select_related("product__producer__village", "round")
    return list(rows.order_by("-round", *Candidate._meta.ordering or ()))


def rounds_of(user: Someone) -> list[Round]:
    """Rounds a person may see: those of her bodies and those she assesses in."""
    seen = Round.objects.visible_to(user) | Round.objects.filter(assessors__user_id=user.pk or 0)
    return list(seen.select_related("unit__district", "rubric").distinct())


def may_run(user: Someone, round_: Round) -> bool:
    """Whether ``user`` may open, change and close this round."""
    return Round.objects.allowed(user, Right.RUN_ROUNDS).filter(pk=round_.pk).exists()


def eligible(round_: Round, user: Someone) -> list[Product]:
    """Products that may still be put up: accepted or published, of the round's area, not there yet."""
    rows = Product.objects.visible_to(user).filter(
        association=round_.association, state__in=[Product.State.ACCEPTED, Product.State.PUBLISHED]
    )
    if round_.unit_id:
        rows = rows.filter(producer__unit=round_.unit_id)
    rows = rows.exclude(candidacies__round=round_)
    return list(
        rows.select_related("producer__unit__district", "producer__village", "category").order_by("name_id", "id")
    )


def possible_assessors(round_: Round) -> Any:
    """People whose roles let them assess in the round's body: a queryset of accounts."""
    roles = [role.value for role, rights in RIGHTS.items() if Right.ASSESS in rights]
    held = Membership.objects.filter(role__in=roles, association=round_.association, valid_to=None, producer=None)
    if round_.unit_id:
        held = held.filter(Q(unit=None) | Q(unit=round_.unit_id))
    ids = set(held.values_list("user_id", flat=True)) | set(round_.assessors.values_list("user_id", flat=True))
    return User.objects.filter(pk__in=ids, is_active=True).order_by("name", "pk")


def minutes(round_: Round, at: datetime) -> dict[str, Any]:
    """Everything the berita acara says, as plain data; of a closed round as it was decided."""
    standing = standings(round_, round_.closed_at or at)
    seats = list(Assessor.objects.filter(round=round_).select_related("user"))
    return {
        "title": round_.title,
        "association": round_.association.name,
        "unit": str(round_.unit) if round_.unit else "",
        "place": round_.place,
        "draft": round_.state != Round.State.CLOSED,
        "day": local_day(round_.closed_at or at).isoformat(),
        "rubric": f"{round_.rubric.title_id}, versi {round_.rubric.version}",
        "maximum": round_.rubric.parsed().maximum,
        "method": round_.get_method_display(),
        "assessors": [seat.user.name for seat in seats],
        "conflicts": [
            {"assessor": c.assessor.user.name, "product": s.candidate.product.name_id, "reason": c.reason}
            for s in standing
            for c in s.conflicts
        ],
        "rows": [_minutes_row(s) for s in standing],
    }


def _minutes_row(standing: Standing) -> dict[str, Any]:
    product, award = standing.candidate.product, standing.award
    stars = award.stars if award else standing.result.stars if standing.result else 0
    return {
        "code": product.code,
        "name": product.name_id,
        "producer": product.producer.name,
        "village": product.producer.village.name,
        "sheets": [{"by": s.assessor.user.name, "centi": s.centi} for s in standing.sheets],
        "centi": award.centi if award else standing.centi,
        "stars": stars,
        "until": award.valid_until.isoformat() if award else "",
        "closed": [g.gate.title.id for g in standing.gates if not g.passed],
    }


def ready_to_close(rounds: QuerySet[Round]) -> QuerySet[Round]:
    """Those running rounds that have a sheet of every assessor who is not tied, for every candidate."""

    def number(rows: QuerySet[Any], path: str) -> Coalesce:
        counted = rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(n=Count("pk"))
        return Coalesce(Subquery(counted.values("n")), 0)

    first = Submission.objects.filter(number=1).exclude(assessor__conflicts__candidate=F("candidate"))
    return rounds.filter(state=Round.State.SCORING).alias(
        seats=number(Assessor.objects.all(), "round"), wanted=number(Candidate.objects.all(), "round"),
        tied=number(Conflict.objects.all(), "candidate__round"), handed=number(first, "candidate__round"),
    ).filter(wanted__gt=0, handed__gte=F("wanted") * F("seats") - F("tied"))  # fmt: skip
