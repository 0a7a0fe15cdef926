"""Several procedures as one filing: begin it, see its forms and dossiers on one page, file what is ready."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.definitions import catalogue
from tinhso.definitions.bundles import Bundle
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.actions.file_together import file_together, start_filing
from tinhso.dossiers.filings import Part, access_filing, bundle_of, parts_of
from tinhso.dossiers.models import Filing
from tinhso.forms.types import Choice, Field, FieldError, Problem
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.web.parts import Happening, LinkedError
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.history import history
from tinhso.web.portal.language import language, say
from tinhso.web.portal.words import agency_name
from tinhso.web.refusing import errors_of, status_of

COMMUNE = "commune"


@dataclass(frozen=True, slots=True)
class Step:
    """
    One member on the page.

    :param state: in one phrase: to fill in, ready, waiting, or the dossier's own
    :param missing: how many places of its form still lack something
    """

    name: str
    state: str
    note: str
    url: str
    action: str
    code: str
    missing: int


@dataclass(frozen=True, slots=True)
class TogetherPage:
    """:param may_file: every form is complete and nothing was filed yet"""

    id: UUID
    name: str
    summary: str
    steps: tuple[Step, ...]
    story: tuple[Happening, ...]
    may_file: bool
    is_filed: bool


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def start(request: HttpRequest, bundle_id: str) -> HttpResponse:
    """Choose the commune and begin, or say why not."""
    bundle, actor, status = bundle_of(bundle_id), actor_of(request), 200
    errors: tuple[FieldError | LinkedError, ...] = ()
    chosen = request.POST.get(COMMUNE, "") or _residence(actor)
    if request.method == "POST":
        try:
            filing_id = start_filing(actor=actor, at=clock.now(), bundle_id=bundle.id, unit_code=chosen)
        except people.AgencyMissing:
            sentence = _("Hãy chọn xã, phường hoặc đặc khu nơi bạn muốn nộp hồ sơ.")
            errors, status = (FieldError(COMMUNE, COMMUNE, sentence),), 422
        except NotFound:
            raise
        except Refusal as refusal:
            errors, status = errors_of(refusal), status_of(refusal)
        else:
            return redirect("portal:together", filing_id=filing_id)
    context = {
        "name": say(bundle.name),
        "summary": say(bundle.summary),
        "procedures": [say(_procedure(member.procedure).name) for member in bundle.members],
        "field": _commune(bundle, chosen, tuple(one for one in errors if isinstance(one, FieldError))),
        "errors": errors,
    }
    return render(request, "portal/together_start.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def together(request: HttpRequest, filing_id: UUID) -> HttpResponse:
    """Show the forms and dossiers of one filing with one timeline; POST files what is ready."""
    actor, at = actor_of(request), clock.now()
    filing, status = access_filing(actor=actor, filing_id=filing_id), 200
    errors: tuple[FieldError | LinkedError, ...] = ()
    if request.method == "POST":
        try:
            file_together(actor=actor, at=at, filing_id=filing_id)
        except NotFound:
            raise
        except Refusal as refusal:
            errors, status = errors_of(refusal), status_of(refusal)
        else:
            messages.success(request, _("Đã nộp. Hồ sơ sau được nộp tự động khi có kết quả của hồ sơ trước."))
            return redirect("portal:together", filing_id=filing_id)
    page = _page(filing, actor=actor, at=at)
    return render(request, "portal/together.html", {"page": page, "errors": errors}, status=status)


def _page(filing: Filing, *, actor: Actor, at: datetime) -> TogetherPage:
    parts, bundle = parts_of(filing, at=at), bundle_of(filing.bundle)
    return TogetherPage(
        id=filing.pk,
        name=say(bundle.name),
        summary=say(bundle.summary),
        steps=tuple(_step(part) for part in parts),
        story=tuple(sorted(_story(parts, actor), key=lambda one: (one.is_open, one.at), reverse=True)),
        may_file=filing.filed_at is None and not any(part.errors for part in parts),
        is_filed=filing.filed_at is not None,
    )


def _step(part: Part) -> Step:
    name = say(part.procedure.name)
    if part.dossier is not None:
        url = reverse("portal:dossier", args=[part.dossier.pk])
        label = str(part.dossier.state.label)
        return Step(name, label, "", url, _("Xem hồ sơ"), part.dossier.code, 0)
    url, missing = reverse("portal:form-resume", args=[part.draft.pk]), len(part.errors)
    state = _("Còn phải khai") if missing else _("Đã khai đủ")
    note = ""
    if part.before is not None and part.waits:
        note = _("Nộp tự động khi có kết quả «%(name)s».") % {"name": say(part.before.procedure.name)}
    return Step(name, state, note, url, _("Khai tiếp") if missing else _("Xem lại"), "", missing)


def _story(parts: tuple[Part, ...], actor: Actor) -> Iterator[Happening]:
    """Yield what happened to all the dossiers, each with the name of its procedure."""
    for part in parts:
        if part.dossier is None:
            continue
        dossier = queries.access_dossier(actor=actor, dossier_id=part.dossier.pk)
        told = history(dossier=dossier, procedure=part.procedure, bills=(), language=language())
        for one in told:
            who = " · ".join(filter(None, (say(part.procedure.name), one.who)))
            yield Happening(one.what, one.at, who=who, note=one.note, is_open=one.is_open)


def _commune(bundle: Bundle, chosen: str, errors: tuple[FieldError, ...]) -> Field:
    kind = _procedure(bundle.members[0].procedure).agency
    agencies = sorted(people.agencies(kind=kind), key=lambda one: (one.place, one.name))
    return Field(
        question_id=COMMUNE,
        name=COMMUNE,
        id=COMMUNE,
        kind="one_of",
        label=_("Nộp tại Ủy ban nhân dân xã, phường, đặc khu nào?"),
        hint=_("Thường là nơi bạn cư trú. Cơ quan này giải quyết hồ sơ và trả kết quả."),
        names=(COMMUNE,),
        values=(chosen,),
        options=tuple(
            Choice(one.unit_code, agency_name(one, language()), chosen=one.unit_code == chosen)
            for one in agencies
        ),
        errors=tuple(Problem(one.field_name, one.sentence) for one in errors if one.field_name == COMMUNE),
    )


def _procedure(code: str) -> Procedure:
    return catalogue.current(code).procedure


def _residence(actor: Actor) -> str:
    return people.person(actor.person_id).residence_commune if actor.person_id else ""
