"""What other rooms may know of registers: frozen views, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

Value = object
Values = Mapping[str, Value]


class RecordState(models.TextChoices):
    IN_FORCE = "in_force", _("Đang có hiệu lực")
    CANCELLED = "cancelled", _("Đã hủy")
    MERGED = "merged", _("Đã gộp")
    SPLIT = "split", _("Đã tách")


class EnvelopeEvent(models.TextChoices):
    """The national envelope's SuKien."""

    NEW = "NEW", _("Ghi mới")
    UPDATE = "UPDATE", _("Cập nhật")
    CANCEL = "CANCEL", _("Hủy")


class LookPurpose(models.TextChoices):
    """What a register was asked for instead of a person."""

    PREFILL = "prefill", _("điền sẵn tờ khai")
    REPLACE = "replace", _("thay giấy tờ")


class SourceKind(models.TextChoices):
    DOSSIER = "dossier", _("Kết quả hồ sơ")
    IMPORT = "import", _("Tệp nhập")
    EXCHANGE = "exchange", _("Hệ thống ngoài")
    OFFICER = "officer", _("Cán bộ ghi")
    INVENTED = "invented", _("Dữ liệu giả lập")
    TICKET = "ticket", _("Phiếu đính chính")


class CorrectionState(models.TextChoices):
    """Where a request to put a record right stands."""

    OPENED = "opened", _("Chờ xác minh")
    ASKED = "asked", _("Chờ bổ sung chứng cứ")
    VERIFIED = "verified", _("Đã xác minh, chờ sửa")
    DONE = "done", _("Đã đính chính")
    REFUSED = "refused", _("Không đính chính")


CORRECTION_OPEN = (CorrectionState.OPENED, CorrectionState.ASKED, CorrectionState.VERIFIED)


class ImportState(models.TextChoices):
    MAPPING = "mapping", _("Đang chọn cột")
    CHECKING = "checking", _("Đang kiểm tra")
    CHECKED = "checked", _("Đã kiểm tra, chờ xác nhận")
    LOADING = "loading", _("Đang ghi vào sổ")
    DONE = "done", _("Đã ghi xong")
    CANCELLED = "cancelled", _("Đã dừng")
    FAILED = "failed", _("Không đi tiếp được")


class Kind(models.TextChoices):
    """The four words of the province's aim for its data: đúng, đủ, sạch, sống."""

    CORRECT = "correct", _("Đúng")
    COMPLETE = "complete", _("Đủ")
    CLEAN = "clean", _("Sạch")
    ALIVE = "alive", _("Sống")


@dataclass(frozen=True, slots=True)
class Source:
    """
    Where a version comes from.

    :param reference: the dossier's id, the file's row, the outside system; empty for an officer
    """

    kind: SourceKind = SourceKind.OFFICER
    reference: str = ""


BY_OFFICER = Source()


@dataclass(frozen=True, slots=True)
class Moment:
    """
    :param valid: the day of the world asked about
    :param known: what we knew at that moment; None: what we know now
    """

    valid: date
    known: datetime | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """
    What an action wrote.

    :param number: the envelope's number of the newest version
    :param changed: False where nothing had to be written, as when an envelope was seen before
    """

    record_id: UUID
    key: str
    number: int
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Envelope:
    """
    A record as an outside system sends it (IdBanGhi, SuKien, PhienBan, ThoiGianCapNhat).

    :param values: the whole record, not the difference; of a CANCEL they may be empty
    """

    outside_id: str
    event: str
    number: int
    updated_at: datetime
    values: Values = field(default_factory=dict)
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RecordView:
    """
    One version of a record, as far as the actor may see it.

    :param values: field id → value, only of fields the actor sees; absent ones are not there
    :param hidden: how many of its values the actor does not see
    :param title: of the fields the actor sees
    :param merged_into: the record that took its place
    :param unit_key: as ``places.key_of`` names the unit, for policies
    :param seen: the fields the actor sees of it, with a value or without
    :param newest: the number of its newest version, which actions take to see whether somebody was quicker
    """

    id: UUID
    version_id: UUID
    register: str
    key: str
    title: str
    values: Values
    hidden: int
    geometry: Mapping[str, object] | None
    state: str
    event: str
    number: int
    unit_code: str
    valid_from: date
    valid_to: date | None
    known_from: datetime
    known_to: datetime | None
    updated_at: datetime
    confirmed_at: datetime
    source: str
    reference: str
    reason: str
    merged_into: UUID | None
    clashes_with: UUID | None
    unit_key: str = ""
    seen: frozenset[str] = frozenset()
    newest: int = 0

    @property
    def is_emptied(self) -> bool:
        """Tell whether what it said was erased when its time of keeping was over."""
        return not self.values and not self.hidden


