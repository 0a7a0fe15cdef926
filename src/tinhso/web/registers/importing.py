"""A file on its way into a register, as pages: its columns, what is wrong with its rows, how far it is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.refusals import Invalid
from tinhso.registers.importing.matching import SINCE, UNTIL
from tinhso.registers.types import ImportState, ImportView, RowProblem
from tinhso.web.parts import Option
from tinhso.web.registers import words
from tinhso.web.templatetags.look import thousands

COLUMN = "cot-"
SHOWN = 100
UNDER_WAY = frozenset({ImportState.CHECKING, ImportState.LOADING})
TONES = {
    ImportState.MAPPING: "amber",
    ImportState.CHECKING: "blue",
    ImportState.CHECKED: "amber",
    ImportState.LOADING: "blue",
    ImportState.DONE: "green",
    ImportState.CANCELLED: "grey",
    ImportState.FAILED: "red",
}
KINDS = {
    "csv": gettext_lazy("Bảng CSV"),
    "xlsx": gettext_lazy("Bảng tính XLSX"),
    "geojson": gettext_lazy("GeoJSON"),
    "shapefile": gettext_lazy("Shapefile"),
    "geopackage": gettext_lazy("GeoPackage"),
}
DELIMITERS = {
    ";": gettext_lazy("dấu chấm phẩy"),
    ",": gettext_lazy("dấu phẩy"),
    "\t": gettext_lazy("dấu tab"),
    "|": gettext_lazy("dấu gạch đứng"),
}


class FileMissing(Invalid):
    code = "register-file-missing"
    message = gettext_lazy("Hãy chọn một tệp CSV, XLSX, GeoJSON, GeoPackage hoặc shapefile nén ZIP.")


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    name: str
    about: str
    at: datetime
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file with its first values. :param is_guess: its field was guessed by its name"""

    name: str
    heading: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Fault:
    row: int
    field: str
    sentence: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class ImportPage:
    """
    :param guesses: what was guessed of the file, in words
    :param figures: label and number of what was found, or written
    :param load: the button that has good rows written; empty while there is nothing to write
    """

    id: UUID
    register: str
    register_url: str
    all_url: str
    name: str
    state: str
    tone: str
    is_under_way: bool
    percent: int | None
    words: str
    guesses: tuple[str, ...]
    columns: tuple[Column, ...]
    needed: str
    figures: tuple[tuple[str, int], ...]
    faults: tuple[Fault, ...]
    more_faults: bool
    load: str
    may_stop: bool


def line_of(view: ImportView) -> Line:
    """Return one import of the list."""
    about = _("%(total)s dòng") % {"total": thousands(view.total)} if view.total else _told(view)
    url = reverse("registers:import-one", args=[view.id])
    return Line(url, view.file_name, about, view.started_at, str(view.state.label), TONES[view.state])


