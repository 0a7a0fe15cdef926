"""The list of what is missing: the procedure's papers and questions to tick, and room for anything else."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.types import Paper, Text
from tinhso.dossiers.arriving import gap_items
from tinhso.dossiers.types import MissingItem
from tinhso.forms import engine
from tinhso.forms.types import Field
from tinhso.kernel.text import normalise
from tinhso.web.desk.boxes import field
from tinhso.web.desk.offers import Situation
from tinhso.web.desk.reasons import reasons

TICK, WHAT, WORDS, OTHER, NOTE = "thieu", "vi-sao", "ghi", "khac", "loi-nhan"


@dataclass(frozen=True, slots=True)
class Tick:
    """
    One thing that may be missing.

    :param key: ``paper:…`` or ``question:…``
    :param shown: the citizen's answer, of a question
    """

    key: str
    label: str
    shown: str
    chosen: bool
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class TickList:
    title: str
    ticks: tuple[Tick, ...]
    whats: tuple[tuple[str, str], ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Builder:
    lists: tuple[TickList, ...]
    fields: tuple[Field, ...]


def builder_of(case: Situation, data: QueryDict) -> Builder:
    """Return the builder with what was ticked and typed."""
    language = (get_language() or "vi")[:2]
    ready = reasons()
    missing = _gaps(case)
    papers = [(f"paper:{paper.id}", paper.name.into(language), "") for paper in _papers(case)]
    papers += [(key, name, "") for key, name in _files_in_entries(case, language).items()]
    papers = [one for one in papers if one[0] not in missing]
    lists = [_list(_("Giấy tờ"), papers, ready.supplement_paper, data, is_open=True)]
    if missing:
        lists.insert(0, _missing_list(missing, data))
    for section in engine.summary(case.procedure, case.dossier.answers, case.facts, language):
        rows = {row.question_id: row for row in reversed(section.rows) if not row.source}
        asked = [(f"question:{row.question_id}", row.label, row.shown) for row in reversed(rows.values())]
        asked = [one for one in asked if one[0] not in missing]
        if asked:
            lists.append(_list(section.title, asked, ready.supplement_question, data))
    return Builder(
        tuple(lists),
        (
            field(
                OTHER,
                "long_text",
                _("Việc khác cần bổ sung"),
                data,
                hint=_("Mỗi việc một dòng."),
                required=False,
                max_length=2000,
            ),
            field(NOTE, "long_text", _("Lời nhắn cho người nộp"), data, required=False, max_length=1000),
        ),
    )


def items_of(case: Situation, data: QueryDict) -> tuple[MissingItem, ...]:
    """Return what was ticked and written, in words for the citizen; unknown keys are dropped."""
    named = {f"paper:{paper.id}": paper.name.vi for paper in _papers(case)}
    named |= {f"question:{question.id}": question.label.vi for question in case.procedure.questions()}
    files = _files_in_entries(case, "vi")
    named |= files
    ticked = [key for key in data.getlist(TICK) if key in named]
    return (
        *(_item(key, named[key], data, is_file=key in files) for key in dict.fromkeys(ticked)),
        *(MissingItem("other", "", line) for line in _lines(data.get(OTHER, ""))),
    )


def _item(key: str, name: str, data: QueryDict, *, is_file: bool) -> MissingItem:
    kind, _colon, item_id = key.partition(":")
    is_paper = kind == "paper" or is_file
    ready = reasons().supplement_paper if is_paper else reasons().supplement_question
    known = {sentence.vi for sentence in ready}
    chosen = data.get(f"{WHAT}-{key}", "")
    parts = (chosen if chosen in known else ready[0].vi, normalise(data.get(f"{WORDS}-{key}", "")))
    text = f"{name}: {'; '.join(part for part in parts if part)}."
    return MissingItem("paper" if kind == "paper" else "question", item_id, text)


def _lines(text: str) -> Iterator[str]:
    return (line for line in map(normalise, text.splitlines()) if line)


def _files_in_entries(case: Situation, language: str) -> dict[str, str]:
    """Return what the files in entries are called, by key: each may be asked for again by itself."""
    answers = case.dossier.answers
    names = engine.part_names(case.procedure, answers, language)
    given = engine.files_in(case.procedure, answers)
    places = ((part, engine.place_of(case.procedure, part)) for part in given)
    return {f"question:{part}": names[part] for part, place in places if place and place.number}


def _gaps(case: Situation) -> dict[str, str]:
    """Return what a dossier from the national portal never said, by key: the officer sends it as it is."""
    found = gap_items(dossier=case.dossier, procedure=case.procedure, at=case.at)
    named = {f"paper:{paper.id}": paper.name.vi for paper in _papers(case)}
    named |= {f"question:{question.id}": question.label.vi for question in case.procedure.questions()}
    keys = (f"{item.kind}:{item.id}" for item in found)
    return {key: named[key] for key in keys if key in named}


def _missing_list(missing: dict[str, str], data: QueryDict) -> TickList:
    ready = (*reasons().supplement_paper, *reasons().supplement_question)
    shown = data.copy()
    if OTHER not in data:
        # Not sent yet: all of it is ticked.
        shown.setlist(TICK, list(missing))
    things = [(key, label, "") for key, label in missing.items()]
    return _list(_("Chưa có trong dữ liệu của Cổng quốc gia"), things, ready, shown, is_open=True)


def _papers(case: Situation) -> tuple[Paper, ...]:
    return engine.offered_papers(case.procedure, case.dossier.answers, case.facts)


def _list(
    title: str,
    things: list[tuple[str, str, str]],
    ready: tuple[Text, ...],
    data: QueryDict,
    *,
    is_open: bool = False,
) -> TickList:
    language = (get_language() or "vi")[:2]
    ticked = set(data.getlist(TICK))
    ticks = tuple(
        Tick(key, label, shown, key in ticked, data.get(f"{WHAT}-{key}", ""), data.get(f"{WORDS}-{key}", ""))
        for key, label, shown in things
    )
    whats = tuple((sentence.vi, sentence.into(language)) for sentence in ready)
    return TickList(title, ticks, whats, is_open or any(tick.chosen for tick in ticks))
