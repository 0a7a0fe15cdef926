"""Dossier codes."""

from datetime import datetime

from tinhso.kernel import sequences
from tinhso.kernel.clock import local
from tinhso.people.models import Agency


def next_code(*, agency: Agency, at: datetime) -> str:
    """
    Return the next code of the agency's day, by the agency's own pattern.

    The pattern is a setting: that of Circular 01/2018/TT-VPCP Article 19 is known, its successor's is not.
    """
    return next_codes(agency=agency, at=at, count=1)[0]


def next_codes(*, agency: Agency, at: datetime, count: int) -> tuple[str, ...]:
    """Return so many codes at once, at least one; else as :func:`next_code`."""
    day = local(at)
    serials = sequences.next_numbers(f"dossier:{agency.code}:{day:%Y%m%d}", count)
    return tuple(
        agency.dossier_code_pattern.format(
            agency=agency.code, yymmdd=f"{day:%y%m%d}", yyyymmdd=f"{day:%Y%m%d}", serial=serial
        )
        for serial in serials
    )
