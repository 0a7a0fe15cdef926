"""
What differs between two versions of a procedure, part by part, as facts to be put into words.

Things with an id (papers, steps, questions) are compared with their namesakes; fees by code and condition;
what has no id by what it says.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal, TypeVar

from tinhso.definitions.types import Fee, Law, Page, Paper, Procedure, Question, Step, Strict, Text, TimeLimit

Part = Literal[
    "name", "about", "ways", "time", "audience", "agency", "papers", "fees", "result", "form", "steps",
    "conditions", "law", "other",
]  # fmt: skip
Kind = Literal["added", "removed", "changed", "moved"]
Thing = TypeVar("Thing", bound=Strict)

# Which part a field of the procedure itself belongs to. Lists of things are compared one by one below.
_PARTS: dict[str, Part] = {
    "name": "name",
    "summary": "about",
    "field": "about",
    "keywords": "about",
    "life_events": "about",
    "source": "about",
    "notices": "about",
    "level": "agency",
    "agency": "agency",
    "audience": "audience",
    "mandates": "audience",
    "assurance": "ways",
    "channels": "ways",
    "online": "ways",
    "fee_note": "fees",
}
_LISTS = {
    "form",
    "papers",
    "fees",
    "reliefs",
    "steps",
    "conditions",
    "law",
    "notices",
    "time",
    "result",
    "examples",
    "code",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One thing that differs.

    :param name: the field that differs, e.g. ``amount``; empty where the whole thing came or went
    :param subject: which paper, fee, step or question; None for the procedure itself
    :param before: after: values of the field, or the thing itself; None where it is absent
    """

    part: Part
    kind: Kind
    name: str = ""
    subject: Text | None = None
    before: object = None
    after: object = None


def compare(old: Procedure, new: Procedure) -> tuple[Difference, ...]:
    """Return what differs, in the order in which a procedure is read; nothing when they say the same."""
    papers = _things("papers", old.papers, new.papers, key=lambda one: one.id, name=lambda one: one.name)
    return (
        *_own(old, new),
        *_time(old.time, new.time),
        *papers,
        *_fees(old.fees, new.fees),
        *_things("fees", old.reliefs, new.reliefs, key=lambda one: one.id, name=lambda one: one.name),
        *_fields("result", None, old.result, new.result),
        *_form(old.form, new.form),
        *_things("steps", old.steps, new.steps, key=lambda one: one.id, name=lambda one: one.name),
        *_texts("conditions", old.conditions, new.conditions),
        *_texts("about", old.notices, new.notices),
        *_things("law", old.law, new.law, key=lambda law: law.number, name=lambda law: Text(vi=law.number)),
    )


def _own(old: Procedure, new: Procedure) -> Iterator[Difference]:
    for name in Procedure.model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in _LISTS and before != after:
            yield Difference(_PARTS.get(name, "other"), "changed", name, None, before, after)


def _time(old: TimeLimit, new: TimeLimit) -> Iterator[Difference]:
    """A limit is one thing, not a number and a unit."""
    limit = ("value", "unit", "same_day", "cut_off")
    if any(getattr(old, name) != getattr(new, name) for name in limit):
        yield Difference("time", "changed", "limit", None, old, new)
    yield from _fields("time", None, old, new, but=limit)


def _fields(
    part: Part, subject: Text | None, old: Strict, new: Strict, *, but: Iterable[str] = ()
) -> Iterator[Difference]:
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if name not in but and before != after:
            yield Difference(part, "changed", name, subject, before, after)


def _things(
    part: Part,
    old: Sequence[Thing],
    new: Sequence[Thing],
    *,
    key: Callable[[Thing], Hashable],
    name: Callable[[Thing], Text],
    but: Iterable[str] = (),
) -> Iterator[Difference]:
    before = {key(one): one for one in old}
    after = {key(one): one for one in new}
    for known, one in before.items():
        if known not in after:
            yield Difference(part, "removed", "", name(one), one, None)
    for known, one in after.items():
        if known not in before:
            yield Difference(part, "added", "", name(one), None, one)
        else:
            yield from _fields(part, name(one), before[known], one, but=but)
    kept = [known for known in before if known in after]
    if kept != [known for known in after if known in before]:
        yield Difference(part, "moved", "order")


def _form(old: Sequence[Page], new: Sequence[Page]) -> Iterator[Difference]:
    yield from _things("form", old, new, key=lambda page: page.id, name=lambda page: page.title, but=("ask",))
    yield from _things(
        "form", _asked(old), _asked(new), key=lambda asked: asked.id, name=lambda asked: asked.label
    )


def _asked(pages: Sequence[Page]) -> list[Question]:
    return [question for page in pages for question in page.ask]


def _fees(old: Sequence[Fee], new: Sequence[Fee]) -> Iterator[Difference]:
    """Rules of one code are told apart by their condition, and where that changed by their place."""
    places = {fee: key for fees in (old, new) for fee, key in _keyed(fees, old, new)}
    yield from _things("fees", old, new, key=lambda fee: places[fee], name=lambda fee: fee.name)


def _keyed(fees: Sequence[Fee], old: Sequence[Fee], new: Sequence[Fee]) -> Iterator[tuple[Fee, Hashable]]:
    both = {(fee.code, fee.when) for fee in old} & {(fee.code, fee.when) for fee in new}
    numbers: dict[str, count[int]] = {}
    for fee in fees:
        if (fee.code, fee.when) in both:
            yield fee, (fee.code, fee.when)
        else:
            yield fee, (fee.code, next(numbers.setdefault(fee.code, count())))


def _texts(part: Part, old: Sequence[Text], new: Sequence[Text]) -> Iterator[Difference]:
    before, after = {text.vi for text in old}, {text.vi for text in new}
    yield from (Difference(part, "removed", "", text, text, None) for text in old if text.vi not in after)
    yield from (Difference(part, "added", "", text, None, text) for text in new if text.vi not in before)


# The things a difference may hold, for whoever puts them into words.
Compared = Paper | Fee | Step | Question | Page | Law | Text
