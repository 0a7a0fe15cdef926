"""The moves of a dossier, each one action; the answer is the dossier after it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, by, require_person
from tinhso.api.v1.dossiers import bodies
from tinhso.api.v1.dossiers.found import boxes_of
from tinhso.api.v1.dossiers.shapes import DossierOut
from tinhso.api.v1.dossiers.showing import show
from tinhso.api.v1.tracking.routes import TrackOut
from tinhso.api.v1.versions import expected_revision
from tinhso.api.v1.wording import language_of
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step, step_back
from tinhso.dossiers.actions.answer_supplement import answer_supplement
from tinhso.dossiers.actions.claim import claim_step, hand_over_step
from tinhso.dossiers.actions.close_early import stop_dossier, withdraw_dossier
from tinhso.dossiers.actions.decline import decline_dossier
from tinhso.dossiers.actions.deliver import deliver_result
from tinhso.dossiers.actions.extend import extend_deadline
from tinhso.dossiers.actions.give_opinion import give_opinion
from tinhso.dossiers.actions.move_to_version import move_to_version
from tinhso.dossiers.actions.post_result import hand_to_post
from tinhso.dossiers.actions.rate import rate_dossier
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.sign_result import refuse_result, sign_result
from tinhso.dossiers.actions.sign_several import Outcome, sign_several
from tinhso.dossiers.reliefs import Decision
from tinhso.dossiers.statuses import FINAL
from tinhso.dossiers.tracking import public_view
from tinhso.dossiers.types import MissingItem

router = Router(tags=["moves"])
ONE = "dossiers/{uuid:dossier_id}"
MOVE: dict[str, Any] = {
    "auth": SIGNED_IN,
    "response": DossierOut,
    "openapi_extra": {"x-moves-dossier": True},
}


def aim(request: HttpRequest, dossier_id: UUID) -> dict[str, Any]:
    """Return what every move is told."""
    return {**by(request), "dossier_id": dossier_id, "revision": expected_revision(request)}


@router.post(f"{ONE}/withdraw", summary="Withdraw", **MOVE)
def withdraw(request: HttpRequest, response: HttpResponse, dossier_id: UUID) -> DossierOut:
    """The applicant takes the request back, at any time before the decision."""
    withdraw_dossier(**aim(request, dossier_id))
    return show(request, response, dossier_id)


@router.post(f"{ONE}/answer-supplement", summary="Hand in what was missing", **MOVE)
def hand_in_supplement(request: HttpRequest, response: HttpResponse, dossier_id: UUID) -> DossierOut:
    """The applicant sends the corrected draft; the deadline starts again from zero."""
    answer_supplement(**aim(request, dossier_id))
    return show(request, response, dossier_id)


@router.post(f"{ONE}/accept", summary="Accept", **MOVE)
def accept(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Accept) -> DossierOut:
    """The counter accepts: receipt, due date, next step, and what becomes of a claimed relief."""
    found = boxes_of(request, dossier_id, body.found)
    reliefs = {said.claim_id: Decision(said.granted, said.reason) for said in body.reliefs}
    accept_dossier(**aim(request, dossier_id), found=found, reliefs=reliefs)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/decline", summary="Do not accept", **MOVE)
def decline(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Reason
) -> DossierOut:
    """The counter does not take the dossier in, with the reason in writing."""
    decline_dossier(**aim(request, dossier_id), reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/request-supplement", summary="Ask for what is missing", **MOVE)
def ask_supplement(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.SupplementRequest
) -> DossierOut:
    """One list of all that is missing; the clock stands still meanwhile."""
    items = [MissingItem(item.kind, item.id, item.text) for item in body.items]
    request_supplement(**aim(request, dossier_id), items=items, note=body.note)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/claim", summary="Take the step in hand", **MOVE)
def claim(request: HttpRequest, response: HttpResponse, dossier_id: UUID) -> DossierOut:
    """The open step is the officer's from now on; claimed again, nothing changes."""
    claim_step(**aim(request, dossier_id))
    return show(request, response, dossier_id)


@router.post(f"{ONE}/hand-over", summary="Hand the step over", **MOVE)
def hand_over(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.HandOver
) -> DossierOut:
    """To a colleague of the same role and agency."""
    hand_over_step(**aim(request, dossier_id), to_account_id=body.to_account_id)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/advance", summary="Finish the step", **MOVE)
def advance(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Advance
) -> DossierOut:
    """Finish the open step and open the next one."""
    found = boxes_of(request, dossier_id, body.found)
    advance_step(**aim(request, dossier_id), found=found, note=body.note)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/step-back", summary="Send back a step", **MOVE)
