"""``/me``: how one is reached, in which language, and for which organisations one acts."""

from typing import Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.counter.shapes import OrganisationOut, OrganisationsOut
from tinhso.kernel.refusals import NotFound
from tinhso.notices import queries as notices
from tinhso.notices.actions import choose_channels
from tinhso.people import queries as people
from tinhso.people.actions import choose_language, update_contact

router = Router(tags=["me"], auth=SIGNED_IN)


class ContactIn(Schema):
    """What is left out stays; empty removes it."""

    model_config = ConfigDict(extra="forbid")

    phone: str | None = Field(None, max_length=30)
    email: str | None = Field(None, max_length=160)


class LanguageIn(Schema):
    model_config = ConfigDict(extra="forbid")

    language: Literal["vi", "en"]


class Channels(Schema):
    """By what ways, besides the inbox, one hears."""

    model_config = ConfigDict(extra="forbid")

    email: bool
    sms: bool


@router.patch("/contact", response={204: None}, summary="Change how one is reached")
def patch_contact(request: HttpRequest, body: ContactIn) -> None:
    """One's own phone and e-mail, in one's own name; no provider overwrites them afterwards."""
    who = by(request)
    person_id = who["actor"].person_id
    if person_id is None:
        raise NotFound
    update_contact(**who, person_id=person_id, **body.model_dump())


@router.put("/language", response={204: None}, summary="Choose the language")
def put_language(request: HttpRequest, body: LanguageIn) -> None:
    """Of messages and pages. Answers of the API follow `Accept-Language`."""
    choose_language(**by(request), language=body.language)


@router.get("/channels", response=Channels, summary="Read by what ways one hears")
def read_channels(request: HttpRequest) -> Channels:
    """The inbox always; e-mail and SMS as chosen."""
    chosen = notices.channels_of(actor=actor_of(request))
    return Channels(email=chosen.email, sms=chosen.sms)


@router.put("/channels", response=Channels, summary="Choose by what ways one hears")
def put_channels(request: HttpRequest, body: Channels) -> Channels:
    """Messages already on their way still arrive."""
    chosen = choose_channels(**by(request), email=body.email, sms=body.sms)
    return Channels(email=chosen.email, sms=chosen.sms)


@router.get("/organisations", response=OrganisationsOut, summary="List organisations one acts for")
def list_own_organisations(request: HttpRequest) -> OrganisationsOut:
    """By name. A draft is begun for one with `organisation_id`."""
    found = people.own_organisations(actor=actor_of(request))
    return OrganisationsOut(items=[OrganisationOut.told(one) for one in found])
