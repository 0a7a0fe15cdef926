"""Who may ask for a correction, who works on it, and by which moves it goes."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import GEOMETRY, RegisterDefinition
from tinhso.kernel.refusals import Conflict, Invalid, NotAllowed, NotFound
from tinhso.people import queries as people
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import policies, sight, words
from tinhso.registers.models import Correction, RecordVersion
from tinhso.registers.refusals import TruthIsOutside
from tinhso.registers.types import CorrectionState

# move → states it may be made from
MOVES: dict[str, tuple[CorrectionState, ...]] = {
    "ask": (CorrectionState.OPENED, CorrectionState.VERIFIED),
    "answer": (CorrectionState.ASKED,),
    "verify": (CorrectionState.OPENED, CorrectionState.ASKED),
    "settle": (CorrectionState.VERIFIED,),
    "refuse": (CorrectionState.OPENED, CorrectionState.ASKED, CorrectionState.VERIFIED),
}


class CorrectionMissing(NotFound):
    code = "correction-missing"
    message = _("Không tìm thấy phiếu đề nghị đính chính này. Hãy mở lại từ danh sách.")


class NotYourRecord(NotAllowed):
    code = "correction-not-yours"
    message = _(
        "Chỉ người mà bản ghi nói về, hoặc cán bộ được xem bản ghi, mới đề nghị đính chính được. "
        "Hãy nhờ người ấy, hoặc phản ánh với cơ quan giữ sổ."
    )


class NotAField(Invalid):
    code = "correction-not-a-field"
    message = _("Hãy chọn mục sai trong các mục của bản ghi.")


class ProofNeeded(Invalid):
    code = "correction-proof-needed"
    message = _("Hãy ghi căn cứ: giấy tờ nào, số nào, của cơ quan nào chứng minh điều đúng.")


class AlreadyAsked(Conflict):
    code = "correction-already-asked"
    message = _(
        "Mục này đang có phiếu đính chính %(number)s chưa giải quyết xong. "
        "Hãy theo dõi phiếu ấy, không phải gửi lại."
    )


class TooManyOpen(Conflict):
    code = "correction-too-many"
    message = _("Bạn đang có %(count)s phiếu chưa giải quyết xong. Hãy chờ các phiếu ấy xong rồi gửi tiếp.")


class MoveNotNow(Conflict):
    code = "correction-move-not-now"
    message = _("Phiếu đang ở trạng thái «%(state)s» nên không làm được việc này. Hãy tải lại trang.")


class StaleCorrection(Conflict):
    code = "correction-stale"
    message = _("Phiếu vừa được người khác xử lý. Hãy xem lại rồi làm tiếp.")


class TextNeeded(Invalid):
    code = "correction-text-needed"
    message = _("Hãy ghi rõ lý do hoặc điều cần hỏi; người đề nghị đọc nguyên văn câu này.")


def lock(*, actor: Actor, correction_id: UUID, move: str, revision: int | None = None) -> Correction:
    """
    Return the request with its row locked, ready for the move.

    :raises CorrectionMissing: absent, or the actor may not see it
    :raises StaleCorrection, MoveNotNow: as they say
    """
    rows = Correction.objects.select_for_update(of=("self",)).select_related("version", "record")
    row = rows.visible_to(actor).filter(pk=correction_id).first()
    if row is None:
        raise CorrectionMissing
    if revision is not None and revision != row.revision:
        raise StaleCorrection
    if row.state not in MOVES[move]:
        raise MoveNotNow(state=CorrectionState(row.state).label)
    return row


def require_worker(*, actor: Actor, row: Correction) -> Actor:
    """Return the actor as acting from the post that gives the right. :raises Refusal: see ``policies``"""
    return policies.require_writer(actor=actor, definition=register(row.register), unit_keys=[row.unit_key])


def require_asker(*, actor: Actor, row: Correction) -> None:
    """:raises NotAllowed: it is not the actor's to answer"""
    own = {actor.person_id, *actor.whole_principals} if actor.kind is ActorKind.CITIZEN else set()
    is_theirs = row.person_id is not None and row.person_id in own
    if not is_theirs and row.asked_by != actor.ref.id:
        raise NotAllowed


def own_tiers(actor: Actor, definition: RegisterDefinition) -> tuple[sight.Tier, ...]:
    """Return the ways in which the actor sees the register by a right of their own, not as everybody."""
    return tuple(tier for tier in sight.tiers(actor, definition) if not tier.public)


def seen_by(tiers: Iterable[sight.Tier], version: RecordVersion) -> frozenset[str]:
    """Return the fields that these ways show of the version."""
    return sight.seen_fields(
        tiers, unit_key=version.unit_key, version_words=version.words, is_current=version.event != "CANCEL"
    )


def require_ours(definition: RegisterDefinition) -> None:
    """:raises TruthIsOutside: another system decides what is true"""
    if definition.truth == "outside":
        raise TruthIsOutside(register=definition.name.vi, system=definition.system)


def askable(definition: RegisterDefinition) -> tuple[str, ...]:
    """Return the fields that can be asked to be put right in words; a map is mended at the office."""
    return tuple(one.id for one in definition.fields if one.type not in GEOMETRY)


def person_of(
    actor: Actor, definition: RegisterDefinition, version: RecordVersion, known: Mapping[str, UUID]
) -> UUID | None:
    """
    Return whom the record is about, of those the actor is or acts for; for officers the first it names.

    :param known: persons by personal id, see :func:`persons_in`
    """
    if actor.kind is ActorKind.CITIZEN:
        for person_id in (actor.person_id, *sorted(actor.whole_principals)):
            number = people.person(person_id).personal_id if person_id else ""
            if person_id and number and words.about(number) in version.words:
                return person_id
        return None
    return known.get(next(iter(numbers_in(definition, version)), ""))


def persons_in(actor: Actor, versions: Iterable[RecordVersion]) -> Mapping[str, UUID]:
    """Return whom the versions are about, by personal id, for an officer's requests; one question."""
    if actor.kind is ActorKind.CITIZEN:
        return {}
    numbers = {one for row in versions for one in numbers_in(register(row.register), row)}
    return people.persons_numbered(numbers) if numbers else {}


def numbers_in(definition: RegisterDefinition, version: RecordVersion) -> tuple[str, ...]:
    """Return the personal ids of whom the version is about."""
    found = (version.values.get(name) for name in definition.subjects)
    return tuple(one for one in found if isinstance(one, str))
