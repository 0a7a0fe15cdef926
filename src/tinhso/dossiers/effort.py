"""What filings asked of people and what data spared them: counted as it happens, added up for officers."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, QuestionType
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier, FilingEffort
from tinhso.dossiers.once_only import Origin, origins_of_answers
from tinhso.dossiers.once_only_events import FilingMeasured
from tinhso.dossiers.provenance import provenance_of
from tinhso.forms import engine
from tinhso.forms.known import REGISTER, source_of
from tinhso.kernel import ledger
from tinhso.people.types import Actor

PAGE = 50
NOTHING_LOOKED_UP: Mapping[str, Origin] = {}


@dataclass(frozen=True, slots=True)
class Figures:
    """
    Of one procedure, all filings together; see ``models.FilingEffort``.

    :param dossiers: filings that were counted
    """

    procedure_code: str
    dossiers: int
    questions: int
    proved: int
    prefilled: int
    differing: int
    papers: int
    saved: int
    reused: int


@dataclass(frozen=True, slots=True)
class Filed:
    """One filing behind a figure."""

    dossier_id: UUID
    code: str
    filed_at: datetime
    questions: int
    proved: int
    prefilled: int
    differing: int
    papers: int
    saved: int
    reused: int


def measure(*, actor: Actor, at: datetime, dossier: Dossier, procedure: Procedure) -> None:
    """Count what the filing asked, in its transaction."""
    facts = facts_of(dossier=dossier, at=at)
    origins = origins_of_answers(subject_id=dossier.draft_id, answers=dossier.answers)
    row = row_of(dossier=dossier, procedure=procedure, facts=facts, origins=origins)
    row.reused = sum(1 for one in provenance_of(actor=actor, dossier=dossier) if one.reused)
    row.save(force_insert=True)

    ledger.record(actor=actor, at=at, event=measured(row))


def row_of(
    *, dossier: Dossier, procedure: Procedure, facts: Facts, origins: Mapping[str, Origin] = NOTHING_LOOKED_UP
) -> FilingEffort:
    """Return the counts of one filing, unsaved; ``reused`` is the caller's to add."""
    asked = [
        question
        for question in engine.asked_questions(procedure, dossier.answers, facts)
        if question.type is not QuestionType.DECLARATION
    ]
    ids = {question.id for question in asked}
    sources = [source_of(question, facts) for question in asked]
    began = [one for name, one in origins.items() if name in ids]
    saved = engine.replaced_papers(procedure, dossier.answers, facts)
    wanted = engine.required_papers(procedure, dossier.answers, facts)
    return FilingEffort(
        dossier=dossier,
        procedure_code=procedure.code,
        filed_at=dossier.filed_at,
        questions=len(asked),
        proved=sum(1 for source in sources if source and source != REGISTER),
        prefilled=len(began),
        differing=sum(1 for one in began if not one.agrees),
        papers=len(wanted) + len(saved),
        saved=len(saved),
        reused=0,
    )


def measured(row: FilingEffort) -> FilingMeasured:
    """Return what the ledger is told of the counts."""
    return FilingMeasured(
        effort_id=row.pk, dossier_id=row.dossier_id, procedure=row.procedure_code, **_counted(row)
    )


COUNTED = ("questions", "proved", "prefilled", "differing", "papers", "saved", "reused")


def figures_of(
    *, actor: Actor, since: datetime | None = None, until: datetime | None = None
) -> tuple[Figures, ...]:
    """Return the figures of the dossiers the actor may see, by procedure, most filed first; one question."""
    rows = _seen(actor, since, until).values("procedure_code").order_by()
    added = rows.annotate(dossiers=Count("pk"), **{f"all_{name}": Sum(name) for name in COUNTED})
    found = (
        Figures(row["procedure_code"], row["dossiers"], **{name: row[f"all_{name}"] for name in COUNTED})
        for row in cast("Iterable[dict[str, Any]]", added)
    )
    return tuple(sorted(found, key=lambda one: (-one.dossiers, one.procedure_code)))


def filings_of(
    *,
    actor: Actor,
    procedure_code: str,
    since: datetime | None = None,
    until: datetime | None = None,
    after: UUID | None = None,
    limit: int = PAGE,
) -> tuple[tuple[Filed, ...], UUID | None]:
    """
    Return the filings behind a procedure's figures, the newest first, and the cursor of the page after.

    :param after: the effort's id from the page before
    """
    rows = _seen(actor, since, until).filter(procedure_code=procedure_code)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.select_related("dossier").order_by("-pk")[: limit + 1])
    told = tuple(
        Filed(row.dossier_id, row.dossier.code, row.filed_at, **_counted(row)) for row in found[:limit]
    )
    return told, found[limit - 1].pk if len(found) > limit else None


def added(figures: tuple[Figures, ...]) -> Figures:
    """Return the sum of all."""
    sums = [asdict(one) for one in figures]
    names = ("dossiers", *COUNTED)
    return Figures("", **{name: sum(one[name] for one in sums) for name in names})


def _counted(row: FilingEffort) -> dict[str, int]:
    return {name: getattr(row, name) for name in COUNTED}


def _seen(actor: Actor, since: datetime | None, until: datetime | None) -> QuerySet[FilingEffort]:
    rows = FilingEffort.objects.filter(dossier__in=Dossier.objects.visible_to(actor))
    if since is not None:
        rows = rows.filter(filed_at__gte=since)
    return rows.filter(filed_at__lt=until) if until is not None else rows
