"""The plans and their rules as the packs have them; a changed file counts at once."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.loading import parse
from tinhso.definitions.packs import COUNTRY, packs_folder, province
from tinhso.definitions.roles import whole
from tinhso.kernel.refusals import NotFound
from tinhso.plans.checking import inner_mistakes
from tinhso.plans.types import Plan, PlanRules

FOLDER = "plans"
RULES = f"{COUNTRY}/plans.yaml"


class PlanMissing(NotFound):
    code = "plan-missing"
    message = _("Không có kế hoạch này, hoặc bạn không xem được. Hãy kiểm tra lại đường dẫn.")


@dataclass(frozen=True, slots=True)
class PlanFile:
    """
    One plan with the file it stands in.

    :param folder: the pack, e.g. ``quang-ninh``
    :param is_own: a plan of this province or of the country; others are examples, to be read only
    """

    plan: Plan
    folder: str
    is_own: bool
    sha256: str


def files_of(packs: Path) -> tuple[Path, ...]:
    """Return the plan files of a folder of packs."""
    return tuple(sorted(packs.glob(f"*/{FOLDER}/*.yaml")))


def plans() -> Mapping[str, PlanFile]:
    """Return every sound plan by id; a file with mistakes is left out, ``tinhso check`` names them."""
    files = files_of(packs_folder())
    return _plans(tuple((path, path.stat().st_mtime_ns) for path in files), province())


def plan_file(plan_id: str) -> PlanFile:
    """:raises PlanMissing: there is none of this id"""
    found = plans().get(plan_id)
    if found is None:
        raise PlanMissing
    return found


def rules() -> PlanRules:
    """Return who may do what, and when a forecast is made. :raises BrokenPack: the file is wrong"""
    path = packs_folder() / RULES
    return _rules(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _plans(files: tuple[tuple[Path, int], ...], own: str) -> Mapping[str, PlanFile]:
    found: dict[str, PlanFile] = {}
    for path, _stamp in files:
        content = path.read_bytes()
        loaded = parse(content, Plan, file=str(path))
        if loaded.value is None or any(inner_mistakes(loaded.value, loaded.places)):
            continue
        folder = path.parent.parent.name
        digest = hashlib.sha256(content).hexdigest()
        found[loaded.value.id] = PlanFile(loaded.value, folder, folder in (own, COUNTRY), digest)
    return found


@lru_cache(maxsize=2)
def _rules(path: Path, _stamp: int) -> PlanRules:
    return whole(path, PlanRules)
