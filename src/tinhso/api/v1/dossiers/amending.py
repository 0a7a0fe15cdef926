"""Money asked for in the middle of a case, and what becomes of a signed result."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from tinhso.api.v1.asking import SIGNED_IN, require_person
from tinhso.api.v1.dossiers.bodies import Body, Reason, ReliefLate, ReliefOut, ReliefsOut
from tinhso.api.v1.dossiers.moves import MOVE, ONE, aim
from tinhso.api.v1.dossiers.shapes import DossierOut
from tinhso.api.v1.dossiers.showing import access, show
from tinhso.dossiers.actions.amend_result import correct_result, reissue_result, revoke_result
from tinhso.dossiers.actions.ask_payment import Duty, ask_payment, take_back_payment
from tinhso.dossiers.actions.grant_relief import grant_relief
from tinhso.dossiers.reliefs import claims_of

router = Router(tags=["moves"])


class DutyIn(Body):
    """One thing to pay."""

    name: str = Field(max_length=200)
    amount: int = Field(gt=0, le=100_000_000_000, description="Whole đồng.")


class PaymentRequest(Body):
    duties: list[DutyIn] = Field(max_length=20)
    basis: str = Field(max_length=300, description="The notice with the amounts: number, day, who gave it.")
    account: str = Field("state_budget", max_length=40, description="Key of the agency's collecting account.")


class Correction(Reason):
    given: dict[str, Any] = Field(
        max_length=200, description="Question id → the right value; of the form, or of a step."
    )


@router.post(f"{ONE}/ask-payment", summary="Ask for money in the middle", **MOVE)
def ask_for_payment(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: PaymentRequest
) -> DossierOut:
    """Open a bill for a financial duty, as after a tax notice; the clock stands still until it is paid."""
    duties = [Duty(duty.name, duty.amount) for duty in body.duties]
    ask_payment(**aim(request, dossier_id), duties=duties, basis=body.basis, account=body.account)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/take-back-payment", summary="Ask for it no longer", **MOVE)
def ask_for_payment_no_longer(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: Reason
) -> DossierOut:
    """Take back what was asked for by mistake; the clock runs on."""
    take_back_payment(**aim(request, dossier_id), reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/correct", summary="Correct the result", **MOVE)
def correct(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: Correction) -> DossierOut:
    """A corrected document supersedes the wrong one, which stays readable. A person only, never a token."""
    require_person(request)
    correct_result(**aim(request, dossier_id), given=body.given, reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/reissue", summary="Issue the result again", **MOVE)
def reissue(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: Reason) -> DossierOut:
    """The same content under a new number; the old document is superseded. A person only, never a token."""
    require_person(request)
    reissue_result(**aim(request, dossier_id), reason=body.reason)
    return show(request, response, dossier_id)


@router.post(f"{ONE}/revoke", summary="Revoke the result", **MOVE)
def revoke(request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: Reason) -> DossierOut:
    """By a signed decision that says why. A person only, never a token."""
    require_person(request)
    revoke_result(**aim(request, dossier_id), reason=body.reason)
    return show(request, response, dossier_id)


@router.get(f"{ONE}/reliefs", response=ReliefsOut, auth=SIGNED_IN, summary="List claimed reliefs")
def list_reliefs(request: HttpRequest, dossier_id: UUID) -> ReliefsOut:
    """Exemptions and reductions that were claimed or granted, and what was said of them."""
    items = [
        ReliefOut(
            id=claim.pk,
            fee=claim.fee,
            relief=claim.relief,
            proof=claim.proof,
            full=claim.full,
            pays=claim.pays,
            state=claim.state,
            reason=claim.reason,
            decided_at=claim.decided_at,
        )
        for claim in claims_of(access(request, dossier_id))
    ]
    return ReliefsOut(items=items)


@router.post(f"{ONE}/grant-relief", summary="Grant a relief late", **MOVE)
def post_relief(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: ReliefLate
) -> DossierOut:
    """What was paid too much goes back; what is not paid yet is asked for anew."""
    grant_relief(**aim(request, dossier_id), fee=body.fee, relief=body.relief, reason=body.reason)
    return show(request, response, dossier_id)
