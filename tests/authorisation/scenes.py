"""Dossiers of one citizen, the owner, in every state that a move asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import UUID

from tests import dossiers_kit as kit
from tests import importing_kit as sheets
from tests import operations_kit, plans_kit, reports_kit
from tests.authorisation import hall, register
from tests.dossiers_kit import BIRTH, COPY, PERMIT, Province
from tests.papers_samples import photo
from tinhso.bookkeeping.actions.compare_day import compare_day
from tinhso.bookkeeping.actions.issue_receipt import issue_receipt
from tinhso.bookkeeping.models import Difference, ReceiptDuty
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.ask_batch import ask_batch
from tinhso.dossiers.actions.ask_export import ask_export
from tinhso.dossiers.actions.ask_opinion import ask_opinion
from tinhso.dossiers.actions.ask_payment import Duty, ask_payment
from tinhso.dossiers.actions.attach_paper import attach_paper
from tinhso.dossiers.actions.digitise import scan_for_person
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.file_together import start_filing
from tinhso.dossiers.actions.notes import write_note
from tinhso.dossiers.actions.reason_templates import write_reason_template
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.actions.write_message import Enclosed, write_message
from tinhso.dossiers.exporting import running
from tinhso.dossiers.models import Batch, Dossier, Draft, PostalReturn
from tinhso.dossiers.selecting import Selection
from tinhso.dossiers.types import MissingItem
from tinhso.exchange.models import Dispatch, DispatchState, Envelope, EnvelopeState
from tinhso.exchange.types import Trouble, Why
from tinhso.forms import boxes
from tinhso.kernel.clock import local
from tinhso.notices.models import Message
from tinhso.outreach.models import Suggestion, SuggestionRefusal
from tinhso.papers.models import KeptPaper
from tinhso.payments import queries as payments
from tinhso.payments.actions.import_statement import import_statement
from tinhso.payments.actions.refund_bill import refund_bill
from tinhso.payments.models import BankTransaction, CounterReceipt, Refund
from tinhso.people import actions as people
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system

Values = dict[str, str]


@dataclass
class Stage:
    """
    What the table plays on.

    :param values: scene → names in addresses and bodies → an existing one of the owner's
    """

    province: Province
    owner: Actor
    values: dict[str, Values]


def built(province: Province, owner: Actor, mandate_id: UUID) -> Stage:
    """Return the stage with every scene."""
    plays: dict[str, Callable[[Province, Actor], UUID]] = {
        "unpaid": _unpaid,
        "filed": _filed,
        "accepted": _accepted,
        "signing": _signing,
        "supplement": _supplement,
        "ready": _ready,
        "duty": _duty,
        "advice": _advice,
        "returned": _returned,
        "asked": _asked,
        "repaid": _repaid,
        "organisation": _organisation,
        "cashed": _cashed,
        "talked": _talked,
        "receipted": _cashed,
    }
    common = {
        "code": BIRTH,
        "page_id": kit.procedure(BIRTH).form[0].id,
        "person_id": str(owner.person_id),
        "mandate_id": str(mandate_id),
        "provider_id": "dinh-danh",
        "agency_id": str(province.officer("one_stop").posts[0].agency_id),
        "agency_code": Agency.objects.get(pk=province.officer("one_stop").posts[0].agency_id).code,
        "credit_id": _credit(province),
        "message_id": "",
        **_arrival(province),
        "to_account_id": str(province.officer("civil_status_officer").account_id),
        **_posts(province),
        **_outreach(province, owner),
        **_files(province),
        "template_id": str(_template(province)),
        "scan_id": str(_scan(province, owner)),
        "request_id": "00000000-0000-7000-8000-000000000001",
        "alert_id": str(operations_kit.alert(province)),
        **reports_kit.scene(province),
        "plan_value_id": str(plans_kit.entered(at=province.at, as_of=date(2021, 12, 31))),
    }
    values = {name: common | _of(province, play(province, owner), owner) for name, play in plays.items()}
    values["draft"] = common | _draft(province, owner)
    values["together"] = common | {"filing_id": str(_together(province, owner))}
    values["receipted"] |= _receipted(province, UUID(values["receipted"]["dossier_id"]))
    values["birth"] = common | register.births(province, owner)
    values["birth"] |= register.once_only(
        province, owner, values["birth"]["record_id"], values["filed"]["dossier_id"]
    )
    values["school"] = common | register.schools(province)
    values["parcel"] = common | register.parcels(province)
    values["hall"] = common | hall.built(province, owner)
    own = Message.objects.filter(person_id=owner.person_id).order_by("pk")[0]
    examiners = Message.objects.filter(account_id=UUID(common["to_account_id"])).order_by("pk")[0]
    told = {"message_id": str(own.pk), "notice_id": str(examiners.pk)}
    told["batch_id"] = str(_batch(province, UUID(values["accepted"]["dossier_id"])))
    return Stage(province, owner, {name: said | told for name, said in values.items()})


def _scan(province: Province, owner: Actor) -> UUID:
    """Return paper of the owner's that the counter is digitising."""
    counter = province.officer("one_stop")
    agency_id = counter.posts[0].agency_id
    assert owner.person_id
    people.introduce(actor=kit.SYSTEM, at=province.at, person_id=owner.person_id, agency_id=agency_id)
    return scan_for_person(
        actor=counter,
        at=province.at,
        agency_id=agency_id,
        person_id=owner.person_id,
        kind="diploma",
        content=[("van-bang.jpg", BytesIO(photo(width=1000, height=1400)))],
    ).id


