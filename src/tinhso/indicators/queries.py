"""Published figures, as pages and machines read them."""

from collections.abc import Mapping
from uuid import UUID

from tinhso.indicators import policies
from tinhso.indicators.models import PublishedFigure
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor

MOST = 40


def access_figure(*, actor: Actor, figure_id: UUID) -> PublishedFigure:
    """
    Return a published figure with what it restates and what restates it.

    :raises NotFound: there is none, or it is of an officer who is not theirs to judge
    """
    found = PublishedFigure.objects.select_related("restates", "restated_by").filter(pk=figure_id).first()
    if found is None or not may_see(actor, found):
        raise NotFound
    return found


def public_row(figure_id: UUID) -> PublishedFigure:
    """Return the row of a public figure; ``editions.public_figure`` says what of it is public."""
    found = PublishedFigure.objects.select_related("restates", "restated_by").filter(pk=figure_id).first()
    if found is None:
        raise NotFound
    return found


def publications(indicator_id: str) -> tuple[PublishedFigure, ...]:
    """Return the figures of the whole province that were told and not restated, the latest period first."""
    rows = PublishedFigure.objects.filter(indicator=indicator_id, grouped_by=[], restated_by__isnull=True)
    return tuple(rows.order_by("-until", "since", "-computed_at")[:MOST])


def may_see(actor: Actor, figure: PublishedFigure) -> bool:
    """Tell whether the actor may see it: everybody what is public, officers the rest but for their peers."""
    where = where_of(figure)
    if policies.OFFICER in where:
        return actor.is_officer and policies.may_see_officer(
            actor,
            policies.judged_by(actor),
            agency=where.get(policies.AGENCY, ""),
            officer=where[policies.OFFICER],
        )
    return policies.reads_figures(actor)


def where_of(figure: PublishedFigure) -> Mapping[str, str]:
    """Return what the figure's dimensions are."""
    return dict(zip(figure.grouped_by, figure.group, strict=True))
