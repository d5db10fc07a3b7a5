"""The verbs of choosing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kendedes.base.refusal import Refusal
from kendedes.journal.actions import record
from kendedes.journal.models import User
from kendedes.network.models import Association, Unit
from kendedes.ovop import presets, queries
from kendedes.ovop.models import Assessor, Award, Candidate, Conflict, GateCheck, Round, Rubric, Submission
from kendedes.ovop.rules import scoring
from kendedes.ovop.rules.rubric import parse, problems
from kendedes.products.models import Product


class RubricIncomplete(Refusal):
    code = "rubric_incomplete"
    message = _("Rubrik “%(title)s” belum lengkap, jadi belum dapat memberi bintang: %(where)s.")


class RubricInUse(Refusal):
    code = "rubric_in_use"
    message = _("Rubrik ini sudah dipakai menilai. Buat versi baru untuk mengubahnya.")


class RubricShape(Refusal):
    code = "rubric_shape"
    message = _("Isi rubrik tidak dapat dibaca.")
    status = 400


class RoundState(Refusal):
    code = "round_wrong_state"
    message = _("Putaran “%(title)s” berstatus %(state)s; langkah ini tidak dapat dilakukan.")


class TooFewAssessors(Refusal):
    code = "too_few_assessors"
    message = _("Perlu sedikitnya %(need)s penilai; baru ada %(have)s.")


class SheetsMissing(Refusal):
    code = "sheets_missing"
    message = _("Belum dinilai oleh cukup orang: %(names)s.")


class GateUndecided(Refusal):
    code = "gate_undecided"
    message = _("Syarat wajib belum diputuskan: %(names)s.")


class NotAssessor(Refusal):
    code = "not_assessor"
    message = _("Anda bukan penilai pada putaran ini.")
    status = 403


class ConflictDeclared(Refusal):
    code = "conflict_declared"
    message = _("Ada hubungan yang dinyatakan dengan produsen ini; lembar nilai tidak dapat diisi.")


class MarkMissing(Refusal):
    code = "mark_missing"
    message = _("Kriteria %(criterion)s belum diisi dengan nilai yang tersedia.")


class CandidateElsewhere(Refusal):
    code = "candidate_elsewhere"
    message = _("Produk “%(name)s” tidak termasuk wilayah putaran ini atau belum diterima.")


@transaction.atomic
def ensure_presets() -> list[Rubric]:
    """Write the shipped presets that are not there yet."""
    made = []
    for preset in presets.PRESETS:
        rubric, new = Rubric.objects.get_or_create(
            association=None, code=preset["code"], version=1,
            defaults={**{k: v for k, v in preset.items() if k != "code"}, "complete": not problems(parse(preset["definition"]))},
        )  # fmt: skip
        if new:
            made.append(rubric)
    return made


@transaction.atomic
def copy_rubric(
    *, rubric: Rubric, association: Association, at: datetime, by: User | None, title_id: str = ""
) -> Rubric:
    """The association's own next version of a rubric, to be completed or changed."""
    code = rubric.code
    last = Rubric.objects.filter(association=association, code=code).order_by("-version").first()
    copy = Rubric.objects.create(
        association=association, code=code, version=(last.version if last else 0) + 1, title_id=title_id or rubric.title_id,
        title_en=rubric.title_en, source=rubric.source, source_url=rubric.source_url, confirmed=False,
        complete=rubric.complete, definition=rubric.definition, based_on=rubric,
    )  # fmt: skip
    record(deed="rubric.copy", at=at, by=by, subjects=[copy], facts={"from": rubric.pk, "title": copy.title_id})
    return copy


@transaction.atomic
def change_rubric(
    *, rubric: Rubric, definition: Mapping[str, Any], at: datetime, by: User | None, **fields: Any
) -> Rubric:
    """Set the definition (and title, source); whether it is complete is computed. Raises RubricInUse, RubricShape."""
    if rubric.association_id is None or rubric.in_use_since is not None:
        raise RubricInUse
    try:
        gaps = problems(parse(definition))
    except (KeyError, TypeError, ValueError) as error:
        raise RubricShape from error
    rubric.definition = dict(definition)
    rubric.complete = not gaps
    for name, value in fields.items():
        setattr(rubric, name, value)
    rubric.save()
    record(
        deed="rubric.change",
        at=at,
        by=by,
        subjects=[rubric],
        facts={"complete": rubric.complete, "title": rubric.title_id},
    )
    return rubric


