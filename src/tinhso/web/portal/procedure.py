"""One procedure, with everything people need to know before they begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tinhso.calendars.types import OutsideCalendar
from tinhso.definitions import catalogue
from tinhso.definitions.history import first_published_at
from tinhso.definitions.publicity import publication_of
from tinhso.definitions.roles import load_roles
from tinhso.definitions.types import Law, Level, Paper, Procedure, Step
from tinhso.dossiers import deadline
from tinhso.dossiers.durations import basis_words, usual_duration
from tinhso.dossiers.durations import in_words as durations_in_words
from tinhso.dossiers.filings import bundles_with
from tinhso.dossiers.time_limits import in_words
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.web.halls.waits import WaitLine, wait_at
from tinhso.web.parts import Crumb
from tinhso.web.portal.gate import actor_of, is_citizen
from tinhso.web.portal.language import language, say
from tinhso.web.portal.published import published_view
from tinhso.web.portal.shelf import agency_kind_name, level_name
from tinhso.web.portal.unhandled import unhandled_page
from tinhso.web.portal.wording import amount_words, channel_words, pay_words, when_words
from tinhso.web.portal.words import agency_name


@dataclass(frozen=True, slots=True)
class PaperLine:
    """
    :param when: the condition in words; empty when the paper is always needed
    :param kept: what the law asks for on paper: originals, copies
    """

    name: str
    hint: str
    when: str
    optional: bool
    kept: str


@dataclass(frozen=True, slots=True)
class FeeLine:
    name: str
    amount: str
    when: str
    pay: str
    law: str


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """Who pays less. ``proof``: which paper shows it; ``until``: the last day, where there is one."""

    name: str
    pays: str
    law: str
    proof: str
    until: date | None


@dataclass(frozen=True, slots=True)
class StepLine:
    name: str
    who: str
    hours: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the count towards the deadline."""

    on: date
    text: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Counter:
    """Where one goes on foot."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class ProcedurePage:
    """
    :param usual: how long it took of late, or that too few dossiers say
    :param usual_basis: what that rests on; empty when it says so itself
    :param due_at: when the result is owed if it is filed now; None when the calendar does not reach so far
    :param level_too_low: the citizen's electronic identity is below what the procedure asks for
    :param counter: the citizen's own commune office; None when it is not known
    :param wait: how long one waits there for this; None when it calls no numbers for it
    """

    code: str
    name: str
    summary: str
    field: str
    level: str
    agency: str
    result: str
    result_months: int | None
    time: str
    time_note: str
    usual: str
    usual_basis: str
    due_at: datetime | None
    days: tuple[Day, ...]
    papers: tuple[PaperLine, ...]
    fees: tuple[FeeLine, ...]
    reliefs: tuple[ReliefLine, ...]
    fees_depend: bool
    steps: tuple[StepLine, ...]
    fee_note: str
    notices: tuple[str, ...]
    conditions: tuple[str, ...]
    law: tuple[str, ...]
    channels: str
    is_online: bool
    at_counter: bool
    assurance: int
    signed_in: bool
    level_too_low: bool
    counter: Counter | None
    wait: WaitLine | None
    start_url: str
    together: tuple[tuple[str, str], ...]
    crumbs: tuple[Crumb, ...]

    @property
    def always(self) -> tuple[PaperLine, ...]:
        """Return the papers everybody hands in."""
        return tuple(paper for paper in self.papers if not paper.when and not paper.optional)

    @property
    def sometimes(self) -> tuple[PaperLine, ...]:
        """Return the papers only some hand in."""
        return tuple(paper for paper in self.papers if paper.when or paper.optional)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show the procedure, or who handles it where it is not filed here. :raises ProcedureMissing: unknown"""
    try:
        law = catalogue.current(code).procedure
    except catalogue.ProcedureMissing:
        return render(request, "portal/unhandled.html", {"page": unhandled_page(code)})
    page = procedure_page(law, actor_of(request), at=clock.now())
    published = published_view(law, publication_of(law, first_published_at(code)))
    return render(request, "portal/procedure.html", {"page": page, "published": published})


