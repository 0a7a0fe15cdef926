"""What stands on the stage when the pages outside the desk are looked at."""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from tests import dossiers_kit as kit
from tests import people_kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import BIRTH, PERMIT, Province
from tests.e2e.pages_kit import Stage
from tests.papers_samples import leaf
from tests.web.test_portal_mine_paying import bill_of, lapse, pay
from tinhso.dossiers.actions.attach_paper import attach_paper
from tinhso.dossiers.actions.close_early import stop_dossier, withdraw_dossier
from tinhso.dossiers.actions.decline import decline_dossier
from tinhso.dossiers.actions.extend import extend_deadline
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.rate import rate_dossier
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel import clock
from tinhso.notices.actions import notify
from tinhso.notices.models import Message
from tinhso.papers.actions.revoke_document import revoke_document, supersede_document
from tinhso.papers.models import IssuedDocument
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.actions.pay_out_refund import pay_out_refund
from tinhso.payments.actions.refund_bill import refund_bill
from tinhso.payments.queries import refunds_of_bill
from tinhso.people import actions as people
from tinhso.people.types import ANONYMOUS, Actor

LONG_NAME = "Công Tằng Tôn Nữ Hoàng Thị Ngọc Ánh Tuyết Như Phương Thảo Nguyên Bình Liêu Quảng Ninh"
UNBROKEN = "Anh_chup_giay_chung_sinh_ban_chinh_co_dau_do_cua_trung_tam_y_te_huyen_trang_1_cua_4.jpg"
LONG_ANSWER = "Nhà tôi ở cuối thôn, đường đất, mùa mưa xe không vào được. " * 33
LONG_REASON = (
    "Thiếu chữ ký của cha trên tờ khai; ảnh giấy chứng sinh bị mờ ở góc dưới bên phải nên không đọc được số "
    "và ngày cấp. Hãy chụp lại cả bốn góc dưới ánh sáng ban ngày rồi gửi lại, hoặc mang bản chính đến quầy."
)
NAME = {"vi": "Đăng ký khai sinh", "en": "Birth registration"}
MANY = 20


def session_of(account_id: UUID, *, assurance: int = 2) -> str:
    """Return the session that a finished sign-in leaves."""
    client = Client()
    people_kit.sign_in(client, account_id, assurance=assurance)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def everyone(province: Province) -> tuple[Actor, Mapping[str, str]]:
    """Return the owner of what there is, and the sessions of all who look."""
    owner = province.citizen()
    long = province.citizen("000188000103", full_name=LONG_NAME, email=f"{'a' * 60}@example.vn", phone="")
    nobody = province.citizen("000199000104", full_name="Chìu A Sáng")
    low = province.citizen("000199000105", full_name="Trần Văn Kiên", level=1)
    sessions = {
        "owner": session_of(owner.signed_in_as),
        "newcomer": session_of(nobody.signed_in_as),
        "low": session_of(low.signed_in_as, assurance=1),
        "long": session_of(long.signed_in_as),
        "officer": session_of(province.officer("one_stop").signed_in_as),
    }
    _act_for_each_other(province, long, owner)
    return owner, sessions


def _act_for_each_other(province: Province, long: Actor, owner: Actor) -> None:
    assert long.person_id
    assert owner.person_id
    year = province.at + timedelta(days=200)
    for giver, taker in ((long, owner), (owner, long)):
        assert taker.person_id
        people.give_mandate(
            actor=giver,
            at=province.at,
            agent_person_id=taker.person_id,
            until_at=year,
            evidence="Tôi đi làm xa.",
        )
    firm = people.record_organisation(
        actor=kit.SYSTEM,
        at=province.at,
        agency_id=province.officer("one_stop").posts[0].agency_id,
        tax_code="5700000001",
        name="Hợp tác xã Nông nghiệp hữu cơ và Miến dong truyền thống Bình Liêu – Hoành Mô – Đồng Văn",
    )
    people.record_mandate(
        actor=kit.SYSTEM,
        at=province.at,
        agency_id=province.officer("one_stop").posts[0].agency_id,
        kind="representative",
        agent_person_id=owner.person_id,
        principal_organisation_id=firm,
        evidence="Giấy chứng nhận đăng ký hợp tác xã",
    )
    for number, why in enumerate(("", LONG_REASON)):
        people.note_access(
            actor=province.officer("one_stop"),
            at=province.later(minutes=number),
            person_id=owner.person_id,
            purpose="search",
            reason=why,
        )


