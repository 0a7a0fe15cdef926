"""A sheet of filings as pages: which file, which column is what, what is wrong, what was filed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.dossiers.importing import limits, targets
from tinhso.dossiers.importing.finding import ImportView
from tinhso.dossiers.models import ImportFault
from tinhso.dossiers.models.importing import ImportState
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.text import fold
from tinhso.papers.rules import rules
from tinhso.web.desk import boxes
from tinhso.web.parts import Option
from tinhso.web.templatetags.look import thousands

PROCEDURE, UNIT, SHEET, DECLARED, PAPER = "thu-tuc", "dia-ban", "bang", "cam-doan", "giay-"
ARCHIVE = "tep-zip"
COLUMN = "cot-"
FIRST_FAULTS = 50
STATES = {
    ImportState.MAPPING: (gettext_lazy("Chờ chọn cột"), "blue"),
    ImportState.CHECKING: (gettext_lazy("Đang kiểm tra"), "blue"),
    ImportState.CHECKED: (gettext_lazy("Chờ xác nhận"), "amber"),
    ImportState.LOADING: (gettext_lazy("Đang nạp"), "blue"),
    ImportState.DONE: (gettext_lazy("Đã nạp"), "green"),
    ImportState.CANCELLED: (gettext_lazy("Đã dừng"), "grey"),
    ImportState.FAILED: (gettext_lazy("Bị ngắt"), "red"),
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    url: str
    name: str
    about: str
    state: str
    tone: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet, with what stands in its first rows."""

    name: str
    heading: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PaperBox:
    """:param given: name of the file that is there already"""

    name: str
    label: str
    given: str
    needed: bool


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    columns: tuple[Column, ...]
    papers: tuple[PaperBox, ...]
    archive: PaperBox | None
    declarations: tuple[str, ...]
    declared: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """
    :param mapping: what the columns hold, while that can be said
    :param may_load: there are sound rows and they wait for a yes
    :param faults: the first of what is wrong
    """

    id: UUID
    name: str
    about: str
    state: str
    tone: str
    words: str
    is_under_way: bool
    percent: int | None
    mapping: ColumnChoice | None
    may_load: bool
    load_words: str
    faults: tuple[ImportFault, ...]
    faults_url: str
    sound: int


def sheet_lines(found: tuple[ImportView, ...]) -> tuple[SheetLine, ...]:
    """Return the imports of the counter, newest first."""
    return tuple(
        SheetLine(
            url=reverse("desk:import", args=[view.id]),
            name=view.file_name,
            about=_procedure_name(view.procedure_code),
            state=str(STATES[view.state][0]),
            tone=STATES[view.state][1],
            uploaded_at=view.uploaded_at,
        )
        for view in found
    )


def procedure_field(data: QueryDict, errors: tuple[FieldError, ...]) -> Field:
    """Return the choice among the procedures that rows can be filed for."""
    language = (get_language() or "vi")[:2]
    offered = (one.procedure for one in catalogue.all_current())
    fit = [
        (one.code, f"{one.name.into(language)} ({one.code})") for one in offered if targets.is_importable(one)
    ]
    fit.sort(key=lambda one: fold(one[1]))
    return boxes.field(PROCEDURE, "one_of", _("Thủ tục"), data, errors=errors, options=fit)


def unit_field(
    data: QueryDict, errors: tuple[FieldError, ...], *, units: tuple[tuple[str, str, bool], ...], own: str
) -> Field:
    """Return the choice of the commune whose agency decides."""
    options = [(code, name) for code, name, _chosen in units]
    return boxes.field(UNIT, "one_of", _("Nơi giải quyết"), data, errors=errors, options=options, default=own)


def import_page(
    view: ImportView,
    *,
    samples: tuple[tuple[str, ...], ...],
    faults: tuple[ImportFault, ...],
    data: QueryDict | None = None,
) -> ImportPage:
    """Return the page of one sheet. :param data: what was chosen and not taken"""
    state, tone = STATES[view.state]
    asks = (
        view.state in (ImportState.MAPPING, ImportState.CHECKED, ImportState.FAILED) and not view.is_confirmed
    )
    waits = view.state in (ImportState.CHECKED, ImportState.FAILED, ImportState.CANCELLED) and view.is_checked
    left = view.sound - view.filed
    return ImportPage(
        id=view.id,
        name=view.file_name,
        about=_procedure_name(view.procedure_code),
        state=str(state),
        tone=tone,
        words=_words(view),
        is_under_way=view.is_under_way,
        percent=view.percent,
        mapping=_mapping(view, samples, data) if asks and view.has_file else None,
        may_load=waits and left > 0 and view.has_file,
        load_words=ngettext("Nạp %(count)s hồ sơ", "Nạp %(count)s hồ sơ", left) % {"count": thousands(left)},
        faults=faults,
        faults_url=reverse("desk:import-faults", args=[view.id]) if view.faulty or view.missed else "",
        sound=view.sound,
    )