def procedure_page(law: Procedure, actor: Actor, *, at: datetime) -> ProcedurePage:
    """Return the page as this reader sees it at this moment."""
    due_at, days = _due(law, at)
    signed_in = is_citizen(actor)
    usual = usual_duration(law.code)
    office = _own_office(actor) if signed_in else None
    return ProcedurePage(
        code=law.code,
        name=say(law.name),
        summary=say(law.summary),
        field=say(law.field),
        level=level_name(law.level),
        agency=agency_kind_name(law.agency),
        result=say(law.result.name),
        result_months=law.result.valid_months,
        time=in_words(law.time, language()),
        time_note=say(law.time.note),
        usual=durations_in_words(usual),
        usual_basis=basis_words(usual),
        due_at=due_at,
        days=days,
        papers=tuple(_paper(law, paper) for paper in law.papers),
        fees=_fees(law),
        reliefs=_reliefs(law, on=local(at).date()),
        fees_depend=all(fee.when != "true" for fee in law.fees),
        steps=_steps(law.steps),
        fee_note=say(law.fee_note),
        notices=tuple(say(notice) for notice in law.notices),
        conditions=tuple(say(condition) for condition in law.conditions),
        law=tuple(_law(one) for one in law.law),
        channels=_(", ").join(channel_words(channel) for channel in law.channels),
        is_online="online" in law.channels,
        at_counter="counter" in law.channels,
        assurance=law.assurance,
        signed_in=signed_in,
        level_too_low=signed_in and actor.assurance < law.assurance,
        counter=Counter(agency_name(office, language()), office.address, office.phone) if office else None,
        wait=wait_at(office.id, code=law.code, field=law.field.vi, at=at) if office else None,
        start_url=reverse("portal:start", args=[law.code]),
        together=tuple(
            (say(bundle.name), reverse("portal:together-start", args=[bundle.id]))
            for bundle in bundles_with(law.code)
        ),
        crumbs=_crumbs(),
    )


def _law(law: Law) -> str:
    article = _("Điều %(article)s") % {"article": law.article} if law.article[:1].isdigit() else law.article
    return " · ".join(filter(None, (law.number, say(law.title), article)))


def _due(law: Procedure, at: datetime) -> tuple[datetime | None, tuple[Day, ...]]:
    try:
        due = deadline.explain(limit=law.time, received=at)
    except OutsideCalendar:
        return None, ()
    return due.at, tuple(Day(line.on, line.text.into(language()), line.counted) for line in due.lines)


def _paper(law: Procedure, paper: Paper) -> PaperLine:
    kept = [
        ngettext("%(count)s bản chính", "%(count)s bản chính", paper.originals) % {"count": paper.originals}
        if paper.originals
        else "",
        ngettext("%(count)s bản sao", "%(count)s bản sao", paper.copies) % {"count": paper.copies}
        if paper.copies
        else "",
    ]
    return PaperLine(
        name=say(paper.name),
        hint=say(paper.hint),
        when=when_words(law, paper.required),
        optional=paper.optional,
        kept=_(", ").join(filter(None, kept)),
    )


def _fees(law: Procedure) -> tuple[FeeLine, ...]:
    return tuple(
        FeeLine(say(fee.name), amount_words(law, fee), when_words(law, fee.when), pay_words(fee.pay), fee.law)
        for fee in law.fees
    )


def _reliefs(law: Procedure, *, on: date) -> tuple[ReliefLine, ...]:
    """Return who pays less, those whose time is over left out."""
    papers = {paper.id: say(paper.name) for paper in law.papers}
    return tuple(
        ReliefLine(
            say(one.name),
            _("còn nộp %(percent)s%%") % {"percent": one.percent} if one.percent else _("miễn"),
            one.law,
            papers.get(one.proof or "", ""),
            one.ends_on,
        )
        for one in law.reliefs
        if one.ends_on is None or on <= one.ends_on
    )


def _steps(steps: Sequence[Step]) -> tuple[StepLine, ...]:
    roles = {role.id: say(role.name) for role in load_roles(settings.TINHSO.packs)}
    return tuple(StepLine(say(step.name), roles.get(step.by, step.by), step.hours) for step in steps)


def _own_office(actor: Actor) -> AgencyView | None:
    """Return the office of the commune in which the citizen lives."""
    if actor.person_id is None:
        return None
    commune = people.person(actor.person_id).residence_commune
    if not commune:
        return None
    return next((one for one in people.agencies(kind=COMMUNE_OFFICE) if one.unit_code == commune), None)


# Any commune's one-stop receives, whichever agency decides (Decree 118/2025/NĐ-CP).
COMMUNE_OFFICE = "commune_committee"


def _crumbs() -> tuple[Crumb, ...]:
    return (
        Crumb(_("Trang chủ"), reverse("portal:home")),
        Crumb(_("Thủ tục"), reverse("portal:catalogue")),
    )


def needs_commune(law: Procedure) -> bool:
    """Return whether it matters in which commune one files."""
    return law.level is Level.COMMUNE
