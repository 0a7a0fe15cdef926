"""Write to the other side about a dossier, and note that what they wrote was read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, conversation, policies
from tinhso.dossiers.events import MessagesRead, MessageWritten
from tinhso.dossiers.models import CaseMessage, Dossier
from tinhso.dossiers.rules import rules
from tinhso.dossiers.sharing import agencies_of
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.kernel.text import normalise
from tinhso.papers.actions.grant_paper import grant_paper
from tinhso.papers.actions.receive_paper import receive_paper
from tinhso.people.types import Actor, PostView, system

# A file that came with a message belongs to the case, whoever of the two sides sent it.
KEEPER = system("dossiers")
DAY = timedelta(days=1)


class MessageEmpty(Refusal):
    code = "message-empty"
    message = _("Hãy viết tin nhắn, hoặc chọn tệp để gửi.")


class MessageTooLong(Refusal):
    code = "message-too-long"
    message = _(
        "Tin nhắn dài %(length)s ký tự, quá mức %(longest)s. Hãy rút ngắn, hoặc gửi nội dung bằng tệp."
    )


class TooManyFiles(Refusal):
    code = "message-too-many-files"
    message = _("Mỗi tin nhắn gửi được %(most)s tệp. Hãy gửi các tệp còn lại trong tin nhắn sau.")


class TooManyMessages(Conflict):
    code = "message-too-many"
    message = _("Bạn đã gửi %(most)s tin nhắn về hồ sơ này trong 24 giờ. Hãy đợi trả lời, hoặc gọi cơ quan.")


class ThreadClosed(Conflict):
    code = "message-thread-closed"
    message = _(
        "Hồ sơ đã kết thúc quá %(days)s ngày nên không nhận tin nhắn nữa. "
        "Hãy gọi cơ quan theo số trên trang hồ sơ."
    )


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a message."""

    file_name: str
    content: BinaryIO


@transaction.atomic
def write_message(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    text: str,
    files: Sequence[Enclosed] = (),
    client_key: str = "",
) -> UUID:
    """
    Write to the other side; return the message's id. The other side is told.

    :param client_key: the same key of the same author sends once; the answer is the first one's id
    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: neither the applicant's side nor an officer of an agency with a part in the case
    :raises MessageEmpty, MessageTooLong, TooManyFiles, TooManyMessages, ThreadClosed: as they say
    :raises Refusal: whatever ``papers`` finds wrong with a file; nothing is written then
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    dossier = in_hand.dossier

    post = policies.require_correspondent(actor=actor, dossier=dossier)

    sent = conversation.sent_before(actor=actor, dossier=dossier, client_key=client_key)
    if sent is not None:
        return sent
    text = _tidied(text)
    _require_room(actor=actor, dossier=dossier, at=at, text=text, files=len(files))

    message = CaseMessage.objects.create(
        dossier=dossier,
        side=CaseMessage.Side.OFFICE if post else CaseMessage.Side.APPLICANT,
        author_id=actor.signed_in_as,
        agency_id=post.agency_id if post else None,
        text=text,
        papers=[str(_keep(dossier, file, at=at)) for file in files],
        client_key=client_key[:40],
        written_at=at,
    )

    event = MessageWritten(dossier_id=dossier.id, message_id=message.id, side=message.side, files=len(files))
    ledger.record(actor=actor.acting_from(post) if post else actor, at=at, event=event)
    _tell(in_hand, message=message, post=post, at=at)
    return message.id


@transaction.atomic
def read_messages(*, actor: Actor, at: datetime, dossier_id: UUID) -> int:
    """
    Note that what the other side wrote was read; return how many messages. Who only watches reads no mark.

    :raises NotFound: absent, or not visible to the actor
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    dossier = in_hand.dossier

    side = policies.side_of(actor=actor, dossier=dossier)
    if side is None:
        return 0

    unread = CaseMessage.objects.filter(dossier=dossier, read_at__isnull=True).exclude(side=side)
    count = unread.update(read_at=at, read_by_id=actor.signed_in_as)

    if count:
        other = next(one for one in CaseMessage.Side if one != side)
        ledger.record(
            actor=actor, at=at, event=MessagesRead(dossier_id=dossier.id, side=str(other), messages=count)
        )
    return count


def _tidied(text: str) -> str:
    """Return the text with its lines: one empty line at most between two, none around."""
    lines = (normalise(line) for line in text.splitlines())
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def _require_room(*, actor: Actor, dossier: Dossier, at: datetime, text: str, files: int) -> None:
    rule = rules().messages
    if not text and not files:
        raise MessageEmpty
    if len(text) > rule.longest:
        raise MessageTooLong(length=len(text), longest=rule.longest)
    if files > rule.most_files:
        raise TooManyFiles(most=rule.most_files)
    if conversation.is_closed(dossier, at=at):
        raise ThreadClosed(days=rule.open_days_after_end)
    written = CaseMessage.objects.filter(
        dossier=dossier, author_id=actor.signed_in_as, written_at__gt=at - DAY
    ).count()
    if written >= rule.most_a_day:
        raise TooManyMessages(most=rule.most_a_day)


def _keep(dossier: Dossier, file: Enclosed, *, at: datetime) -> UUID:
    """Keep the file as the applicant's, and let every agency of the case read it."""
    paper = receive_paper(
        actor=KEEPER,
        at=at,
        owner_person_id=dossier.applicant_id,
        file_name=file.file_name,
        content=file.content,
    )
    for agency_id in sorted(agencies_of(dossier)):
        grant_paper(actor=KEEPER, at=at, paper_id=paper.id, agency_id=agency_id)
    return paper.id


def _tell(in_hand: case.Case, *, message: CaseMessage, post: PostView | None, at: datetime) -> None:
    if post is None:
        announce.tell_office_of_message(in_hand=in_hand, message=message, at=at)
        return
    announce.tell_applicant(
        dossier=in_hand.dossier,
        procedure=in_hand.procedure,
        at=at,
        template="message_from_office",
        occasion=str(message.id),
        page="trao-doi/",
        agency=post.agency_name,
    )
