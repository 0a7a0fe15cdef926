"""How officers have arranged their desks, and the sentences they keep, as they are read."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from tinhso.dossiers.models import DeskSetting, ReasonTemplate
from tinhso.kernel.prepared import Prepared
from tinhso.people.types import Actor

COLUMNS = ("nguoi-nop", "buoc", "nguoi-giu")


@dataclass(frozen=True, slots=True)
class SavedFilter:
    id: UUID
    name: str
    query: str


@dataclass(frozen=True, slots=True)
class Desk:
    """:param columns: beside deadline and procedure, in order"""

    columns: tuple[str, ...] = COLUMNS
    filters: tuple[SavedFilter, ...] = ()


def desk_of(actor: Actor) -> Desk:
    """Return how the officer has arranged their desk; one query."""
    setting = _SETTING.first(account_id=actor.signed_in_as)
    if setting is None:
        return Desk()
    kept = sorted(setting.filters, key=lambda one: one["name"].casefold())
    return Desk(
        columns=tuple(setting.columns or COLUMNS),
        filters=tuple(SavedFilter(UUID(one["id"]), one["name"], one["query"]) for one in kept),
    )


def _setting(account_id: UUID) -> QuerySet[DeskSetting]:
    return DeskSetting.objects.filter(account_id=account_id)


_SETTING = Prepared(_setting)


def reason_templates(
    actor: Actor, *, act: str = "", agency_id: UUID | None = None
) -> QuerySet[ReasonTemplate]:
    """
    Return the sentences in use that the officer may choose from, those of the act first.

    :param act: leave out those of other acts
    :param agency_id: of this agency alone
    """
    rows = ReasonTemplate.objects.visible_to(actor).in_use()
    if act:
        rows = rows.filter(Q(act=act) | Q(act=""))
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return rows.select_related("author", "agency").order_by("-act", "text", "pk")
