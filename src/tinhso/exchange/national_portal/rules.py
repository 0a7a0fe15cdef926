"""What was agreed with the national portal: ``packs/vietnam/national-portal.yaml``, frozen."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Paths(_Strict):
    login: str = Field(pattern="^/")
    call: str = Field(pattern="^/")


class Services(_Strict):
    dossier: str
    progress: str
    lookup: str


class Applicants(_Strict):
    person: tuple[str, ...] = Field(min_length=1)
    organisation: tuple[str, ...] = Field(min_length=1)


class Codes(_Strict):
    """Codes of the portal by words of ours; see the file."""

    channel: dict[str, str]
    applicant: str
    applicants: dict[str, Applicants]
    copy_: dict[str, str] = Field(alias="copy")
    collected: dict[str, str]
    collected_other: str
    return_by: dict[str, str]
    fee_kind: dict[str, str]
    identity: dict[str, str]
    assurance: dict[str, int]
    population_database: str
    supplement: dict[str, str]

    @property
    def kinds(self) -> Applicants:
        """Return the codes of applicants this installation goes by."""
        return self.applicants[self.applicant]


class ArrivalRules(_Strict):
    largest_body: int = Field(gt=0)
    most_dossiers: int = Field(gt=0)
    largest_dossier: int = Field(gt=0)
    most_files: int = Field(gt=0)
    fetch_seconds: int = Field(gt=0)
    signed_within_seconds: int = Field(gt=0)
    oldest_days: int = Field(gt=0)
    ahead_minutes: int = Field(ge=0)
    tries: int = Field(gt=0)
    original_hours: int = Field(gt=0)


class SendingRules(_Strict):
    tries: int = Field(gt=0)
    slowest_minutes: int = Field(gt=0)
    timeout_seconds: int = Field(gt=0)


class PortalRules(_Strict):
    """The whole file."""

    paths: Paths
    services: Services
    fine: tuple[str, ...]
    dates: str
    codes: Codes
    procedures: dict[str, str]
    units: dict[str, str]
    papers: dict[str, dict[str, str]]
    suffix: str
    arrival: ArrivalRules
    sending: SendingRules

    def without_suffix(self, code: str) -> str:
        """Return the code of the procedure without the mark of a local variant."""
        found = re.match(self.suffix, code)
        return found["code"] if found else code


@cache
def load_portal_rules(packs: Path) -> PortalRules:
    """Return the rules. :raises pydantic.ValidationError: naming the wrong field"""
    text = (packs / "vietnam" / "national-portal.yaml").read_text(encoding="utf-8")
    return PortalRules.model_validate(YAML(typ="safe").load(text))


def portal_rules() -> PortalRules:
    """Return the rules of this installation's packs."""
    return load_portal_rules(settings.TINHSO.packs)


def backoff(tries: int, *, slowest: timedelta = timedelta(hours=4)) -> timedelta:
    """Return how long to wait after so many tries: 1, 2, 4 … minutes."""
    return min(timedelta(minutes=2 ** min(max(tries, 1) - 1, 20)), slowest)
