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
    day = local(at)
    serial = sequences.next_number(f"dossier:{agency.code}:{day:%Y%m%d}")
    return agency.dossier_code_pattern.format(
        agency=agency.code, yymmdd=f"{day:%y%m%d}", yyyymmdd=f"{day:%Y%m%d}", serial=serial
    )
