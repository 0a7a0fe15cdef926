"""Exports as those see them who asked for them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.dossiers.exporting.record_selection import RecordSelection, selection_of
from tinhso.dossiers.models import Export
from tinhso.dossiers.models.exports import UNDER_WAY, ExportState
from tinhso.dossiers.selecting import Selection
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor

SHOWN = 30


@dataclass(frozen=True, slots=True)
class ExportView:
    """
    :param percent: how much is written, 0 to 100
    :param sentence: why it failed, as the officer was told
    :param expires_at: until when it can be taken away; None before it is there
    """

    id: UUID
    format: str
    selection: Selection | RecordSelection
    state: ExportState
    total: int
    done: int
    left_out: int
    size: int
    sentence: str
    asked_at: datetime
    ended_at: datetime | None
    expires_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


def exports_of(*, actor: Actor, at: datetime) -> tuple[ExportView, ...]:
    """Return the actor's newest exports."""
    rows = Export.objects.visible_to(actor).select_related("file").order_by("-asked_at", "-pk")
    return tuple(_view(row, at) for row in rows[:SHOWN])


def access_export(*, actor: Actor, at: datetime, export_id: UUID) -> ExportView:
    """:raises NotFound: absent, or another officer's"""
    row = Export.objects.visible_to(actor).select_related("file").filter(pk=export_id).first()
    if row is None:
        raise NotFound
    return _view(row, at)


def _view(row: Export, at: datetime) -> ExportView:
    state = ExportState(row.state)
    if state == ExportState.READY and row.expires_at is not None and row.expires_at <= at:
        state = ExportState.EXPIRED
    return ExportView(
        id=row.pk,
        format=row.format,
        selection=selection_of(row.selection),
        state=state,
        total=row.total or 0,
        done=row.done,
        left_out=row.left_out,
        size=row.file.size if row.file else 0,
        sentence=row.sentence,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        expires_at=row.expires_at,
    )
