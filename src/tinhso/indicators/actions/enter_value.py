"""Enter a value that is computed elsewhere, with the document that says it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.indicators import policies
from tinhso.indicators.definitions import indicator
from tinhso.indicators.events import ValueEntered
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import EnteredValue
from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor


class ComputedHere(Invalid):
    code = "indicator-computed-here"
    message = _("Chỉ số «%(indicator)s» được tính từ dữ kiện, không nhập tay. Hãy chọn một chỉ số nhập tay.")


class ValueOutside(Invalid):
    code = "indicator-value-outside"
    message = _("Giá trị %(value)s nằm ngoài khoảng của chỉ số. Hãy kiểm tra lại đơn vị tính.")


class DocumentMissing(Invalid):
    code = "indicator-document-missing"
    message = _("Hãy ghi số và tên văn bản nêu giá trị này, với ngày không sau hôm nay.")


@transaction.atomic
def enter_value(
    *,
    actor: Actor,
    at: datetime,
    indicator_id: str,
    period: Period,
    value: Decimal,
    document: str,
    document_on: date,
    unit: str = "",
) -> UUID:
    """
    Write the value down; one that is there already is replaced, and stays to be read.

    :param document: number and name of what says it
    :param unit: code of the unit it is about; empty for the province
    :raises NotAllowed: the actor may not enter values
    :raises IndicatorMissing, ComputedHere, ValueOutside, DocumentMissing: as they say
    """
    locks.hold(f"indicator:{indicator_id}")

    policies.require_publisher(actor)

    one = indicator(indicator_id)
    if one.manual is None:
        raise ComputedHere(indicator=indicator_id)
    if not one.manual.holds(value):
        raise ValueOutside(value=value)
    if not normalise(document) or document_on > at.date():
        raise DocumentMissing

    about = EnteredValue.objects.filter(indicator=one.id, since=period.since, until=period.until, unit=unit)
    before = about.filter(replaced_by__isnull=True).first()
    row = EnteredValue.objects.create(
        indicator=one.id,
        since=period.since,
        until=period.until,
        unit=unit,
        value=value,
        document=normalise(document)[:300],
        document_on=document_on,
        entered_by_id=actor.account_id,
        entered_at=at,
        replaces=before,
    )

    event = ValueEntered(
        value_id=row.pk,
        indicator=one.id,
        since=period.since,
        until=period.until,
        value=str(value),
        document_on=document_on,
        replaces=before.pk if before else None,
    )
    ledger.record(actor=actor, at=at, event=event)
    return row.pk
