"""What officers do about an envelope that waits for them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.statuses import NATIONAL_CODES, Status
from tinhso.exchange import jobs, policies, queries
from tinhso.exchange.actions.open_envelope import reading_of
from tinhso.exchange.events import CodeLearned, EnvelopeRefused, EnvelopeSettled
from tinhso.exchange.models import Dispatch, Envelope, EnvelopeState, Learned
from tinhso.exchange.types import CHOSEN, SEEN, Choices, Trouble, Why
from tinhso.kernel import ledger, locks
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.people import queries as people
from tinhso.people.types import Actor


class NotWaiting(Conflict):
    code = "envelope-not-waiting"
    message = _("Hồ sơ này không còn chờ cán bộ. Hãy tải lại trang để xem diễn biến mới.")


class ChoiceMissing(Invalid):
    code = "choice-missing"
    message = _("Hãy trả lời đủ các mục còn vướng, rồi lập hồ sơ.")


class DossierThere(Conflict):
    code = "dossier-there"
    message = _("Bản gốc đã thành hồ sơ nên không từ chối ở đây. Hãy làm việc trong hồ sơ đó.")


@transaction.atomic
def settle_envelope(*, actor: Actor, at: datetime, envelope_id: UUID, choices: Choices) -> None:
    """
    Answer what an envelope waits for, and have it opened again. What codes mean is kept for the next ones.

    :raises NotFound, NotAllowed: not visible to the actor, another counter's, or their own
    :raises NotWaiting: it does not wait for a human
    :raises ChoiceMissing: something that stands in the way was not answered
    :raises ProcedureMissing: the procedure chosen is not on offer
    """
    envelope = _lock(actor=actor, envelope_id=envelope_id)

    _require_right(actor, envelope)

    if envelope.state != EnvelopeState.NEEDS_HUMAN:
        raise NotWaiting
    if choices.procedure:
        catalogue.current(choices.procedure)
    _require_answers(envelope, choices)

    _learn(actor=actor, at=at, envelope=envelope, choices=choices)
    envelope.choices = Choices.of(envelope.choices).and_then(choices).as_json()
    envelope.state, envelope.tries, envelope.troubles = EnvelopeState.RECEIVED, 0, []
    envelope.settled_by_id = actor.account_id
    envelope.save()
    defer(jobs.open_it, envelope_id=str(envelope.pk))

    ledger.record(actor=actor, at=at, event=EnvelopeSettled(envelope_id=envelope.pk))


@transaction.atomic
def mark_seen(*, actor: Actor, at: datetime, envelope_id: UUID) -> None:
    """
    Say that a change after filing was looked at; nothing more comes of it.

    :raises NotFound, NotAllowed, NotWaiting: see :func:`settle_envelope`
    """
    envelope = _lock(actor=actor, envelope_id=envelope_id)

    _require_right(actor, envelope)

    whys = {Trouble.of(kept).why for kept in envelope.troubles}
    if envelope.state != EnvelopeState.NEEDS_HUMAN or not whys <= SEEN:
        raise NotWaiting

    dossier = Dossier.objects.filter(national_code=envelope.code).first()
    envelope.state, envelope.settled_at = EnvelopeState.DONE, at
    envelope.settled_by_id, envelope.dossier = actor.account_id, dossier
    envelope.save()

    ledger.record(actor=actor, at=at, event=EnvelopeSettled(envelope_id=envelope.pk))


@transaction.atomic
def refuse_envelope(*, actor: Actor, at: datetime, envelope_id: UUID, reason: str) -> None:
    """
    Not accept what came, with a reason the applicant reads on the portal (status 3).

    :raises NotFound, NotAllowed, NotWaiting: see :func:`settle_envelope`
    :raises DossierThere: it became a dossier, whose own moves apply
    :raises ReasonMissing: the applicant must be told why
    """
    envelope = _lock(actor=actor, envelope_id=envelope_id)

    _require_right(actor, envelope)

    if envelope.state != EnvelopeState.NEEDS_HUMAN:
        raise NotWaiting
    if Dossier.objects.filter(national_code=envelope.code).exists():
        raise DossierThere
    reason = require_reason(reason)

    envelope.state, envelope.reason, envelope.settled_at = EnvelopeState.REFUSED, reason, at
    envelope.settled_by_id = actor.account_id
    envelope.save()
    Dispatch.objects.create(
        code=envelope.code,
        agency_id=envelope.agency_id,
        service="progress",
        status=NATIONAL_CODES[Status.NOT_ACCEPTED],
        note=reason,
        happened_at=at,
        next_at=at,
    )
    defer(jobs.send, code=envelope.code)

    ledger.record(actor=actor, at=at, event=EnvelopeRefused(envelope_id=envelope.pk))


def _lock(*, actor: Actor, envelope_id: UUID) -> Envelope:
    seen = queries.access_envelope(actor=actor, envelope_id=envelope_id)
    locks.hold(f"exchange.envelope:{seen.code}")
    return Envelope.objects.select_for_update().get(pk=seen.pk)


def _require_right(actor: Actor, envelope: Envelope) -> None:
    """:raises NotAllowed, OwnCase: another counter's, or what the officer filed themselves"""
    policies.require_counter(actor, agency_id=envelope.agency_id)
    theirs = reading_of(envelope).theirs
    policies.require_not_own(actor, personal_id=theirs.DinhDanhCHS.SoDinhDanh)


def _require_answers(envelope: Envelope, choices: Choices) -> None:
    troubles = [Trouble.of(kept) for kept in envelope.troubles]
    answered = {
        Why.PROCEDURE_UNKNOWN: bool(choices.procedure),
        Why.UNIT_UNKNOWN: choices.agency_id is not None,
        Why.DATE_WRONG: choices.date_as_received,
        Why.FILE_MISSING: choices.without_files,
        Why.FILE_REFUSED: choices.without_files,
        Why.ORIGINAL_MISSING: choices.as_original,
    }
    for trouble in troubles:
        if trouble.why is Why.PAPER_UNKNOWN and trouble.about in choices.papers:
            continue
        if trouble.why not in CHOSEN or not answered.get(trouble.why, False):
            raise ChoiceMissing


def _learn(*, actor: Actor, at: datetime, envelope: Envelope, choices: Choices) -> None:
    """Keep what codes mean; which part an unnamed file belongs to is of this envelope alone."""
    theirs = reading_of(envelope).theirs
    if choices.procedure:
        _teach(actor, at, Learned.Kind.PROCEDURE, "", theirs.MaTTHC, choices.procedure)
    if choices.agency_id is not None:
        people.agency(choices.agency_id)
        unit = theirs.DonViXuLy or theirs.NoiNopHoSo
        _teach(actor, at, Learned.Kind.UNIT, "", unit, str(choices.agency_id))
    procedure = reading_of(envelope).procedure
    code = choices.procedure or (procedure.code if procedure else "")
    for file in theirs.files:
        part = choices.papers.get(file.key)
        if part and file.MaThanhPhanHoSo and code:
            _teach(actor, at, Learned.Kind.PAPER, code, file.MaThanhPhanHoSo, part)


def _teach(actor: Actor, at: datetime, kind: Learned.Kind, scope: str, theirs: str, ours: str) -> None:
    if not theirs:
        return
    row, is_new = Learned.objects.update_or_create(
        kind=kind,
        scope=scope,
        theirs=theirs[:200],
        defaults={"ours": ours, "taught_by_id": actor.signed_in_as, "taught_at": at},
    )
    if is_new:
        ledger.record(actor=actor, at=at, event=CodeLearned(learned_id=row.pk, code_kind=str(kind)))
