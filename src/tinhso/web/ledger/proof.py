"""The proof of one's own dossier, as a file."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tinhso.dossiers.proving import proof_of
from tinhso.kernel import clock
from tinhso.web.desk.looking import note_look
from tinhso.web.portal.gate import actor_of, sign_in_address


@require_safe
def download(request: HttpRequest, dossier_id: UUID) -> HttpResponseBase:
    """
    Send what happened to the dossier with its proofs, to who may see the dossier.

    :raises NotFound: absent, or not visible
    :raises NotSealedYet, ProofBroken: as their sentences say
    """
    actor = actor_of(request)
    if actor.account_id is None:
        return redirect(sign_in_address(request))
    dossier, proof = proof_of(actor=actor, dossier_id=dossier_id)
    if actor.is_officer:
        note_look(actor=actor, at=clock.now(), dossier=dossier)
    response = JsonResponse(proof, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="bang-chung-{dossier.code}.json"'
    response["Cache-Control"] = "no-store, private"
    return response
