"""Questions: ids, options, groups, limits, what the account already proves."""

from collections.abc import Iterator, Sequence

from tinhso.definitions.checks.case import Asked, Case
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location
from tinhso.definitions.scope import APPLICANT, ENTRY, kind_of
from tinhso.definitions.types import Question, QuestionType

_CHOICES = {QuestionType.ONE_OF, QuestionType.MANY_OF}
# Words of CEL (cel-spec, «reserved identifiers») and of the scope; a question so named could not be read.
_ROOTS = frozenset(
    {
        "today",
        "applicant",
        "channel",
        ENTRY,
        "has",
        "data",
        "google",
        "null_type",
        "type",
        "dyn",
        "list",
        "map",
    }
    | {"bool", "bytes", "double", "duration", "int", "string", "timestamp", "uint"}
)
_WORDS = frozenset(
    {"as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let"}
    | {"loop", "namespace", "null", "package", "return", "true", "var", "void", "while"}
)


def find(case: Case) -> Iterator[Mistake]:
    """Yield the mistakes of the questions."""
    asked = tuple(case.asked())
    yield from _ids(case, [(one.question.id, one.at) for one in asked])
    yield from _ids_inside(case, asked)
    for index, page in enumerate(case.procedure.form):
        if not page.ask:
            yield case.places.mistake(("form", index), "empty-page", name=page.id)
    for one in asked:
        if one.at[0] == "steps" and one.question.takes_files:
            yield case.places.mistake((*one.at, "type"), "file-asked-of-officers", name=one.question.id)
        yield from _question(case, one.question, one.at)
        yield from _ids(case, [(q.id, (*one.at, "ask", i)) for i, q in enumerate(one.question.ask)])
        for index, inner in enumerate(one.question.ask):
            at = (*one.at, "ask", index)
            yield from _question(case, inner, at)
            if inner.type is QuestionType.GROUP:
                yield case.places.mistake((*at, "type"), "group-in-group", name=inner.id)


def _ids(case: Case, ids: Sequence[tuple[str, Location]]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for name, at in ids:
        place = (*at, "id")
        if name in first:
            yield case.places.mistake(place, "duplicate-id", name=name, other=first[name])
        first.setdefault(name, case.line(place))
        words = name.split(".")
        reserved = [word for word in words if word in _WORDS] or [words[0]] * (words[0] in _ROOTS)
        if reserved:
            yield case.places.mistake(place, "reserved-id", name=name, word=reserved[0])


def _ids_inside(case: Case, asked: Sequence[Asked]) -> Iterator[Mistake]:
    ids = {one.question.id for one in asked}
    for one in asked:
        parts = one.question.id.split(".")
        for length in range(1, len(parts)):
            outer = ".".join(parts[:length])
            if outer in ids:
                yield case.places.mistake((*one.at, "id"), "id-inside-id", name=one.question.id, other=outer)


def _question(case: Case, question: Question, at: Location) -> Iterator[Mistake]:
    mistake = case.places.mistake
    name, kind = question.id, question.type
    if kind in _CHOICES and not question.options:
        yield mistake(at, "no-options", name=name)
    if kind not in _CHOICES and question.options:
        yield mistake((*at, "options"), "options-unused", name=name, type=kind)
    if kind is QuestionType.GROUP and not question.ask:
        yield mistake(at, "empty-group", name=name)
    if kind is not QuestionType.GROUP and question.ask:
        yield mistake((*at, "ask"), "ask-unused", name=name)
    if question.at_least > question.at_most:
        yield mistake(
            (*at, "at_least"), "crossed-limits", name=name, low=question.at_least, high=question.at_most
        )
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        yield mistake(
            (*at, "minimum"), "crossed-limits", name=name, low=question.minimum, high=question.maximum
        )
    for index, rule in enumerate(question.rules):
        if not rule.otherwise:
            yield mistake((*at, "rules", index, "otherwise"), "rule-without-sentence")
    yield from _known(case, question, at)
    yield from _options(case, question, at)


def _known(case: Case, question: Question, at: Location) -> Iterator[Mistake]:
    fact = question.known
    if fact is None:
        return
    if fact not in APPLICANT:
        yield case.places.mistake(
            (*at, "known"),
            "unknown-fact",
            name=fact,
            hint=nearest(fact, list(APPLICANT)),
            allowed=", ".join(APPLICANT),
        )
    elif APPLICANT[fact] is not kind_of(question):
        yield case.places.mistake(
            (*at, "known"), "fact-of-other-type", fact=fact, name=question.id, type=question.type
        )


def _options(case: Case, question: Question, at: Location) -> Iterator[Mistake]:
    values: dict[str, int] = {}
    labels: set[str] = set()
    for index, option in enumerate(question.options):
        place = (*at, "options", index)
        if option.value in values:
            yield case.places.mistake(place, "duplicate-id", name=option.value, other=values[option.value])
        if option.label.vi in labels:
            yield case.places.mistake(place, "same-label-twice", name=option.label.vi)
        values.setdefault(option.value, case.line(place))
        labels.add(option.label.vi)
