"""``/me/coming``: what comes up, why it is known, and what one wants to hear no more of."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.dossiers.bodies import Body
from tinhso.api.v1.wording import language_of
from tinhso.outreach import queries
from tinhso.outreach.actions.open_prepared import open_prepared
from tinhso.outreach.actions.refuse import refuse_suggestion, take_back_refusal
from tinhso.outreach.queries import Coming

router = Router(tags=["me"], auth=SIGNED_IN)


class KnownFrom(Schema):
    kind: str = Field(description="`account` or `dossier`.")
    code: str = Field(description="The dossier's; else empty.")
    question: str = Field(description="What the fact is called in its form; may be empty.")


class ComingOut(Schema):
    """One matter that comes up."""

    rule: str = Field(description="With `key` what a refusal names; `result_expires` of a paper.")
    key: str
    name: str
    about: str = Field(description="Whom it is about; the number of a paper.")
    advice: str
    due_on: date
    level: int = Field(description="1 reminds, 2 has prepared a form (Decree 224/2026, Article 16).")
    procedure_code: str = Field(description="What may be filed; empty where nothing is filed here.")
    source: str = Field(description="The text it follows from.")
    known_from: list[KnownFrom]
    suggestion_id: UUID | None = Field(description="For `open`, where a form is prepared.")
    document_id: UUID | None

    @classmethod
    def told(cls, one: Coming, language: str) -> "ComingOut":
        return cls(
            rule=one.rule,
            key=one.key,
            name=one.name.into(language),
            about=one.about,
            advice=one.advice.into(language),
            due_on=one.due_on,
            level=one.level,
            procedure_code=one.procedure_code,
            source=one.source,
            known_from=[
                KnownFrom(kind=fact.kind, code=fact.code, question=fact.label.into(language))
                for fact in one.facts
            ],
            suggestion_id=one.suggestion_id if one.is_prepared else None,
            document_id=one.document_id,
        )


class RefusedOut(Schema):
    id: UUID
    name: str
    refused_at: datetime


class ComingListOut(Schema):
    items: list[ComingOut]
    refused: list[RefusedOut]


class RefusalIn(Body):
    rule: str = Field(max_length=60)
    key: str = Field(max_length=60)


class MyOpenedOut(Schema):
    draft_id: UUID


@router.get("", response=ComingListOut, summary="Read what comes up")
def read_coming(request: HttpRequest) -> ComingListOut:
    """For one's own person only, the nearest day first."""
    who, language = by(request), language_of(request)
    return ComingListOut(
        items=[ComingOut.told(one, language) for one in queries.coming_up(**who)],
        refused=[
            RefusedOut(id=one.id, name=one.name.into(language), refused_at=one.refused_at)
            for one in queries.refused_by(actor=who["actor"])
        ],
    )


@router.post("/refusals", response=ComingListOut, summary="Hear no more of a matter")
def refuse_matter(request: HttpRequest, body: RefusalIn) -> ComingListOut:
    """It is neither proposed nor listed again until the refusal is taken back."""
    refuse_suggestion(**by(request), rule=body.rule, key=body.key)
    return read_coming(request)


@router.delete("/refusals/{uuid:refusal_id}", response=ComingListOut, summary="Hear of a matter again")
def take_refusal_back(request: HttpRequest, refusal_id: UUID) -> ComingListOut:
    """The refusal itself stays on record."""
    take_back_refusal(**by(request), refusal_id=refusal_id)
    return read_coming(request)


@router.post("/{uuid:suggestion_id}/open", response={201: MyOpenedOut}, summary="Open the prepared form")
def open_matter(request: HttpRequest, suggestion_id: UUID) -> MyOpenedOut:
    """A draft with what is known; opened twice it is the same draft."""
    return MyOpenedOut(draft_id=open_prepared(**by(request), suggestion_id=suggestion_id))
