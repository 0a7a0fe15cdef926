"""One envelope as the counter meets it: what arrived, what is in the way, what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue, searching
from tinhso.dossiers.models import Dossier
from tinhso.exchange import policies, queries
from tinhso.exchange.actions.open_envelope import reading_of
from tinhso.exchange.models import Envelope, EnvelopeState
from tinhso.exchange.national_portal.reading import Reading, parts_of
from tinhso.exchange.types import CHOSEN, SEEN, Choices, Trouble, Why
from tinhso.forms.types import Field, FieldError
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.national.lists import TONES
from tinhso.web.desk.national.wording import why_words
from tinhso.web.parts import SummaryRow
from tinhso.web.templatetags.look import moment

PROCEDURE, AGENCY, DATE, FILES, ORIGINAL, PAPER = "thu-tuc", "co-quan", "ngay", "tep", "ban-goc", "thanh-phan"
NONE, MOST = "khong", 25
OF_FILES = frozenset({Why.PAPER_UNKNOWN, Why.FILE_MISSING, Why.FILE_REFUSED})
Errors = tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class TroubleView:
    """:param about: the code, name or file as the portal has it; :param detail: what else is known"""

    title: str
    sentence: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class VersionView:
    url: str
    received_at: datetime
    state: str
    times: int
    is_update: bool
    current: bool


@dataclass(frozen=True, slots=True)
class EnvelopePage:
    """
    :param may_work: this officer decides; else they only read
    :param fields: what must be answered before a dossier can be made of it
    :param can_settle: all that is in the way can be answered here
    :param can_see: nothing can be done but to know it
    :param raw: fields of the delivery nobody reads, name and value
    """

    id: UUID
    code: str
    what: str
    state: str
    tone: str
    rows: tuple[SummaryRow, ...]
    files: tuple[SummaryRow, ...]
    raw: tuple[SummaryRow, ...]
    troubles: tuple[TroubleView, ...]
    versions: tuple[VersionView, ...]
    fields: tuple[Field, ...]
    reason_fields: tuple[Field, ...]
    words: str
    asks_procedure: bool
    may_work: bool
    can_settle: bool
    can_refuse: bool
    can_see: bool
    waits: bool
    next_at: datetime | None
    reason: str
    settled_by: str
    dossier_code: str
    dossier_url: str


def envelope_page(
    *, actor: Actor, envelope_id: UUID, data: QueryDict, words: str = "", errors: Errors = ()
) -> EnvelopePage:
    """:raises NotFound: absent, or not visible to the actor"""
    one = queries.access_envelope(actor=actor, envelope_id=envelope_id)
    reading, troubles = reading_of(one), [Trouble.of(kept) for kept in one.troubles]
    dossier = one.dossier or Dossier.objects.filter(national_code=one.code).first()
    whys = {trouble.why for trouble in troubles}
    waits = one.state == EnvelopeState.NEEDS_HUMAN
    may_work = policies.may_work(actor, agency_id=one.agency_id) and waits
    return EnvelopePage(
        id=one.pk,
        code=one.code,
        what=reading.theirs.TenTTHC or one.code,
        state=str(EnvelopeState(one.state).label),
        tone=TONES.get(EnvelopeState(one.state), "blue"),
        rows=tuple(_rows(one, reading)),
        files=tuple(_files(reading)),
        raw=tuple(_raw(one, reading)),
        troubles=tuple(_trouble(trouble) for trouble in troubles),
        versions=tuple(_versions(actor, one)),
        fields=tuple(_fields(reading, troubles, data, words, errors)) if may_work else (),
        reason_fields=boxes.reason_fields((), data, errors)[1:] if may_work else (),
        words=words,
        asks_procedure=Why.PROCEDURE_UNKNOWN in whys,
        may_work=may_work,
        can_settle=bool(whys) and whys <= CHOSEN,
        can_refuse=dossier is None,
        can_see=bool(whys) and whys <= SEEN,
        waits=waits,
        next_at=one.next_at,
        reason=one.reason,
        settled_by=one.settled_by.get_full_name() if one.settled_by else "",
        dossier_code=dossier.code if dossier else "",
        dossier_url=reverse("desk:dossier", args=[dossier.pk]) if dossier else "",
    )


def choices_of(data: QueryDict) -> Choices:
    """Return what was chosen on the page."""
    prefix = f"{PAPER}-"
    papers = {
        name.removeprefix(prefix): str(value) for name, value in data.items() if name.startswith(prefix)
    }
    return Choices(
        procedure=data.get(PROCEDURE, ""),
        agency_id=as_uuid(data.get(AGENCY, "")),
        date_as_received=bool(data.get(DATE)),
        without_files=bool(data.get(FILES)),
        as_original=bool(data.get(ORIGINAL)),
        papers={key: "" if part == NONE else part for key, part in papers.items() if part},
    )


def _rows(one: Envelope, reading: Reading) -> Iterator[SummaryRow]:
    theirs, procedure = reading.theirs, reading.procedure
    language = (get_language() or "vi")[:2]
    yield SummaryRow(_("Thủ tục trên Cổng"), f"{theirs.TenTTHC}\n{theirs.MaTTHC}".strip())
    if procedure is not None:
        yield SummaryRow(_("Thủ tục tại tỉnh"), f"{procedure.name.into(language)}\n{procedure.code}")
    yield SummaryRow(_("Cơ quan trên Cổng"), theirs.DonViXuLy or theirs.NoiNopHoSo)
    if reading.competent is not None:
        yield SummaryRow(_("Cơ quan giải quyết"), reading.competent.name)
    yield SummaryRow(_("Người nộp"), f"{theirs.ChuHoSo}\n{theirs.DinhDanhCHS.SoDinhDanh}".strip())
    yield SummaryRow(_("Liên hệ"), "\n".join(part for part in (theirs.SoDienThoai, theirs.Email) if part))
    filed = reading.filed_at
    yield SummaryRow(_("Nộp lúc"), moment(filed) if filed else theirs.NgayNopHoSo)
    yield SummaryRow(_("Nhận lúc"), moment(one.received_at))
    if theirs.TrichYeuHoSo:
        yield SummaryRow(_("Trích yếu"), theirs.TrichYeuHoSo)
    if theirs.GhiChu:
        yield SummaryRow(_("Ghi chú"), theirs.GhiChu)


def _files(reading: Reading) -> Iterator[SummaryRow]:
    names = dict(parts_of(reading.procedure)) if reading.procedure else {}
    for file in reading.theirs.files:
        part = reading.paper_of(file)
        belongs = names.get(part or "", "") or (
            _("Không thuộc thành phần nào") if part == "" else _("Chưa biết thành phần")
        )
        yield SummaryRow(file.TenTepDinhKem or file.key, f"{belongs}\n{file.MaThanhPhanHoSo}".strip())


def _raw(one: Envelope, reading: Reading) -> Iterator[SummaryRow]:
    """Yield fields the contract we know does not have, as after a newer version of it."""
    known = {"KenhThucHien", "DanhSachLePhi", "DanhSachTepDinhKemKhac", "DanhSachGiayToKetQua"}
    for name in sorted(set(reading.theirs.unknown) - known):
        value = one.payload.get(name)
        if value not in (None, "", [], {}):
            yield SummaryRow(name, str(value)[:500])


def _trouble(trouble: Trouble) -> TroubleView:
    words = why_words(trouble.why)
    # A file's own number tells an officer nothing where its name is known.
    about = "" if trouble.why in OF_FILES and trouble.detail else trouble.about
    return TroubleView(str(words.short), str(words.long), about, trouble.detail)


def _versions(actor: Actor, one: Envelope) -> Iterator[VersionView]:
    for other in queries.versions_of(actor=actor, code=one.code)[:20]:
        yield VersionView(
            url=reverse("desk:national-envelope", args=[other.pk]),
            received_at=other.received_at,
            state=str(EnvelopeState(other.state).label),
            times=other.times,
            is_update=other.is_update,
            current=other.pk == one.pk,
        )


def _fields(
    reading: Reading, troubles: list[Trouble], data: QueryDict, words: str, errors: Errors
) -> Iterator[Field]:
    whys = {trouble.why for trouble in troubles}
    if Why.PROCEDURE_UNKNOWN in whys:
        yield boxes.field(
            PROCEDURE,
            "one_of",
            _("Thủ tục tại tỉnh"),
            data,
            options=_procedures(reading, words),
            errors=errors,
        )
    if Why.UNIT_UNKNOWN in whys:
        every = [(str(one.id), one.name) for one in people.agencies()]
        label = _("Cơ quan giải quyết")
        yield boxes.field(AGENCY, "one_of", label, data, options=every, errors=errors)
    parts = parts_of(reading.procedure) if reading.procedure else ()
    offered = [*parts, (NONE, _("Không thuộc thành phần nào"))]
    for trouble in troubles:
        if trouble.why is Why.PAPER_UNKNOWN:
            label = _("«%(file)s» là thành phần nào") % {"file": trouble.detail or trouble.about}
            name = f"{PAPER}-{trouble.about}"
            yield boxes.field(name, "one_of", label, data, options=offered, errors=errors)
    for name, wanted, words_ in (
        (DATE, {Why.DATE_WRONG}, _("Lấy thời điểm hệ thống nhận được làm ngày nộp")),
        (
            FILES,
            {Why.FILE_MISSING, Why.FILE_REFUSED},
            _("Lập hồ sơ không có các tệp này, rồi yêu cầu bổ sung"),
        ),
        (ORIGINAL, {Why.ORIGINAL_MISSING}, _("Coi bản này là bản gốc")),
    ):
        if whys & wanted:
            yield boxes.field(
                name, "many_of", words_, data, options=[("1", _("Đồng ý"))], errors=errors, required=True
            )


def _procedures(reading: Reading, words: str) -> list[tuple[str, str]]:
    """Return what the words mean, else what the portal's title means, the best first."""
    language = (get_language() or "vi")[:2]
    sought = words or reading.theirs.TenTTHC
    offered = [one for one in catalogue.all_current() if "online" in one.procedure.channels]
    found = searching.find(sought, offered) if sought else ()
    return [(one.code, f"{one.name.into(language)} · {one.code}") for one in list(found)[:MOST]]
