"""Who may enter the designer, and what every page of one design shows around its own content."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.designing.document import Document, SourceBroken
from tinhso.definitions.designing.examining import Examined, Found
from tinhso.definitions.designing.files import SOURCE
from tinhso.definitions.designing.shapes import shape_at, thing_around, written_place
from tinhso.definitions.places import Location
from tinhso.definitions.problems import ExpressionProblem
from tinhso.designs import policies, queries
from tinhso.designs.models import Design
from tinhso.designs.refusals import PreviewNotPossible
from tinhso.people.types import Actor
from tinhso.web.designer.labels import EDITS
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.parts import Tab

View = Callable[..., HttpResponseBase]
HEAD = "dau"
SECTIONS = ("form", "papers", "fees", "reliefs", "steps", "law", "conditions", "notices")


def designers_only(view: View) -> View:
    """Let in who writes or publishes the catalogue. :raises NotWriting: any other officer"""

    @officers_only
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        policies.require_entering(actor_of(request))
        return view(request, *args, **kwargs)

    return guarded


@dataclass(frozen=True, slots=True)
class MistakeLine:
    """One mistake as a page shows it, with the address of its part."""

    file: str
    line: int
    sentence: str
    remedy: str
    url: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """
    What stands around the content of each page of a design.

    :param may_write: it may be changed, by this officer, now
    :param undo: redo: what would be taken back or made again; empty where nothing would
    """

    id: UUID
    title: str
    code: str
    state: str
    revision: int
    tabs: tuple[Tab, ...]
    errors: tuple[MistakeLine, ...]
    warnings: tuple[MistakeLine, ...]
    may_write: bool
    undo: str
    redo: str
    source_url: str
    do_url: str
    returned: str


@dataclass(frozen=True, slots=True)
class Opened:
    """
    A design as a page works on it.

    :param document: None while the YAML cannot be read
    """

    actor: Actor
    design: Design
    checked: Examined
    document: Document | None

    @property
    def id(self) -> UUID:
        return self.design.pk

    @property
    def may_write(self) -> bool:
        writes = any(
            post.role == "catalogue_editor" and post.agency_id == self.design.agency_id
            for post in self.actor.posts
        )
        return writes and self.design.state == Design.State.DRAFT

    def found_in(self, at: Location) -> tuple[Found, ...]:
        """Return the mistakes at the part or inside it."""
        return tuple(one for one in self.checked.found if one.file == SOURCE and one.at[: len(at)] == at)


def opened(request: HttpRequest, design_id: UUID) -> Opened:
    """Return the design with its check. :raises NotFound: absent, or of another agency"""
    actor = actor_of(request)
    design = queries.access_design(actor=actor, design_id=design_id)
    try:
        document: Document | None = Document(design.source)
    except SourceBroken:
        document = None
    return Opened(actor, design, queries.check(design), document)


@contextmanager
def looking_at(work: Opened) -> Iterator[None]:
    """
    Run the engine over a procedure as it stands, mistakes and all.

    :raises PreviewNotPossible: it breaks on them; on a sound procedure that would be a fault of ours
    """
    try:
        yield
    except ExpressionProblem as problem:
        raise PreviewNotPossible from problem
    except (LookupError, TypeError, ValueError, AttributeError, AssertionError) as broken:
        if work.checked.procedure is not None:
            raise
        raise PreviewNotPossible from broken


def show(
    request: HttpRequest, work: Opened, template: str, status: int = 200, *, tab: str = "", **context: object
) -> HttpResponse:
    """Render a page of a design."""
    return draw(request, template, status, frame=frame_of(work, tab), **context)


def frame_of(work: Opened, tab: str = "") -> Frame:
    """Return what stands around the content."""
    design, checked = work.design, work.checked
    undone, done = _around(design)
    return Frame(
        id=design.pk,
        title=design.title or _("(chưa có tên)"),
        code=design.code or _("(chưa có mã)"),
        state=design.state,
        revision=design.revision,
        tabs=_tabs(work, tab),
        errors=tuple(_line(work, one) for one in checked.errors),
        warnings=tuple(_line(work, one) for one in checked.warnings),
        may_write=work.may_write,
        undo=done,
        redo=undone,
        source_url=reverse("designer:source", args=[design.pk]),
        do_url=reverse("designer:do", args=[design.pk]),
        returned=design.returned,
    )


def place_url(design_id: UUID, at: Location) -> str:
    """Return the page on which this part can be changed."""
    thing = thing_around(at)
    if not thing and at and (str(at[0]) in SECTIONS or at[0] == "examples"):
        route = "designer:examples" if at[0] == "examples" else "designer:section"
        arguments = [design_id] if at[0] == "examples" else [design_id, str(at[0])]
        return reverse(route, args=arguments)
    address = reverse("designer:part", args=[design_id, written_place(thing) or HEAD])
    anchor = _anchor(thing, at)
    return f"{address}#{anchor}" if anchor else address


def _anchor(thing: Location, at: Location) -> str:
    if len(at) <= len(thing):
        return ""
    name = str(at[len(thing)])
    part = next((one for one in shape_at(thing).parts if one.name == name), None)
    if part is None:
        return f"list-{written_place((*thing, name))}" if name in shape_at(thing).lists else ""
    return {"text": f"{name}.vi", "long": f"{name}.vi", "when": f"{name}-mode"}.get(part.widget, name)


def _line(work: Opened, found: Found) -> MistakeLine:
    mistake, design_id = found.mistake, work.design.pk
    if found.file != SOURCE:
        url = f"{reverse('designer:template', args=[design_id, found.file])}#source"
    elif work.document is None:
        url = f"{reverse('designer:source', args=[design_id])}#line-{mistake.line}"
    else:
        url = place_url(design_id, found.at)
    return MistakeLine(found.file, mistake.line, mistake.problem, mistake.remedy, url, found.is_error)


def _around(design: Design) -> tuple[str, str]:
    """Return what redo would make again and what undo would take back, in words."""
    rows = {
        one.number: f"{EDITS.get(one.what, '')} {one.subject or one.file}".strip()
        for one in queries.edits_around(design)
    }
    return rows.get(design.applied + 1, ""), rows.get(design.applied, "")


def _tabs(work: Opened, current: str) -> tuple[Tab, ...]:
    design_id = work.design.pk
    errors = len(work.checked.errors)
    named = (
        ("overview", _("Tổng quan"), reverse("designer:design", args=[design_id])),
        ("form", _("Tờ khai"), reverse("designer:section", args=[design_id, "form"])),
        ("papers", _("Hồ sơ, phí"), reverse("designer:section", args=[design_id, "papers"])),
        ("steps", _("Các bước"), reverse("designer:section", args=[design_id, "steps"])),
        ("examples", _("Ví dụ"), reverse("designer:examples", args=[design_id])),
        ("diff", _("Khác bản đang dùng"), reverse("designer:diff", args=[design_id])),
        ("publish", _("Công bố"), reverse("designer:publish", args=[design_id])),
    )
    return tuple(
        Tab(label, url, errors if name == "overview" and errors else None, name == current, alarm=True)
        for name, label, url in named
    )
