"""The payments office, through the API."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import dossiers_kit as kit
from tests import payments_kit as money
from tests.api_kit import Caller, code_of, token_for
from tests.dossiers_kit import COPY, Province
from tinhso.payments import queries
from tinhso.payments.models import BankTransaction, Bill, Refund
from tinhso.payments.types import BillView
from tinhso.people.models import Account

pytestmark = pytest.mark.django_db
HEADER = "transaction_id,received_at,account,amount,purpose"


def bill_of(province: Province) -> BillView:
    filed = kit.filed(province, province.citizen(), COPY)
    return queries.access_bill(actor=money.SYSTEM, bill_id=filed.bill_id)


def statement(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("sao-ke.csv", "\n".join([HEADER, *lines]).encode(), "text/csv")


def line(bill: BillView, province: Province, *, purpose: str, amount: int | None = None) -> str:
    moment = province.at.isoformat()
    return f"FT{uuid4().hex[:10]},{moment},{bill.account.number},{amount or bill.total},{purpose}"


def reconciler(province: Province) -> Caller:
    return Caller(province.officer("system_operator", kind="province_committee"))


def imported(caller: Caller, file: SimpleUploadedFile, bank: str = "970416") -> Any:
    return caller.upload("/payments/statements", {"bank": bank, "file": file})


def test_a_statement_pays_bills_and_leaves_the_rest_to_be_matched_once(province: Province) -> None:
    paid, lost = bill_of(province), bill_of(province)
    office = reconciler(province)
    first = line(paid, province, purpose=f"TT {paid.reference}")
    told = imported(office, statement(first, line(lost, province, purpose="nop tien")))
    assert told.status_code == 200, told.content
    assert told.json()["counts"] == {"matched": 1, "unmatched": 1}
    assert imported(office, statement(first)).json()["counts"] == {"duplicate": 1}

    (credit,) = office.read("/payments/credits")["items"]
    assert (credit["reason"], credit["purpose"]) == ("no_reference", "nop tien")
    path = f"/payments/credits/{credit['id']}/match"
    matched = office.send(path, {"reference": lost.reference.lower()})

    assert (matched.status_code, matched.json()["state"]) == (200, "paid")
    assert office.read("/payments/credits")["items"] == []
    again = office.send(path, {"reference": paid.reference})
    assert (again.status_code, code_of(again)) == (409, "credit-already-matched")
    assert Bill.objects.get(pk=paid.id).received == paid.total


def test_credits_come_in_pages(province: Province) -> None:
    bill, office = bill_of(province), reconciler(province)
    imported(office, statement(*(line(bill, province, purpose="x") for _ in range(3))))
    first = office.read("/payments/credits?limit=2")
    rest = office.read(f"/payments/credits?limit=2&cursor={first['next_cursor']}")
    ids = [one["id"] for one in first["items"] + rest["items"]]
    assert (len(ids), len(set(ids)), rest["next_cursor"]) == (3, 3, None)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a;b\n1;2\n", b"x" * 5_000_001])
def test_a_file_that_is_no_statement_books_nothing(province: Province, content: bytes) -> None:
    refused = imported(reconciler(province), SimpleUploadedFile("a.csv", content, "text/csv"))
    assert refused.status_code == 422
    assert code_of(refused) in {"statement-unreadable", "invalid"}
    assert not BankTransaction.objects.exists()


def test_only_who_reconciles_sees_and_books_money(province: Province) -> None:
    bill = bill_of(province)
    for actor in (province.officer("one_stop"), province.officer("chairperson"), province.citizen()):
        caller = Caller(actor)
        refused = imported(caller, statement(line(bill, province, purpose=bill.reference)))
        assert (refused.status_code, code_of(refused)) == (403, "payment-role-missing")
        assert caller.ask("GET", "/payments/credits").status_code == 403
        assert caller.ask("GET", "/payments/callbacks?day=2026-11-21").status_code == 403
    assert not BankTransaction.objects.exists()
    assert reconciler(province).read("/payments/callbacks?day=2026-11-21")["counts"] == {}


def test_a_machine_that_may_write_imports_a_statement(province: Province) -> None:
    operator = province.officer("system_operator", kind="province_committee")
    bill = bill_of(province)
    machine = Caller(token=token_for(operator, at=province.at, scope="write"))
    told = imported(machine, statement(line(bill, province, purpose=bill.reference)))
    assert told.json()["counts"] == {"matched": 1}


def test_cash_goes_back_over_the_counter_once(province: Province) -> None:
    bill = bill_of(province)
    counter, chair = Caller(province.officer("one_stop")), Caller(province.officer("chairperson"))
    assert counter.send(f"/bills/{bill.id}/cash").status_code == 200
    assert counter.send(f"/bills/{bill.id}/refund", {"note": "Thu nhầm"}).status_code == 403
    ordered = chair.send(f"/bills/{bill.id}/refund", {"note": "Thu nhầm"})
    assert ordered.status_code == 200, ordered.content

    (due,) = counter.read("/payments/refunds")["items"]
    assert (due["amount"], due["by_cash"], due["note"]) == (bill.total, True, "Thu nhầm")
    wrong = chair.send(f"/payments/refunds/{due['id']}/request")
    assert (wrong.status_code, code_of(wrong)) == (409, "refund-is-cash")
    paid = counter.send(f"/payments/refunds/{due['id']}/pay-out")
    assert (paid.status_code, paid.json()["state"]) == (200, "made")
    assert counter.send(f"/payments/refunds/{due['id']}/pay-out").status_code == 409
    assert counter.read("/payments/refunds")["items"] == []
    owner = Caller(province.citizen())
    assert [one["state"] for one in owner.read(f"/bills/{bill.id}/refunds")["items"]] == ["made"]


def test_a_transfer_is_asked_back_of_the_bank_by_who_may(province: Province) -> None:
    bill = bill_of(province)
    imported(reconciler(province), statement(line(bill, province, purpose=bill.reference)))
    chair = Caller(province.officer("chairperson"))
    chair.send(f"/bills/{bill.id}/refund", {"note": "Hồ sơ rút"})
    due = Refund.objects.get()
    counter = Caller(province.officer("one_stop"))
    assert counter.send(f"/payments/refunds/{due.pk}/request").status_code == 403
    assert Refund.objects.get().state == "due"
    asked = chair.send(f"/payments/refunds/{due.pk}/request", Idempotency_Key="r-1")
    assert asked.json()["state"] == "requested"
    assert chair.send(f"/payments/refunds/{due.pk}/request", Idempotency_Key="r-1").status_code == 200
    elsewhere = Caller(province.officer("chairperson", unit=kit.HONG_GAI))
    assert elsewhere.send(f"/payments/refunds/{due.pk}/request").status_code == 404


def test_nobody_gives_money_back_to_themselves(province: Province) -> None:
    bill = bill_of(province)
    counter = province.officer("one_stop")
    Caller(counter).send(f"/bills/{bill.id}/cash")
    Caller(province.officer("chairperson")).send(f"/bills/{bill.id}/refund", {"note": "Thu nhầm"})
    due = Refund.objects.get()
    Account.objects.filter(pk=counter.account_id).update(person_id=bill.payer_person_id)

    refused = Caller(counter).send(f"/payments/refunds/{due.pk}/pay-out")

    assert (refused.status_code, code_of(refused)) == (403, "payment-own-refund")
    assert Refund.objects.get().state == "due"
