"""Ask a colleague or another agency for an opinion while a step runs, and take the question back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, deadline, policies
from tinhso.dossiers.events import AdviceAsked, AdviceWithdrawn
from tinhso.dossiers.models import Consultation
from tinhso.dossiers.rules import rules
from tinhso.dossiers.sharing import share
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, NotAllowed, NotFound, Refusal
from tinhso.kernel.text import normalise
from tinhso.people import queries as people
from tinhso.people.types import Actor

SHORTEST, LONGEST = 10, 2000


class QuestionUnclear(Refusal):
    code = "question-unclear"
    message = _("Hãy ghi rõ điều cần hỏi, từ 10 đến 2.000 ký tự.")


class NobodyAsked(Refusal):
    code = "nobody-asked"
    message = _("Hãy chọn một đồng nghiệp hoặc một cơ quan đang có người nhận việc để hỏi.")


class AnswerTimeWrong(Refusal):
    code = "answer-time-wrong"
    message = _("Thời gian trả lời phải từ 1 đến %(most)s giờ làm việc. Hãy ghi lại.")


class PaperNotInDossier(Refusal):
    code = "paper-not-in-dossier"
    message = _("Giấy tờ được chọn không có trong hồ sơ này. Hãy chọn lại.")


class AnsweredMeanwhile(Conflict):
    code = "answered-meanwhile"
    message = _("Câu hỏi này đã được trả lời hoặc đã rút. Hãy tải lại trang.")


@transaction.atomic
def ask_opinion(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    question: str,
    to_account_id: UUID | None = None,
    to_agency_id: UUID | None = None,
    hours: int | None = None,
    paper_ids: Sequence[UUID] = (),
    blocks: bool = True,
    revision: int | None = None,
) -> UUID:
    """
    Ask for an opinion; return the question's id.

    :param to_account_id: a colleague of the same agency; or else ``to_agency_id``: another agency
    :param hours: working hours for the answer; None for the rules' own
    :param paper_ids: the papers that the other agency may read; a colleague may read them all
    :param blocks: the step waits for the answer
    :raises NotFound, NotAllowed, MoveNotPossible: see ``policies``
    :raises QuestionUnclear, NobodyAsked, AnswerTimeWrong, PaperNotInDossier: what is asked makes no sense
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    _move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="ask_opinion")

    question = normalise(question)
    if not SHORTEST <= len(question) <= LONGEST:
        raise QuestionUnclear
    due_at = deadline.step_due_at(opened=at, hours=_require_hours(hours))
    agency_id, role = _require_asked(in_hand, actor, at, to_account_id, to_agency_id)
    papers = _require_papers(in_hand, paper_ids)

    asked = Consultation.objects.create(
        dossier_id=dossier_id,
        step_run=in_hand.open_run,
        question=question,
        agency_id=agency_id,
        role=role,
        asked_at=at,
        asked_by_id=actor.signed_in_as,
        to_account_id=to_account_id,
        blocks=blocks,
        papers=papers,
        due_at=due_at,
    )
    share(at=at, dossier=in_hand.dossier, agency_ids=[agency_id], only=papers)
    in_hand.save()

    event = AdviceAsked(dossier_id=dossier_id, consultation_id=asked.id, agency_id=agency_id)
    ledger.record(actor=actor, at=at, event=event)
    announce.tell_asked(in_hand=in_hand, asked=asked, at=at, template="officer_opinion_asked")
    return asked.id


@transaction.atomic
def withdraw_question(*, actor: Actor, at: datetime, dossier_id: UUID, consultation_id: UUID) -> None:
    """
    Take one's own question back; the step waits for it no longer.

    :raises NotFound: no such question of an officer
    :raises NotAllowed: neither who asked nor who has the step in hand
    :raises AnsweredMeanwhile: it was answered, or taken back before
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    asked = in_hand.dossier.consultations.filter(pk=consultation_id, consultation="").first()
    if asked is None:
        raise NotFound

    _require_asker(in_hand, actor, asked)

    if asked.answered_at is not None:
        raise AnsweredMeanwhile

    asked.answered_at, asked.answered_by_id = at, actor.signed_in_as
    asked.opinion = Consultation.Opinion.WITHDRAWN
    asked.save(update_fields=["answered_at", "answered_by", "opinion"])
    in_hand.save()

    event = AdviceWithdrawn(dossier_id=dossier_id, consultation_id=asked.id)
    ledger.record(actor=actor, at=at, event=event)


def _require_asker(in_hand: case.Case, actor: Actor, asked: Consultation) -> None:
    if not actor.is_officer:
        raise NotAllowed
    if asked.asked_by_id == actor.account_id:
        return
    policies.require_post(actor=actor, run=in_hand.open_run, step=in_hand.step)


def _require_hours(hours: int | None) -> int:
    allowed = rules().opinions
    wanted = allowed.hours if hours is None else hours
    if not 0 < wanted <= allowed.most_hours:
        raise AnswerTimeWrong(most=allowed.most_hours)
    return wanted


def _require_asked(
    in_hand: case.Case, actor: Actor, at: datetime, account_id: UUID | None, agency_id: UUID | None
) -> tuple[UUID, str]:
    """Return the agency and the role that answers; exactly one of the two must be named."""
    if (account_id is None) == (agency_id is None):
        raise NobodyAsked
    if account_id is not None:
        own = in_hand.open_run.agency_id
        posts = [post for post in people.posts_of(account_id, at=at) if post.agency_id == own]
        if not posts or account_id == actor.account_id:
            raise NobodyAsked
        return own, posts[0].role
    assert agency_id is not None
    role = rules().opinions.asked_role
    if agency_id == in_hand.open_run.agency_id or not people.officers_with(
        role=role, agency_id=agency_id, at=at
    ):
        raise NobodyAsked
    return agency_id, role


def _require_papers(in_hand: case.Case, paper_ids: Sequence[UUID]) -> list[str]:
    held = {paper for ids in in_hand.dossier.papers.values() for paper in ids}
    wanted = [str(paper_id) for paper_id in dict.fromkeys(paper_ids)]
    if not held.issuperset(wanted):
        raise PaperNotInDossier
    return wanted
