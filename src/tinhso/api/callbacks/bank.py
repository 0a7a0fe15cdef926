"""``POST /api/callbacks/bank``: the bank says that money came. The contract is in ``docs/payments.md``."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tinhso.api.callbacks.reading import LARGEST_BODY, declared_length
from tinhso.kernel import clock
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.payments.actions.receive_callback import MalformedMessage, receive_callback
from tinhso.payments.signing import SignedMessage
from tinhso.people.types import system

ACTOR = system("bank")
UNAUTHORISED = 401


@csrf_exempt  # the signature proves who speaks; no browser session is involved
@require_POST
def bank_callback(request: HttpRequest) -> JsonResponse:
    """Hand the signed message on; answer 200 once it is booked, also when it was before."""
    if declared_length(request) > LARGEST_BODY:
        return _problem(
            413, "body-too-large", _("Thông báo lớn hơn 16 KB. Hãy chỉ gửi các trường đã thỏa thuận.")
        )
    message = SignedMessage.of(request.headers, request.body)
    try:
        answer = receive_callback(actor=ACTOR, at=clock.now(), message=message)
    except Refusal as refusal:
        return _problem(_status_of(refusal), refusal.code, refusal.sentence())
    return JsonResponse(
        {
            "outcome": str(answer.outcome),
            "is_new": answer.is_new,
            "reference": answer.reference,
            "missing": answer.missing,
        }
    )


def _status_of(refusal: Refusal) -> int:
    if isinstance(refusal, MalformedMessage):
        return 400
    return 409 if isinstance(refusal, Conflict) else UNAUTHORISED


def _problem(status: int, code: str, sentence: str) -> JsonResponse:
    answer = JsonResponse(
        {"type": f"/problems/{code}", "title": sentence, "status": status},
        status=status,
        content_type="application/problem+json",
    )
    if status == UNAUTHORISED:
        answer["WWW-Authenticate"] = "HMAC-SHA256"
    return answer
