"""The clock of requests to put a record right: ``packs/vietnam/corrections.yaml``."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from tinhso.calendars import clock, loading
from tinhso.calendars.types import TimeLimit
from tinhso.definitions.types import Unit


class Strict(BaseModel):
    """A frozen part of the file; an unknown name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Strict):
    value: int = Field(gt=0)
    unit: Unit

    def after(self, start: datetime) -> datetime:
        """Return when it ends by the province's calendar."""
        calendar = loading.load_calendar(settings.TINHSO.packs, settings.TINHSO.province)
        return clock.due(received=start, limit=TimeLimit.of(self.value, self.unit), calendar=calendar).at


class CorrectionTerms(Strict):
    """
    :param verify: from the opening, or from the answer to what was asked, until it is verified
    :param settle: from the verification until the record is put right
    :param longest: from the opening until all is over
    :param warn: so long before one of the fives ends, who is charged is told of it
    :param most_open: requests of one account that may be open at once
    :param law: what people read beside the days; ``source`` says how sure it is
    """

    verify: Span
    settle: Span
    longest: Span
    warn: Span
    most_open: int = Field(gt=0)
    law: str
    source: str


def terms() -> CorrectionTerms:
    """Return the terms; a changed file counts at once."""
    path: Path = settings.TINHSO.packs / "vietnam" / "corrections.yaml"
    return _read(path, path.stat().st_mtime_ns)


def verify_by(start: datetime, *, longest_at: datetime) -> datetime:
    """Return when the first five end."""
    return min(terms().verify.after(start), longest_at)


def settle_by(start: datetime, *, longest_at: datetime) -> datetime:
    """Return when the second five end."""
    return min(terms().settle.after(start), longest_at)


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> CorrectionTerms:
    return CorrectionTerms.model_validate(YAML(typ="safe").load(path))
