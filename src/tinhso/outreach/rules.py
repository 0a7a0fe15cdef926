"""The rules of proactive service: ``packs/*/proactive/*.yaml`` and ``packs/vietnam/expiry.yaml``."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from django.conf import settings
from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.bundles import Code, Source
from tinhso.definitions.roles import whole
from tinhso.definitions.types import NO_TEXT, Slug, StepId, Strict, Text

FOLDER, EXPIRY = "proactive", "vietnam/expiry.yaml"
DayOfYear = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$")]


class OfDossier(Strict):
    """
    Facts of a dossier of the person's own that was granted.

    :param born_on: questions that may hold the date of birth, the first that was answered counts
    :param name: the question with the name of who it is about
    :param personal_id: the question with their number, by which a death registered here is known
    :param where: answers that must be so
    """

    procedure: Code
    born_on: tuple[Slug, ...] = Field(min_length=1)
    name: Slug | None = None
    personal_id: Slug | None = None
    where: Mapping[Slug, str] = {}


class About(Strict):
    """Whose date of birth counts: that of the account's own person, or one in a dossier."""

    account: Literal[True] | None = None
    dossier: OfDossier | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if (self.account is None) == (self.dossier is None):
            raise ValueError("say one of account, dossier")
        return self


class When(Strict):
    """
    The day the rule counts to.

    :param age: full years
    :param by: ``birthday``, or ``year`` where the law counts by calendar year
    :param on: ``MM-DD``: the day of that year, for ``year``
    """

    age: int = Field(gt=0, le=120)
    by: Literal["birthday", "year"] = "birthday"
    on: DayOfYear | None = None

    @model_validator(mode="after")
    def _year_has_a_day(self) -> Self:
        if (self.by == "year") != (self.on is not None):
            raise ValueError("«on» goes with «by: year»")
        return self

    def due_on(self, born_on: date) -> date:
        """Return the day; who was born on 29 February has their birthday on the 28th of other years."""
        year = born_on.year + self.age
        if self.on is not None:
            return date.fromisoformat(f"{year}-{self.on}")
        try:
            return born_on.replace(year=year)
        except ValueError:
            return date(year, 2, 28)


class ProactiveRule(Strict):
    """
    One rule.

    :param level: 1 reminds; 2 also prepares the form (Decree 224/2026/NĐ-CP Article 16); there is no 3 and 4
    :param advice: what to do, for who reads it
    :param source: the text it follows from, and how sure that is
    :param ahead_days: how many days before the day it is proposed
    :param until_days: how many days after the day it is still shown
    :param procedure: what may be filed; needed at level 2
    :param answers: what the form begins with, from the dossier's answers
    """

    id: StepId
    name: Text
    advice: Text = NO_TEXT
    level: Literal[1, 2]
    source: str
    about: About
    when: When
    ahead_days: int = Field(gt=0, le=366)
    until_days: int = Field(ge=0, le=366)
    procedure: Code = ""
    answers: Mapping[Slug, Source] = {}

    @model_validator(mode="after")
    def _prepared_for_something(self) -> Self:
        if (self.level > 1) and not (self.procedure and self.answers):
            raise ValueError("level 2 needs «procedure» and «answers»")
        if self.level == 1 and self.answers:
            raise ValueError("answers are prepared at level 2 only")
        return self


class Renewal(Strict):
    """
    Which procedure renews the result of another.

    :param by: the procedure to file; the same one where it is simply asked for again
    """

    procedure: Code
    by: Code
    source: str


class DeathRegister(Strict):
    """Where deaths registered here are known from: nothing is proposed about who died."""

    procedure: Code
    personal_id: Slug


class ExpiryRules(Strict):
    """
    The whole file.

    :param days_before: how many days before the last day the holder is reminded
    :param shown_days: how many days ahead the account lists what expires
    """

    days_before: tuple[int, ...] = Field(min_length=1)
    shown_days: int = Field(gt=0)
    deaths: DeathRegister
    renewals: tuple[Renewal, ...] = ()
    source: str

    def renewal_of(self, procedure_code: str) -> str:
        """Return the procedure that renews the result; empty where none is known."""
        return next((one.by for one in self.renewals if one.procedure == procedure_code), "")


def rules() -> tuple[ProactiveRule, ...]:
    """Return the rules by id; a changed file counts at once. :raises BrokenPack: a file is wrong"""
    files = files_of(settings.TINHSO.packs)
    return _read(tuple((file, file.stat().st_mtime_ns) for file in files))


def rule_of(rule_id: str) -> ProactiveRule | None:
    """Return the rule; None where the packs have it no more."""
    return next((rule for rule in rules() if rule.id == rule_id), None)


def expiry() -> ExpiryRules:
    """Return the rules of what expires. :raises BrokenPack: the file is wrong"""
    path: Path = settings.TINHSO.packs / EXPIRY
    return _read_expiry(path, path.stat().st_mtime_ns)


def files_of(packs: Path) -> list[Path]:
    """Return the files of rules."""
    return sorted(packs.glob(f"*/{FOLDER}/*.yaml"))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[Path, int], ...]) -> tuple[ProactiveRule, ...]:
    return tuple(sorted((whole(file, ProactiveRule) for file, _stamp in files), key=lambda rule: rule.id))


@lru_cache(maxsize=2)
def _read_expiry(path: Path, _stamp: int) -> ExpiryRules:
    return whole(path, ExpiryRules)
