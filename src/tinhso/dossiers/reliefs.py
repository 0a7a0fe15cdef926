"""Exemptions and reductions of one dossier: what was claimed, what was said of it, what they change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce
from tinhso.dossiers.case import Case
from tinhso.dossiers.models import Dossier, ReliefClaim
from tinhso.dossiers.relief_events import ReliefGranted, ReliefRefused
from tinhso.forms.types import FeeLine
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor

LONGEST = 500
State = ReliefClaim.State


class ReliefUndecided(Invalid):
    code = "relief-undecided"
    message = _(
        "Người nộp đề nghị miễn, giảm. Hãy xem giấy tờ chứng minh rồi chọn chấp nhận hay không, "
        "không chấp nhận thì ghi lý do."
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """What the officer says of a claim; a refusal needs its reason."""

    granted: bool
    reason: str = ""


def verdicts_of(dossier: Dossier) -> dict[tuple[str, str], bool]:
    """Return what was decided: (code of the fee, id of the relief) → granted."""
    decided = dossier.reliefs.exclude(state=State.CLAIMED)
    return {(row.fee, row.relief): row.state == State.GRANTED for row in decided}


def note_claims(*, at: datetime, dossier: Dossier, lines: Iterable[FeeLine]) -> None:
    """Write down the reliefs that somebody has to look at; those that are known already stay as they are."""
    claims = [
        ReliefClaim(
            dossier=dossier,
            fee=line.code,
            relief=line.relief,
            proof=line.proof,
            full=line.full,
            pays=line.amount,
            claimed_at=at,
        )
        for line in lines
        if line.proof and line.amount < line.full
    ]
    ReliefClaim.objects.bulk_create(claims, ignore_conflicts=True)


def claims_of(dossier: Dossier) -> tuple[ReliefClaim, ...]:
    """Return the dossier's claims, decided ones included, in the order they were made."""
    return tuple(dossier.reliefs.order_by("claimed_at", "id"))


def decide_claims(
    *, actor: Actor, at: datetime, dossier: Dossier, decisions: Mapping[UUID, Decision]
) -> Sequence[ReliefClaim]:
    """
    Write down what the officer says of every open claim of a locked dossier; return those refused.

    :raises ReliefUndecided: a claim is left open, or refused without a reason
    """
    refused = []
    for claim in dossier.reliefs.filter(state=State.CLAIMED).order_by("claimed_at", "id"):
        said = decisions.get(claim.pk)
        if said is None:
            raise ReliefUndecided
        decide(actor=actor, at=at, claim=claim, said=said)
        if not said.granted:
            refused.append(claim)
    return refused


def decide(*, actor: Actor, at: datetime, claim: ReliefClaim, said: Decision, late: bool = False) -> None:
    """Write one decision down. :raises ReliefUndecided: refused without a reason, or it is too long"""
    reason = normalise(said.reason)
    if len(reason) > LONGEST or (not said.granted and not reason):
        raise ReliefUndecided
    claim.state = State.GRANTED if said.granted else State.REFUSED
    claim.reason, claim.decided_at, claim.decided_by_id = reason, at, actor.signed_in_as
    claim.save()
    if said.granted:
        granted = ReliefGranted(dossier_id=claim.dossier_id, fee=claim.fee, relief=claim.relief, late=late)
        ledger.record(actor=actor, at=at, event=granted)
    else:
        refusal = ReliefRefused(dossier_id=claim.dossier_id, fee=claim.fee, relief=claim.relief)
        ledger.record(actor=actor, at=at, event=refusal)


def tell_refused(*, in_hand: Case, at: datetime, claims: Iterable[ReliefClaim]) -> None:
    """Tell the applicant which relief was not granted, and why."""
    for claim in claims:
        _tell(in_hand=in_hand, at=at, claim=claim, template="relief_refused")


def tell_granted(*, in_hand: Case, at: datetime, claim: ReliefClaim) -> None:
    """Tell the applicant that less is to be paid than was asked for."""
    _tell(in_hand=in_hand, at=at, claim=claim, template="relief_granted")


def _tell(*, in_hand: Case, at: datetime, claim: ReliefClaim, template: str) -> None:
    names = {relief.id: relief.name.vi for relief in in_hand.procedure.reliefs}
    announce.tell_applicant(
        dossier=in_hand.dossier,
        procedure=in_hand.procedure,
        at=at,
        template=template,
        occasion=str(claim.pk),
        page="thanh-toan/",
        relief=names.get(claim.relief, claim.relief),
        reason=claim.reason,
    )
