"""Organisations: by who asks."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tinhso.kernel.refusals import NotFound
from tinhso.people import policies
from tinhso.people.models import Account, AccountKind, Mandate, MandateKind, Organisation, Person
from tinhso.people.queries.actors import mandate_view
from tinhso.people.types import Actor, ActorKind, MandateView, OrganisationView, RepresentativeView


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


def representatives_of(
    *, actor: Actor, organisation_id: UUID, procedure_code: str, at: datetime
) -> tuple[RepresentativeView, ...]:
    """
    Return who may act for the organisation in the procedure now, who represents it by law first.

    :raises NotAllowed: anybody but the system asks
    """
    policies.require_system(actor)
    rows = Mandate.objects.in_force(at).filter(
        organisation_id=organisation_id, kind=MandateKind.REPRESENTATIVE, agent__isnull=False
    )
    related = rows.select_related("principal", "organisation", "agent").order_by("given_at", "pk")
    held = {row.agent.pk: row for row in related if row.agent and mandate_view(row).covers(procedure_code)}
    accounts = dict(
        Account.objects.filter(
            person_id__in=list(held), kind=AccountKind.CITIZEN, is_active=True
        ).values_list("person_id", "pk")
    )
    found = (_representative(row, row.agent, accounts) for row in held.values() if row.agent)
    return tuple(sorted(found, key=lambda one: not one.is_by_law))


def _representative(row: Mandate, agent: Person, accounts: Mapping[UUID, UUID]) -> RepresentativeView:
    by_law = row.organisation is not None and row.organisation.representative_id == agent.pk
    return RepresentativeView(agent.pk, agent.full_name, accounts.get(agent.pk), by_law)


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
