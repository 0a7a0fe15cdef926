"""Templates of notices: ``packs/*/notices/*.yaml``, one file for each occasion, in both languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tinhso.definitions.loading import Unreadable, read_yaml
from tinhso.kernel.money import format_dong
from tinhso.notices.occasions import OCCASIONS, Kind

Channel = Literal["email", "sms"]
Language = Literal["vi", "en"]
Value = str | int | Mapping[str, str]


class Words(BaseModel):
    """A text in both languages; neither may be missing."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, language: str) -> str:
        """Return the text in the language, Vietnamese for any other."""
        return self.en if language == "en" else self.vi


class NoticeTemplate(BaseModel):
    """
    One file.

    :param channels: besides the inbox, which always gets it
    :param sms: needed when ``sms`` is a channel; without the link, which is added
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    channels: tuple[Channel, ...] = ()
    subject: Words
    body: Words
    sms: Words | None = None
    law: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, and what to do about it."""

    file: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.problem} {self.remedy}"


class WrongTemplates(ValueError):  # noqa: N818
    """The packs' notices cannot be used; every fault is named at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def load_templates(packs: Path) -> dict[str, NoticeTemplate]:
    """Return the templates by occasion. :raises WrongTemplates: naming every fault"""
    faults = check_templates(packs)
    if faults:
        raise WrongTemplates(faults)
    return {template.key: template for template in map(_read, _files(packs))}


def check_templates(packs: Path) -> tuple[Fault, ...]:
    """Return what is wrong with the packs' notices: nothing, if they can be used."""
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for path in _files(packs):
        name = str(path.relative_to(packs))
        try:
            template = _read(path)
        except Unreadable as problem:
            faults.append(Fault(name, f"is not YAML ({_spot(problem)}).", "Mend the line it names."))
            continue
        except ValidationError as problem:
            faults.extend(_shape_faults(name, problem))
            continue
        faults.extend(_faults(name, template))
        if template.key in found:
            faults.append(Fault(name, f"{found[template.key]} has the same key.", "Keep one of the two."))
        found[template.key] = name
    for key in sorted(OCCASIONS.keys() - found.keys()):
        where = f"vietnam/notices/{key}.yaml"
        if not any(fault.file == where for fault in faults):
            faults.append(Fault(where, "is missing.", f"Write the notice for the occasion «{key}»."))
    return tuple(faults)


def write_out(words: str, *, key: str, data: Mapping[str, Value], language: str) -> str:
    """Put the data into the words. :raises KeyError: the data lack what the occasion promises"""
    written = {name: _written(data[name], kind, language) for name, kind in OCCASIONS[key].items()}
    return words.format(**written)


def _written(value: Value, kind: Kind, language: str) -> str:
    if kind is Kind.MONEY:
        if not isinstance(value, int):
            raise TypeError(f"money is whole đồng, not {value!r}")
        return format_dong(value)
    if isinstance(value, Mapping):
        return value.get(language) or value["vi"]
    return str(value)


def _files(packs: Path) -> list[Path]:
    return sorted(packs.glob("*/notices/*.yaml"))


def _read(path: Path) -> NoticeTemplate:
    value, _places, twice = read_yaml(path.read_bytes(), file=path.name)
    for mistake in twice:
        raise Unreadable(mistake)
    return NoticeTemplate.model_validate(value)


def _spot(problem: Unreadable) -> str:
    mistake = problem.mistake
    return f"line {mistake.line}: {mistake.data.get('detail') or mistake.data.get('name') or mistake.code}"


def _shape_faults(name: str, problem: ValidationError) -> Iterator[Fault]:
    for error in problem.errors():
        place = ".".join(str(part) for part in error["loc"]) or "the file"
        yield Fault(
            name, f"{place}: {error['msg'].lower()}.", "See docs/notices.md for the fields of a notice."
        )


def _faults(name: str, template: NoticeTemplate) -> Iterator[Fault]:
    if template.key not in OCCASIONS:
        known = ", ".join(sorted(OCCASIONS))
        yield Fault(name, f"nothing happens that is called «{template.key}».", f"Use one of: {known}.")
        return
    if "sms" in template.channels and template.sms is None:
        yield Fault(name, "goes out by SMS and has no text for it.", "Add «sms» with «vi» and «en».")
    for part in ("subject", "body", "sms"):
        words: Words | None = getattr(template, part)
        for language in ("vi", "en") if words else ():
            yield from _placeholder_faults(
                name, f"{part}.{language}", template.key, words.of(language) if words else ""
            )


def _placeholder_faults(name: str, place: str, key: str, text: str) -> Iterator[Fault]:
    offered = ", ".join(f"{{{word}}}" for word in OCCASIONS[key])
    try:
        parts = list(Formatter().parse(text))
    except ValueError as problem:
        yield Fault(name, f"{place}: {problem}.", "Write a brace that is meant as such twice: {{ or }}.")
        return
    for _literal, word, spec, conversion in parts:
        if word is None:
            continue
        if word not in OCCASIONS[key] or spec or conversion:
            yield Fault(
                name, f"{place} asks for {{{word}}}, which is not known then.", f"Known are: {offered}."
            )
