"""
Who is let into what belongs to a case: its bills, papers and documents.

Those lie in rooms that know persons and no dossiers. A mandate for some procedures, or of an organisation,
opens cases and not a whole person; so the case is looked at first, and its applicant's things through it.
"""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import BooleanField, CharField, F, Func, JSONField, Q, Value
from django.db.models.functions import Cast, JSONObject

from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.models.dossier import DossierQuerySet, DraftQuerySet, oversees
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.payments import queries as payments
from tinhso.people.types import Actor, system

READER = system("dossiers")
Cases = TypeVar("Cases", DossierQuerySet, DraftQuerySet)


def into(actor: Actor, *cases: Dossier | Draft) -> Actor:
    """Return the actor as party to these cases, which the caller has got through ``visible_to``."""
    return actor.let_in(*(case.applicant_id for case in cases)) if _comes_through(actor) else actor


def watching(actor: Actor, case: Dossier) -> Actor:
    """
    Return who oversees the province as let into the case, which they have got through ``visible_to``.

    Anybody else reads what was shared with their agency, and is returned unchanged.
    """
    return actor.let_in(case.applicant_id) if oversees(actor) else actor


def into_paper(actor: Actor, paper_id: UUID) -> Actor:
    """
    Return the actor as party to the case that holds the paper; unchanged when no case does.

    :raises NotFound: there is none, or it was handed in for an organisation the actor does not represent
    """
    if not _comes_through(actor):
        return actor
    # Its owner is the applicant, whose cases an index finds; the papers of all cases are in none.
    owner = papers.access_paper(actor=READER, paper_id=paper_id).owner_person_id
    drafts = _holding(Draft.objects.visible_to(actor).filter(applicant_id=owner), paper_id)
    cases = _holding(Dossier.objects.filter(applicant_id=owner), paper_id)
    return _through(actor, cases, also=drafts.values_list("applicant_id", flat=True))


def into_document(actor: Actor, document_id: UUID) -> Actor:
    """
    Return the actor as party to the case the document is about; unchanged when it is about none.

    :raises NotFound: it is about a case of an organisation the actor does not represent
    """
    about = Q(documents__document_id=document_id) | Q(result__document_id=document_id)
    about |= Q(result__changes__old_document_id=document_id)
    return _through(actor, Dossier.objects.filter(about)) if _comes_through(actor) else actor


def into_bill(actor: Actor, bill_id: UUID) -> Actor:
    """
    Return the actor as party to the case the bill is for.

    :raises NotFound: there is none, or it is for an organisation the actor does not represent
    """
    if not _comes_through(actor):
        return actor
    subject = payments.access_bill(actor=READER, bill_id=bill_id).subject_id
    return _through(actor, Dossier.objects.filter(pk=subject))


def _comes_through(actor: Actor) -> bool:
    """Tell whether cases may open more to the actor than they see as a person or from their agency."""
    return bool(actor.mandates) or oversees(actor)


def _through(actor: Actor, cases: DossierQuerySet, *, also: Iterable[UUID] = ()) -> Actor:
    """Let the actor in to the applicants of cases they see; an organisation's things are not its person's."""
    seen = {*cases.visible_to(actor).values_list("applicant_id", flat=True), *also}
    if not seen and cases.filter(organisation__isnull=False).exists():
        raise NotFound
    return actor.let_in(*seen)


def _holding(cases: Cases, paper_id: UUID) -> Cases:
    is_in = Func(
        F("papers"),
        Cast(Value("$.*[*] ? (@ == $id)"), output_field=JsonPath()),
        JSONObject(id=Value(str(paper_id), output_field=CharField())),
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )
    return cases.annotate(holds=is_in).filter(holds=True)


class JsonPath(JSONField):
    """Where to look in a JSON value."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002
        return "jsonpath"
