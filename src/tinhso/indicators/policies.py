"""Who may publish figures and enter values, and who may see what of officers by name."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models.dossier import OVERSIGHT
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import sums_of
from tinhso.kernel.refusals import Invalid, NotAllowed, NotFound
from tinhso.people import queries as people
from tinhso.people.policies import is_head
from tinhso.people.types import Actor, ActorKind

OFFICER, AGENCY, MONTH = "officer", "agency", "month"


class NoSuchDimension(Invalid):
    code = "no-such-dimension"
    message = _("Chỉ số này không chia theo «%(dimension)s». Hãy chọn cách chia khác.")


class NoSuchPart(Invalid):
    code = "no-such-part"
    message = _("Chỉ số này không đếm «%(part)s». Hãy chọn một phần của chỉ số.")


class NothingBehind(Invalid):
    code = "nothing-behind"
    message = _("Giá trị này do cơ quan khác tính và được nhập kèm văn bản, nên không có hồ sơ nào phía sau.")


class OfficersAreTheirsToJudge(NotAllowed):
    code = "officers-are-theirs-to-judge"
    message = _("Điểm của từng cán bộ chỉ cán bộ ấy và người đứng đầu cơ quan của họ được xem.")


def may_publish(actor: Actor) -> bool:
    """Tell whether the actor is the system, or watches over the whole province."""
    return actor.kind is ActorKind.SYSTEM or (
        actor.is_officer and any((post.role, post.agency_kind) == OVERSIGHT for post in actor.posts)
    )


def require_publisher(actor: Actor) -> None:
    """:raises NotAllowed: neither the system nor who watches over the whole province"""
    if not may_publish(actor):
        raise NotAllowed


def judged_by(actor: Actor) -> Collection[str] | None:
    """Return the codes of agencies whose officers the actor may judge; None: all of them."""
    if may_publish(actor):
        return None
    headed = (post.agency_id for post in actor.posts if is_head(actor, agency_id=post.agency_id))
    return frozenset(people.agency(agency_id).code for agency_id in headed)


def may_see_officer(actor: Actor, agencies: Collection[str] | None, *, agency: str, officer: str) -> bool:
    """
    Tell whether the actor may see what is counted of one officer.

    :param agencies: what :func:`judged_by` says of the actor
    """
    return agencies is None or agency in agencies or (actor.is_officer and str(actor.account_id) == officer)


def reads_figures(actor: Actor) -> bool:
    """Tell whether the actor reads figures that are not public: officers with a post, of every unit."""
    return actor.kind is ActorKind.SYSTEM or (actor.is_officer and bool(actor.posts) and not actor.is_helper)


def require_reader(actor: Actor, *, where: Mapping[str, str]) -> None:
    """
    Let in whoever may see figures: officers, of an officer by name only who may judge him and himself.

    :raises NotFound: nobody of the desk asks; :raises OfficersAreTheirsToJudge: as it says
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    if not reads_figures(actor):
        raise NotFound
    if OFFICER in where and not may_see_officer(
        actor, judged_by(actor), agency=where.get(AGENCY, ""), officer=where[OFFICER]
    ):
        raise OfficersAreTheirsToJudge


def require_parts(one: Indicator, *, where: Mapping[str, str], counts: Mapping[str, int]) -> None:
    """:raises NothingBehind, NoSuchDimension, NoSuchPart: the indicator has no such dossiers"""
    if one.manual is not None:
        raise NothingBehind
    for name, value in where.items():
        if name not in one.dimensions or (name == MONTH and not _is_day(value)):
            raise NoSuchDimension(dimension=name)
    for name in counts:
        if name not in sums_of(one.value):
            raise NoSuchPart(part=name)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
