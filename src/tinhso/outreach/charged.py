"""Tell the officers who may decide requests for correction that one came, and that their days run out."""

from datetime import datetime, timedelta

from tinhso.kernel.clock import local
from tinhso.notices.actions import notify_officers
from tinhso.registers import terms
from tinhso.registers.charged import charged_with, coming_due, opened_by_officers
from tinhso.registers.correction_events import CorrectionOpened
from tinhso.registers.corrections import told_of

LIST = "/ban-lam-viec/du-lieu/dinh-chinh/"
# What a job that stood still for a day has missed is told all the same; nobody is told twice.
LOOKED_BACK = timedelta(days=2)


def on_opened(*, event: CorrectionOpened, at: datetime) -> None:
    """A request of a person's is told at once; those of officers come by the hundred, see below."""
    if event.by_officer:
        return
    told = told_of(event.correction_id)
    notify_officers(
        at=at,
        account_ids=charged_with(register_id=event.register, unit_key=told.unit_key, at=at),
        template="officer_correction_new",
        data={
            "number": told.number,
            "register": told.register,
            "field": told.field,
            "due": f"{local(told.due_at):%d/%m/%Y}",
        },
        dedupe_key=f"officer_correction_new:{event.correction_id}",
        link=f"{LIST}{event.correction_id}/",
    )


def tell_of_new(*, at: datetime) -> int:
    """Tell of what officers opened, once a day for each register and unit; return how many such there are."""
    found = opened_by_officers(since=at - LOOKED_BACK)
    for one in found:
        notify_officers(
            at=at,
            account_ids=charged_with(register_id=one.register, unit_key=one.unit_key, at=at),
            template="officer_corrections_new",
            data={"register": one.name, "day": f"{one.on:%d/%m/%Y}"},
            dedupe_key=f"officer_corrections_new:{one.register}:{one.unit_key}:{one.on}",
            link=f"{LIST}?so={one.register}",
        )
    return len(found)


def warn_of_due(*, at: datetime) -> int:
    """Warn of requests whose days run out, once for each register, unit and day; return how many such."""
    found = coming_due(at=at, until=terms.terms().warn.after(at))
    for one in found:
        notify_officers(
            at=at,
            account_ids=charged_with(register_id=one.register, unit_key=one.unit_key, at=at),
            template="officer_corrections_due",
            data={"register": one.name, "count": str(one.count), "due": f"{one.on:%d/%m/%Y}"},
            dedupe_key=f"officer_corrections_due:{one.register}:{one.unit_key}:{one.on}",
            link=f"{LIST}?so={one.register}",
        )
    return len(found)
