"""Reports and their rules as the packs have them; a changed file counts at once."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from tinhso.definitions.loading import parse
from tinhso.definitions.packs import COUNTRY, packs_folder, province
from tinhso.definitions.roles import whole
from tinhso.reports.checking import inner_mistakes
from tinhso.reports.refusals import ReportMissing
from tinhso.reports.types import ReportRules, ReportTemplate

FOLDER = "reports"
RULES = f"{COUNTRY}/reports.yaml"


def templates() -> Mapping[str, ReportTemplate]:
    """Return the sound reports of the country and the province; ``tinhso check`` names what is wrong."""
    packs = packs_folder()
    files = [path for own in (COUNTRY, province()) for path in sorted((packs / own / FOLDER).glob("*.yaml"))]
    return _templates(tuple((path, path.stat().st_mtime_ns) for path in files))


def template(report_id: str) -> ReportTemplate:
    """:raises ReportMissing: there is none of this id"""
    found = templates().get(report_id)
    if found is None:
        raise ReportMissing
    return found


def rules() -> ReportRules:
    """Return who may do what, and where periods begin. :raises BrokenPack: the file is wrong"""
    path = packs_folder() / RULES
    return _rules(path, path.stat().st_mtime_ns)


def first_day() -> int:
    """Return the day of the month on which periods begin."""
    return rules().periods.first_day


@lru_cache(maxsize=4)
def _templates(files: tuple[tuple[Path, int], ...]) -> Mapping[str, ReportTemplate]:
    found: dict[str, ReportTemplate] = {}
    for path, _stamp in files:
        loaded = parse(path.read_bytes(), ReportTemplate, file=str(path))
        if loaded.value is not None and not any(inner_mistakes(loaded.value, loaded.places)):
            found[loaded.value.id] = loaded.value
    return found


@lru_cache(maxsize=2)
def _rules(path: Path, _stamp: int) -> ReportRules:
    return whole(path, ReportRules)
