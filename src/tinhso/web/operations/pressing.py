"""What needs attention now, as lines: dossiers, targets that are off track, registers of poor quality."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.definitions import catalogue
from tinhso.dossiers.selecting import ALL, DUE_OVERDUE, DUE_STEP, DUE_TODAY
from tinhso.indicators.judging import Verdict
from tinhso.kernel.clock import local
from tinhso.operations import attention
from tinhso.operations.attention import Group
from tinhso.operations.reading import board
from tinhso.operations.tiles import Reading
from tinhso.operations.types import Tab
from tinhso.people.types import Actor
from tinhso.plans.views import TargetView
from tinhso.registers import queries as registers
from tinhso.registers.overview import overview
from tinhso.registers.types import Kind
from tinhso.web.navigation import address
from tinhso.web.operations import words
from tinhso.web.operations.parts import PressingLine
from tinhso.web.operations.plan_tiles import target_lines
from tinhso.web.portal.language import language, say

DUES = {"overdue": DUE_OVERDUE, "due_today": DUE_TODAY, "held_long": DUE_STEP}


def pressing(
    *,
    actor: Actor,
    at: datetime,
    shown: Tab,
    readings: Iterable[Reading],
    goals: Sequence[TargetView] = (),
    most: int | None = None,
) -> tuple[tuple[PressingLine, ...], int]:
    """
    Return figures below their target, then dossiers, the most first; of a field only its own.

    :param most: so many lines; None: all. How many more there are is told beside them
    """
    offered = [one.procedure for one in catalogue.all_current()]
    codes = frozenset(one.code for one in offered if one.field.vi == shown.field) if shown.field else None
    names = {one.code: one.name.into(language()) for one in offered}
    found = attention.groups(actor=actor, at=at, procedures=codes)
    first = [
        *_missed(readings, local(at).date()),
        *(target_lines(shown.plan, goals, at) if shown.plan else ()),
        *(_poor_registers(actor, at) if shown.registers else ()),
    ]
    total = len(first) + len(found)
    told = total if most is None else min(most, total)
    rest = found[: max(told - len(first), 0)]
    return (*first[:told], *(group_line(one, names, at) for one in rest)), total - told


def group_line(one: Group, names: Mapping[str, str], at: datetime) -> PressingLine:
    said = {"n": one.count, "why": str(words.REASONS[one.counts])}
    return PressingLine(
        look="bad" if one.counts == "overdue" else "near",
        what=ngettext("%(n)s hồ sơ %(why)s", "%(n)s hồ sơ %(why)s", one.count) % said,
        about=names.get(one.procedure, one.procedure),
        charged=" · ".join(filter(None, (one.agency, words.holders(one.holder, one.holders, one.unheld)))),
        left=words.left(one.since, one.counts, at),
        url=group_url(one),
    )


def group_url(one: Group) -> str:
    """Return the list of work with exactly these dossiers."""
    asked = {"muc": ALL, "thu-tuc": one.procedure, "han": DUES[one.counts], "co-quan": str(one.agency_id)}
    return f"{reverse('desk:inbox')}?{urlencode(asked)}"


def _missed(readings: Iterable[Reading], today: date) -> Iterator[PressingLine]:
    for one in readings:
        if one.verdict is not Verdict.MISSED or one.value is None or one.indicator.target is None:
            continue
        said = {
            "name": say(one.indicator.name),
            "value": words.value(one.value, one.indicator.decimals),
            "unit": say(one.indicator.unit),
            "target": words.value(one.indicator.target, one.indicator.decimals),
        }
        yield PressingLine(
            look="bad",
            what=_("%(name)s: %(value)s %(unit)s") % said,
            about=_("Đích %(target)s") % said,
            charged=say(one.indicator.responsible) or _("Chưa ghi cơ quan chịu trách nhiệm"),
            left=words.month(one.month.since, today),
            url=address("indicators:indicator", one.indicator.id),
        )


def _poor_registers(actor: Actor, at: datetime) -> Iterator[PressingLine]:
    """Yield the registers the actor reads by a post whose last measure is poor."""
    least, definitions = board().least_quality, registers.open_registers(actor)
    standing = overview(actor=actor, definitions=definitions, at=at)
    for one in definitions:
        poor = [
            score for score in standing[one.id].scores if score.percent is not None and score.percent < least
        ]
        if not poor:
            continue
        worst = min(poor, key=lambda score: score.percent or 0)
        yield PressingLine(
            look="near",
            what=_("Sổ dữ liệu cần rà soát: %(kind)s %(percent)s %%")
            % {"kind": Kind(worst.kind).label, "percent": words.value(Decimal(str(worst.percent)), 1)},
            about=say(one.name),
            charged=ngettext("%(n)s bản ghi có lỗi", "%(n)s bản ghi có lỗi", worst.failing)
            % {"n": worst.failing},
            left="",
            url=address("registers:quality", one.id),
        )
