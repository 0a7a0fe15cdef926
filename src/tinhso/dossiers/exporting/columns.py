"""What stands in a row: what the list of the desk shows, nothing more of a person than their name."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.kernel.clock import local

CHUNK = 2000
Cell = str | datetime | None

CHANNELS = {
    Channel.ONLINE: gettext_lazy("Trực tuyến"),
    Channel.COUNTER: gettext_lazy("Tại một cửa"),
    Channel.POST: gettext_lazy("Bưu chính"),
}
HEADINGS = (
    gettext_lazy("Mã hồ sơ"),
    gettext_lazy("Hạn trả"),
    gettext_lazy("Quá hạn"),
    gettext_lazy("Mã thủ tục"),
    gettext_lazy("Thủ tục"),
    gettext_lazy("Người nộp"),
    gettext_lazy("Trạng thái"),
    gettext_lazy("Bước"),
    gettext_lazy("Đang giữ"),
    gettext_lazy("Cơ quan giải quyết"),
    gettext_lazy("Kênh nộp"),
    gettext_lazy("Nộp lúc"),
    gettext_lazy("Tiếp nhận lúc"),
    gettext_lazy("Trả lúc"),
)


class _Row(NamedTuple):
    id: UUID
    person_id: UUID
    code: str
    due_at: datetime | None
    procedure_code: str
    version_id: UUID
    full_name: str
    organisation: str | None
    status: str
    step: str | None
    holder: str | None
    agency: str
    channel: str
    filed_at: datetime
    accepted_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None


_FIELDS = (
    "pk", "applicant_id", "code", "due_at", "procedure_code", "version_id", "applicant__full_name",
    "organisation__name", "status", "open_step", "holder_name", "agency__name", "channel", "filed_at",
    "accepted_at", "finished_at", "returned_at",
)  # fmt: skip


class Listed(NamedTuple):
    """One row written out, and whose it is."""

    dossier_id: UUID
    person_id: UUID
    code: str
    cells: tuple[Cell, ...]


def headings() -> tuple[str, ...]:
    """Return the first line in the active language."""
    return tuple(str(one) for one in HEADINGS)


def listed(rows: QuerySet[Dossier], *, at: datetime, language: str) -> Iterator[Listed]:
    """Yield the rows of ``selecting.selected`` one by one; the server keeps the rest."""
    words = _Words(language)
    for values in rows.values_list(*_FIELDS).iterator(chunk_size=CHUNK):
        row = _Row(*values)
        yield Listed(row.id, row.person_id, row.code, _cells(row, at, words))


class _Words:
    """Words of versions, steps and states in one language; each is looked up once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._procedures: dict[UUID, str] = {}
        self._steps: dict[tuple[UUID, str], str] = {}
        self._states = {str(state): str(state.label) for state in Status}
        self._channels = {str(channel): str(words) for channel, words in CHANNELS.items()}
        self.late = _("quá hạn")

    def procedure(self, version_id: UUID) -> str:
        if version_id not in self._procedures:
            name = catalogue.of_version(version_id).procedure.name
            self._procedures[version_id] = name.into(self._language)
        return self._procedures[version_id]

    def step(self, version_id: UUID, step: str) -> str:
        if (version_id, step) not in self._steps:
            name = catalogue.of_version(version_id).procedure.step(step).name
            self._steps[version_id, step] = name.into(self._language)
        return self._steps[version_id, step]

    def state(self, status: str) -> str:
        return self._states[status]

    def channel(self, channel: str) -> str:
        return self._channels[channel]


def _cells(row: _Row, at: datetime, words: _Words) -> tuple[Cell, ...]:
    waits = row.status in WAITING | FINAL
    is_late = row.due_at is not None and row.finished_at is None and row.due_at < at and not waits
    return (
        row.code,
        _here(row.due_at),
        words.late if is_late else "",
        row.procedure_code,
        words.procedure(row.version_id),
        row.organisation or row.full_name,
        words.state(row.status),
        words.step(row.version_id, row.step) if row.step and not waits else "",
        row.holder or "",
        row.agency,
        words.channel(row.channel),
        _here(row.filed_at),
        _here(row.accepted_at),
        _here(row.returned_at),
    )


def _here(at: datetime | None) -> datetime | None:
    """Return the moment as clocks in Vietnam show it, without a zone: what sheets understand."""
    return local(at).replace(tzinfo=None) if at else None


def as_text(cells: Sequence[Any]) -> list[str]:
    """Return the cells as a CSV file has them: no cell begins a formula."""
    return [_plain(cell) for cell in cells]


# What Excel and LibreOffice take for the beginning of a formula (OWASP, «CSV Injection»).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _plain(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