def _batch(province: Province, dossier_id: UUID) -> UUID:
    """Return a batch the examiner asked for, which no worker has begun."""
    examiner = province.officer("civil_status_officer")
    return ask_batch(actor=examiner, at=province.at, kind=Batch.Kind.CLAIM, dossier_ids=[dossier_id])


def _template(province: Province) -> UUID:
    """Return a sentence the examiner keeps for the agency."""
    examiner = province.officer("civil_status_officer")
    return write_reason_template(
        actor=examiner,
        at=province.at,
        agency_id=examiner.posts[0].agency_id,
        act="",
        text="Ảnh chụp mờ, đề nghị chụp lại rõ cả trang.",
    )


def _arrival(province: Province) -> Values:
    """Return what came from the national portal and waits for the counter, and what could not be sent."""
    agency_id = province.officer("one_stop").posts[0].agency_id
    payload = {"MaHoSo": "G22.99-20261122-0000001", "NgayNopHoSo": "?", "MaTTHC": BIRTH}
    envelope = Envelope.objects.create(
        code=payload["MaHoSo"],
        digest="1",
        payload=payload,
        received_at=province.at,
        last_received_at=province.at,
        state=EnvelopeState.NEEDS_HUMAN,
        troubles=[Trouble(Why.DATE_WRONG, "?").as_json()],
        agency_id=agency_id,
    )
    dead = Dispatch.objects.create(
        code=payload["MaHoSo"],
        agency_id=agency_id,
        service="progress",
        status=1,
        happened_at=province.at,
        next_at=province.at,
        state=DispatchState.DEAD,
    )
    return {"envelope_id": str(envelope.pk), "dispatch": str(dead.number)}


def _files(province: Province) -> Values:
    """Return a list the counter had written out, and a sheet it took in."""
    counter = province.officer("one_stop")
    export_id = ask_export(actor=counter, at=province.at, format_="csv", selection=Selection())
    running.run(system=system("test"), export_id=export_id, now=lambda: province.at)
    sheet = sheets.received(province, counter, sheets.as_csv([sheets.row(1)]))
    return {"export_id": str(export_id), "import_id": str(sheet)}


