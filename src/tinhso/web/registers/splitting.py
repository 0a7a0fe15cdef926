"""One record becomes several: the same fields once for each part."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.registers.refusals import PartsInvalid
from tinhso.registers.types import RecordView
from tinhso.web.registers import boxes, forms, words
from tinhso.web.registers.forms import COUNT, Errors, Sheet

LEAST, MOST = 2, 6


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SplitPage:
    title: str
    back_url: str
    parts: tuple[Part, ...]
    own: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]
    counts: tuple[tuple[int, str, bool], ...]


def count_of(data: QueryDict) -> int:
    """Return into how many parts; two unless the address says otherwise."""
    text = data.get(COUNT, "")
    return min(max(int(text), LEAST), MOST) if text.isdecimal() and len(text) < 3 else LEAST


def prefix_of(part: int) -> str:
    return f"p{part}."


def read(
    *, actor: Actor, at: datetime, sheet: Sheet, data: QueryDict, count: int
) -> tuple[list[dict[str, object]], Errors]:
    """Return of each part what differs from the whole."""
    parts: list[dict[str, object]] = []
    errors: list[FieldError] = []
    for part in range(1, count + 1):
        prefix = prefix_of(part)
        changed = sheet.changed(data, prefix)
        found = forms.read(actor=actor, at=at, fields=changed, data=data, prefix=prefix)
        parts.append(found.values)
        errors += (replace(one, sentence=_of_part(part, one.sentence)) for one in found.errors)
    return parts, tuple(errors)


def errors_of(refusal: Refusal, sheet: Sheet) -> Errors:
    """Return the refusal for the page, each sentence at its box in its part."""
    if not isinstance(refusal, PartsInvalid):
        return forms.errors_of(refusal, sheet)
    shown = {one.id: one for one in sheet.fields}
    found = []
    for number, problem in refusal.parts:
        # What the officer does not see has no box: the sentence stands at the part's first one.
        field = shown.get(problem.field) or next(iter(sheet.fields), None)
        box = boxes.box_of(field, prefix_of(number)) if field else ""
        found.append(FieldError(box, box, problem.sentence))
    return tuple(found)


def _of_part(number: int, sentence: str) -> str:
    return _("Phần %(number)s: %(sentence)s") % {"number": number, "sentence": sentence}


def split_page(
    *, sheet: Sheet, view: RecordView, data: QueryDict, at: datetime, count: int, errors: Errors
) -> SplitPage:
    """Prepare the page: each part begins with what the whole says."""
    base = reverse("registers:split", args=[view.id])
    own = (
        forms.since_field(data, errors, _("Tách từ ngày"), _("Để trống: từ hôm nay.")),
        forms.reason_field(data, errors, _("Căn cứ: văn bản, ngày. Được giữ cùng lịch sử.")),
    )
    return SplitPage(
        title=words.Reader().title(sheet.definition, view),
        back_url=reverse("registers:record", args=[view.id]),
        parts=tuple(_part(sheet, data, at, errors, part) for part in range(1, count + 1)),
        own=own,
        hidden=((forms.NUMBER, data.get(forms.NUMBER, "") or str(view.number)), (COUNT, str(count))),
        counts=tuple((n, f"{base}?{COUNT}={n}", n == count) for n in range(LEAST, MOST + 1)),
    )


def _part(sheet: Sheet, data: QueryDict, at: datetime, errors: Errors, part: int) -> Part:
    prefix = prefix_of(part)
    shown = data
    if not data:
        shown = QueryDict(mutable=True)
        for name, values in sheet.begun.lists():
            shown.setlist(f"{prefix}{name.removeprefix(boxes.PREFIX)}", values)
    drawing = boxes.Drawing(local(at).date(), errors, None, sheet.units, prefix)
    return Part(_("Phần %(number)s") % {"number": part}, boxes.fields_of(sheet.fields, shown, drawing))
