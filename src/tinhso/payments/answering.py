"""Who answers for an agency's money; below the tables, which ask it."""

from uuid import UUID

from django.conf import settings

from tinhso.payments.rules import load_rules
from tinhso.people.types import Actor


def overseen_agencies(actor: Actor) -> frozenset[UUID]:
    """Return the agencies in which the actor may give money back or reconcile."""
    roles = load_rules(settings.TINHSO.packs).roles
    answering = {*roles.refund, *roles.reconcile}
    return frozenset(post.agency_id for post in actor.posts if post.role in answering)
