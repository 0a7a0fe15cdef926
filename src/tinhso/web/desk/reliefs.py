"""Exemptions and reductions at the desk: what the officer is asked, and what came back."""

from collections.abc import Iterator
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.types import Procedure
from tinhso.dossiers import reliefs
from tinhso.dossiers.models import ReliefClaim
from tinhso.dossiers.reliefs import Decision
from tinhso.forms import engine
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.money import format_dong
from tinhso.web.desk import boxes
from tinhso.web.desk.offers import Situation

GRANT, REFUSE, RULE = "chap-nhan", "khong", "dien"


def claim_fields(case: Situation, data: QueryDict, errors: tuple[FieldError, ...]) -> tuple[Field, ...]:
    """Return what the officer says of each open claim; nothing after acceptance."""
    is_first = case.step is not None and case.step.id == case.procedure.steps[0].id
    if not is_first or not case.procedure.reliefs:
        return ()
    open_ones = (one for one in reliefs.claims_of(case.dossier) if one.state == ReliefClaim.State.CLAIMED)
    return tuple(field for claim in open_ones for field in _of_claim(case, claim, data, errors))


def decisions_of(data: QueryDict) -> dict[UUID, Decision]:
    """Return what was said of the claims, by their ids; what was left empty is not there."""
    found: dict[UUID, Decision] = {}
    for name in data:
        said = data.get(name, "")
        if not name.startswith(f"{RULE}-") or said not in (GRANT, REFUSE):
            continue
        try:
            claim_id = UUID(name.removeprefix(f"{RULE}-"))
        except ValueError:
            continue
        found[claim_id] = Decision(granted=said == GRANT, reason=data.get(f"ly-do-{name}", ""))
    return found


def grantable(case: Situation) -> tuple[tuple[str, str], ...]:
    """Return the reliefs that may still be granted: value of the choice and its words."""
    if not case.procedure.reliefs:
        return ()
    granted = {(one.fee, one.relief) for one in reliefs.claims_of(case.dossier) if one.state == "granted"}
    return tuple(one for one in _choices(case) if tuple(one[0].split("/")) not in granted)


def chosen(data: QueryDict) -> tuple[str, str]:
    """Return the fee and the relief that were chosen; empty where none was."""
    fee, _slash, relief = data.get(RULE, "").partition("/")
    return fee, relief


def granting_fields(case: Situation, data: QueryDict, errors: tuple[FieldError, ...]) -> tuple[Field, ...]:
    """Return the boxes of granting late."""
    hint = _("Ghi giấy tờ đã xem và căn cứ. Người nộp sẽ đọc đúng những lời này.")
    return (
        boxes.field(RULE, "one_of", _("Diện được áp dụng"), data, options=grantable(case), errors=errors),
        boxes.field(boxes.REASON, "long_text", _("Căn cứ"), data, hint=hint, errors=errors, max_length=500),
    )


def _of_claim(
    case: Situation, claim: ReliefClaim, data: QueryDict, errors: tuple[FieldError, ...]
) -> Iterator[Field]:
    name = f"{RULE}-{claim.pk}"
    told = {"full": format_dong(claim.full), "pays": format_dong(claim.pays), "proof": _proof(case, claim)}
    yield boxes.field(
        name,
        "one_of",
        _("Miễn, giảm «%(fee)s»: %(relief)s")
        % {"fee": _fee_name(case.procedure, claim.fee), "relief": _relief_name(case.procedure, claim.relief)},
        data,
        hint=_("Đầy đủ %(full)s, theo diện này %(pays)s. Xem giấy tờ: %(proof)s.") % told,
        options=((GRANT, _("Chấp nhận")), (REFUSE, _("Không chấp nhận, thu phần còn lại"))),
        errors=errors,
    )
    yield boxes.field(
        f"ly-do-{name}",
        "long_text",
        _("Vì sao không chấp nhận"),
        data,
        hint=_("Chỉ cần khi không chấp nhận. Người nộp sẽ đọc đúng những lời này."),
        errors=errors,
        required=False,
        max_length=reliefs.LONGEST,
    )


def _choices(case: Situation) -> Iterator[tuple[str, str]]:
    billed = {line.code: line.name for bill in case.bills for line in bill.lines if line.amount}
    on = case.facts.today
    for relief in case.procedure.reliefs:
        for code, name in billed.items():
            if relief.concerns(code, on=on):
                yield f"{code}/{relief.id}", f"{_relief_name(case.procedure, relief.id)} – {name}"


def _proof(case: Situation, claim: ReliefClaim) -> str:
    names = engine.part_names(case.procedure, case.dossier.answers, _language())
    return names.get(claim.proof, claim.proof)


def _fee_name(procedure: Procedure, code: str) -> str:
    return next((fee.name.into(_language()) for fee in procedure.fees if fee.code == code), code)


def _relief_name(procedure: Procedure, relief_id: str) -> str:
    found = (one.name.into(_language()) for one in procedure.reliefs if one.id == relief_id)
    return next(found, relief_id)


def _language() -> str:
    return (get_language() or "vi")[:2]
