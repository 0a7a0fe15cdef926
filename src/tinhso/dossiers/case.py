"""A dossier in hand: the row locked for writing, its pinned procedure and its open step."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure, Step
from tinhso.dossiers import refusals
from tinhso.dossiers.models import Dossier, Involvement, StepRun
from tinhso.dossiers.moves import Move
from tinhso.dossiers.statuses import FINAL, Status
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor


@dataclass(slots=True)
class Case:
    """:param run: the open step; None when the case is closed, or waits with nobody"""

    dossier: Dossier
    procedure: Procedure
    run: StepRun | None

    @property
    def open_run(self) -> StepRun:
        """:raises MoveNotPossible: no step is open"""
        if self.run is None:
            raise refusals.MoveNotPossible(status=self.dossier.state.label)
        return self.run

    @property
    def step(self) -> Step:
        """Return the definition of the open step."""
        return self.procedure.step(self.open_run.step)

    def make(self, move: Move, *, target: Status) -> None:
        """Set the state the move leads to. :raises ValueError: the table has no such way; our mistake"""
        if target not in move.targets or self.dossier.state not in move.sources:
            raise ValueError(f"{move.name} does not lead from {self.dossier.status} to {target}")
        self.dossier.status = target

    def save(self) -> None:
        """Write the dossier and raise its revision, which is the ETag of pages and API."""
        self.dossier.revision = F("revision") + 1
        self.dossier.save()
        self.dossier.refresh_from_db(fields=["revision"])
        if self.dossier.state in FINAL:
            Involvement.objects.filter(dossier=self.dossier, is_open=True).update(is_open=False)


def lock(*, actor: Actor, dossier_id: UUID, revision: int | None = None) -> Case:
    """
    Return the case with its row locked until the transaction ends.

    :param revision: what the caller last saw; None to skip the question
    :raises NotFound: absent, or not visible to the actor
    :raises StaleVersion: somebody changed it since
    """
    rows = Dossier.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    dossier = rows.select_related("version", "applicant").filter(pk=dossier_id).first()
    if dossier is None:
        raise NotFound
    if revision is not None and revision != dossier.revision:
        raise refusals.StaleVersion
    procedure = catalogue.of_version(dossier.version_id).procedure
    run = dossier.steps.select_related("holder").filter(closed_at__isnull=True).first()
    return Case(dossier, procedure, run)


def close_run(*, run: StepRun, actor: Actor, at: datetime, outcome: StepRun.Outcome, note: str = "") -> None:
    """End one passage through a step."""
    run.closed_at = at
    run.closed_by_id = actor.account_id
    run.outcome = outcome
    run.note = note
    run.save()
