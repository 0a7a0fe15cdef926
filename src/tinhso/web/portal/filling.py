"""A form being filled in: its stops in order, where each lies, and what still stands in its way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from tinhso.definitions import catalogue
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Page, Paper, Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.filings import ToldLater, told_later
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.paperwork import page_counts
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import boxes, engine
from tinhso.forms.types import FieldError
from tinhso.web import navigation
from tinhso.web.parts import LinkedError
from tinhso.web.portal.gate import actor_of
from tinhso.web.portal.language import language, say
from tinhso.web.portal.words import agency_name

PAPERS, CHECK = "giay-to", "kiem-tra"
SHOW_ERRORS = "xem-loi"
RETURN = "ve"


@dataclass(frozen=True, slots=True)
class Frame:
    """
    What stands around every page of a form.

    :param current: from 1
    :param office: who receives it, for the help panel
    :param together_url: the page of the procedures asked for at once; empty for a form of its own
    """

    procedure: str
    current: int
    total: int
    back_url: str
    office: str
    for_whom: str
    saved_at: datetime
    account_url: str
    together_url: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """A draft with everything its pages need, read once."""

    draft: Draft
    procedure: Procedure
    facts: Facts
    pages: tuple[Page, ...]
    papers: tuple[Paper, ...]
    is_own: bool
    later: ToldLater = field(default_factory=ToldLater)

    @property
    def dossier_id(self) -> UUID | None:
        """Return the dossier this draft mends, when it was filed and more is asked for."""
        dossier = getattr(self.draft, "dossier", None)
        return dossier.id if dossier else None

    @property
    def stops(self) -> tuple[str, ...]:
        """Return, as parts of addresses: the pages in sight, the papers if any may be given, the check."""
        return (*(page.id for page in self.pages), *((PAPERS,) if self.papers else ()), CHECK)

    def url(self, stop: str) -> str:
        """Return the address of a stop."""
        if stop == PAPERS:
            return reverse("portal:form-papers", args=[self.draft.id])
        if stop == CHECK and self.dossier_id:
            return navigation.address("portal:supplement", self.dossier_id)
        if stop == CHECK:
            return reverse("portal:form-check", args=[self.draft.id])
        return reverse("portal:form-page", args=[self.draft.id, stop])

    def after(self, stop: str) -> str:
        """Return the address of the next stop."""
        place = self.stops.index(stop) if stop in self.stops else -1
        return self.url(self.stops[min(place + 1, len(self.stops) - 1)])

    def frame(self, stop: str) -> Frame:
        """Return what stands around a stop."""
        place = self.stops.index(stop)
        first = reverse("portal:procedure", args=[self.procedure.code])
        return Frame(
            procedure=say(self.procedure.name),
            current=place + 1,
            total=len(self.stops),
            back_url=self.url(self.stops[place - 1]) if place else first,
            office=agency_name(self.draft.receiving_agency, language()),
            for_whom=name_of(self.draft, is_own=self.is_own),
            saved_at=self.draft.saved_at,
            account_url=navigation.address("portal:account"),
            together_url=self._together(),
        )

    def _together(self) -> str:
        filing_id = self.draft.filing_id
        return reverse("portal:together", args=[filing_id]) if filing_id else ""


def name_of(draft: Draft | Dossier, *, is_own: bool) -> str:
    """Return in whose name it is, an organisation before a person; empty when it is one's own."""
    if draft.organisation is not None:
        return draft.organisation.name
    return "" if is_own else draft.applicant.full_name


def open_filling(request: HttpRequest, draft_id: UUID, *, at: datetime) -> Filling:
    """:raises NotFound: the draft is absent, filed with nothing asked for, or another's"""
    actor = actor_of(request)
    draft = queries.access_draft(actor=actor, draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure
    facts = facts_of(dossier=draft, at=at)
    return Filling(
        draft=draft,
        procedure=procedure,
        facts=facts,
        pages=engine.visible_pages(procedure, draft.answers, facts),
        papers=engine.offered_papers(procedure, draft.answers, facts),
        is_own=draft.applicant_id == actor.person_id,
        later=told_later(draft),
    )


def due_now(filling: Filling, errors: Iterable[FieldError]) -> tuple[FieldError, ...]:
    """Return the errors that are the applicant's to mend: not what another procedure will tell."""
    return tuple(error for error in errors if error.question_id not in filling.later.questions)


def lacking(filling: Filling) -> tuple[LinkedError, ...]:
    """
    Return everything that stands in the way of filing, each with the page of its box, in the form's order.

    Beside what is missing, this names what was typed and could not be taken as an answer: it would be lost.
    """
    unread = {error.question_id: error for error in _unread(filling)}
    missing = engine.check_all(
        filling.procedure,
        engine.counted_answers(filling.procedure, filling.draft.answers, filling.facts),
        papers=page_counts(filling.draft.papers),
        facts=filling.facts,
        communes=commune_lookup,
    )
    found = [*unread.values(), *(error for error in missing if error.question_id not in unread)]
    errors = due_now(filling, found)
    order = {stop: place for place, stop in enumerate(filling.stops)}
    placed = sorted(((_stop_of(filling, error), error) for error in errors), key=lambda pair: order[pair[0]])
    return tuple(linked(filling, stop, error) for stop, error in placed)


def linked(filling: Filling, stop: str, error: FieldError) -> LinkedError:
    """Return the error with the way to its box and back."""
    return LinkedError(
        error.field_name, error.sentence, f"{filling.url(stop)}?{SHOW_ERRORS}=1&{RETURN}={CHECK}"
    )


def first_open(filling: Filling) -> str:
    """Return the address of the first stop that lacks something; of the check when nothing does."""
    errors = lacking(filling)
    return errors[0].url.partition("?")[0] if errors else filling.url(CHECK)


def page_errors(filling: Filling, page_id: str) -> tuple[FieldError, ...]:
    """Return what is wrong with a page as it stands: typed boxes first, else its answers."""
    asked = engine.visible_questions(filling.procedure, page_id, filling.draft.answers, filling.facts)
    data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
    typed = filling.draft.typed.get(page_id, {})
    for question in asked:
        mine = boxes.of_question(question, typed)
        value = filling.draft.answers.get(question.id)
        data |= mine or ({} if value is None else boxes.render(question, question.id, value))
    result = engine.clean_page(
        filling.procedure,
        page_id,
        boxes.with_files(asked, data, filling.draft.papers),
        answers=filling.draft.answers,
        facts=filling.facts,
        communes=commune_lookup,
    )
    return due_now(filling, result.errors)


def _unread(filling: Filling) -> Iterator[FieldError]:
    """Yield the errors of boxes that hold something which did not become an answer."""
    for page in filling.pages:
        typed = filling.draft.typed.get(page.id, {})
        for error in page_errors(filling, page.id) if typed else ():
            question = next(one for one in page.ask if one.id == error.question_id)
            if any(
                value.strip() for values in boxes.of_question(question, typed).values() for value in values
            ):
                yield error


def _stop_of(filling: Filling, error: FieldError) -> str:
    page = next((page.id for page in filling.pages if any(q.id == error.question_id for q in page.ask)), "")
    return page or (PAPERS if filling.papers else CHECK)
