"""Before the first question: which commune, and for whom."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.actions.start_draft import AssuranceTooLow, ChannelClosed, start_draft
from tinhso.dossiers.durations import basis_words, in_words, usual_duration
from tinhso.forms.types import Choice, Field, FieldError, Problem
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.web.parts import LinkedError
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.home import DraftView, draft_view
from tinhso.web.portal.language import language, say
from tinhso.web.portal.procedure import needs_commune
from tinhso.web.portal.whose import SELF, Principal, principal, principals
from tinhso.web.portal.words import agency_name
from tinhso.web.refusing import errors_of, status_of

COMMUNE, PERSON = "unit", "person"
MOST_DRAFTS = 3


@dataclass(frozen=True, slots=True)
class StartPage:
    """
    :param fields: what is to be chosen; none when there is nothing to choose
    :param office: the only agency that decides; empty when one is chosen
    :param usual: how long it really took of late
    :param hindrance: why it cannot be filed online by this person; then there is no button
    """

    name: str
    procedure_url: str
    fields: tuple[Field, ...]
    office: str
    hindrance: str
    usual: str
    drafts: tuple[DraftView, ...]


@citizens_only
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, then begin the form. :raises ProcedureMissing: it is not on offer"""
    procedure = catalogue.current(code).procedure
    actor = actor_of(request)
    if request.method != "POST":
        return _show(request, procedure, _defaults(actor), ())
    chosen = {COMMUNE: request.POST.get(COMMUNE, ""), PERSON: request.POST.get(PERSON, SELF)}
    named, errors = principal(procedure, actor, chosen[PERSON]), _wrong(procedure, actor, chosen)
    if errors or named is None:
        return _show(request, procedure, chosen, errors, status=422)
    try:
        draft_id = _begin(procedure, actor, named, chosen[COMMUNE], at=clock.now())
    except Refusal as refusal:
        return _show(request, procedure, chosen, errors_of(refusal), status=status_of(refusal))
    return redirect("portal:form-resume", draft_id=draft_id)


def _begin(procedure: Procedure, actor: Actor, named: Principal, commune: str, *, at: datetime) -> UUID:
    """Return the new draft, or the one begun before and left empty: a second click makes no second form."""
    unit_code = commune if needs_commune(procedure) else ""
    agency = people.competent_agency(procedure.agency, unit_code)
    empty = queries.unfiled_drafts(actor).filter(
        procedure_code=procedure.code,
        applicant_id=named.applicant_id,
        agency_id=agency.id,
        typed={},
        papers={},
    )
    for earlier in empty:
        if earlier.organisation_id == named.organisation_id:
            return earlier.id
    started = start_draft(
        actor=actor,
        at=at,
        procedure_code=procedure.code,
        unit_code=unit_code,
        applicant_id=named.applicant_id,
        organisation_id=named.organisation_id,
    )
    return started.draft_id


def _show(
    request: HttpRequest,
    procedure: Procedure,
    chosen: dict[str, str],
    errors: tuple[FieldError | LinkedError, ...],
    *,
    status: int = 200,
) -> HttpResponse:
    page = start_page(procedure, actor_of(request), chosen, errors)
    return render(request, "portal/start.html", {"page": page, "errors": errors}, status=status)


def start_page(
    procedure: Procedure,
    actor: Actor,
    chosen: dict[str, str],
    errors: tuple[FieldError | LinkedError, ...],
) -> StartPage:
    """Return the page with these choices standing."""
    agencies = people.agencies(kind=procedure.agency)
    fields = [
        *([_commune_field(agencies, chosen[COMMUNE], errors)] if needs_commune(procedure) else []),
        *_person_field(procedure, actor, chosen[PERSON]),
    ]
    usual = usual_duration(procedure.code)
    drafts = queries.unfiled_drafts(actor).filter(procedure_code=procedure.code)[:MOST_DRAFTS]
    return StartPage(
        name=say(procedure.name),
        procedure_url=reverse("portal:procedure", args=[procedure.code]),
        fields=tuple(fields),
        office="" if needs_commune(procedure) or not agencies else agency_name(agencies[0], language()),
        hindrance=_hindrance(procedure, actor),
        usual=" ".join(filter(None, (in_words(usual), basis_words(usual)))),
        drafts=tuple(draft_view(draft, actor) for draft in drafts if draft.typed or draft.papers),
    )


def _hindrance(procedure: Procedure, actor: Actor) -> str:
    if "online" not in procedure.channels:
        return ChannelClosed().sentence()
    return AssuranceTooLow().sentence() if actor.assurance < procedure.assurance else ""


def _defaults(actor: Actor) -> dict[str, str]:
    commune = people.person(actor.person_id).residence_commune if actor.person_id else ""
    return {COMMUNE: commune, PERSON: str(actor.for_person_id or SELF)}


def _wrong(procedure: Procedure, actor: Actor, chosen: dict[str, str]) -> tuple[FieldError, ...]:
    wrong = []
    codes = {agency.unit_code for agency in people.agencies(kind=procedure.agency)}
    if needs_commune(procedure) and chosen[COMMUNE] not in codes:
        sentence = _("Hãy chọn xã, phường hoặc đặc khu nơi bạn muốn nộp hồ sơ.")
        wrong.append(FieldError(COMMUNE, COMMUNE, sentence))
    if principal(procedure, actor, chosen[PERSON]) is None:
        sentence = _("Hãy chọn lại ai đứng tên hồ sơ: chính bạn, hoặc người, tổ chức đã ủy quyền cho bạn.")
        wrong.append(FieldError(PERSON, PERSON, sentence))
    return tuple(wrong)


def _commune_field(
    agencies: tuple[AgencyView, ...], chosen: str, errors: tuple[FieldError | LinkedError, ...]
) -> Field:
    choices = sorted(agencies, key=lambda agency: (agency.place, agency.name))
    return _field(
        COMMUNE,
        label=_("Nộp tại Ủy ban nhân dân xã, phường, đặc khu nào?"),
        hint=_("Thường là nơi bạn cư trú. Cơ quan này giải quyết hồ sơ và trả kết quả."),
        options=tuple(
            Choice(agency.unit_code, agency_name(agency, language()), chosen=agency.unit_code == chosen)
            for agency in choices
        ),
        errors=errors,
    )


def _person_field(procedure: Procedure, actor: Actor, chosen: str) -> list[Field]:
    own, *others = principals(procedure, actor)
    if not others:
        return []
    options = [
        Choice(SELF, _("Chính tôi: %(name)s") % {"name": own.name}, chosen=chosen == SELF),
        *(
            Choice(
                one.value,
                one.name,
                hint=_("Tổ chức bạn đại diện") if one.organisation_id else "",
                chosen=chosen == one.value,
            )
            for one in others
        ),
    ]
    hint = _("Chỉ hiện người, tổ chức mà bạn có quyền làm thay trong thủ tục này, và quyền ấy còn hiệu lực.")
    return [_field(PERSON, label=_("Hồ sơ đứng tên ai?"), hint=hint, options=tuple(options))]


def _field(
    name: str,
    *,
    label: str,
    hint: str,
    options: tuple[Choice, ...],
    errors: tuple[FieldError | LinkedError, ...] = (),
) -> Field:
    return Field(
        question_id=name,
        name=name,
        id=name,
        kind="one_of",
        label=label,
        hint=hint,
        names=(name,),
        values=("",),
        options=options,
        errors=tuple(Problem(one.field_name, one.sentence) for one in errors if one.field_name == name),
    )
