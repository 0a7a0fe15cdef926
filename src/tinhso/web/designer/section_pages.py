"""A design as a whole, its lists, and what is done to their things: move, delete, undo, redo."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.definitions import bpmn
from tinhso.definitions.designing import edits
from tinhso.definitions.designing.document import PlaceGone
from tinhso.definitions.designing.shapes import read_place
from tinhso.definitions.places import Location
from tinhso.designs import queries
from tinhso.designs.actions import edit_design as writing
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.web.designer.choosing import words
from tinhso.web.designer.entering import HEAD, SECTIONS, Opened, designers_only, opened, show
from tinhso.web.designer.labels import EDITS, KINDS, LISTS
from tinhso.web.designer.outline import Listing, listing
from tinhso.web.designer.picture import StepPicture, picture_of
from tinhso.web.desk.guard import actor_of
from tinhso.web.parts import Card

# Which lists a page shows together.
TOGETHER = {"papers": ("papers", "fees", "reliefs"), "law": ("law", "conditions", "notices")}
MOST_EDITS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Done:
    """One line of what was changed."""

    what: str
    who: str
    at: Any
    is_undone: bool


@dataclass(frozen=True, slots=True)
class SectionPage:
    title: str
    listings: tuple[Listing, ...]
    pictured: StepPicture | None
    preview_url: str


@require_safe
@designers_only
def overview(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Show the parts of a design, what is wrong in it, and what was changed last."""
    work = opened(request, design_id)
    done = tuple(
        Done(
            what=f"{EDITS.get(one.what, '')} {one.subject or one.file}".strip(),
            who=one.by.full_name,
            at=one.at,
            is_undone=one.number > work.design.applied,
        )
        for one in queries.edits(work.design, limit=MOST_EDITS_SHOWN)
    )
    preview = reverse("designer:preview", args=[design_id])
    return show(
        request,
        work,
        "designer/overview.html",
        tab="overview",
        cards=_cards(work),
        done=done,
        preview_url=preview,
    )


@require_safe
@designers_only
def section(request: HttpRequest, design_id: UUID, place: str) -> HttpResponse:
    """Show one list of a procedure, or a few that belong together. :raises NotFound: no such list"""
    if place not in SECTIONS:
        raise NotFound
    work = opened(request, design_id)
    names = next((group for group in TOGETHER.values() if place in group), (place,))
    readable = work.document is not None
    page = SectionPage(
        title=str(LISTS[names[0]]),
        listings=tuple(listing(work, (name,), deep=name == "form") for name in names) if readable else (),
        pictured=picture_of(work.checked.patched) if place == "steps" and work.checked.patched else None,
        preview_url=reverse("designer:preview", args=[design_id]) if place == "form" else "",
    )
    tab = {"fees": "papers", "reliefs": "papers"}.get(place, place)
    return show(request, work, "designer/section.html", tab=tab, page=page)


@require_POST
@designers_only
def do(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Move or delete a thing, take the last change back or make it again, and come back."""
    act, revision = request.POST.get("do", ""), _whole(request.POST.get("revision", ""))
    about: dict[str, Any] = {
        "actor": actor_of(request),
        "at": clock.now(),
        "design_id": design_id,
        "revision": revision,
    }
    if act in ("undo", "redo"):
        edit = (writing.undo_edit if act == "undo" else writing.redo_edit)(**about)
        said = _("Đã hoàn tác: %(what)s.") if act == "undo" else _("Đã làm lại: %(what)s.")
        messages.success(
            request, said % {"what": f"{EDITS.get(edit.what, '')} {edit.subject or edit.file}".strip()}
        )
        return _back(request, design_id)
    change = _change(act, request)
    writing.edit_design(**about, change=change)
    if act == "remove":
        messages.success(request, _("Đã xóa. Bấm «Hoàn tác» nếu xóa nhầm."))
    return _back(request, design_id)


@require_safe
@designers_only
def process(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Give the steps as BPMN 2.0. :raises NotFound: they cannot be read"""
    work = opened(request, design_id)
    if work.checked.patched is None or not work.checked.patched.steps:
        raise NotFound
    response = HttpResponse(bpmn.export(work.checked.patched), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{work.design.code or "quy-trinh"}.bpmn"'
    return response


def _cards(work: Opened) -> tuple[Card, ...]:
    """Return the parts of a procedure, each with how much is in it."""
    if work.document is None:
        return ()
    design_id, document = work.id, work.document

    def part(place: str, title: str, icon: str, text: str = "") -> Card:
        return Card(title, reverse("designer:part", args=[design_id, place]), text, icon)

    def listed(name: str, icon: str) -> Card:
        count = len(document.get((name,)) or ())
        text = _("%(count)s mục") % {"count": count} if count else _("chưa có")
        return Card(str(LISTS[name]), reverse("designer:section", args=[design_id, name]), text, icon)

    template = words(document.get(("result", "template")))
    cards = [
        part(HEAD, str(KINDS["head"]), "file-text", words(document.get(("summary",)))),
        listed("form", "list-check"),
        listed("papers", "paperclip"),
        listed("fees", "cash"),
        listed("reliefs", "receipt"),
        part("time", str(KINDS["time"]), "calendar"),
        listed("steps", "users"),
        part("result", str(KINDS["result"]), "certificate", words(document.get(("result", "name")))),
        listed("law", "scale"),
        listed("conditions", "info-circle"),
        listed("notices", "message-report"),
    ]
    if template in work.design.templates:
        url = reverse("designer:template", args=[design_id, template])
        cards.append(Card(_("Mẫu của kết quả"), url, template, "signature"))
    cards.append(Card(_("Sửa tệp"), reverse("designer:source", args=[design_id]), "YAML", "pencil"))
    return tuple(cards)


def _change(act: str, request: HttpRequest) -> edits.Change:
    """Return the change a button asks for. :raises PlaceGone: it names no place"""
    place = read_place(request.POST.get("place", ""))
    if not place or not isinstance(place[-1], int):
        raise PlaceGone
    index = place[-1]
    match act:
        case "remove":
            return edits.Remove(place)
        case "up":
            return edits.Move(place, _at(place, index - 1))
        case "down":
            return edits.Move(place, _at(place, index + 1))
        case "after":
            after = _whole(request.POST.get("after", ""))
            return edits.Move(place, _at(place, after if after > index else after + 1))
        case "elsewhere":
            return edits.Move(place, (*read_place(request.POST.get("to", "")), 0))
    raise Invalid


def _at(place: Location, index: int) -> Location:
    return (*place[:-1], index)


def _whole(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else -1


def _back(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Go back to the page the button was on."""
    back = request.POST.get("ve", "")
    home = reverse("designer:design", args=[design_id])
    is_ours = back.startswith(home) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if is_ours else home)
