"""Who wrote which version, from the ledger."""

from uuid import UUID

from tinhso.kernel.models import LedgerEntry
from tinhso.people import queries as people

OFFICER = "officer"
# Says that a version is still true, and writes none.
CONFIRMED = "record.confirmed"


def who_wrote(*, record_id: UUID) -> dict[int, str]:
    """
    Return number of a version → the officer's name; what machines wrote is left out.

    The caller has checked the right to the record.
    """
    rows = LedgerEntry.objects.filter(subject_id=record_id, actor_kind=OFFICER, kind__startswith="record.")
    rows = rows.exclude(kind=CONFIRMED)
    wrote = {
        int(payload["number"]): UUID(actor_id)
        for payload, actor_id in rows.order_by("position").values_list("payload", "actor_id")
        if "number" in payload
    }
    names = people.officer_names(set(wrote.values()))
    return {number: names[account] for number, account in wrote.items() if account in names}
