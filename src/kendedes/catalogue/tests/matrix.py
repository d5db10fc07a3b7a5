"""Who may open the pages of editions."""

from __future__ import annotations

from kendedes.catalogue import actions
from kendedes.catalogue.models import PrintJob
from kendedes.catalogue.tests.helpers import regency
from kendedes.products.models import Product
from kendedes.testing.cast import AT
from kendedes.testing.matrix import CANARY_A, CANARY_B, OFFICE, SIDE_A, Page, World

SEES = SIDE_A - {"representative"}
WORKS = {"manager", "curator", "operator"}
WHOLE = {"manager", "curator"}


def build(world: World) -> None:
    """A published regency edition (nothing secret in it); then of unit A a locked edition and a draft, of unit B a
    draft, a regency edition as proof, a failed job and a file.
    """
    cast = world.cast

    def accepted(producer, name):  # type: ignore[no-untyped-def]
        product = cast.product(producer, name)
        Product.objects.filter(pk=product.pk).update(state=Product.State.ACCEPTED)
        product.refresh_from_db()
        return product

    published = actions.publish(edition=regency(cast), at=AT, by=cast.ratna, with_units=True)
    first = accepted(cast.tempe, "Emping tangga")  # locking publishes it
    locked = actions.open_edition(
        association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar, preface_id=f"Sambutan {CANARY_A}"
    )
    actions.choose(edition=locked, products=[first], at=AT, by=cast.sekar)
    actions.to_proof(edition=locked, at=AT, by=cast.sekar)
    locked = actions.lock(edition=locked, at=AT, by=cast.ratna)
    draft = actions.open_edition(
        association=cast.association, unit=cast.singosari, at=AT, by=cast.sekar, preface_id=f"Salam {CANARY_A}"
    )
    actions.choose(edition=draft, products=[first], at=AT, by=cast.sekar)
    other = actions.open_edition(
        association=cast.association, unit=cast.wajak, at=AT, by=cast.joko, preface_id=f"Salam {CANARY_B}"
    )
    actions.choose(edition=other, products=[accepted(cast.apel, f"Tas {CANARY_B}")], at=AT, by=cast.joko)
    whole = actions.compose_regency(association=cast.association, at=AT, by=cast.ratna, period=locked.period)
    actions.to_proof(edition=whole, at=AT, by=cast.ratna)
    file = actions.data_file(edition=locked, kind="json", at=AT, by=cast.ratna).file
    job = PrintJob.objects.create(
        edition=draft,
        paper="A5",
        layout=4,
        target="screen",
        proof=True,
        state="failed",
        asked_at=AT,
        asked_by=cast.sekar,
    )
    world.made |= {
        "published_edition": published,
        "draft_edition": draft,
        "locked_edition": locked,
        "regency_edition": whole,
        "edition_file": file,
        "job": job,
    }


def _draft(world: World) -> dict[str, int]:
    return {"pk": world.draft_edition.pk}


def _locked(world: World) -> dict[str, int]:
    return {"pk": world.locked_edition.pk}


def _regency(world: World) -> dict[str, int]:
    return {"pk": world.regency_edition.pk}


def _job(world: World) -> dict[str, int]:
    return {"job": world.job.pk}


def _association(world: World) -> dict[str, int]:
    return {"association": world.cast.association.pk}


ROWS = [
    Page("catalogue:list", OFFICE - {"partner"}),
    Page("catalogue:open", WORKS | {"operator_b", "neighbour"}),
    Page("catalogue:compose", WHOLE, method="POST", data=_association),
    Page("catalogue:detail", SEES, _draft),
    Page("catalogue:changes", SEES, _draft),
    Page("catalogue:read", SEES, _draft),
    Page("catalogue:arrange", WORKS, _draft),
    Page("catalogue:choose", WORKS, _draft),
    Page("catalogue:cover", WORKS, _draft),
    Page("catalogue:cover-photo", WORKS, _draft, method="POST", data=lambda _w: {"photo": ""}),
    Page("catalogue:to-proof", WORKS, _draft, method="POST"),
    Page("catalogue:to-draft", WHOLE, _regency, method="POST"),
    Page("catalogue:lock", {"manager"}, _regency),
    Page("catalogue:publish", {"manager"}, _locked, method="POST"),
    Page("catalogue:errata", SEES, _locked),
    Page("catalogue:print", WORKS, _locked),
    Page("catalogue:make", WORKS, _locked, method="POST", data=lambda _w: {"kind": "json", "language": "id"}),
    Page("catalogue:download", SEES, lambda w: {**_locked(w), "file": w.edition_file.pk}),
    Page("catalogue:blogger", WORKS, _locked),
    Page("catalogue:blogger-file", WORKS, _locked, query="?dialect=takeout&language=id"),
    Page("catalogue:job", WORKS, _job),
    Page("catalogue:job-news", WORKS, _job),
    Page("catalogue:job-resume", WORKS, _job, method="POST"),
    Page("catalogue:job-proof", set(), _job, why="a failed job has no file; a done one is tested in test_pages"),
]
