"""
Publish what an officer wrote at the desk, go back to an older version, give a procedure back to the packs.

All three are rows of the database, so every process sees them with its next question; nothing is written into
``packs/`` (docs/adr/0014-designer.md).
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.definitions import publication
from tinhso.definitions.events import ProcedurePublished
from tinhso.definitions.models import CurrentProcedure, ProcedureVersion
from tinhso.definitions.packs import packs_folder
from tinhso.definitions.reading import Candidate, sight, stamp
from tinhso.kernel import ledger, locks
from tinhso.kernel.actors import LedgerActor
from tinhso.kernel.refusals import Conflict, NotFound


class NotInPacks(Conflict):
    code = "procedure-not-in-packs"
    message = _(
        "Thư mục packs không có tệp của thủ tục %(code)s, nên trả lại thì thủ tục ngừng tiếp nhận. "
        "Hãy đưa tệp đã xuất vào packs trước."
    )


class VersionUnknown(NotFound):
    code = "version-missing"
    message = _("Thủ tục này không có phiên bản đó. Hãy chọn lại trong lịch sử của thủ tục.")


class CurrentAlready(Conflict):
    code = "version-current-already"
    message = _("Phiên bản này đang được dùng. Hãy tải lại trang để xem.")


def publish_candidate(*, actor: LedgerActor, at: datetime, candidate: Candidate) -> UUID:
    """
    Make the files the current version of their procedure, held against the packs; in a transaction.

    :raises CurrentAlready: the same content is current and held already
    """
    locks.hold("definitions.publish")
    version, _made = ProcedureVersion.objects.get_or_create(
        code=candidate.code,
        content_hash=candidate.content_hash,
        defaults={
            "source": candidate.source,
            "definition": candidate.definition,
            "templates": dict(candidate.templates),
            "published_at": at,
            "by_officer": True,
        },
    )
    return _hold(version, actor=actor, at=at)


def publish_version(*, actor: LedgerActor, at: datetime, code: str, version_id: UUID) -> UUID:
    """
    Make a version that was published before the current one again, held against the packs; in a transaction.

    :raises VersionUnknown: it is of another procedure, or there is none
    :raises CurrentAlready: it is the current one
    """
    locks.hold("definitions.publish")
    version = ProcedureVersion.objects.filter(pk=version_id, code=code).first()
    if version is None:
        raise VersionUnknown(procedure=code)
    return _hold(version, actor=actor, at=at)


def give_back(*, at: datetime, code: str) -> UUID | None:
    """
    Let the packs' file of the procedure count again; in a transaction. Return the version if it changed.

    :raises NotInPacks: there is no such file
    """
    packs = packs_folder()
    stamped = stamp(packs)
    locks.hold("definitions.publish")
    if code not in {seen.code for seen in sight(packs, stamped).files}:
        raise NotInPacks(code=code)
    CurrentProcedure.objects.filter(code=code).update(by_officer=False, file="", mark="")
    publication.publish(packs, stamped, at=at)
    return CurrentProcedure.objects.filter(code=code).values_list("version_id", flat=True).first()


def is_held(code: str) -> bool:
    """Tell whether an officer's version holds and the packs' file waits."""
    return CurrentProcedure.objects.filter(code=code, by_officer=True).exists()


def _hold(version: ProcedureVersion, *, actor: LedgerActor, at: datetime) -> UUID:
    row = CurrentProcedure.objects.filter(code=version.code).first()
    if row is not None and row.version_id == version.pk:
        raise CurrentAlready(code=version.code)
    CurrentProcedure.objects.update_or_create(
        code=version.code,
        defaults={"version": version, "file": "", "mark": "", "since": at, "by_officer": True},
    )
    event = ProcedurePublished(version_id=version.pk, code=version.code, content_hash=version.content_hash)
    ledger.record(actor=actor, at=at, event=event)
    return version.pk
