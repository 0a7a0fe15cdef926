"""
On what occasions people are told something, and what the program then knows to tell.

The words stand in ``packs/*/notices/*.yaml``; one that asks for something else is refused when it is read.
"""

from enum import StrEnum


class Kind(StrEnum):
    """How a value is written: ``TEXT`` as it is (a string or ``{"vi", "en"}``), ``MONEY`` from whole đồng."""

    TEXT = "text"
    MONEY = "money"


_CASE = {"code": Kind.TEXT, "procedure": Kind.TEXT}
_HELP = {"helper": Kind.TEXT, "agency": Kind.TEXT, "procedure": Kind.TEXT}
_WITH_REASON = _CASE | {"reason": Kind.TEXT}

_REPORT = {"report": Kind.TEXT, "period": Kind.TEXT, "due": Kind.TEXT}

_MEETING = {"code": Kind.TEXT, "service": Kind.TEXT, "agency": Kind.TEXT, "when": Kind.TEXT}

_CORRECTION = {"number": Kind.TEXT, "register": Kind.TEXT, "field": Kind.TEXT}

OCCASIONS: dict[str, dict[str, Kind]] = {
    "dossier_filed": _CASE,
    "dossier_accepted": _CASE | {"due": Kind.TEXT},
    "supplement_requested": _CASE | {"items": Kind.TEXT},
    "not_accepted": _WITH_REASON,
    "bill_issued": _CASE | {"amount": Kind.MONEY, "reference": Kind.TEXT},
    "bill_part_paid": _CASE | {"missing": Kind.MONEY},
    "bill_paid": _CASE,
    "refund_made": _CASE | {"amount": Kind.MONEY},
    "deadline_extended": _WITH_REASON | {"due": Kind.TEXT},
    "result_ready": _CASE,
    "filing_waits_for_you": {"procedure": Kind.TEXT},
    "assist_code": _HELP | {"code": Kind.TEXT},
    "assist_given": _HELP,
    "result_corrected": _WITH_REASON | {"number": Kind.TEXT},
    "result_reissued": _WITH_REASON | {"number": Kind.TEXT},
    "result_revoked": _WITH_REASON | {"number": Kind.TEXT},
    "payment_taken_back": _WITH_REASON,
    "bill_reopened": _CASE | {"amount": Kind.MONEY, "reference": Kind.TEXT},
    "fee_receipt_issued": {"number": Kind.TEXT, "agency": Kind.TEXT, "sum": Kind.TEXT},
    "relief_refused": _WITH_REASON | {"relief": Kind.TEXT},
    "relief_granted": _WITH_REASON | {"relief": Kind.TEXT},
    "dossier_refused": _WITH_REASON,
    "dossier_withdrawn": _CASE,
    "result_posted": _CASE | {"number": Kind.TEXT},
    "dossier_stopped": _WITH_REASON,
    "ledger_alarm": {"count": Kind.TEXT, "entries": Kind.TEXT},
    "operations_alert": {"what": Kind.TEXT, "agency": Kind.TEXT, "count": Kind.TEXT, "line": Kind.TEXT},
    "officer_new_work": _CASE | {"step": Kind.TEXT},
    "officer_opinion_asked": _CASE | {"due": Kind.TEXT},
    "officer_opinion_overdue": _CASE | {"due": Kind.TEXT},
    "officer_opinion_given": _CASE | {"agency": Kind.TEXT},
    "officer_deadline_near": _CASE | {"step": Kind.TEXT, "due": Kind.TEXT},
    "officer_deadline_missed": _CASE | {"step": Kind.TEXT, "due": Kind.TEXT},
    "officer_deadline_step_missed": _CASE | {"step": Kind.TEXT, "due": Kind.TEXT},
    "coming_up": {"matter": Kind.TEXT, "due": Kind.TEXT},
    "result_expires": {"result": Kind.TEXT, "number": Kind.TEXT, "due": Kind.TEXT},
    "message_from_office": _CASE | {"agency": Kind.TEXT},
    "officer_message": _CASE,
    "officer_handed_over": {"count": Kind.TEXT},
    "officer_work_given": {"count": Kind.TEXT, "by": Kind.TEXT},
    "correction_opened": _CORRECTION | {"due": Kind.TEXT},
    "correction_asked": _CORRECTION | {"question": Kind.TEXT},
    "correction_verified": _CORRECTION | {"due": Kind.TEXT},
    "correction_done": _CORRECTION,
    "correction_refused": _CORRECTION | {"reason": Kind.TEXT},
    "officer_correction_new": _CORRECTION | {"due": Kind.TEXT},
    "officer_corrections_new": {"register": Kind.TEXT, "day": Kind.TEXT},
    "officer_corrections_due": {"register": Kind.TEXT, "count": Kind.TEXT, "due": Kind.TEXT},
    "officer_report_asked": _REPORT,
    "officer_report_due": _REPORT,
    "officer_report_late": _REPORT,
    "officer_report_sent_back": _REPORT | {"reason": Kind.TEXT},
    "appointment_booked": _MEETING,
    "appointment_moved": _MEETING,
    "appointment_cancelled": _MEETING,
    "appointment_reminder": _MEETING,
    "appointment_displaced": _MEETING | {"reason": Kind.TEXT},
}
