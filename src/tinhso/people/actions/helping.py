"""A member of a community team asks somebody's word to act for them in one procedure."""

import secrets
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import VIETNAM, local
from tinhso.kernel.refusals import Conflict, Invalid, NotFound, Refusal
from tinhso.people import policies
from tinhso.people.actions.mandates import MandateMalformed, require_known
from tinhso.people.events import MandateAsked, MandateGiven
from tinhso.people.helping import helping_rules
from tinhso.people.models import Account, Mandate, MandateKind, MandateRequest, MandateWay, Person
from tinhso.people.types import Actor

LEAST_DIGITS, MOST_DIGITS = 9, 15
SALT = "people.mandate_code"


class PhoneMissing(Invalid):
    code = "phone-missing"
    message = _(
        "Chưa có số điện thoại của người được giúp để gửi mã. "
        "Hãy hỏi số điện thoại, hoặc dùng giấy ủy quyền có chữ ký."
    )


class PhoneOfHelper(Invalid):
    code = "phone-of-helper"
    message = _("Đây là số điện thoại của chính bạn. Mã phải đến điện thoại của người được giúp.")


class TooManyCodes(Refusal):
    code = "too-many-codes"
    message = _(
        "Hôm nay đã gửi %(most)s mã cho người này. Hãy dùng giấy ủy quyền có chữ ký, hoặc thử lại ngày mai."
    )


class CodeWrong(Invalid):
    code = "code-wrong"
    message = _("Mã không đúng, còn %(left)s lần nhập. Hãy xem lại tin nhắn mới nhất trên điện thoại.")


class CodeOver(Conflict):
    code = "code-over"
    message = _("Mã này đã hết hạn hoặc nhập sai quá nhiều lần. Hãy gửi mã khác.")


class ProofMissing(Invalid):
    code = "proof-missing"
    message = _("Chưa có ảnh giấy ủy quyền. Hãy chụp rõ tờ giấy có chữ ký của người được giúp.")


@dataclass(frozen=True, slots=True)
class Asked:
    """:param code: to be sent to ``phone`` and to nobody else; it is not kept"""

    request_id: UUID
    phone: str
    code: str


@transaction.atomic
def ask_word(
    *, actor: Actor, at: datetime, agency_id: UUID, person_id: UUID, procedure_code: str, days: int
) -> Asked:
    """
    Make a code for the person's phone. What they say to the helper then lets the helper act for them.

    :param person_id: one whom the helper has written down or found by number and name
    :param days: how long the mandate is to last, one of ``packs/vietnam/assisting.yaml``
    :raises NotAllowed: the actor is no helper of the agency, or is the person
    :raises PhoneMissing, PhoneOfHelper, TooManyCodes, MandateMalformed, ScopeUnknown: as they say
    """
    locks.hold(f"people.mandate_code:{person_id}")
    person = _person(person_id)

    policies.require_helper(actor, agency_id=agency_id)
    policies.require_another(actor, person_id=person_id)

    _require_term(days=days, procedure_code=procedure_code)
    phone = _phone_of(person, actor=actor)
    rule = helping_rules().code
    today = datetime.combine(local(at).date(), time(), tzinfo=VIETNAM)
    if MandateRequest.objects.filter(principal=person, asked_at__gte=today).count() >= rule.most_a_day:
        raise TooManyCodes(most=rule.most_a_day)

    code = f"{secrets.randbelow(10**rule.digits):0{rule.digits}d}"
    row = MandateRequest(
        principal=person,
        agent_account_id=actor.signed_in_as,
        agency_id=agency_id,
        scope=procedure_code,
        days=days,
        phone=phone,
        phone_was_known=not _told_by_helper(person),
        asked_at=at,
        expires_at=at + timedelta(minutes=rule.minutes),
    )
    row.code_hash = _hash(row.pk, code)
    row.save(force_insert=True)

    event = MandateAsked(
        person_id=person_id,
        request_id=row.pk,
        procedure=procedure_code,
        phone_was_known=row.phone_was_known,
    )
    ledger.record(actor=actor, at=at, event=event)
    return Asked(request_id=row.pk, phone=phone, code=code)


