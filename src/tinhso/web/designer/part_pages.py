"""One part of a procedure, changed by boxes; a new one added to a list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.definitions.designing import edits
from tinhso.definitions.designing.document import PlaceGone, SourceBroken
from tinhso.definitions.designing.shapes import NoSuchPart, list_at, read_place, shape_at, written_place
from tinhso.definitions.places import Location
from tinhso.definitions.scope import all_questions
from tinhso.designs.actions.edit_design import edit_design
from tinhso.designs.refusals import DesignChanged
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.web.designer import forms
from tinhso.web.designer.entering import HEAD, Opened, designers_only, frame_of, opened, place_url, show
from tinhso.web.designer.forms import Box, Editing
from tinhso.web.designer.labels import KINDS
from tinhso.web.designer.outline import Listing, listing
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of
from tinhso.web.parts import LinkedError
from tinhso.web.refusing import status_of

SOME = "nhieu"
AUTOSAVE = "autosave"
Errors = tuple[FieldError | LinkedError, ...]


@dataclass(frozen=True, slots=True)
class PartPage:
    """
    :param preview_url: the citizen's page on which the part shows; empty where it shows on none
    :param some: a box for several options at once; None where there are none
    """

    title: str
    kind: str
    place: str
    boxes: tuple[Box, ...]
    listings: tuple[Listing, ...]
    back_url: str
    preview_url: str
    template_url: str
    is_new: bool
    some: Field | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@designers_only
def part(request: HttpRequest, design_id: UUID, place: str) -> HttpResponse:
    """Show a part and what is wrong with it; take what was typed. :raises NotFound: there is no such part"""
    work = opened(request, design_id)
    at = () if place == HEAD else read_place(place)
    editing = _editing(work, at)
    if request.method == "POST":
        return _save(request, work, editing)
    return _show(request, work, editing)


@require_http_methods(["GET", "HEAD", "POST"])
@designers_only
def add(request: HttpRequest, design_id: UUID, place: str) -> HttpResponse:
    """Ask for a new thing of a list, and put it there. :raises NotFound: there is no such list"""
    work = opened(request, design_id)
    to = read_place(place)
    try:
        shape = list_at(to)
    except NoSuchPart as gone:
        raise NotFound from gone
    if work.document is None:
        raise SourceBroken
    if to[:-1] and work.document.get(to[:-1]) is None:
        raise NotFound
    typed_as = {"type": request.POST.get("type", "text")} if shape.kind == "question" else {}
    index = len(work.document.get(to) or ())
    editing = Editing(
        shape, (*to, index), typed_as, work.document, work.checked.patched, work.design.templates
    )
    if request.method == "POST":
        return _put(request, work, editing, to)
    return _show(request, work, editing, is_new=True)


def _editing(work: Opened, at: Location) -> Editing:
    if work.document is None:
        raise SourceBroken
    try:
        shape = shape_at(at)
    except NoSuchPart as gone:
        raise NotFound from gone
    thing = work.document.get(at)
    if thing is None:
        raise NotFound
    fields = thing if isinstance(thing, dict) and shape.kind != "sentence" else {"": thing}
    return Editing(shape, at, fields, work.document, work.checked.patched, work.design.templates)


def _save(request: HttpRequest, work: Opened, editing: Editing) -> HttpResponse:
    quiet = request.POST.get("do") == AUTOSAVE
    if request.POST.get("do") == SOME:
        return _put_options(request, work, editing)
    values, errors = forms.read(editing, request.POST)
    if errors:
        return _again(request, work, editing, errors, 422, quiet=quiet)
    try:
        if values:
            _write(request, work, edits.Set(editing.at, values), goes_on=quiet)
    except (DesignChanged, PlaceGone) as refusal:
        fresh = opened(request, work.id)
        errors = (LinkedError("", refusal.sentence()),)  # type: ignore[assignment]
        return _again(request, fresh, editing, errors, status_of(refusal), quiet=quiet)
    if quiet:
        return _saved(request, opened(request, work.id))
    messages.success(request, _("Đã lưu vào bản soạn.") if values else _("Không có gì thay đổi."))
    return redirect(place_url(work.id, editing.at))


def _put(request: HttpRequest, work: Opened, editing: Editing, to: Location) -> HttpResponse:
    values, errors = forms.read(editing, request.POST)
    if errors:
        return _show(request, work, editing, errors=errors, status=422, is_new=True)
    if editing.shape.kind != "sentence":
        values = {**editing.thing, **values}
        values = forms.completed(values, editing.shape, _taken(work, to), prefix=_prefix(work, to))
    if not any(value for name, value in values.items() if name not in ("id", "type", "code")):
        nothing = (FieldError("", forms.box_name(editing.shape.parts[0]), _("Hãy ghi ít nhất một điều.")),)
        return _show(request, work, editing, errors=nothing, status=422, is_new=True)
    try:
        done = _write(request, work, edits.Add(to, values))
    except (DesignChanged, PlaceGone) as refusal:
        errors = (LinkedError("", refusal.sentence()),)  # type: ignore[assignment]
        fresh = opened(request, work.id)
        return _show(request, fresh, editing, errors=errors, status=status_of(refusal), is_new=True)
    messages.success(request, _("Đã thêm vào bản soạn."))
    return redirect(place_url(work.id, done.at))


def _put_options(request: HttpRequest, work: Opened, editing: Editing) -> HttpResponse:
    """Add an option for each line, with a value made of its words."""
    present = list(editing.thing.get("options") or ())
    for line in filter(None, (line.strip() for line in request.POST.get(SOME, "").splitlines())):
        taken = frozenset(str(one.get("value")) for one in present if isinstance(one, dict))
        present.append({"value": edits.new_id(line, taken), "label": line})
    try:
        _write(request, work, edits.Set(editing.at, {"options": present}))
    except Refusal as refusal:
        return _again(request, opened(request, work.id), editing, (LinkedError("", refusal.sentence()),), 409)
    messages.success(request, _("Đã thêm các lựa chọn."))
    return redirect(place_url(work.id, editing.at))


def _write(request: HttpRequest, work: Opened, change: edits.Change, *, goes_on: bool = False) -> edits.Done:
    typed = request.POST.get("revision", "")
    return edit_design(
        actor=actor_of(request),
        at=clock.now(),
        design_id=work.id,
        revision=int(typed) if typed.isdigit() and len(typed) < 10 else -1,
        change=change,
        goes_on=goes_on,
    )


def _again(
    request: HttpRequest, work: Opened, editing: Editing, errors: Any, status: int, *, quiet: bool = False
) -> HttpResponse:
    if quiet:
        # A script asked: say what keeps it from being saved, and leave the boxes alone.
        return render(request, "designer/_unsaved.html", {"errors": errors}, status=status)
    return _show(request, work, editing, errors=errors, status=status)


def _saved(request: HttpRequest, work: Opened) -> HttpResponse:
    return render(request, "designer/_saved.html", {"frame": frame_of(work), "at": clock.now()})


def _show(
    request: HttpRequest,
    work: Opened,
    editing: Editing,
    *,
    errors: Any = (),
    status: int = 200,
    is_new: bool = False,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    typed = tuple(one for one in errors if isinstance(one, FieldError))
    at, kind = editing.at, editing.shape.kind
    page = PartPage(
        title=str(KINDS[kind]),
        kind=kind,
        place=written_place(at) or HEAD,
        boxes=forms.draw(editing, data=data, errors=typed, found=() if is_new else work.found_in(at)),
        listings=() if is_new else tuple(listing(work, (*at, name)) for name in _lists(editing)),
        back_url=_around(work, at),
        preview_url=_preview(work, at),
        template_url=_template(work) if kind == "result" else "",
        is_new=is_new,
        some=_some() if _has_options(editing) and not is_new else None,
    )
    return show(request, work, "designer/part.html", status, tab=_tab(at), page=page, errors=errors)


def _lists(editing: Editing) -> list[str]:
    """Return the lists a thing has; of a question, those its type has, and those that are there wrongly."""
    if editing.shape.kind != "question":
        return [
            name for name in editing.shape.lists if editing.at or name not in ("law", "conditions", "notices")
        ]
    kind = editing.thing.get("type")
    wanted = {"options": kind in ("one_of", "many_of"), "rules": True, "ask": kind == "group"}
    return [name for name in editing.shape.lists if wanted[name] or editing.thing.get(name)]


def _has_options(editing: Editing) -> bool:
    return editing.shape.kind == "question" and editing.thing.get("type") in ("one_of", "many_of")


def _some() -> Field:
    return boxes.field(
        SOME,
        "long_text",
        _("Thêm nhanh nhiều lựa chọn"),
        QueryDict(),
        hint=_("Mỗi dòng một lựa chọn."),
        required=False,
    )


def _around(work: Opened, at: Location) -> str:
    """Return the page of what holds the part."""
    if len(at) <= 1:
        return reverse("designer:design", args=[work.id])
    return place_url(work.id, at[:-2] if len(at) > 2 else at[:1])


def _preview(work: Opened, at: Location) -> str:
    if len(at) < 2 or at[0] != "form" or work.document is None:
        return ""
    page = work.document.get((*at[:2], "id"))
    query = urlencode({"trang": page or "", "khung": "1"})
    return f"{reverse('designer:preview', args=[work.id])}?{query}"


def _template(work: Opened) -> str:
    name = work.document.get(("result", "template")) if work.document else None
    known = isinstance(name, str) and name in work.design.templates
    return reverse("designer:template", args=[work.id, name]) if known else ""


def _taken(work: Opened, to: Location) -> frozenset[str]:
    """Return the ids that a new thing of the list may not have."""
    assert work.document is not None
    listed = work.document.get(to) or ()
    taken = {
        str(one.get(name))
        for one in listed
        if isinstance(one, dict)
        for name in ("id", "value")
        if one.get(name)
    }
    if to[-1] == "ask" and work.checked.patched:
        taken |= {one.id for one in all_questions(work.checked.patched)}
    return frozenset(taken)


def _prefix(work: Opened, to: Location) -> str:
    """Return what the ids beside it begin with: questions of one page share a word."""
    assert work.document is not None
    if to[-1] != "ask" or len(to) != 3:
        return ""
    roots = {
        str(one.get("id", "")).rpartition(".")[0]
        for one in work.document.get(to) or ()
        if isinstance(one, dict)
    }
    return f"{roots.pop()}." if len(roots) == 1 and "" not in roots else ""


def _tab(at: Location) -> str:
    first = str(at[0]) if at else ""
    return {"form": "form", "steps": "steps", "papers": "papers", "fees": "papers", "reliefs": "papers"}.get(
        first, "overview"
    )
