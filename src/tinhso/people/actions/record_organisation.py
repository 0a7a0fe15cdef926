"""Organisations, as their papers show them at the counter."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.kernel.text import fold, normalise
from tinhso.people import policies
from tinhso.people.events import OrganisationRecorded
from tinhso.people.models import Agency, Organisation, Person
from tinhso.people.models.persons import TAX_CODE
from tinhso.people.types import Actor, ActorKind


class TaxCodeMalformed(Invalid):
    code = "tax-code-malformed"
    message = _("Mã số thuế phải có 10 chữ số, 10 chữ số và 3 chữ số đơn vị, hoặc 12 chữ số. Hãy xem lại.")


class OrganisationNameMissing(Invalid):
    code = "organisation-name-missing"
    message = _("Hãy nhập tên tổ chức như trên giấy đăng ký.")


class OrganisationNameMismatch(Invalid):
    """The code is known under another name. The known name is not told: the agency has not met them yet."""

    code = "organisation-name-mismatch"
    message = _(
        "Mã số thuế này đã có trong hệ thống với tên khác. "
        "Hãy kiểm tra lại mã số và tên trên giấy đăng ký; nếu đã đúng, hãy báo quản trị hệ thống."
    )


def is_tax_code(text: str) -> bool:
    """Say whether the text has the shape of a tax code."""
    return re.fullmatch(TAX_CODE, text, re.ASCII) is not None


@transaction.atomic
def record_organisation(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    tax_code: str,
    name: str,
    kind: str = "",
    representative_person_id: UUID | None = None,
) -> UUID:
    """
    Write an organisation down, or bring what is known of it in step with its papers; return its id.

    :param representative_person_id: who represents it by law; None leaves what is known as it is
    :raises NotAllowed: the actor is no one-stop officer of the agency, nor the system
    :raises TaxCodeMalformed, OrganisationNameMissing: as they say
    :raises OrganisationNameMismatch: it is known under another name, and not to the actor's agency
    :raises NotFound: the representative is absent, or not visible to the actor
    """
    locks.hold(f"people.tax_code:{tax_code}")

    if actor.kind is not ActorKind.SYSTEM:
        policies.require_counter(actor, agency_id=agency_id)

    if not is_tax_code(tax_code):
        raise TaxCodeMalformed
    if not name.strip():
        raise OrganisationNameMissing
    heads = Person.objects.visible_to(actor)
    if representative_person_id and not heads.filter(pk=representative_person_id).exists():
        raise NotFound

    known = Organisation.objects.filter(tax_code=tax_code).first()
    is_renamed = known is not None and fold(known.name) != fold(normalise(name))
    if is_renamed and not Organisation.objects.visible_to(actor).filter(tax_code=tax_code).exists():
        raise OrganisationNameMismatch

    row = known or Organisation(tax_code=tax_code, made_at=at)
    row.name, row.kind = normalise(name)[:240], kind or row.kind
    stamp = {"source": f"counter:{Agency.objects.get(pk=agency_id).code}", "checked_at": at.isoformat()}
    row.sources = {**row.sources, "name": stamp}
    if representative_person_id is not None:
        row.representative_id = representative_person_id
        row.sources["representative"] = stamp
    row.save()

    ledger.record(actor=actor, at=at, event=OrganisationRecorded(organisation_id=row.pk))
    return row.pk
