"""Organisations: by who asks."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tinhso.kernel.refusals import NotFound
from tinhso.people.models import Mandate, Organisation, Person
from tinhso.people.queries.actors import mandate_view
from tinhso.people.types import Actor, ActorKind, MandateView, OrganisationView


def organisation_by_tax_code(*, actor: Actor, tax_code: str) -> OrganisationView | None:
    """Return the visible organisation with the code; None for «absent» and «not yours» alike."""
    row = _visible(actor).filter(tax_code=tax_code).first()
    return _view(row) if row else None


def access_organisation(*, actor: Actor, organisation_id: UUID) -> OrganisationView:
    """Return the organisation. :raises NotFound: absent, or not visible to the actor"""
    row = _visible(actor).filter(pk=organisation_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def organisations_by_id(*, actor: Actor, ids: Collection[UUID]) -> tuple[OrganisationView, ...]:
    """Return those of the organisations that the actor may see, by name."""
    return tuple(_view(row) for row in _visible(actor).filter(pk__in=ids).order_by("search", "pk"))


def own_organisations(*, actor: Actor) -> tuple[OrganisationView, ...]:
    """Return the organisations a citizen represents, by name; none for anybody else."""
    if actor.kind is not ActorKind.CITIZEN:
        return ()
    return tuple(_view(row) for row in _visible(actor).order_by("search", "pk"))


def organisations_of(*, actor: Actor, person_id: UUID, at: datetime) -> tuple[MandateView, ...]:
    """
    Return the mandates in force by which the person represents organisations, by name.

    :raises NotFound: the person is absent, or not visible to the actor
    """
    if not Person.objects.visible_to(actor).filter(pk=person_id).exists():
        raise NotFound
    rows = Mandate.objects.in_force(at).filter(agent_id=person_id, organisation__isnull=False)
    related = rows.select_related("principal", "organisation").order_by("organisation__search", "pk")
    return tuple(mandate_view(row) for row in related)


def _visible(actor: Actor) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(actor).select_related("representative")


def _view(row: Organisation) -> OrganisationView:
    return OrganisationView(
        id=row.pk,
        tax_code=row.tax_code or "",
        name=row.name,
        kind=row.kind,
        representative_person_id=row.representative_id,
        representative_name=row.representative.full_name if row.representative else "",
    )
