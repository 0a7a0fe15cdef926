"""
How dossiers are found: an index of words and their beginnings, narrowed to the searcher's agencies.

The words of a dossier are its code, the parts of its code, name and personal id, folded, and one word for
each agency that has a part in it. The agencies' words only spare the index the dossiers of others; who may
see what is still said by ``visible_to``.
"""

from collections.abc import Iterable
from enum import Enum
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db.models import BooleanField, Func, TextField, Value

from tinhso.kernel.text import fold

# No word of a name, a code or a number begins with it; what people type is freed of it.
AGENCY_MARK = "@"


class Fit(Enum):
    """
    How the words typed must stand in a dossier.

    The fewer of them may be only begun the cheaper: of a million dossiers the index gathers every word that
    begins like a short one, and «ha» begins a fifth of all names.
    """

    WHOLE = "every word as it is"
    LAST_BEGUN = "the last perhaps only begun"
    BEGUN = "each perhaps only begun"


class Words(Func):
    """The space-separated words of a text as they stand; PostgreSQL's parser would tear codes apart."""

    template = "array_to_tsvector(string_to_array(%(expressions)s, ' '))"
    output_field = SearchVectorField()


class _Query(Func):
    template = "(%(expressions)s)::tsquery"
    output_field = TextField()


class _Matches(Func):
    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


def text_of(*, code: str, full_name: str, personal_id: str | None) -> str:
    """Return the words a dossier is found by, each once, in the order given."""
    words = fold(f"{code} {code.replace('-', ' ')} {full_name} {personal_id or ''}").split()
    return " ".join(dict.fromkeys(words))


def agency_word(agency_id: UUID) -> str:
    """Return the word that stands for an agency; the end of a UUIDv7 is its random part."""
    return f"{AGENCY_MARK}{agency_id.hex[-12:]}"


def fits(typed: str) -> tuple[Fit, ...]:
    """Return what is tried one after the other until something is found; one word is always only begun."""
    return tuple(Fit) if len(words_of(typed)) > 1 else (Fit.BEGUN,)


def matching(typed: str, *, agencies: Iterable[UUID] = (), fit: Fit = Fit.BEGUN) -> _Matches | None:
    """
    Return the condition that the words typed stand in the dossier; None when nothing was typed.

    :param agencies: look only among dossiers in which one of these has a part; none for all
    """
    asked = query_of(typed, agencies=agencies, fit=fit)
    return stands(asked) if asked else None


def stands(asked: str) -> _Matches:
    """Return the condition that a query of :func:`query_of` finds the dossier."""
    return _Matches(Words("search"), _Query(Value(asked)))


def query_of(typed: str, *, agencies: Iterable[UUID] = (), fit: Fit = Fit.BEGUN) -> str:
    """Return the question of :func:`matching` as PostgreSQL reads it; empty when nothing was typed."""
    words = words_of(typed)
    if not words:
        return ""
    firm = {Fit.WHOLE: len(words), Fit.LAST_BEGUN: len(words) - 1, Fit.BEGUN: 0}[fit]
    asked = " & ".join([*words[:firm], *(f"{word}:*" for word in words[firm:])])
    if among := " | ".join(_quoted(agency_word(agency), keep=True) for agency in agencies):
        asked = f"{asked} & ({among})"
    return asked


def words_of(typed: str) -> list[str]:
    """Return what was typed as words of a query, without signs that mean something there."""
    return [_quoted(word) for word in fold(typed).split() if _bare(word)]


def _bare(word: str) -> str:
    return word.replace(AGENCY_MARK, "").replace("'", "").replace("\\", "")


def _quoted(word: str, *, keep: bool = False) -> str:
    return f"'{word if keep else _bare(word)}'"