@transaction.atomic
def open_round(
    *, association: Association, unit: Unit | None, rubric: Rubric, title: str, period: str, at: datetime, by: User | None,
    method: str = Round.Method.MEAN, minimum_assessors: int = 2, place: str = "",
) -> Round:  # fmt: skip
    """A round of a unit, or of the regency when ``unit`` is None. Raises RubricIncomplete."""
    gaps = problems(rubric.parsed())
    if gaps or not rubric.complete:
        raise RubricIncomplete(title=rubric.title_id, where=", ".join(sorted({g.where or g.what for g in gaps})))
    if rubric.in_use_since is None and rubric.association_id is not None:
        rubric.in_use_since = at
        rubric.save(update_fields=["in_use_since"])
    round_ = Round.objects.create(
        association=association, unit=unit, rubric=rubric, title=title, period=period, method=method, opened_at=at,
        minimum_assessors=minimum_assessors, place=place, validity_months=rubric.parsed().validity_months or 24,
    )  # fmt: skip
    record(
        deed="round.open",
        at=at,
        by=by,
        subjects=[s for s in (round_, unit) if s],
        facts={"title": title, "rubric": rubric.pk},
    )
    return round_


def _in_state(round_: Round, *states: Round.State) -> None:
    round_.refresh_from_db(fields=["state"])
    if round_.state not in states:
        raise RoundState(title=round_.title, state=round_.get_state_display())


@transaction.atomic
def add_candidates(*, round_: Round, products: Iterable[Product], at: datetime, by: User | None) -> list[Candidate]:
    """Put products up; those that are there already stay as they are. Only accepted or published ones of the round's area."""
    _in_state(round_, Round.State.PREPARING, Round.State.SCORING)
    chosen = list(products)
    for product in chosen:
        outside = product.association_id != round_.association_id or (
            round_.unit_id is not None and product.producer.unit_id != round_.unit_id
        )
        if outside or product.state not in {Product.State.ACCEPTED, Product.State.PUBLISHED}:
            raise CandidateElsewhere(name=product.name_id)
    known = set(round_.candidates.values_list("product_id", flat=True))
    fresh = [p for p in chosen if p.pk not in known]
    made = Candidate.objects.bulk_create(Candidate(round=round_, product=p) for p in fresh)
    if made:
        record(
            deed="round.candidates", at=at, by=by, subjects=[round_, *fresh], facts={"codes": [p.code for p in fresh]}
        )
    return made


@transaction.atomic
def remove_candidate(*, candidate: Candidate, at: datetime, by: User | None) -> None:
    """Take a product out before scoring has begun."""
    _in_state(candidate.round, Round.State.PREPARING)
    record(deed="round.candidate_out", at=at, by=by, subjects=[candidate.round, candidate.product])
    candidate.delete()


@transaction.atomic
def set_assessors(*, round_: Round, users: Iterable[User], at: datetime, by: User | None) -> list[Assessor]:
    """Name the assessors; one who has handed in a sheet stays."""
    _in_state(round_, Round.State.PREPARING, Round.State.SCORING)
    wanted = {u.pk: u for u in users}
    Assessor.objects.filter(round=round_, submissions=None).exclude(user__in=wanted).delete()
    there = set(Assessor.objects.filter(round=round_).values_list("user_id", flat=True))
    Assessor.objects.bulk_create(Assessor(round=round_, user=u) for pk, u in wanted.items() if pk not in there)
    record(deed="round.assessors", at=at, by=by, subjects=[round_, *wanted.values()], facts={"count": len(wanted)})
    return list(Assessor.objects.filter(round=round_))


@transaction.atomic
def start_scoring(*, round_: Round, at: datetime, by: User | None) -> Round:
    """From here sheets may be handed in. Raises TooFewAssessors."""
    _in_state(round_, Round.State.PREPARING)
    have = round_.assessors.count()
    if have < round_.minimum_assessors:
        raise TooFewAssessors(need=round_.minimum_assessors, have=have)
    round_.state = Round.State.SCORING
    round_.save(update_fields=["state"])
    record(deed="round.start", at=at, by=by, subjects=[round_], facts={"assessors": have})
    return round_


@transaction.atomic
def declare_conflict(
    *, assessor: Assessor, candidate: Candidate, reason: str, at: datetime, by: User | None
) -> Conflict:
    """An assessor says she is tied to a maker; her sheet for that candidate does not count, also one handed in before."""
    _in_state(candidate.round, Round.State.PREPARING, Round.State.SCORING)
    conflict, made = Conflict.objects.get_or_create(assessor=assessor, candidate=candidate, defaults={"reason": reason})
    if made:
        subjects = [candidate.round, candidate.product, assessor.user]
        record(deed="round.conflict", at=at, by=by, subjects=subjects, facts={"code": candidate.product.code})
    return conflict