@dataclass(frozen=True, slots=True)
class Difference:
    """:param before: absent is None; the same for ``after``"""

    field: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """:param changes: against what was known of the same days before, as far as the actor sees the fields"""

    version: RecordView
    changes: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """:param next: cursor of the page that follows; None on the last"""

    records: tuple[RecordView, ...]
    next: UUID | None


@dataclass(frozen=True, slots=True)
class Known:
    """A value that a register knows, ready as an answer, with its source. :param key: of the record"""

    question: str
    value: Value
    register: str
    register_name: str
    record_id: UUID
    field: str
    known_from: datetime
    key: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """
    One of the four words, measured.

    :param percent: 0 to 100 with one decimal; None where there is nothing to measure
    :param failing: records with at least one fault of the kind
    """

    kind: str
    records: int
    failing: int
    percent: float | None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """:param rule: what :func:`quality.failing_records` takes; ``sentence`` says what is wrong"""

    rule: str
    kind: str
    field: str
    sentence: str
    weight: int
    failing: int


@dataclass(frozen=True, slots=True)
class Quality:
    """
    A register, measured, as far as the actor's posts reach.

    :param expected: how many records there should be; None where the definition does not say
    :param units: code of the unit → its scores
    """

    records: int
    expected: int | None
    scores: tuple[Score, ...]
    rules: tuple[RuleCount, ...]
    units: Mapping[str, tuple[Score, ...]]


@dataclass(frozen=True, slots=True)
class TwinView:
    """Two records that may be one. :param likeness: 0 to 100; ``why``: ids of the fields that agree"""

    id: UUID
    likeness: int
    why: tuple[str, ...]
    first: RecordView
    second: RecordView


@dataclass(frozen=True, slots=True)
class RowProblem:
    """
    :param row: from 1, the first after the names of the columns
    :param field: the field it is about; empty for the whole row
    :param left_out: the row was not written; else it was, and a person should look at it
    :param of_file: an earlier row of the file is why: it stays so whatever the register holds
    """

    row: int
    sentence: str
    field: str = ""
    left_out: bool = True
    of_file: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """
    :param problems: the first thousand; ``wrong`` rows were not written, ``doubtful`` ones were
    """

    rows: int
    new: int
    changed: int
    same: int
    wrong: int
    problems: tuple[RowProblem, ...]
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class ImportView:
    """
    One file on its way into a register; what the names mean is said at ``models.RegisterImport``.

    :param mapping: column → field, or ``@since``, ``@until``
    :param open_columns: columns that go nowhere
    :param needed: required fields no column goes to, with their labels
    """

    id: UUID
    register: str
    file_name: str
    state: ImportState
    kind: str
    encoding: str
    delimiter: str
    projection: str
    columns: tuple[str, ...]
    guessed: Mapping[str, str]
    mapping: Mapping[str, str]
    open_columns: tuple[str, ...]
    needed: Mapping[str, str]
    total: int
    done: int
    new: int
    changed: int
    same: int
    wrong: int
    doubtful: int
    sentence: str
    started_at: datetime
    checked_at: datetime | None
    confirmed_at: datetime | None
    ended_at: datetime | None
