"""Agencies are public: no actor is asked for."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.agencies import CollectingAccount
from tinhso.kernel.refusals import NotFound
from tinhso.people.models import Agency
from tinhso.people.types import AgencyView


class AgencyMissing(NotFound):
    """No open agency of this kind serves the unit."""

    code = "agency-missing"
    message = _(
        "Chưa có cơ quan nào giải quyết việc này cho địa bàn đã chọn. "
        "Hãy kiểm tra lại xã, phường, đặc khu, hoặc gọi 1022."
    )


def agency(agency_id: UUID) -> AgencyView:
    """Return the agency, closed ones included: old papers still name them. :raises NotFound: absent"""
    return _view(Agency.objects.filter(pk=agency_id).first())


def agency_by_code(code: str) -> AgencyView:
    """Return the agency with the national code. :raises NotFound: absent"""
    return _view(Agency.objects.filter(code=code).first())


def agencies(*, kind: str | None = None) -> tuple[AgencyView, ...]:
    """Return the open agencies, by kind and name."""
    rows = Agency.objects.filter(is_open=True).order_by("kind", "name")
    return tuple(_view(row) for row in (rows.filter(kind=kind) if kind else rows))


def competent_agency(kind: str, unit_code: str) -> AgencyView:
    """
    Return the open agency of the kind that serves the unit.

    A department serves the whole province: its kind occurs once, and any commune's code leads to it.

    :raises AgencyMissing: there is none
    """
    of_kind = Agency.objects.filter(kind=kind, is_open=True)
    row = of_kind.filter(unit_code=unit_code).first()
    if row is None:
        row = of_kind.filter(unit_code__regex=r"^[0-9]{2}$").first()
    if row is None:
        raise AgencyMissing(kind=kind, unit_code=unit_code)
    return _view(row)


def _view(row: Agency | None) -> AgencyView:
    if row is None:
        raise NotFound
    return AgencyView(
        id=row.pk,
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        kind=row.kind,
        unit_code=row.unit_code,
        parent_id=row.parent_id,
        document_code=row.document_code,
        dossier_code_pattern=row.dossier_code_pattern,
        place=row.place,
        address=row.address,
        phone=row.phone,
        email=row.email,
        accounts={key: CollectingAccount(**account) for key, account in row.accounts.items()},
    )
