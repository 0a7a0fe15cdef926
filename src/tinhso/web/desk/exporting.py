"""What is written out of the lists, as pages: what to write, how far it is, what is there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.definitions.registers.reading import registers
from tinhso.dossiers import selecting
from tinhso.dossiers.exporting import limits
from tinhso.dossiers.exporting.finding import ExportView
from tinhso.dossiers.exporting.record_selection import RecordSelection
from tinhso.dossiers.models import Export
from tinhso.dossiers.models.exports import ExportState
from tinhso.dossiers.selecting import Selection
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Invalid
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import NAMES, legible, read_filters
from tinhso.web.desk.inbox import DUES, LABELS
from tinhso.web.templatetags.look import thousands

FIRST, LAST, FORMAT, WORDS = "tu-ngay", "den-ngay", "dang-tep", "q"
ASKS_A_LIST = frozenset(NAMES) - {"sau", "ho-so"}

FORMATS = {
    Export.Format.XLSX: (
        gettext_lazy("Bảng tính Excel (XLSX)"),
        gettext_lazy("Mở thẳng bằng Excel, LibreOffice."),
    ),
    Export.Format.CSV: (
        gettext_lazy("Bảng CSV"),
        gettext_lazy("Cho phần mềm khác đọc; cột cách nhau bằng dấu phẩy, mã hóa UTF-8."),
    ),
    Export.Format.ZIP: (
        gettext_lazy("Gói giấy tờ (ZIP)"),
        gettext_lazy("Giấy tờ đã nộp, mỗi hồ sơ một thư mục."),
    ),
    Export.Format.GEOJSON: (
        gettext_lazy("GeoJSON"),
        gettext_lazy("Kèm vị trí, ranh giới; mở bằng QGIS và phần mềm bản đồ."),
    ),
}
OF_DOSSIERS = (Export.Format.XLSX, Export.Format.CSV, Export.Format.ZIP)
STATES = {
    ExportState.WAITING: (gettext_lazy("Đang chờ"), "blue"),
    ExportState.RUNNING: (gettext_lazy("Đang lập tệp"), "blue"),
    ExportState.READY: (gettext_lazy("Tải được"), "green"),
    ExportState.CANCELLED: (gettext_lazy("Đã dừng"), "grey"),
    ExportState.FAILED: (gettext_lazy("Không lập được"), "red"),
    ExportState.EXPIRED: (gettext_lazy("Đã hết hạn"), "grey"),
}


class PeriodUnclear(Invalid):
    code = "period-unclear"
    message = gettext_lazy("Hãy ghi đủ ngày, tháng, năm của cả hai ngày, ngày đầu không sau ngày cuối.")


class FormatMissing(Invalid):
    code = "export-format-missing"
    message = gettext_lazy("Hãy chọn dạng tệp cần xuất.")


@dataclass(frozen=True, slots=True)
class ExportLine:
    """
    One export as the list and its own page show it.

    :param file_url: empty while there is no file
    :param back_url: where such a file is asked for
    """

    id: UUID
    url: str
    what: str
    kind: str
    state: str
    tone: str
    asked_at: datetime
    expires_at: datetime | None
    size: str
    file_url: str
    stop_url: str
    is_under_way: bool
    percent: int | None
    words: str
    left_out: int
    back_url: str
    back: str


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """
    :param hidden: names and values that say which list was asked for; empty when the period is asked
    :param what: that list in words
    """

    what: str
    hidden: tuple[tuple[str, str], ...]
    fields: tuple[Field, ...]
    lines: tuple[ExportLine, ...]
    limits: str


def read_selection(data: QueryDict, *, home: str) -> Selection:
    """
    Return what an address or a form asks to have written out.

    :raises PeriodUnclear: neither a list nor a search is named, and the days are no period
    """
    if words := legible(data.get(WORDS, "")):
        return Selection(words=words)
    if asks_a_list(data):
        return read_filters(data, home=home).selection
    first, last = boxes.day_of(data, FIRST), boxes.day_of(data, LAST)
    if first is None or last is None or last < first:
        raise PeriodUnclear
    return Selection(first=first.isoformat(), last=last.isoformat())


def asks_a_list(data: QueryDict) -> bool:
    """Say whether the address is that of a list of the inbox."""
    return any(data.get(name) for name in ASKS_A_LIST)


def exports_page(
    data: QueryDict,
    *,
    at: datetime,
    home: str,
    found: tuple[ExportView, ...],
    errors: tuple[FieldError, ...] = (),
) -> ExportsPage:
    """Return the page that asks what to write out and lists what was."""
    hidden, what = _asked(data, home)
    fields = () if hidden else _days(data, errors, today=local(at).date())
    kinds = [(str(value), str(FORMATS[value][0])) for value in OF_DOSSIERS]
    chosen = boxes.field(
        FORMAT, "one_of", _("Dạng tệp"), data, errors=errors, options=kinds, default=Export.Format.XLSX
    )
    told = _(
        "Danh sách có nhiều nhất %(rows)s hồ sơ. "
        "Gói giấy tờ có nhiều nhất %(dossiers)s hồ sơ và %(bytes)s GB. "
        "Tệp được giữ %(hours)s giờ, chỉ bạn tải được. Việc xuất được ghi vào sổ cái, "
        "và người có tên trong danh sách thấy bạn đã xem dữ liệu của họ."
    ) % {
        "rows": thousands(limits.MOST_ROWS),
        "dossiers": thousands(limits.MOST_PAPERS_OF),
        "bytes": limits.MOST_BYTES // 1024**3,
        "hours": int(limits.KEPT.total_seconds()) // 3600,
    }
    return ExportsPage(what, hidden, (*fields, chosen), tuple(line_of(one) for one in found), told)


def line_of(view: ExportView) -> ExportLine:
    """Return an export in words."""
    state, tone = STATES[view.state]
    shown = reverse("desk:export", args=[view.id])
    back_url, back = _back(view.selection)
    return ExportLine(
        id=view.id,
        url=shown,
        what=in_words(view.selection),
        kind=str(FORMATS[Export.Format(view.format)][0]),
        state=str(state),
        tone=tone,
        asked_at=view.asked_at,
        expires_at=view.expires_at,
        size=filesizeformat(view.size) if view.size else "",
        file_url=reverse("desk:export-file", args=[view.id]) if view.is_ready else "",
        stop_url=reverse("desk:export-stop", args=[view.id]) if view.is_under_way else "",
        is_under_way=view.is_under_way,
        percent=view.percent if view.state == ExportState.RUNNING else None,
        words=_words(view),
        left_out=view.left_out,
        back_url=back_url,
        back=back,
    )


def _back(selection: Selection | RecordSelection) -> tuple[str, str]:
    if isinstance(selection, RecordSelection):
        return reverse("registers:export", args=[selection.register]), _("Xuất danh sách")
    return reverse("desk:exports"), _("Xuất danh sách hồ sơ")


def in_words(selection: Selection | RecordSelection) -> str:
    """Say which list it is, as its page does."""
    if isinstance(selection, RecordSelection):
        return _records(selection)
    if selection.words:
        return _("Tìm «%(words)s»") % {"words": selection.words}
    if selection.first:
        first, last = (date.fromisoformat(day) for day in (selection.first, selection.last))
        return _("Mọi hồ sơ nộp từ %(first)s đến %(last)s") % {
            "first": f"{first:%d/%m/%Y}",
            "last": f"{last:%d/%m/%Y}",
        }
    parts = [str(LABELS[selection.tab])] if selection.tab else []
    if selection.procedure:
        parts.append(_procedure(selection.procedure))
    if selection.step:
        parts.append(selection.step)
    if selection.due:
        parts.append(str(DUES[selection.due]))
    if selection.holder:
        parts.append(_("Chưa giao") if selection.holder == selecting.NOBODY else _("Của một cán bộ"))
    if selection.online:
        parts.append(_("Chỉ nộp trực tuyến"))
    return " · ".join(parts)


def _records(selection: RecordSelection) -> str:
    known = registers().get(selection.register)
    name = known.name.into((get_language() or "vi")[:2]) if known else selection.register
    is_narrowed = selection.text or selection.filters or selection.unit or selection.spans
    return _("%(register)s, phần đã lọc") % {"register": name} if is_narrowed else name


def _procedure(code: str) -> str:
    known = {one.procedure.code: one.procedure.name for one in catalogue.all_current()}
    return known[code].into((get_language() or "vi")[:2]) if code in known else code


def _asked(data: QueryDict, home: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Return the boxes that carry the list asked for through the form, and the list in words."""
    if not (legible(data.get(WORDS, "")) or asks_a_list(data)):
        return (), ""
    names = [WORDS] if legible(data.get(WORDS, "")) else [name for name in NAMES if name in ASKS_A_LIST]
    kept = tuple((name, legible(data.get(name, ""))) for name in names if data.get(name))
    return kept, in_words(read_selection(data, home=home))