def read_columns(data: QueryDict) -> dict[str, str]:
    """Return place of a column → target, as chosen on the page."""
    said = ((name, data.get(name, "")) for name in data if name.startswith(COLUMN))
    return {name.removeprefix(COLUMN): held for name, held in said if held}


def _mapping(view: ImportView, samples: tuple[tuple[str, ...], ...], data: QueryDict | None) -> ColumnChoice:
    language = (get_language() or "vi")[:2]
    procedure = catalogue.current(view.procedure_code).procedure
    chosen: Mapping[str, str] = read_columns(data) if data is not None else view.columns
    known = targets.targets_of(procedure, language)
    return ColumnChoice(
        columns=tuple(
            Column(
                name=f"{COLUMN}{place}",
                heading=heading or _("Cột %(number)s") % {"number": place + 1},
                samples=tuple(row[place] for row in samples if place < len(row) and row[place]),
                options=tuple(
                    Option(
                        target.id,
                        f"{target.label} *" if target.needed else target.label,
                        chosen.get(str(place)) == target.id,
                    )
                    for target in known
                ),
            )
            for place, heading in enumerate(view.headings)
        ),
        papers=tuple(
            PaperBox(
                f"{PAPER}{paper.id}",
                paper.name.into(language),
                view.papers.get(paper.id, ""),
                not paper.optional and paper.required == "true",
            )
            for paper in procedure.papers
        ),
        archive=_archive(view, known),
        declarations=tuple(question.label.into(language) for question in targets.declares(procedure)),
        declared=bool(data.get(DECLARED)) if data is not None else view.declared,
    )


def _archive(view: ImportView, known: tuple[targets.Target, ...]) -> PaperBox | None:
    """Return the box of the ZIP; none where no column could name a file."""
    if not any(target.id.startswith(targets.FILE) for target in known):
        return None
    return PaperBox(ARCHIVE, _("Tệp ZIP chứa giấy tờ của từng dòng"), view.archive, False)


def _words(view: ImportView) -> str:
    told = {
        name: thousands(getattr(view, name))
        for name in ("total", "done", "sound", "faulty", "filed", "repeated", "missed")
    }
    match view.state:
        case ImportState.MAPPING:
            return _("Chưa có gì được nạp. Hãy xem cột nào chứa gì, rồi kiểm tra từng dòng.")
        case ImportState.CHECKING:
            return _("Đã kiểm tra %(done)s dòng, %(sound)s dòng nạp được. Chưa có gì được nạp.") % told
        case ImportState.CHECKED:
            return (
                _(
                    "Đã kiểm tra %(total)s dòng: %(sound)s dòng nạp được, %(faulty)s dòng có lỗi, "
                    "%(repeated)s dòng đã nạp từ trước. Chưa có gì được nạp cho đến khi bạn xác nhận."
                )
                % told
            )
        case ImportState.LOADING:
            return _("Đã đi qua %(done)s trong %(total)s dòng. Mỗi dòng nạp được là một hồ sơ.") % told
        case ImportState.DONE:
            return (
                _(
                    "Đã nạp %(filed)s hồ sơ. %(faulty)s dòng có lỗi không nạp, "
                    "%(missed)s dòng bị từ chối khi nạp, %(repeated)s dòng đã nạp từ trước."
                )
                % told
            )
        case ImportState.CANCELLED:
            return _("Việc nhập đã dừng. Hồ sơ đã nạp trước khi dừng vẫn còn.")
    return view.sentence


def _procedure_name(code: str) -> str:
    language = (get_language() or "vi")[:2]
    known = {one.procedure.code: one.procedure.name for one in catalogue.all_current()}
    return known[code].into(language) if code in known else code


def limits_in_words() -> str:
    """Return what a sheet may be."""
    return _(
        "Tệp Excel (.xlsx) hoặc CSV mã hóa UTF-8, nhiều nhất %(rows)s dòng và %(size)s MB. "
        "Dòng đầu là tên cột; mỗi dòng sau là một người nộp. "
        "Chưa có gì được nạp trước khi bạn xem lỗi và xác nhận."
    ) % {"rows": thousands(limits.MOST_ROWS), "size": rules().upload.max_bytes // 1024**2}
