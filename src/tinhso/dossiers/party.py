"""
Who is let into what belongs to a case: its bills, papers and documents.

Those lie in rooms that know persons and no dossiers. A mandate for some procedures, or of an organisation,
opens cases and not a whole person; so the case is looked at first, and its applicant's things through it.
"""

from uuid import UUID

from django.db.models import BooleanField, CharField, F, Func, JSONField, Q, QuerySet, Value
from django.db.models.functions import Cast, JSONObject

from tinhso.dossiers.models import Dossier, Draft
from tinhso.payments import queries as payments
from tinhso.people.types import Actor, system

READER = system("dossiers")


def into(actor: Actor, *cases: Dossier | Draft) -> Actor:
    """Return the actor as party to these cases, which the caller has got through ``visible_to``."""
    return actor.let_in(*(case.applicant_id for case in cases)) if actor.mandates else actor


def into_paper(actor: Actor, paper_id: UUID) -> Actor:
    """Return the actor as party to the case that holds the paper; unchanged when they see none."""
    if not actor.mandates:
        return actor
    in_case = _holding(Dossier.objects.visible_to(actor), paper_id)
    in_draft = _holding(Draft.objects.visible_to(actor), paper_id)
    return actor.let_in(*in_case.union(in_draft))


def into_document(actor: Actor, document_id: UUID) -> Actor:
    """Return the actor as party to the case the document is about; unchanged when they may not see it."""
    if not actor.mandates:
        return actor
    about = Q(documents__document_id=document_id) | Q(result__document_id=document_id)
    return actor.let_in(
        *Dossier.objects.visible_to(actor).filter(about).values_list("applicant_id", flat=True)
    )


def into_bill(actor: Actor, bill_id: UUID) -> Actor:
    """
    Return the actor as party to the case the bill is for; unchanged when they may not see it.

    :raises NotFound: there is no such bill
    """
    if not actor.mandates:
        return actor
    subject = payments.access_bill(actor=READER, bill_id=bill_id).subject_id
    return actor.let_in(
        *Dossier.objects.visible_to(actor).filter(pk=subject).values_list("applicant_id", flat=True)
    )


def _holding(cases: QuerySet[Dossier] | QuerySet[Draft], paper_id: UUID) -> QuerySet[Dossier, UUID]:
    is_in = Func(
        F("papers"),
        Cast(Value("$.*[*] ? (@ == $id)"), output_field=JsonPath()),
        JSONObject(id=Value(str(paper_id), output_field=CharField())),
        function="jsonb_path_exists",
        output_field=BooleanField(),
    )
    held = cases.annotate(holds=is_in).filter(holds=True)
    return held.values_list("applicant_id", flat=True)  # type: ignore[return-value]


class JsonPath(JSONField):
    """Where to look in a JSON value."""

    def db_type(self, connection: object) -> str:  # noqa: ARG002
        return "jsonpath"
