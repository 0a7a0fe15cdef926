"""In whose name a form may be filed: one's own, that of a person, or that of an organisation."""

from dataclasses import dataclass
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.people.types import Actor, MandateView

SELF = "self"


@dataclass(frozen=True, slots=True)
class Principal:
    """
    One in whose name the actor may file.

    :param value: what the form sends: ``self`` or the id of the person or the organisation
    :param organisation_id: the organisation; the person who files for it stays the applicant
    """

    value: str
    name: str
    applicant_id: UUID | None
    organisation_id: UUID | None = None


def principals(procedure: Procedure, actor: Actor) -> tuple[Principal, ...]:
    """Return oneself, then persons, then organisations whose mandate reaches the procedure; each once."""
    own = Principal(SELF, actor.full_name, actor.person_id)
    found = [own, *_persons(procedure, actor), *_organisations(procedure, actor)]
    return tuple({one.value: one for one in reversed(found)}.values())[::-1]


def principal(procedure: Procedure, actor: Actor, value: str) -> Principal | None:
    """Return the one who was chosen; None when the actor may not file in that name."""
    return next((one for one in principals(procedure, actor) if one.value == value), None)


def _persons(procedure: Procedure, actor: Actor) -> list[Principal]:
    found = (
        actor.mandate_for(person, procedure_code=procedure.code, kinds=procedure.mandates)
        for person in sorted(actor.on_behalf_of)
    )
    return [
        Principal(str(mandate.principal_person_id), mandate.principal_name, mandate.principal_person_id)
        for mandate in found
        if mandate
    ]


def _organisations(procedure: Procedure, actor: Actor) -> list[Principal]:
    if not procedure.admits_organisations:
        return []
    return [
        Principal(
            str(mandate.principal_organisation_id),
            mandate.principal_name,
            actor.person_id,
            mandate.principal_organisation_id,
        )
        for mandate in actor.mandates
        if _represents(mandate) and mandate.covers(procedure.code)
    ]


def _represents(mandate: MandateView) -> bool:
    return mandate.kind == "representative" and mandate.principal_organisation_id is not None