def import_page(
    definition: RegisterDefinition,
    view: ImportView,
    *,
    samples: Sequence[Mapping[str, str]],
    problems: Sequence[RowProblem],
    writable: frozenset[str],
    data: QueryDict | None = None,
) -> ImportPage:
    """
    Prepare the page.

    :param problems: one more than are shown, where there are more
    :param writable: the fields the officer sees and may fill in
    """
    is_open = view.confirmed_at is None and view.state not in UNDER_WAY
    return ImportPage(
        id=view.id,
        register=definition.name.into(words.language()),
        register_url=reverse("registers:list", args=[definition.id]),
        all_url=reverse("registers:import", args=[definition.id]),
        name=view.file_name,
        state=str(view.state.label),
        tone=TONES[view.state],
        is_under_way=view.state in UNDER_WAY,
        percent=min(100, view.done * 100 // view.total) if view.total else None,
        words=_words(view),
        guesses=tuple(_guesses(view)),
        columns=tuple(_columns(definition, view, samples, writable, data)) if is_open and samples else (),
        needed=", ".join(_labels(definition, view.needed)),
        figures=tuple(_figures(view)),
        faults=tuple(_faults(definition, problems[:SHOWN])),
        more_faults=len(problems) > SHOWN,
        load=_load(view),
        may_stop=view.state in UNDER_WAY,
    )


def read_columns(data: QueryDict, view: ImportView) -> dict[str, str]:
    """Return column → field as the form says; a column that is left out goes nowhere."""
    given = {column: data.get(f"{COLUMN}{place}", "") for place, column in enumerate(view.columns)}
    return {column: field for column, field in given.items() if field}


def _words(view: ImportView) -> str:
    said = {"done": thousands(view.done), "total": thousands(view.total)}
    match view.state:
        case ImportState.MAPPING:
            return _("Chưa dòng nào được ghi. Hãy xem mỗi cột chứa gì rồi cho kiểm tra thử.")
        case ImportState.CHECKING:
            return _("Đang kiểm tra từng dòng, chưa ghi gì. Bạn có thể rời trang này.")
        case ImportState.CHECKED:
            return _("Đã kiểm tra thử %(total)s dòng; chưa ghi gì vào sổ.") % said
        case ImportState.LOADING:
            return _("Đã ghi %(done)s trong %(total)s dòng. Bạn có thể rời trang này.") % said
        case ImportState.DONE:
            return _("Đã ghi xong. Nhập lại chính tệp này không ghi thêm gì.")
        case ImportState.CANCELLED:
            return _("Đã dừng. Những dòng đã ghi vẫn còn trong sổ; phần còn lại ghi tiếp được.")
    return view.sentence


def _told(view: ImportView) -> str:
    return str(KINDS.get(view.kind, view.kind))


def _guesses(view: ImportView) -> Iterator[str]:
    """Yield what nobody has said of the file and was guessed: whoever sends it can object."""
    yield _told(view)
    if view.encoding:
        yield _("bảng mã %(encoding)s") % {"encoding": view.encoding.upper()}
    if view.delimiter:
        yield _("cột cách nhau bằng %(mark)s") % {"mark": DELIMITERS.get(view.delimiter, view.delimiter)}
    if view.projection:
        yield _("hệ tọa độ %(name)s") % {"name": view.projection}


def _columns(
    definition: RegisterDefinition,
    view: ImportView,
    samples: Sequence[Mapping[str, str]],
    writable: frozenset[str],
    data: QueryDict | None,
) -> Iterator[Column]:
    fields = [one for one in definition.fields if one.id in writable]
    choices = [(one.id, _mark(one.label.into(words.language()), one.required)) for one in fields]
    choices += [(SINCE, _("Đúng từ ngày")), (UNTIL, _("Đúng đến trước ngày"))]
    for place, column in enumerate(view.columns):
        if not column:
            continue
        name = f"{COLUMN}{place}"
        chosen = view.mapping.get(column, "") if data is None else data.get(name, "")
        shown = (one.get(column, "") for one in samples)
        yield Column(
            name=name,
            heading=column,
            samples=tuple(dict.fromkeys(text for text in shown if text))[:3],
            options=tuple(Option(value, label, value == chosen) for value, label in choices),
            note=_dates(view.guessed.get(column, "")),
        )


def _mark(label: str, required: bool) -> str:
    return f"{label} *" if required else label


def _dates(order: str) -> str:
    if order == "mdy":
        return _("Ngày trong cột này viết tháng trước, ngày sau.")
    return _("Ngày trong cột này viết ngày trước, tháng sau.") if order == "dmy" else ""


def _labels(definition: RegisterDefinition, needed: Iterable[str]) -> Iterator[str]:
    yield from (definition.by_id[name].label.into(words.language()) for name in needed)


def _figures(view: ImportView) -> Iterator[tuple[str, int]]:
    if not view.total and not view.done:
        return
    is_written = view.confirmed_at is not None
    yield (_("Bản ghi mới"), view.new)
    yield (_("Bản ghi được sửa") if is_written else _("Bản ghi sẽ được sửa"), view.changed)
    yield (_("Đã có, giữ nguyên"), view.same)
    yield (_("Dòng sai, không ghi"), view.wrong)
    yield (_("Dòng nên xem lại"), view.doubtful)


def _faults(definition: RegisterDefinition, problems: Sequence[RowProblem]) -> Iterator[Fault]:
    for one in problems:
        field = definition.by_id.get(one.field)
        label = field.label.into(words.language()) if field else ""
        yield Fault(one.row, label, one.sentence, one.left_out)


def _load(view: ImportView) -> str:
    good = view.new + view.changed
    if view.state is ImportState.CHECKED:
        return _("Ghi %(count)s bản ghi vào sổ") % {"count": thousands(good)} if good else ""
    if view.confirmed_at is not None and view.state in (ImportState.CANCELLED, ImportState.FAILED):
        return _("Ghi tiếp phần còn lại")
    return ""
