"""Answer the survey of a counter, without saying who one is."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.kernel.text import normalise
from tinhso.people import queries as people
from tinhso.people.types import ANONYMOUS, Actor
from tinhso.surveys.events import SurveyAnswered
from tinhso.surveys.models import SurveyAnswer
from tinhso.surveys.rules import HIGHEST, LOWEST, rules

_SIGNER = Signer(salt="surveys.visit")


class NothingAnswered(Refusal):
    code = "survey-nothing-answered"
    message = _("Hãy chọn câu trả lời cho ít nhất một câu hỏi.")


class VisitOver(Conflict):
    code = "survey-visit-over"
    message = _("Trang này mở đã lâu. Câu trả lời vẫn còn trên trang; hãy bấm gửi lần nữa.")


class AnsweredAlready(Conflict):
    code = "survey-answered-already"
    message = _("Bạn đã gửi câu trả lời này. Cảm ơn bạn.")


def new_visit(*, at: datetime) -> str:
    """Return the name of one opening of the page, dated and signed; it answers once."""
    return _SIGNER.sign(f"{int(at.timestamp())}.{get_random_string(22)}")


@transaction.atomic
def answer_survey(
    *,
    actor: Actor,  # noqa: ARG001  (who answers is not kept)
    at: datetime,
    agency_code: str,
    visit: str,
    answers: Mapping[str, int],
    comment: str = "",
    counter: str = "",
) -> UUID:
    """
    Keep what a visitor thinks of the agency; return the answer's id. Who they are is not kept.

    :param visit: of :func:`new_visit`; one opening of the page answers once
    :param answers: marks 1–5 by question id; others are left out
    :raises AgencyMissing: no such agency
    :raises VisitOver: the page was opened too long ago, or not by us
    :raises AnsweredAlready: this opening has answered
    :raises NothingAnswered: no mark, and no words
    """
    agency = people.agency_by_code(agency_code)

    rule = rules()
    opened = _opened(visit, at=at, within=timedelta(minutes=rule.visit_minutes))

    known = {question.id for question in rule.questions}
    marks = {name: mark for name, mark in answers.items() if name in known and LOWEST <= mark <= HIGHEST}
    words = normalise(comment)[: rule.longest]
    if not marks and not words:
        raise NothingAnswered
    locks.hold(f"survey/{opened}")
    if SurveyAnswer.objects.filter(visit=opened).exists():
        raise AnsweredAlready

    answer = SurveyAnswer.objects.create(
        agency_id=agency.id,
        counter=normalise(counter)[:20],
        answers=marks,
        comment=words,
        visit=opened,
        given_at=at,
    )

    event = SurveyAnswered(answer_id=answer.id, agency_id=agency.id, marks=len(marks))
    # Whoever is signed in on this device stays unnamed too.
    ledger.record(actor=ANONYMOUS, at=at, event=event)
    return answer.id


def _opened(visit: str, *, at: datetime, within: timedelta) -> str:
    """Return the opening. :raises VisitOver: not one of ours, or too long ago"""
    try:
        opened = _SIGNER.unsign(visit)
    except BadSignature as problem:
        raise VisitOver from problem
    moment = datetime.fromtimestamp(int(opened.partition(".")[0]), tz=UTC)
    if at - moment > within:
        raise VisitOver
    return opened