def send_back(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.StepBack
) -> DossierOut:
    """To an earlier step the definition allows; whoever held it holds it again."""
    step_back(**aim(request, dossier_id), to_step=body.to_step, reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/extend", summary="Name a later date", **MOVE)
def extend(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Extend) -> DossierOut:
    """Once, at least a day before the old date, with an apology that says why."""
    extend_deadline(**aim(request, dossier_id), new_due_at=body.new_due_at, reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/sign", summary="Sign the result", **MOVE)
def sign(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Found) -> DossierOut:
    """Typeset and sign the result for the leader and the agency. A person only, never a token."""
    require_person(request)
    sign_result(**aim(request, dossier_id), found=boxes_of(request, dossier_id, body.found))
    return show(request, response, dossier_id)


@router.post(f"{ONE}/refuse", summary="Refuse in writing", **MOVE)
def refuse(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Reason) -> DossierOut:
    """Decide that it cannot be granted, in a signed notice. A person only, never a token."""
    require_person(request)
    refuse_result(**aim(request, dossier_id), reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/post", summary="Hand the result to the post", **MOVE)
def post_it(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Parcel
) -> DossierOut:
    """The counter gave the result to the post; `deliver` follows once the post has delivered it."""
    hand_to_post(**aim(request, dossier_id), number=body.tracking_number)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/deliver", summary="Hand the result out", **MOVE)
def deliver(request: HttpRequest, response: HttpResponse, dossier_id: UUID) -> DossierOut:
    """The counter notes that the result was handed out."""
    deliver_result(**aim(request, dossier_id))
    return show(request, response, dossier_id)


@router.post(f"{ONE}/stop", summary="Stop the case", **MOVE)
def stop(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: bodies.Reason) -> DossierOut:
    """Stop with a notice, as where the applicant never supplements."""
    stop_dossier(**aim(request, dossier_id), reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/move-to-version", summary="Move to the newest version", **MOVE)
def move_version(request: HttpRequest, response: HttpResponse, dossier_id: UUID) -> DossierOut:
    """Pin the dossier to the newest version of its procedure; refused when anything it has would be lost."""
    move_to_version(**aim(request, dossier_id))
    return show(request, response, dossier_id)


@router.post(
    f"{ONE}/opinions/{{uuid:consultation_id}}",
    auth=SIGNED_IN,
    response=DossierOut,
    summary="Give an opinion",
)
def give_agency_opinion(
    request: HttpRequest,
    response: HttpResponse,
    dossier_id: UUID,
    consultation_id: UUID,
    body: bodies.Opinion,
) -> DossierOut:
    """The opinion of the agency that was asked; a «no» needs its reason."""
    give_opinion(
        **by(request),
        dossier_id=dossier_id,
        consultation_id=consultation_id,
        opinion=body.opinion,
        text=body.text,
    )
    return show(request, response, dossier_id)


@router.post("signing", auth=SIGNED_IN, response=bodies.SigningOut, summary="Sign several results")
def sign_many(request: HttpRequest, body: bodies.Signing) -> bodies.SigningOut:
    """Each on its own: one that fails does not undo another. A person only, never a token."""
    require_person(request)
    outcomes = sign_several(**by(request), dossier_ids=body.dossier_ids)
    return bodies.SigningOut(items=[_told(outcome) for outcome in outcomes])


@router.get("ratings/{token}", response=bodies.RatingOut, summary="Read what a receipt rates")
def read_rating(request: HttpRequest, token: str) -> bodies.RatingOut:
    """The public view of the dossier whose receipt carries the token, and the stars given."""
    dossier = queries.dossier_of_rating(token)
    rating = getattr(dossier, "rating", None)
    return bodies.RatingOut(
        dossier=TrackOut.told(public_view(dossier), dossier_id=None, language=language_of(request)),
        may_rate=rating is None and dossier.state in FINAL,
        stars=rating.stars if rating else None,
    )


@router.post("ratings/{token}", response={204: None}, summary="Rate a finished dossier")
def rate(request: HttpRequest, token: str, body: bodies.Stars) -> None:
    """Once, by whoever holds the receipt: its token is the only right that is asked for."""
    rate_dossier(**by(request), token=token, stars=body.stars, comment=body.comment)


def _told(outcome: Outcome) -> bodies.SignedOut:
    refusal = outcome.refusal
    return bodies.SignedOut(
        dossier_id=outcome.dossier_id,
        number=outcome.number,
        problem=refusal.code if refusal else "",
        detail=refusal.sentence() if refusal else "",
    )