def form_stage(province: Province) -> Stage:
    """Return forms begun, full, faulty and filled to the brim."""
    owner, sessions = everyone(province)
    at = province.at
    empty = kit.begin(province, owner, BIRTH)
    full = kit.begin(province, owner, BIRTH)
    kit.fill_in(owner, full, kit.procedure(BIRTH).examples[0], at=at)
    brim = _to_the_brim(province, owner)
    shop = kit.begin(province, owner, "1.001612")
    kit.fill_in(owner, shop, kit.procedure("1.001612").examples[0], at=at)
    aid = kit.begin(province, owner, "1.001776")
    permit = kit.begin(province, owner, PERMIT)
    drafts = {"empty": empty, "full": full, "brim": brim, "shop": shop, "aid": aid, "permit": permit}
    scenes: dict[str, Mapping[str, str]] = {name: {"draft_id": str(one)} for name, one in drafts.items()}
    scenes[""] = {"code": BIRTH, "page_id": "requester"}
    return Stage(scenes, sessions)


def _to_the_brim(province: Province, owner: Actor) -> UUID:
    """Return a draft with the longest answers and many files in one place."""
    draft_id = kit.begin(province, owner, BIRTH)
    kit.fill_in(owner, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    draft = Draft.objects.get(pk=draft_id)
    draft.answers |= {"child.full_name": LONG_NAME, "birth.notice_issuer": LONG_ANSWER}
    draft.typed["child"]["child.full_name"] = [LONG_NAME]
    draft.typed["birth"]["birth.notice_issuer"] = [LONG_ANSWER]
    draft.save()
    for number in range(MANY):
        attach_paper(
            actor=owner,
            at=province.at,
            draft_id=draft_id,
            requirement="birth_notice",
            file_name=UNBROKEN.replace("_1_", f"_{number}_"),
            content=BytesIO(leaf(number)),
        )
    return draft_id


def life_stage(province: Province) -> Stage:
    """Return dossiers at every point of their life, bills in every state, papers valid and not, an inbox."""
    owner, sessions = everyone(province)
    lapsed = mine.unpaid(province, owner)
    lapse(province, lapsed)
    dossiers = {
        "lapsed": lapsed,
        "filed": _filed_and_paid(province, owner),
        "accepted": mine.accepted(province, owner),
        "extended": _extended(province, owner),
        "supplement": mine.supplement_asked(province, owner),
        "incomplete": _incomplete(province, owner),
        "of-another": _written_by_another(province, owner),
        "signing": mine.ready_to_sign(province, owner),
        "returned": mine.returned(province, owner),
        "rated": mine.returned(province, owner),
        "refused": mine.refused(province, owner),
        "declined": _declined(province, owner),
        "withdrawn": mine.unpaid(province, owner),
        "stopped": _stopped(province, owner),
        "brim": _brimful(province, owner),
    }
    withdraw_dossier(actor=owner, at=province.at, dossier_id=dossiers["withdrawn"])
    dossiers |= _bills(province, owner)
    _rate(province, dossiers["rated"])
    papers = _papers(province, dossiers)
    scenes: dict[str, Mapping[str, str]] = {
        name: {
            "dossier_id": str(one),
            "token": Dossier.objects.get(pk=one).rating_token,
            "code": Dossier.objects.get(pk=one).code,
        }
        for name, one in dossiers.items()
    }
    scenes |= {name: {"token": token} for name, token in papers.items()}
    scenes[""] = {"mandate_id": str(uuid4())}
    scenes["message"] = {"message_id": _inbox(owner)}
    return Stage(scenes, sessions)


def _filed_and_paid(province: Province, owner: Actor) -> UUID:
    filed = kit.filed(province, owner, BIRTH)
    kit.pay_cash(province, filed)
    return filed.dossier_id


def _extended(province: Province, owner: Actor) -> UUID:
    dossier_id = mine.accepted(province, owner)
    due = kit.give_time(province, dossier_id)
    extend_deadline(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        new_due_at=due + timedelta(days=7),
        reason=LONG_REASON,
    )
    return dossier_id


def _incomplete(province: Province, owner: Actor) -> UUID:
    dossier_id = mine.supplement_asked(province, owner)
    draft = Dossier.objects.get(pk=dossier_id).draft
    draft.papers = {}
    draft.answers = {name: value for name, value in draft.answers.items() if name != "child.full_name"}
    draft.save()
    return dossier_id


def _written_by_another(province: Province, owner: Actor) -> UUID:
    dossier_id = mine.supplement_asked(province, owner)
    draft = Dossier.objects.get(pk=dossier_id).draft
    draft.account_id = mine.stranger(province).signed_in_as
    draft.save()
    return dossier_id


def _declined(province: Province, owner: Actor) -> UUID:
    dossier_id = _filed_and_paid(province, owner)
    decline_dossier(
        actor=province.officer("one_stop"), at=province.at, dossier_id=dossier_id, reason=LONG_REASON
    )
    return dossier_id


def _stopped(province: Province, owner: Actor) -> UUID:
    dossier_id = mine.accepted(province, owner)
    stop_dossier(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        reason=LONG_REASON,
    )
    return dossier_id


def _brimful(province: Province, owner: Actor) -> UUID:
    draft_id = _to_the_brim(province, owner)
    draft = Draft.objects.get(pk=draft_id)
    draft.answers |= {"birth.notice_issuer": LONG_ANSWER[:200].strip()}
    draft.save()
    return file_dossier(actor=owner, at=province.at, draft_id=draft_id).dossier_id


def _bills(province: Province, owner: Actor) -> dict[str, UUID]:
    made = {
        name: mine.unpaid(province, owner) for name in ("unpaid", "short", "paid", "refunding", "refunded")
    }
    pay(province, made["short"], bill_of(made["short"]).total - 500)
    for name in ("paid", "refunding"):
        pay(province, made[name], bill_of(made[name]).total)
    mark_cash(actor=province.officer("one_stop"), at=province.at, bill_id=bill_of(made["refunded"]).id)
    for name in ("refunding", "refunded"):
        refund_bill(
            actor=province.officer("chairperson"), at=province.at, bill_id=bill_of(made[name]).id, note=""
        )
    cash = refunds_of_bill(actor=kit.SYSTEM, bill_id=bill_of(made["refunded"]).id)
    pay_out_refund(actor=province.officer("one_stop"), at=province.at, refund_id=cash[0].id)
    return made


def _rate(province: Province, dossier_id: UUID) -> None:
    token = Dossier.objects.get(pk=dossier_id).rating_token
    rate_dossier(actor=ANONYMOUS, at=province.at, token=token, stars=4, comment=LONG_ANSWER[:900])


def _papers(province: Province, dossiers: Mapping[str, UUID]) -> dict[str, str]:
    """Return the tokens of papers in force, revoked, replaced."""
    valid, replaced, revoked = (
        IssuedDocument.objects.filter(about_id=dossiers[name]).order_by("-pk")[0]
        for name in ("returned", "rated", "refused")
    )
    chair = province.officer("chairperson")
    supersede_document(actor=chair, at=province.at, document_id=replaced.pk, by_document_id=valid.pk)
    revoke_document(actor=chair, at=province.at, document_id=revoked.pk, reason=LONG_REASON)
    return {
        "valid": valid.token,
        "replaced": replaced.token,
        "revoked": revoked.token,
        "unknown": "khong-co-ma-nay",
    }


def _inbox(owner: Actor) -> str:
    """Return a message of an inbox that has more than one page."""
    assert owner.person_id
    for number in range(MANY * 3):
        notify(
            at=clock.now() + timedelta(seconds=number),
            person_id=owner.person_id,
            template="not_accepted",
            data={"code": f"000.00.44.H49-261121-{number:04}", "procedure": NAME, "reason": LONG_REASON},
            dedupe_key=f"test:{number}",
            link="/ho-so/",
        )
    return str(Message.objects.filter(person_id=owner.person_id).order_by("-made_at")[0].pk)