@transaction.atomic
def check_gate(*, candidate: Candidate, gate: str, passed: bool, note: str, at: datetime, by: User | None) -> GateCheck:
    """A person's finding on a gate; it outweighs what the data say."""
    _in_state(candidate.round, Round.State.PREPARING, Round.State.SCORING)
    check = GateCheck.objects.create(candidate=candidate, gate=gate, passed=passed, note=note, by=by, at=at)
    facts = {"gate": gate, "passed": passed, "code": candidate.product.code}
    record(deed="round.gate", at=at, by=by, subjects=[candidate.round, candidate.product], facts=facts)
    return check


@transaction.atomic
def hand_in(
    *, candidate: Candidate, assessor: User, marks: Mapping[str, tuple[int, str]], at: datetime, by: User | None
) -> Submission:
    """One assessor's sheet: ``marks`` = {criterion: (points, note)}. Again: a new number, the old one is kept.

    ``by`` may be another person who types in a printed sheet. Raises NotAssessor, ConflictDeclared, MarkMissing.
    """
    _in_state(candidate.round, Round.State.SCORING)
    seat = Assessor.objects.filter(round=candidate.round, user=assessor).first()
    if seat is None:
        raise NotAssessor
    if Conflict.objects.filter(assessor=seat, candidate=candidate).exists():
        raise ConflictDeclared
    definition = candidate.round.rubric.parsed()
    category = candidate.product.category.slug
    points = {code: given for code, (given, _note) in marks.items()}
    try:
        scoring.check_marks(definition, category, points)
    except scoring.BadMarkError as bad:
        raise MarkMissing(criterion=bad.code) from bad
    last = Submission.objects.filter(assessor=seat, candidate=candidate).order_by("-number").first()
    centi = scoring.total(definition, category, points)
    entry = record(
        deed="sheet.hand_in", at=at, by=by, subjects=[candidate.round, candidate.product, assessor],
        facts={"code": candidate.product.code, "centi": centi, "number": (last.number if last else 0) + 1},
    )  # fmt: skip
    return Submission.objects.create(
        assessor=seat, candidate=candidate, number=(last.number if last else 0) + 1, centi=centi, at=at, entry=entry,
        marks={code: {"points": given, "note": note[:300]} for code, (given, note) in sorted(marks.items())},
        typed_by=by if by is not None and by.pk != assessor.pk else None,
    )  # fmt: skip


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(months)


@transaction.atomic
def close_round(*, round_: Round, at: datetime, by: User | None) -> list[Award]:
    """Decide: every candidate needs enough sheets and decided gates; awards are written once and stay.

    Raises SheetsMissing, GateUndecided, RoundState.
    """
    closed = Round.objects.filter(pk=round_.pk, state=Round.State.SCORING).update(
        state=Round.State.CLOSED, closed_at=at
    )
    if not closed:
        round_.refresh_from_db(fields=["state"])
        raise RoundState(title=round_.title, state=round_.get_state_display())
    standing = queries.standings(round_, at)
    short = [s for s in standing if len(s.sheets) < round_.minimum_assessors]
    if short:
        raise SheetsMissing(names=", ".join(s.candidate.product.name_id for s in short))
    undecided = [(s, g) for s in standing for g in s.gates if g.passed is None]
    if undecided:
        raise GateUndecided(
            names=", ".join(f"{s.candidate.product.name_id} ({g.gate.title.id})" for s, g in undecided[:5])
        )
    round_.state, round_.closed_at = Round.State.CLOSED, at
    day = queries.local_day(at)
    until = _months_later(day, round_.validity_months)
    products = [s.candidate.product for s in standing]
    entry = record(
        deed="round.close", at=at, by=by, subjects=[round_, *products],
        facts={"candidates": len(standing), "starred": sum(1 for s in standing if s.result and s.result.stars)},
    )  # fmt: skip
    return Award.objects.bulk_create(
        Award(
            candidate=s.candidate, product=s.candidate.product, centi=s.centi or 0, stars=s.result.stars if s.result else 0,
            valid_from=day, valid_until=until, entry=entry,
            detail={
                "marks": queries.mean_marks(s.sheets), "gates": queries.gates_passed(s.gates),
                "sheets": len(s.sheets), "would_be": s.result.would_be if s.result else 0,
            },
        )
        for s in standing
    )  # fmt: skip


@transaction.atomic
def cancel_round(*, round_: Round, reason: str, at: datetime, by: User | None) -> Round:
    """End a round without a decision; its sheets stay."""
    _in_state(round_, Round.State.PREPARING, Round.State.SCORING)
    round_.state = Round.State.CANCELLED
    round_.save(update_fields=["state"])
    record(deed="round.cancel", at=at, by=by, subjects=[round_], facts={"reason": reason})
    return round_
