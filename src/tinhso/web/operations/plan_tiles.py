"""Targets of a plan as tiles and as what needs attention: they fill what indicators leave of a tab."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.operations.types import PlanPart
from tinhso.people.types import Actor
from tinhso.plans import queries
from tinhso.plans.reading import PlanMissing
from tinhso.plans.status import Status
from tinhso.plans.views import TargetView
from tinhso.web.operations.drawing import spark_of
from tinhso.web.operations.parts import FigureTile, PressingLine
from tinhso.web.plans import words as said
from tinhso.web.plans.rows import agency_name
from tinhso.web.portal.language import say
from tinhso.web.templatetags.look import day

LOOKS = {
    Status.REACHED: "good",
    Status.ON_THE_WAY: "good",
    Status.OPEN: "near",
    Status.BEHIND: "bad",
    Status.NO_DATA: "plain",
}
ORDER = (Status.BEHIND, Status.OPEN, Status.ON_THE_WAY, Status.REACHED, Status.NO_DATA)


def targets(part: PlanPart, *, actor: Actor, at: datetime) -> tuple[TargetView, ...]:
    """Return the targets of the pillar, those that are off track first; none where the plan is not there."""
    try:
        view = queries.access_plan(actor=actor, at=at, plan_id=part.id)
    except PlanMissing:
        return ()
    held = [one for one in view.targets if one.target.pillar == part.pillar]
    return tuple(sorted(held, key=lambda one: (ORDER.index(one.standing.status), one.target.by)))


def target_tile(part: PlanPart, one: TargetView, *, area: str) -> FigureTile:
    """:param area: ``plans`` at the desk, ``plans-public`` for citizens"""
    target, latest = one.target, one.standing.latest
    url = reverse(f"{area}:target", args=[part.id, target.id])
    return FigureTile(
        name=say(target.text),
        value=said.number(latest.value, target.decimals) if latest else "–",
        unit=say(target.unit) if latest else "",
        target=said.aim(target),
        standing=said.standing(one.standing),
        look=LOOKS[one.standing.status],
        change="",
        is_up=False,
        is_better=False,
        when=_when(one),
        volume="",
        spark=spark_of([float(point.value) for point in one.points]),
        url=url if latest else "",
        about_url=url,
    )


def _when(one: TargetView) -> str:
    latest = one.standing.latest
    if latest:
        return _("đến ngày %(day)s") % {"day": day(latest.on)}
    return _("hạn %(day)s") % {"day": day(one.target.by)}


def target_lines(part: PlanPart, found: Sequence[TargetView], at: datetime) -> Iterator[PressingLine]:
    """Yield the targets that are behind."""
    for one in found:
        if one.standing.status is not Status.BEHIND:
            continue
        left = (one.target.by - at.date()).days
        yield PressingLine(
            look="bad",
            what=_("Chỉ tiêu chậm: %(aim)s") % {"aim": said.aim(one.target)},
            about=say(one.target.text),
            charged=agency_name(one.owner) or _("Chưa giao cơ quan chủ trì"),
            left=_("còn %(n)s ngày") % {"n": left} if left >= 0 else _("quá %(n)s ngày") % {"n": -left},
            url=reverse("plans:target", args=[part.id, one.target.id]),
        )
