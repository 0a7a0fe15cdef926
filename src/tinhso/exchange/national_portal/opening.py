"""An envelope's content becomes a dossier, or goes into the one that is there. The caller holds the lock."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.actions.answer_supplement import answer_supplement
from tinhso.dossiers.actions.attach_paper import attach_paper
from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.dossiers.actions.file_dossier import file_as_received
from tinhso.dossiers.actions.start_draft import (
    AssuranceTooLow,
    AudienceTooNarrow,
    ChannelClosed,
    start_draft,
)
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.dossiers.statuses import NATIONAL_CODES, Status
from tinhso.exchange.models import Envelope
from tinhso.exchange.national_portal.contract import FileOfTheirs, read_dossier
from tinhso.exchange.national_portal.reading import Reading, parts_of
from tinhso.exchange.national_portal.standing import Standing
from tinhso.exchange.types import Trouble, Why
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.people import queries as people
from tinhso.people.actions import receive_identity
from tinhso.people.actions.receive_identity import AccountClosedAlready, IdentityContradicts
from tinhso.people.claims import IdentityIncomplete
from tinhso.people.types import Actor, system

ACTOR = system("national_portal")
WITHDRAWN = str(NATIONAL_CODES[Status.WITHDRAWN])


class Stuck(Exception):  # noqa: N818  (what is undone, and why)
    """:ivar troubles: why it cannot go on; everything done so far is to be undone"""

    def __init__(self, *troubles: Trouble) -> None:
        super().__init__()
        self.troubles = troubles


def make_dossier(reading: Reading, *, at: datetime, files: Mapping[str, Path]) -> UUID:
    """
    Find or make the applicant, fill in what is known, hand in the files and file it.

    :param files: fetched ones, by the key of the portal's
    :raises Stuck: it cannot be
    """
    procedure, competent, filed_at = reading.procedure, reading.competent, reading.filed_at
    assert procedure and competent and filed_at, "the caller has asked"  # noqa: PT018
    standing = reading.standing(at=at) if reading.is_organisation else None
    actor = _representative(reading, standing, at=at) if standing else _applicant(reading, at=at)
    try:
        draft_id = start_draft(
            actor=actor,
            at=at,
            procedure_code=procedure.code,
            unit_code=competent.unit_code,
            organisation_id=standing.organisation.id if standing and standing.organisation else None,
        ).draft_id
    except (ChannelClosed, AssuranceTooLow, AudienceTooNarrow) as refusal:
        raise Stuck(Trouble(Why.NOT_TAKEN, procedure.code, refusal.sentence())) from None
    _hand_in(reading, actor=actor, draft_id=draft_id, files=files, at=at)
    filed = file_as_received(
        actor=actor, at=at, draft_id=draft_id, national_code=reading.theirs.MaHoSo, filed_at=filed_at
    )
    return filed.dossier_id


def update_dossier(
    reading: Reading, *, at: datetime, dossier: Dossier, last: Envelope | None, files: Mapping[str, Path]
) -> None:
    """
    Take over what changed since the last envelope: a withdrawal, or files for what was asked.

    :param last: the newest envelope that went into the dossier
    :raises Stuck: something else changed, which only a human can judge
    """
    if reading.theirs.TrangThaiHoSo == WITHDRAWN and dossier.state is not Status.WITHDRAWN:
        _withdraw(reading, dossier=dossier, at=at)
        return
    if dossier.state is Status.AWAITING_SUPPLEMENT and new_files(reading, last):
        _answer(reading, dossier=dossier, files=files, at=at)
        return
    if changed := changed_fields(reading, last):
        raise Stuck(Trouble(Why.CHANGED_AFTERWARDS, ", ".join(changed)[:300]))


def new_files(reading: Reading, last: Envelope | None) -> tuple[FileOfTheirs, ...]:
    """Return the files the last envelope did not have."""
    known = {file.key for file in read_dossier(last.payload).files} if last else set()
    return tuple(file for file in reading.theirs.files if file.key not in known)


def changed_fields(reading: Reading, last: Envelope | None) -> tuple[str, ...]:
    """Return the names of known fields whose content is not that of the last envelope; the status apart."""
    now = reading.theirs.model_dump(mode="json")
    before = read_dossier(last.payload).model_dump(mode="json") if last else {}
    return tuple(
        name
        for name in type(reading.theirs).model_fields
        if name != "TrangThaiHoSo" and _plain(now.get(name)) != _plain(before.get(name))
    )


def _applicant(reading: Reading, *, at: datetime) -> Actor:
    identity = reading.identity
    assert identity is not None, "the caller has asked"
    try:
        received = receive_identity(actor=ACTOR, at=at, identity=identity)
        return people.actor_of(received.account_id, at=at, assurance=reading.assurance)
    except IdentityContradicts as refusal:
        raise Stuck(Trouble(Why.PERSON_CONTRADICTS, identity.full_name, refusal.sentence())) from None
    except (IdentityIncomplete, AccountClosedAlready) as refusal:
        raise Stuck(Trouble(Why.PERSON_UNKNOWN, identity.full_name, refusal.sentence())) from None


def _representative(reading: Reading, standing: Standing, *, at: datetime) -> Actor:
    agent = standing.agent
    assert agent, "the caller has asked"
    assert agent.account_id, "an agent has one"
    return people.actor_of(agent.account_id, at=at, assurance=reading.assurance)


def _withdraw(reading: Reading, *, dossier: Dossier, at: datetime) -> None:
    try:
        withdraw_dossier(actor=_account(reading, dossier, at), at=at, dossier_id=dossier.pk)
    except Refusal as refusal:
        raise Stuck(Trouble(Why.CHANGED_AFTERWARDS, "TrangThaiHoSo", refusal.sentence())) from None


def _answer(reading: Reading, *, dossier: Dossier, files: Mapping[str, Path], at: datetime) -> None:
    """Put the new files to the form; the supplement is answered when nothing is missing any more."""
    actor = _account(reading, dossier, at)
    _hand_in(reading, actor=actor, draft_id=dossier.draft_id, files=files, at=at)
    # The files stay with the form; what is still missing the applicant answers on our page.
    with suppress(FormIncomplete):
        answer_supplement(actor=actor, at=at, dossier_id=dossier.pk)


def _account(reading: Reading, dossier: Dossier, at: datetime) -> Actor:
    return people.actor_of(dossier.draft.account_id, at=at, assurance=reading.assurance)


def _hand_in(
    reading: Reading, *, actor: Actor, draft_id: UUID, files: Mapping[str, Path], at: datetime
) -> None:
    refused: list[Trouble] = []
    draft = queries.access_draft(actor=actor, draft_id=draft_id)
    parts = dict(parts_of(catalogue.of_version(draft.version_id).procedure))
    for file in reading.theirs.files:
        part = reading.paper_of(file)
        if not part or part not in parts or file.key not in files:
            continue
        try:
            with files[file.key].open("rb") as content:
                attach_paper(
                    actor=actor,
                    at=at,
                    draft_id=draft_id,
                    requirement=part,
                    file_name=file.TenTepDinhKem or part,
                    content=content,
                )
        except NotFound:
            raise
        except Refusal as refusal:
            said = f"{(file.TenTepDinhKem or file.key)[:200]}: {refusal.sentence()}"
            refused.append(Trouble(Why.FILE_REFUSED, file.key[:300], said))
    if refused and not reading.choices.without_files:
        raise Stuck(*refused)


def _plain(value: object) -> object:
    """Return a value as it compares: what is absent and what is empty are the same."""
    if isinstance(value, dict):
        return {name: kept for name, one in value.items() if (kept := _plain(one)) not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return "" if value is None else str(value)
