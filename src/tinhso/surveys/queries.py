"""What people said of an agency: counted, and their own words for its officers."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tinhso.kernel.refusals import NotAllowed
from tinhso.people import queries as people
from tinhso.people.types import Actor, AgencyView
from tinhso.surveys.models import SurveyAnswer
from tinhso.surveys.rules import rules

# These read what people wrote of every agency; others of their own.
OVERSIGHT = "supervisor"
MOST_COMMENTS = 100


@dataclass(frozen=True, slots=True)
class Score:
    """
    One question's figures; ``mean`` is None when too few answered it.

    :param counts: how often each mark was given, by mark
    """

    question_id: str
    answered: int
    mean: float | None
    counts: dict[int, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """
    What was said of one agency since a moment.

    :param answered: how many people answered; known exactly only when there were enough
    :param is_enough: False: too few to show any figure without pointing at somebody
    """

    agency: AgencyView
    since: datetime
    answered: int
    is_enough: bool
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, and at which counter's poster."""

    text: str
    counter: str
    given_at: datetime


def figures_of(*, agency_code: str, at: datetime) -> Figures:
    """Return the public figures of the last days. :raises NotFound: no such agency"""
    agency = people.agency_by_code(agency_code)
    rule = rules()
    since = at - timedelta(days=rule.days)
    marks: dict[str, Counter[int]] = defaultdict(Counter)
    answered = 0
    rows = SurveyAnswer.objects.filter(agency_id=agency.id, given_at__gt=since, given_at__lte=at)
    for answers in rows.values_list("answers", flat=True).iterator(chunk_size=2000):
        answered += 1
        for name, mark in answers.items():
            marks[name][mark] += 1
    enough = answered >= rule.least
    scores = tuple(_score(question.id, marks[question.id], rule.least) for question in rule.questions)
    return Figures(agency, since, answered if enough else 0, enough, scores if enough else ())


def words_of(*, actor: Actor, agency_id: UUID, limit: int = MOST_COMMENTS) -> tuple[Words, ...]:
    """
    Return what people wrote of the agency, newest first, to its officers and to those who watch.

    Never public: people write names. :raises NotAllowed: for anybody else
    """
    watches = any(post.role == OVERSIGHT for post in actor.posts)
    if not actor.is_officer or not (watches or agency_id in actor.agency_ids):
        raise NotAllowed
    rows = SurveyAnswer.objects.filter(agency_id=agency_id).exclude(comment="").order_by("-given_at")
    return tuple(Words(row.comment, row.counter, row.given_at) for row in rows[: min(limit, MOST_COMMENTS)])


def _score(question_id: str, counts: Counter[int], least: int) -> Score:
    answered = sum(counts.values())
    if answered < least:
        return Score(question_id, 0, None, {})
    mean = sum(mark * count for mark, count in counts.items()) / answered
    return Score(question_id, answered, round(mean, 2), dict(counts))