def _days(data: QueryDict, errors: tuple[FieldError, ...], *, today: date) -> tuple[Field, ...]:
    shown = data.copy()
    for name, on in ((FIRST, today.replace(day=1)), (LAST, today)):
        for part, value in (("day", on.day), ("month", on.month), ("year", on.year)):
            shown.setdefault(f"{name}-{part}", str(value))
    return (
        boxes.field(FIRST, "date", _("Nộp từ ngày"), shown, errors=errors),
        boxes.field(LAST, "date", _("Đến ngày"), shown, errors=errors),
    )


def _words(view: ExportView) -> str:
    count = {"done": thousands(view.done), "total": thousands(view.total)}
    if isinstance(view.selection, RecordSelection):
        if view.state is ExportState.RUNNING:
            return _("Đã ghi %(done)s trong %(total)s bản ghi.") % count
        if view.state is ExportState.READY:
            return ngettext("Tệp có %(total)s bản ghi.", "Tệp có %(total)s bản ghi.", view.total) % count
    match view.state:
        case ExportState.WAITING:
            return _("Đang chờ đến lượt. Bạn có thể rời trang này; tệp vẫn được lập.")
        case ExportState.RUNNING:
            return _("Đã ghi %(done)s trong %(total)s hồ sơ.") % count
        case ExportState.READY:
            return ngettext("Tệp có %(total)s hồ sơ.", "Tệp có %(total)s hồ sơ.", view.total) % count
        case ExportState.CANCELLED:
            return _("Bạn đã dừng lần xuất này; không có tệp nào được giữ lại.")
        case ExportState.EXPIRED:
            return _("Tệp đã hết hạn giữ và đã bị xóa. Cần nữa thì hãy xuất lại.")
    return view.sentence
