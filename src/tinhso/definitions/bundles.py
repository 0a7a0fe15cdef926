"""Interlinked procedures (liên thông): what is asked for together, in which order, and what is asked once."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from tinhso.definitions.roles import whole
from tinhso.definitions.types import NO_TEXT, Slug, StepId, Strict, Text

FOLDER = "bundles"
Code = Annotated[str, StringConstraints(max_length=40)]


class Source(Strict):
    """
    Where one answer comes from: exactly one of these.

    :param origin: written ``from``; an answer or finding of the member that comes before
    :param value: what the form begins with; the applicant may change it
    :param text: words with answers in braces, ``{child.full_name}``
    :param entries: of a group, each a mapping of its questions
    """

    origin: Slug | None = Field(default=None, alias="from")
    value: bool | int | str | None = None
    text: str | None = None
    entries: tuple[Mapping[Slug, "Source"], ...] | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        said = [self.origin, self.value, self.text, self.entries]
        if sum(one is not None for one in said) != 1:
            raise ValueError("say one of from, value, text, entries")
        return self


class Member(Strict):
    """:param after: the member whose result is waited for; none for one that is filed at once"""

    procedure: Code
    after: Code | None = None
    answers: Mapping[Slug, Source] = {}


class Bundle(Strict):
    """Several procedures as one thing to ask for."""

    id: StepId
    name: Text
    summary: Text = NO_TEXT
    life_events: tuple[str, ...] = ()
    source: str
    members: tuple[Member, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known: set[str] = set()
        for member in self.members:
            if member.procedure in known or (member.after is not None and member.after not in known):
                raise ValueError(f"{member.procedure} stands twice, or before the one it waits for")
            known.add(member.procedure)
        return self

    def member(self, procedure: str) -> Member:
        """Return the member. :raises KeyError: there is none"""
        for member in self.members:
            if member.procedure == procedure:
                return member
        raise KeyError(procedure)


def load_bundles(packs: Path) -> tuple[Bundle, ...]:
    """Return the bundles, by id; a changed file counts at once. :raises BrokenPack: a file is wrong"""
    files = sorted(packs.glob(f"*/{FOLDER}/*.yaml"))
    return _read(tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=2)
def _read(files: tuple[tuple[Path, int], ...]) -> tuple[Bundle, ...]:
    return tuple(sorted((whole(file, Bundle) for file, _stamp in files), key=lambda bundle: bundle.id))
