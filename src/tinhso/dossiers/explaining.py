"""Why a result is due when it is, line by line: the limit, restarts, every day, pauses, a later date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tinhso.calendars.types import ExplainedDay, Pause, Words
from tinhso.definitions.types import Procedure, TimeLimit
from tinhso.dossiers import deadline
from tinhso.dossiers.models import Dossier, Suspension
from tinhso.dossiers.queries import has_some
from tinhso.dossiers.time_limits import in_words, limit_of
from tinhso.kernel.clock import local
from tinhso.kernel.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Postponed:
    """The one later date the law allows."""

    at: datetime
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """
    What a deadline follows from.

    :param started: when the clock began to count, last
    :param pauses: ended ones since then
    :param restarts: earlier requests for what was missing: asked, and answered in full
    :param stands_since: when the clock stopped, while it stands still
    """

    limit: TimeLimit
    started: datetime
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[tuple[datetime, datetime], ...] = ()
    postponed: Postponed | None = None
    stands_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    :param due_at: owed by
    :param counted_until: what the law's clock gives, before any later date
    """

    due_at: datetime
    counted_until: datetime
    lines: tuple[ExplainedDay, ...]


def explain(*, dossier: Dossier, procedure: Procedure) -> Explanation | None:
    """Return why this dossier is due when it is; None while the clock has not started."""
    if dossier.clock_started_at is None:
        return None
    return tell(_story(dossier, procedure))


def tell(story: Story) -> Explanation:
    """Return the due moment of a story and its lines, in the order of the days."""
    counted = deadline.count(limit=story.limit, received=story.started, pauses=story.pauses)
    later = story.postponed if story.postponed and story.postponed.at >= story.started else None
    due_at = (
        deadline.postponed(until=later.until, since=later.at, pauses=story.pauses) if later else counted.at
    )
    lines = [
        *_restarts(story.restarts),
        _limit(story),
        *counted.lines,
        *_postponement(story, due_at, is_valid=later is not None),
        *_standstill(story.stands_since),
    ]
    return Explanation(due_at, counted.at, tuple(lines))


def _story(dossier: Dossier, procedure: Procedure) -> Story:
    """Read the story of a dossier: two queries at most, three where nothing was fetched before."""
    started = dossier.clock_started_at
    assert started is not None, "the caller has asked whether the clock started"
    pauses = _SUSPENSIONS(dossier_id=dossier.pk) if has_some(dossier, "suspensions") else []
    since: Sequence[Suspension] = sorted(
        (pause for pause in pauses if pause.started_at >= started),
        key=lambda pause: pause.started_at,
    )
    extension = getattr(dossier, "extension", None)
    answered = [
        (asked.asked_at, asked.answered_at)
        for asked in dossier.supplements.all()
        if asked.answered_at is not None and dossier.accepted_at and asked.asked_at >= dossier.accepted_at
    ]
    return Story(
        limit=limit_of(dossier, procedure),
        started=started,
        pauses=tuple(Pause(one.started_at, one.ended_at) for one in since if one.ended_at is not None),
        restarts=tuple(sorted(answered)),
        postponed=Postponed(extension.extended_at, extension.new_due_at, extension.reason)
        if extension
        else None,
        stands_since=next((one.started_at for one in since if one.ended_at is None), None),
    )


def _suspensions(dossier_id: UUID) -> QuerySet[Suspension]:
    return Suspension.objects.filter(dossier_id=dossier_id)


_SUSPENSIONS = Prepared(_suspensions)


def _limit(story: Story) -> ExplainedDay:
    words = Words(
        vi=f"thời hạn theo quy định: {in_words(story.limit, 'vi')}",
        en=f"the time limit: {in_words(story.limit, 'en')}",
    )
    return _line(story.started, words)


def _restarts(restarts: Sequence[tuple[datetime, datetime]]) -> Iterator[ExplainedDay]:
    for asked, answered in restarts:
        yield _line(
            asked,
            Words(
                vi="được yêu cầu bổ sung; thời hạn dừng lại",
                en="something was missing; the clock stood still",
            ),
        )
        yield _line(
            answered,
            Words(
                vi="đã bổ sung đủ; thời hạn tính lại từ đầu",
                en="all of it was handed in; the limit starts again from zero",
            ),
        )


def _postponement(story: Story, due_at: datetime, *, is_valid: bool) -> Iterator[ExplainedDay]:
    later = story.postponed
    if later is None:
        return
    until, reason = f"{local(later.until):%H:%M %d/%m/%Y}", later.reason.rstrip(" .")
    if not is_valid:
        words = Words(
            vi=f"đã hẹn lại {until}, nay không áp dụng vì thời hạn tính lại từ đầu sau khi bổ sung",
            en=f"a later date, {until}, no longer counts: the limit started again after the supplement",
        )
    else:
        words = Words(
            vi=f"cơ quan xin lỗi và hẹn lại {until}, chỉ được một lần; lý do: {reason}",
            en=f"the agency apologised and named {until}, which it may do once; reason: {reason}",
        )
    yield _line(later.at, words)
    if is_valid and due_at != later.until:
        shown = f"{local(due_at):%H:%M %d/%m/%Y}"
        yield _line(
            due_at,
            Words(
                vi=f"bù thời gian đã tạm dừng sau khi hẹn lại: hết hạn lúc {shown}",
                en=f"makes up for the pause after that: due at {shown}",
            ),
        )


def _standstill(since: datetime | None) -> Iterator[ExplainedDay]:
    if since is not None:
        yield _line(
            since,
            Words(
                vi=f"thời hạn dừng từ {local(since):%H:%M}, chạy tiếp khi xong việc được yêu cầu",
                en=f"the clock stands still since {local(since):%H:%M} until what was asked is done",
            ),
        )


def _line(at: datetime, words: Words) -> ExplainedDay:
    return ExplainedDay(local(at).date(), words, counted=False)
