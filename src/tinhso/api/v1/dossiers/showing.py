"""The one way a dossier leaves through the API: with its revision, and noted where an officer looks."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from tinhso.api.v1.asking import actor_of, by
from tinhso.api.v1.dossiers.shapes import DossierOut
from tinhso.api.v1.versions import mark
from tinhso.definitions import catalogue
from tinhso.dossiers import policies, queries
from tinhso.dossiers.models import Dossier
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose


def show(request: HttpRequest, response: HttpResponse, dossier_id: UUID) -> DossierOut:
    """Return the dossier as who asks may see it. :raises NotFound: absent, or not visible to them"""
    dossier, actor = access(request, dossier_id), actor_of(request)
    procedure = catalogue.of_version(dossier.version_id).procedure
    run = next((run for run in dossier.steps.all() if run.closed_at is None), None)
    moves = policies.moves_of(actor=actor, dossier=dossier, run=run, procedure=procedure)
    mark(response, dossier.revision)
    return DossierOut.whole(dossier, procedure=procedure, actor=actor, moves=sorted(moves))


def access(request: HttpRequest, dossier_id: UUID) -> Dossier:
    """Return the dossier and note who looked. :raises NotFound: absent, or not visible to who asks"""
    who = by(request)
    dossier = queries.access_dossier(actor=who["actor"], dossier_id=dossier_id)
    note_access(**who, person_id=dossier.applicant_id, purpose=AccessPurpose.DOSSIER, subject_id=dossier.pk)
    return dossier