def confirm_word(*, actor: Actor, at: datetime, request_id: UUID, code: str) -> UUID:
    """
    Take the code the person read out; return the mandate's id. Twice is once. A wrong code counts a try.

    :raises NotFound: no such request of the actor's
    :raises CodeWrong, CodeOver: as they say
    """
    with transaction.atomic():
        row = _lock_request(actor, request_id)
        if row.mandate_id is not None:
            return row.mandate_id

        policies.require_helper(actor, agency_id=row.agency_id)

        rule = helping_rules().code
        if at >= row.expires_at or row.tries >= rule.tries:
            raise CodeOver
        digits = "".join(mark for mark in code if mark.isascii() and mark.isdigit())
        is_right = constant_time_compare(row.code_hash, _hash(row.pk, digits))
        if is_right:
            return _give_for(row, actor=actor, at=at)
        row.tries += 1
        row.save(update_fields=["tries"])
    # Said after the transaction, so that the try stays counted.
    if row.tries >= rule.tries:
        raise CodeOver
    raise CodeWrong(left=rule.tries - row.tries)


@transaction.atomic
def record_signed_word(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    person_id: UUID,
    procedure_code: str,
    days: int,
    proof_id: UUID | None,
) -> UUID:
    """
    Record a mandate that the person signed on paper; return its id.

    :param proof_id: the photograph of it, a paper of the person's
    :raises NotAllowed: the actor is no helper of the agency, or is the person
    :raises ProofMissing, MandateMalformed, ScopeUnknown: as they say
    """
    person = _person(person_id)

    policies.require_helper(actor, agency_id=agency_id)
    policies.require_another(actor, person_id=person_id)

    if proof_id is None:
        raise ProofMissing
    _require_term(days=days, procedure_code=procedure_code)

    return _give(
        actor=actor,
        at=at,
        person=person,
        agency_id=agency_id,
        procedure_code=procedure_code,
        days=days,
        way=MandateWay.PAPER,
        evidence="Giấy ủy quyền có chữ ký, đã chụp ảnh.",
        proof_id=proof_id,
    ).pk


def _give_for(row: MandateRequest, *, actor: Actor, at: datetime) -> UUID:
    known = "số đã có trong hệ thống" if row.phone_was_known else "số do người hỗ trợ ghi"
    given = _give(
        actor=actor,
        at=at,
        person=row.principal,
        agency_id=row.agency_id,
        procedure_code=row.scope,
        days=row.days,
        way=MandateWay.SMS,
        evidence=f"Mã gửi tới điện thoại {masked(row.phone)} ({known}), người dân đọc lại.",
    )
    row.mandate = given
    row.save(update_fields=["mandate"])
    return given.pk


def _give(
    *,
    actor: Actor,
    at: datetime,
    person: Person,
    agency_id: UUID,
    procedure_code: str,
    days: int,
    way: MandateWay,
    evidence: str,
    proof_id: UUID | None = None,
) -> Mandate:
    last = local(at).date() + timedelta(days=days + 1)
    row = Mandate.objects.create(
        principal=person,
        agent_account_id=actor.signed_in_as,
        agency_id=agency_id,
        kind=MandateKind.ASSISTED,
        way=way,
        scope=[procedure_code],
        from_at=at,
        until_at=datetime.combine(last, time(), tzinfo=VIETNAM),
        evidence=evidence,
        proof_id=proof_id,
        given_at=at,
    )
    event = MandateGiven(
        mandate_id=row.pk, mandate_kind="assisted", principal_person_id=person.pk, way=str(way)
    )
    ledger.record(actor=actor, at=at, event=event)
    return row


def masked(phone: str) -> str:
    """Return the number as others may read it: «•••• 101»."""
    return f"•••• {phone[-3:]}"


def _require_term(*, days: int, procedure_code: str) -> None:
    """:raises MandateMalformed, ScopeUnknown: no length the rules know, or no procedure on offer"""
    if days not in helping_rules().days or not procedure_code:
        raise MandateMalformed
    require_known((procedure_code,))


def _person(person_id: UUID) -> Person:
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return row


def _phone_of(person: Person, *, actor: Actor) -> str:
    digits = "".join(mark for mark in person.phone if mark.isascii() and mark.isdigit())
    if not LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise PhoneMissing
    own = Account.objects.filter(pk=actor.signed_in_as).values_list("person__phone", flat=True).first()
    if own and "".join(filter(str.isdigit, own)) == digits:
        raise PhoneOfHelper
    return digits


def _told_by_helper(person: Person) -> bool:
    source = person.sources.get("phone")
    return bool(source) and str(source["source"]).startswith("helper:")


def _lock_request(actor: Actor, request_id: UUID) -> MandateRequest:
    row = (
        MandateRequest.objects.select_related("principal")
        .select_for_update(of=("self",))
        .filter(pk=request_id, agent_account_id=actor.account_id)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def _hash(request_id: UUID, code: str) -> str:
    return salted_hmac(SALT, f"{request_id}:{code}", algorithm="sha256").hexdigest()
