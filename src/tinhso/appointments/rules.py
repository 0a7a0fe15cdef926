"""What the packs decide about a hall: who may, who comes first, what a new one starts with."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from tinhso.calendars.types import Words

FILE = "one-stop.yaml"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Defaults(_Part):
    """What a new hall starts with; each agency changes its own."""

    slot_minutes: int = Field(ge=5, le=240)
    places: int = Field(ge=1, le=200)
    walk_in_percent: int = Field(ge=0, le=100)
    horizon_days: int = Field(ge=1, le=90)
    lead_minutes: int = Field(ge=0, le=2880)
    most_bookings: int = Field(ge=1, le=20)
    grace_minutes: int = Field(ge=0, le=120)
    service_minutes: int = Field(ge=1, le=240)
    source: str
    confidence: str


class Figures(_Part):
    """:ivar days: of the past that are told of; ``fewest``: persons below which nothing is told"""

    days: int = Field(ge=1, le=366)
    fewest: int = Field(ge=1)


class Roles(_Part):
    """Role ids of ``roles.yaml`` for each kind of act."""

    set_up: tuple[str, ...]
    serve: tuple[str, ...]
    watch: tuple[str, ...]
    watch_everywhere: tuple[str, ...]


class Named(_Part):
    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def words(self) -> Words:
        return Words(vi=self.vi, en=self.en)


class PriorityGroup(_Part):
    """Somebody who is called before others, with the law that says so."""

    id: str = Field(pattern=r"^[a-z_]{2,20}$")
    icon: str
    name: Named
    source: str
    confidence: str


class HallRules(_Part):
    """``one-stop.yaml``, frozen; an unknown field is a mistake."""

    defaults: Defaults
    figures: Figures
    roles: Roles
    priority_groups: tuple[PriorityGroup, ...]

    @property
    def group_ids(self) -> frozenset[str]:
        return frozenset(group.id for group in self.priority_groups)


def rules() -> HallRules:
    """Return the nation's rules with what the province decides otherwise."""
    return _load(settings.TINHSO.packs, settings.TINHSO.province)


@lru_cache(maxsize=8)
def _load(packs: Path, province: str) -> HallRules:
    """:raises pydantic.ValidationError: naming the wrong field"""
    read = YAML(typ="safe")
    said = read.load((packs / "vietnam" / FILE).read_text(encoding="utf-8"))
    own = packs / province / FILE
    if own.exists():
        said |= read.load(own.read_text(encoding="utf-8")) or {}
    return HallRules.model_validate(said)