def _posts(province: Province) -> Values:
    """Return the examiner's post, and an absence to come: nobody stands in for anybody yet."""
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    absence = people.substitute(
        actor=examiner,
        at=province.at,
        post_id=examiner.posts[0].id,
        substitute_account_id=counter.signed_in_as,
        from_at=province.later(days=5),
        until_at=province.later(days=6),
        reason="Nghỉ phép",
    )
    return {
        "post_id": str(examiner.posts[0].id),
        "substitution_id": str(absence),
        "counter_id": str(counter.account_id),
    }


def _of(province: Province, dossier_id: UUID, owner: Actor) -> Values:
    """Return what there is of a dossier."""
    dossier = queries.access_dossier(actor=owner, dossier_id=dossier_id)
    bills = payments.bills_of_subject(actor=owner, subject_id=dossier_id)
    part, ids = next((part, ids) for part, ids in dossier.papers.items() if ids)
    result = getattr(dossier, "result", None)
    documents = [one.document for one in dossier.documents.all()] + ([result.document] if result else [])
    asked = dossier.consultations.first()
    return {
        "dossier_id": str(dossier_id),
        "dossier_code": dossier.code,
        "revision": str(dossier.revision),
        **_later(province),
        "draft_id": str(dossier.draft_id),
        "rating_token": dossier.rating_token,
        "token": documents[-1].token if documents else "",
        "document_id": str(documents[-1].pk) if documents else "",
        "paper_id": ids[0],
        "requirement": part,
        "bill_id": str(bills[0].id) if bills else "",
        "reference": bills[0].reference if bills else "",
        "refund_id": str(next((one.pk for one in Refund.objects.filter(bill__subject_id=dossier_id)), "")),
        "consultation_id": str(asked.pk) if asked else "",
        **_receipt(dossier_id),
        "note_id": str(next((note.pk for note in dossier.notes.all()), "")),
        "enclosed_id": next((paper for said in dossier.messages.all() for paper in said.papers), ""),
        "kept_id": str(next((one.pk for one in KeptPaper.objects.filter(document__in=documents)), "")),
    }


def _later(province: Province) -> Values:
    """Return a moment behind every deadline of the stage, whole and in parts."""
    later = local(province.later(days=40))
    parts = {"later_day": later.day, "later_month": later.month, "later_year": later.year}
    return {name: str(number) for name, number in parts.items()} | {"later": later.isoformat()}


