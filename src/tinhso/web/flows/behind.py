"""The dossiers behind a figure of the map: those on one path, or the slowest on one passage."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.flows import activities, queries
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.periods import Period
from tinhso.web.flows.page import AFTER, PATH, SOURCE, TARGET, address, name_of, question, say


@dataclass(frozen=True, slots=True)
class Behind:
    """
    :param is_slowest: the slowest first, and no more than these
    :param name: of the procedure
    """

    title: str
    name: str
    ids: tuple[UUID, ...]
    is_slowest: bool
    next_url: str


def behind(actor: Actor, code: str, period: Period, told: Mapping[str, str]) -> Behind:
    """Return the dossiers that the address asks for. :raises NotFound: it names no path and no passage"""
    if path := told.get(PATH, ""):
        return _on_path(actor, code, period, path, told.get(AFTER, ""))
    return _between(actor, code, period, told.get(SOURCE, ""), told.get(TARGET, ""))


def _on_path(actor: Actor, code: str, period: Period, path: str, after: str) -> Behind:
    found = queries.on_path(actor=actor, question=question(code, period), digest=path, after=as_uuid(after))
    ids = found[: queries.MOST_DOSSIERS]
    more = address("dossiers", code, period, duong=path, sau=str(ids[-1])) if len(found) > len(ids) else ""
    return Behind(_("Hồ sơ đi cùng một đường"), _name(code), ids, is_slowest=False, next_url=more)


def _between(actor: Actor, code: str, period: Period, source: str, target: str) -> Behind:
    if not (activities.is_known(source) and activities.is_known(target)):
        raise NotFound
    procedure = activities.procedure_of(code)
    ids = queries.between(actor=actor, question=question(code, period), source=source, target=target)
    title = f"{say(source, procedure)} → {say(target, procedure)}"
    return Behind(title, _name(code), ids, is_slowest=True, next_url="")


def _name(code: str) -> str:
    return name_of(code, activities.procedure_of(code))
