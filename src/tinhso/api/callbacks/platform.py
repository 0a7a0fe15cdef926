"""
``POST /api/callbacks/platform`` and ``…/platform/lookup``: the portal's payment platform reports a payment,
or asks what a dossier owes. The contract is in ``docs/payments.md``.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic_core import from_json

from tinhso.api.callbacks.reading import LARGEST_BODY, declared_length
from tinhso.dossiers.actions.pay_at_platform import tell_platform_what_is_due
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.payments.actions.receive_platform_callback import NotConfirmed, receive_platform_callback
from tinhso.payments.platform import is_connected, platform_keys
from tinhso.payments.platform_checksums import fits, lookup_checksum
from tinhso.people.types import system

ACTOR = system("payment_platform")
DONE, NOT_DONE = 0, 1
DUE, NOTHING_DUE, FAILED = 1, 0, -1
LONGEST_CODE = 60


@csrf_exempt  # the checksum proves who speaks; no browser session is involved
@require_POST
def platform_callback(request: HttpRequest) -> JsonResponse:
    """Hand the report on; ``code`` 0 once it is booked, also when it was before."""
    try:
        receive_platform_callback(actor=ACTOR, at=clock.now(), said=_read(request))
    except Refusal as refusal:
        # Not confirmed is not final: the platform sends again, and our own question comes too.
        status = 503 if isinstance(refusal, NotConfirmed) else 401
        return JsonResponse({"code": NOT_DONE, "msg": refusal.sentence()}, status=status)
    return JsonResponse({"code": DONE, "msg": ""})


@csrf_exempt  # the checksum proves who asks
@require_POST
def platform_lookup(request: HttpRequest) -> JsonResponse:
    """Answer «dptracuuthanhtoanhs»: ``error_code`` 1 with the bill, 0 nothing due, -1 not understood."""
    said = _read(request)
    code = said.get("MaHoSo")
    if not isinstance(code, str) or len(code) > LONGEST_CODE or not _is_from_platform(said, code):
        return JsonResponse({"error_code": FAILED, "msg": _("Mã kiểm tra không đúng.")}, status=401)
    due = tell_platform_what_is_due(actor=ACTOR, at=clock.now(), code=code)
    if due is None:
        return JsonResponse({"error_code": NOTHING_DUE, "msg": _("Hồ sơ không có khoản nào phải nộp.")})
    return JsonResponse({"error_code": DUE, "MaTraCuuTT": due.lookup_code, "SoTien": due.amount, **due.info})


def _is_from_platform(said: Mapping[str, Any], code: str) -> bool:
    if not is_connected():
        return False
    keys = platform_keys()
    expected = lookup_checksum({"client_id": keys.client_id, "MaHoSo": code}, key=keys.key2)
    return fits(expected, said.get("check_sum"))


def _read(request: HttpRequest) -> dict[str, Any]:
    """Return what was sent; nothing, which no checksum fits, where it is too long or no JSON object."""
    if declared_length(request) > LARGEST_BODY:
        return {}
    try:
        said = from_json(request.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