def _draft(province: Province, owner: Actor) -> Values:
    draft_id = kit.begin(province, owner, BIRTH)
    kit.fill_in(owner, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    part, ids = next((part, ids) for part, ids in Draft.objects.get(pk=draft_id).papers.items() if ids)
    return {"draft_id": str(draft_id), "paper_id": ids[0], "requirement": part}


def _unpaid(province: Province, owner: Actor) -> UUID:
    return kit.filed(province, owner, COPY).dossier_id


def _repaid(province: Province, owner: Actor) -> UUID:
    """Return a dossier whose fee came in cash and goes back."""
    filed = kit.filed(province, owner, COPY)
    kit.pay_cash(province, filed)
    assert filed.bill_id is not None
    refund_bill(actor=province.officer("chairperson"), at=province.at, bill_id=filed.bill_id, note="Thu nhầm")
    return filed.dossier_id


def _cashed(province: Province, owner: Actor) -> UUID:
    """Return a dossier whose fee lies in the open till of the counter."""
    filed = kit.filed(province, owner, COPY)
    kit.pay_cash(province, filed)
    return filed.dossier_id


def _receipt(dossier_id: UUID) -> Values:
    receipt = CounterReceipt.objects.filter(bill__subject_id=dossier_id).first()
    return {"receipt_id": str(receipt.pk), "shift_id": str(receipt.shift_id)} if receipt else {}


def _receipted(province: Province, dossier_id: UUID) -> Values:
    """Return the electronic receipt of the dossier's fee, and the till that nobody closed, a day later."""
    province.officer("chairperson")
    duty = ReceiptDuty.objects.get(bill__subject_id=dossier_id)
    made = issue_receipt(actor=system("test"), at=province.at, duty_id=duty.pk)
    agency_id, day = duty.bill.agency_id, local(province.at).date()
    compare_day(actor=system("test"), at=province.later(days=1), agency_id=agency_id, day=day)
    assert made is not None
    return {
        "receipt_id": str(made.id),
        "file_id": str(made.id),
        "difference_id": str(Difference.objects.get(kind="till_open").pk),
        "day": day.isoformat(),
    }


def _credit(province: Province) -> str:
    """Return money that matches no bill."""
    line = f"FT1,{province.at.isoformat()},257678859,5000,nop tien"
    content = f"transaction_id,received_at,account,amount,purpose\n{line}\n".encode()
    import_statement(actor=system("test"), at=province.at, bank="970416", content=content)
    return str(BankTransaction.objects.get().pk)


def _filed(province: Province, owner: Actor) -> UUID:
    filed = kit.filed(province, owner, BIRTH)
    kit.pay_cash(province, filed)
    return filed.dossier_id


def _accepted(province: Province, owner: Actor) -> UUID:
    dossier_id = _filed(province, owner)
    _step(accept_dossier, province.officer("one_stop"), province, dossier_id)
    kit.give_time(province, dossier_id)
    return dossier_id


def _signing(province: Province, owner: Actor) -> UUID:
    dossier_id = _accepted(province, owner)
    _step(advance_step, province.officer("civil_status_officer"), province, dossier_id)
    return dossier_id


def _supplement(province: Province, owner: Actor) -> UUID:
    dossier_id = _accepted(province, owner)
    request_supplement(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        items=[MissingItem("other", "", "Ảnh giấy chứng sinh bị mờ.")],
    )
    return dossier_id


def _duty(province: Province, owner: Actor) -> UUID:
    """Return a dossier that waits for money an officer asked for."""
    dossier_id = _accepted(province, owner)
    ask_payment(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        duties=[Duty("Lệ phí trước bạ", 1_250_000)],
        basis="Thông báo 125/TB-TCS ngày 20/11/2026",
    )
    return dossier_id


def _advice(province: Province, owner: Actor) -> UUID:
    """Return a dossier on which the examiner asked the counter, and wrote a note."""
    dossier_id = _accepted(province, owner)
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    question = "Thửa đất này có nằm trong hành lang đê không?"
    ask_opinion(
        actor=examiner,
        at=province.at,
        dossier_id=dossier_id,
        question=question,
        to_account_id=counter.account_id,
    )
    write_note(actor=examiner, at=province.at, dossier_id=dossier_id, text="Đã gọi điện cho người nộp.")
    return dossier_id


def _talked(province: Province, owner: Actor) -> UUID:
    """Return a dossier about which the applicant wrote, with a picture, and was answered."""
    dossier_id = _accepted(province, owner)
    picture = Enclosed("anh.jpg", BytesIO(photo(width=417, height=300)))
    write = partial(write_message, at=province.at, dossier_id=dossier_id)
    write(actor=owner, text="Tôi gửi thêm ảnh.", files=[picture])
    write(actor=province.officer("civil_status_officer"), text="Đã nhận.")
    return dossier_id


def _outreach(province: Province, owner: Actor) -> Values:
    """Return a matter proposed to the owner, and another they refused."""
    what = {"person_id": owner.person_id, "key": "self", "due_on": province.at.date(), "level": 2}
    what |= {"procedure_code": "1.014027", "proposed_at": province.at}
    proposed = Suggestion.objects.create(rule="social_pension", **what)
    refusal = SuggestionRefusal.objects.create(
        person_id=owner.person_id, rule="allowance_at_80", key="self", refused_at=province.at
    )
    return {"suggestion_id": str(proposed.pk), "refusal_id": str(refusal.pk)}


def _together(province: Province, owner: Actor) -> UUID:
    """Return a filing of several procedures whose forms are still empty."""
    return start_filing(actor=owner, at=province.at, bundle_id="birth_residence", unit_code=kit.BINH_LIEU)


def _ready(province: Province, owner: Actor) -> UUID:
    """Return a signed dossier that the counter still has to hand out."""
    dossier_id = _signing(province, owner)
    Dossier.objects.filter(pk=dossier_id).update(channel="counter")
    PostalReturn.objects.create(
        draft=Draft.objects.get(dossier=dossier_id), recipient="Nga", phone="0912345678", address="Thôn 1"
    )
    _step(sign_result, province.officer("chairperson"), province, dossier_id)
    return dossier_id


def _returned(province: Province, owner: Actor) -> UUID:
    dossier_id = _signing(province, owner)
    _step(sign_result, province.officer("chairperson"), province, dossier_id)
    return dossier_id


def _asked(province: Province, owner: Actor) -> UUID:
    """Return a dossier with papers of its own: one that another dossier shares is seen by both agencies."""
    draft_id = kit.begin(province, owner, PERMIT)
    example = kit.procedure(PERMIT).examples[0]
    kit.fill_in(owner, draft_id, example.model_copy(update={"papers": ()}), at=province.at)
    for number, part in enumerate(example.papers):
        attach_paper(
            actor=owner,
            at=province.at,
            draft_id=draft_id,
            requirement=part,
            file_name=f"{part}.jpg",
            content=BytesIO(photo(width=900 + number, height=300)),
        )
    filed = file_dossier(actor=owner, at=province.at, draft_id=draft_id)
    kit.pay_cash(province, filed)
    _step(accept_dossier, province.officer("one_stop"), province, filed.dossier_id)
    return filed.dossier_id


def _organisation(province: Province, owner: Actor) -> UUID:
    """
    Return a dossier that the owner filed for an organisation, which the stranger represents as well.

    It has papers of its own, as :func:`_asked` has.
    """
    office = province.officer("one_stop").posts[0].agency_id
    firm = people.record_organisation(
        actor=kit.SYSTEM, at=province.at, agency_id=office, tax_code="5700000001", name="Hợp tác xã Bình Liêu"
    )
    for citizen in (owner, province.citizen("000188000103", full_name="Vũ Thị Hạnh")):
        assert citizen.person_id is not None
        people.record_mandate(
            actor=kit.SYSTEM,
            at=province.at,
            agency_id=office,
            kind="representative",
            agent_person_id=citizen.person_id,
            principal_organisation_id=firm,
            evidence="Giấy chứng nhận đăng ký hợp tác xã",
        )
    head = actor_of(owner.signed_in_as, at=province.at, assurance=2)
    draft = start_draft(
        actor=head,
        at=province.at,
        procedure_code=COPY,
        unit_code=kit.BINH_LIEU,
        organisation_id=firm,
    )
    example = kit.procedure(COPY).examples[0]
    kit.fill_in(head, draft.draft_id, example.model_copy(update={"papers": ()}), at=province.at)
    for number, part in enumerate(example.papers):
        attach_paper(
            actor=head,
            at=province.at,
            draft_id=draft.draft_id,
            requirement=part,
            file_name=f"{part}.jpg",
            content=BytesIO(photo(width=800 + number, height=310)),
        )
    return file_dossier(actor=head, at=province.at, draft_id=draft.draft_id).dossier_id


def _step(action: Callable[..., Any], actor: Actor, province: Province, dossier_id: UUID) -> None:
    """Do the open step with what the procedure's example says that officers find."""
    dossier = Dossier.objects.get(pk=dossier_id)
    procedure, run = kit.procedure(dossier.procedure_code), queries.open_run(dossier)
    assert run is not None
    findings = procedure.examples[0].findings
    asked = [question for question in procedure.step(run.step).ask if question.id in findings]
    data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
    for question in asked:
        data |= boxes.render(question, question.id, findings[question.id])
    action(actor=actor, at=province.at, dossier_id=dossier_id, found=data)


def until(province: Province) -> Any:
    """Return when a mandate of the tests ends."""
    return province.at + timedelta(days=30)
