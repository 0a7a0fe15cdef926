"""Taking an organisation's dossier at the counter: which one it is, and by what somebody speaks for it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions import catalogue
from tinhso.definitions.catalogue import Published
from tinhso.forms.types import Field, FieldError
from tinhso.kernel.clock import VIETNAM
from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise
from tinhso.people import actions as people_actions
from tinhso.people import queries as people
from tinhso.people.types import Actor, MandateView, OrganisationView
from tinhso.web.desk import boxes
from tinhso.web.desk.intake import counter_of, digits_of

TAX_CODE, NAME, BY, EVIDENCE, UNTIL = "ma-so-thue", "ten-to-chuc", "tu-cach", "giay-to", "den-ngay"
BY_LAW, BY_MANDATE = "phap-luat", "uy-quyen"


class ChooseCapacity(Invalid):
    code = "choose-capacity"
    message = gettext_lazy("Hãy chọn người này đại diện theo pháp luật hay theo ủy quyền.")


class EvidenceMissing(Invalid):
    code = "evidence-missing"
    message = gettext_lazy("Hãy ghi giấy tờ đã xem: tên giấy, số và ngày cấp.")


class EndMissing(Invalid):
    code = "mandate-end-missing"
    message = gettext_lazy("Hãy ghi ngày cuối cùng của ủy quyền, từ hôm nay trở đi.")


BOX_OF = {
    "tax-code-malformed": TAX_CODE,
    "organisation-name-missing": NAME,
    "organisation-name-mismatch": NAME,
    "choose-capacity": BY,
    "evidence-missing": EVIDENCE,
    "mandate-malformed": EVIDENCE,
    "mandate-end-missing": f"{UNTIL}-day",
    "scope-empty": "pham-vi",
    "scope-unknown": "pham-vi",
}


@dataclass(frozen=True, slots=True)
class Speaks:
    """
    By what somebody speaks for an organisation, as its papers say.

    :param by: ``BY_LAW`` or ``BY_MANDATE``
    :param until_at: excluded; None for who represents by law
    """

    by: str
    evidence: str
    until_at: datetime | None
    scope: tuple[str, ...]


def code_of(text: str) -> str:
    """Return a tax code without the spaces and dots people write; the unit's hyphen stays."""
    return digits_of(text)


def offered() -> tuple[Published, ...]:
    """Return the procedures an organisation may ask for."""
    return tuple(one for one in catalogue.all_current() if one.procedure.admits_organisations)


def code_field(data: QueryDict, errors: tuple[FieldError, ...] = ()) -> Field:
    """Return the box of the tax code."""
    return boxes.field(
        TAX_CODE,
        "text",
        _("Mã số thuế của tổ chức"),
        data,
        hint=_("10 chữ số; đơn vị phụ thuộc thêm 3 số. Hộ kinh doanh: số định danh 12 số của chủ hộ."),
        errors=errors,
        inputmode="numeric",
        max_length=20,
    )


def fields_of(
    data: QueryDict, known: OrganisationView | None, errors: tuple[FieldError, ...] = ()
) -> tuple[Field, ...]:
    """Return what the officer reads off the papers; the name only of one nobody knows yet."""
    ways = (
        (BY_LAW, _("Người đại diện theo pháp luật, chủ hộ kinh doanh")),
        (BY_MANDATE, _("Người được tổ chức ủy quyền")),
    )
    name = boxes.field(
        NAME,
        "text",
        _("Tên tổ chức"),
        data,
        errors=errors,
        hint=_("Như trên giấy đăng ký. Ví dụ: Hợp tác xã Miến dong Bình Liêu"),
        max_length=240,
    )
    rest = (
        boxes.field(
            BY, "one_of", _("Người này đại diện với tư cách nào?"), data, errors=errors, options=ways
        ),
        boxes.field(
            EVIDENCE,
            "text",
            _("Giấy tờ đã xem"),
            data,
            errors=errors,
            hint=_("Ví dụ: Giấy chứng nhận đăng ký hợp tác xã số 5700000001, cấp ngày 3/2/2025"),
            max_length=300,
        ),
        boxes.field(
            UNTIL,
            "date",
            _("Ủy quyền đến hết ngày"),
            data,
            errors=errors,
            required=False,
            hint=_(
                "Chỉ ghi khi được ủy quyền. Giấy không ghi thời hạn thì có hiệu lực một năm "
                "(Bộ luật Dân sự 2015, Điều 563)."
            ),
        ),
    )
    return rest if known else (name, *rest)


def read(data: QueryDict, *, at: datetime, scope: tuple[str, ...]) -> Speaks:
    """Return what was typed. :raises ChooseCapacity, EvidenceMissing, EndMissing: as they say"""
    by, evidence = data.get(BY, ""), normalise(data.get(EVIDENCE, ""))
    if by not in (BY_LAW, BY_MANDATE):
        raise ChooseCapacity
    if not evidence:
        raise EvidenceMissing
    if by == BY_LAW:
        return Speaks(by, f"Đại diện theo pháp luật: {evidence}", None, scope)
    last = boxes.day_of(data, UNTIL)
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=VIETNAM) if last else None
    if until is None or until <= at:
        raise EndMissing
    return Speaks(by, f"Theo ủy quyền: {evidence}", until, scope)


def speaking_for(*, actor: Actor, at: datetime, person_id: UUID, organisation_id: UUID) -> MandateView | None:
    """Return the mandate in force by which the person speaks for the organisation."""
    held = people.organisations_of(actor=actor, person_id=person_id, at=at)
    return next((one for one in held if one.principal_organisation_id == organisation_id), None)


@transaction.atomic
def represent(
    *, actor: Actor, at: datetime, person_id: UUID, tax_code: str, name: str, speaks: Speaks
) -> UUID:
    """
    Record the organisation if nobody knows it, and by what the person speaks for it; return its id.

    :raises TaxCodeMalformed, OrganisationNameMissing, OrganisationNameMismatch, ScopeUnknown: as they say
    """
    agency_id = counter_of(actor).agency_id
    known = people.organisation_by_tax_code(actor=actor, tax_code=tax_code)
    by_law = person_id if speaks.by == BY_LAW else None
    if known is None or by_law not in (None, known.representative_person_id):
        organisation_id = people_actions.record_organisation(
            actor=actor,
            at=at,
            agency_id=agency_id,
            tax_code=tax_code,
            name=known.name if known else name,
            representative_person_id=by_law,
        )
    else:
        organisation_id = known.id
    people_actions.record_mandate(
        actor=actor,
        at=at,
        agency_id=agency_id,
        kind="representative",
        agent_person_id=person_id,
        principal_organisation_id=organisation_id,
        evidence=speaks.evidence,
        scope=speaks.scope,
        until_at=speaks.until_at,
    )
    return organisation_id
