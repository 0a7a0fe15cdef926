"""Who may decide a request for correction is told that it came, and once more before its days run out."""

from datetime import timedelta

import pytest

from tests import registers_kit
from tests.db.test_registers_corrections import asked, mother, opened
from tests.registers_kit import AT, HONG_GAI, officer, registrar
from tinhso.notices.models import Message
from tinhso.outreach.charged import tell_of_new, warn_of_due
from tinhso.people.types import Actor
from tinhso.registers import terms
from tinhso.registers.actions.open_correction import open_corrections
from tinhso.registers.actions.work_correction import verify_correction
from tinhso.registers.corrections import waiting_corrections
from tinhso.registers.models import Correction

pytestmark = pytest.mark.django_db


def told(actor: Actor) -> list[str]:
    rows = Message.objects.filter(account_id=actor.account_id).order_by("pk")
    return [row.template for row in rows]


def test_who_may_decide_is_told_at_once_and_nobody_else() -> None:
    here, elsewhere, reads = registrar(), registrar(unit=HONG_GAI), officer("chairperson")
    _record, correction_id = opened()
    row = Correction.objects.get()
    assert [told(one) for one in (here, elsewhere, reads)] == [["officer_correction_new"], [], []]
    message = Message.objects.get(account_id=here.account_id)
    assert row.number in message.subject_vi
    assert row.number in message.subject_en
    assert message.link == f"/ban-lam-viec/du-lieu/dinh-chinh/{correction_id}/"
    waits = [waiting_corrections(actor=one, at=AT).open for one in (here, elsewhere, reads, mother())]
    assert waits == [1, 0, 0, 0]


def test_what_officers_open_by_the_hundred_is_told_once_a_day() -> None:
    here = registrar()
    numbers = [f"{number}/KS" for number in range(3)]
    ids = [
        registers_kit.enter(registers_kit.birth(**{"certificate.number": one})).record_id for one in numbers
    ]
    open_corrections(actor=here, at=AT, several=[asked(one) for one in ids])
    assert told(here) == []
    assert tell_of_new(at=AT + timedelta(minutes=10)) == 1
    tell_of_new(at=AT + timedelta(minutes=25))
    assert told(here) == ["officer_corrections_new"]
    assert tell_of_new(at=AT + timedelta(days=3)) == 0, "what is old was told"


def test_each_five_days_are_warned_of_once_before_they_end() -> None:
    here = registrar()
    _record, correction_id = opened()
    row = Correction.objects.get()
    assert warn_of_due(at=AT + timedelta(hours=1)) == 0, "there is time"
    near = row.due_at - timedelta(hours=6)
    assert warn_of_due(at=near) == 1
    warn_of_due(at=near + timedelta(hours=1))
    assert told(here) == ["officer_correction_new", "officer_corrections_due"]
    verify_correction(actor=here, at=near + timedelta(hours=2), correction_id=correction_id)
    row.refresh_from_db()
    warn_of_due(at=near + timedelta(hours=3))
    assert told(here).count("officer_corrections_due") == 1, "the second five have just begun"
    warn_of_due(at=row.due_at - timedelta(hours=6))
    assert told(here).count("officer_corrections_due") == 2
    assert terms.terms().warn.value > 0
    assert waiting_corrections(actor=here, at=row.due_at + timedelta(hours=1)).overdue == 1
