"""``POST /api/callbacks/national-portal``: the national portal delivers dossiers. docs/national-portal.md."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic_core import from_json

from tinhso.api.callbacks.reading import declared_length
from tinhso.exchange.actions.receive_delivery import receive_delivery
from tinhso.exchange.national_portal.client import delivery_key, is_connected
from tinhso.exchange.national_portal.contract import Malformed
from tinhso.exchange.national_portal.rules import portal_rules
from tinhso.exchange.national_portal.signing import SIGNATURE, TIMESTAMP, ForgedDelivery, authenticate
from tinhso.kernel import clock
from tinhso.people.types import system

ACTOR = system("national_portal")
FINE, FORGED, MALFORMED, TOO_LARGE = "0", "401", "422", "413"
TRUE = {"true", "1"}


@csrf_exempt  # the signature proves who speaks; no browser session is involved
@require_POST
def national_portal(request: HttpRequest) -> JsonResponse:
    """Keep what was delivered; ``error_code`` 0 once it is written down, also when it was before."""
    at, arrival = clock.now(), portal_rules().arrival
    if declared_length(request) > arrival.largest_body:
        return _answer(413, TOO_LARGE, _("Gói dữ liệu quá lớn. Hãy chia thành nhiều lần gửi."))
    try:
        _authenticate(request)
        said = _read(request.body)
        kept = receive_delivery(actor=ACTOR, at=at, dossiers=said["data"], is_update=_is_update(said))
    except ForgedDelivery:
        return _answer(401, FORGED, _("Chữ ký của gói dữ liệu không đúng hoặc đã quá giờ. Hãy ký lại."))
    except Malformed as problem:
        return _answer(422, MALFORMED, problem.sentence())
    result = [{"MaHoSo": one.code, "error_code": FINE} for one in kept]
    return JsonResponse({"error_code": FINE, "message": "", "result": result})


def _authenticate(request: HttpRequest) -> None:
    """:raises ForgedDelivery: the portal is not connected, or did not sign this now"""
    if not is_connected():
        raise ForgedDelivery
    authenticate(
        key=delivery_key(),
        timestamp=request.headers.get(TIMESTAMP, ""),
        given=request.headers.get(SIGNATURE, ""),
        body=request.body,
        at=clock.now(),
        window=timedelta(seconds=portal_rules().arrival.signed_within_seconds),
    )


def _read(body: bytes) -> dict[str, Any]:
    """Return the delivery. :raises Malformed: it is no JSON object of the service with its data"""
    try:
        said = from_json(body)
    except ValueError:
        raise Malformed("JSON") from None
    if not isinstance(said, dict) or said.get("service") != portal_rules().services.dossier:
        raise Malformed("service")
    if not isinstance(said.get("data"), list):
        raise Malformed("data")
    return said


def _is_update(said: Mapping[str, Any]) -> bool:
    return str(said.get("isUpdating", "")).lower() in TRUE


def _answer(status: int, code: str, message: str) -> JsonResponse:
    answer = JsonResponse({"error_code": code, "message": message}, status=status)
    if status == 401:
        answer["WWW-Authenticate"] = "HMAC-SHA256"
    return answer
