"""What an officer is told at the desk: the bell, the inbox, the address for e-mail."""

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.people_kit import PASSWORD, SECRET, SYSTEM
from tests.web.client import Browser
from tinhso.notices import queries
from tinhso.notices.actions import notify_officers
from tinhso.notices.models import Delivery, Message
from tinhso.people import actions as people
from tinhso.people.actions.update_contact import EmailMalformed
from tinhso.people.models import Account
from tinhso.people.queries import actor_of

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME = "/ban-lam-viec/thong-bao/"
EXAMINER = "civil_status_officer"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def test_who_may_take_a_step_is_told_through_the_account_and_the_bell_counts_it(
    province: Province, browser: Browser
) -> None:
    examiner = province.officer(EXAMINER)
    dossier_id = desk.accepted(province, province.citizen())
    message = Message.objects.get(account_id=examiner.account_id)
    assert (message.template, message.person_id) == ("officer_new_work", None)
    desk.enter(browser, examiner)
    assert '<b aria-hidden="true">1</b>' in browser.get("/ban-lam-viec/").content.decode()
    assert f'href="{HOME}{message.pk}/"' in browser.get(HOME).content.decode()

    opened = browser.get(f"{HOME}{message.pk}/").content.decode()

    assert desk.url_of(dossier_id) in opened
    assert "desk-bell" in opened
    assert '<b aria-hidden="true">' not in browser.get(HOME).content.decode()


def test_an_address_set_at_the_desk_gets_the_next_notice_by_mail(
    province: Province, browser: Browser
) -> None:
    examiner = province.officer(EXAMINER)
    desk.enter(browser, examiner)
    wrong = browser.post(f"{HOME}thu-dien-tu/", {"thu-dien-tu": "không phải"})
    assert wrong.status_code == 422
    assert "chưa đúng" in wrong.content.decode()
    assert Account.objects.get(pk=examiner.signed_in_as).email == ""

    browser.post(f"{HOME}thu-dien-tu/", {"thu-dien-tu": " ho-tich@binhlieu.example.vn "})
    desk.accepted(province, province.citizen())

    sent = Delivery.objects.get(message__account_id=examiner.account_id)
    assert (sent.channel, sent.address) == ("email", "ho-tich@binhlieu.example.vn")
    assert 'value="ho-tich@binhlieu.example.vn"' in browser.get(HOME).content.decode()


def test_nobody_else_reads_an_officers_notices(province: Province, browser: Browser) -> None:
    examiner = province.officer(EXAMINER)
    desk.accepted(province, province.citizen())
    message = Message.objects.get(account_id=examiner.account_id)
    desk.enter(browser, province.officer("chairperson"))
    assert browser.get(f"{HOME}{message.pk}/").status_code == 404
    assert "Chưa có thông báo nào" in browser.get(HOME).content.decode()
    assert Message.objects.get(pk=message.pk).read_at is None


def test_what_an_officer_is_told_as_a_citizen_stays_off_the_desk(province: Province) -> None:
    citizen = province.citizen()
    account_id = people.enrol_officer(
        actor=SYSTEM,
        at=province.at,
        username="nguoi-nha",
        password=PASSWORD,
        full_name="Hoàng Văn Chíu",
        totp_secret=SECRET,
        person_id=citizen.person_id,
    )
    kit.filed(province, citizen, BIRTH)
    assert queries.unread_count(actor=citizen) > 0
    assert queries.unread_count(actor=actor_of(account_id, at=province.at)) == 0


def test_the_same_notice_comes_once_and_closed_accounts_get_none(province: Province) -> None:
    examiner, counter = province.officer(EXAMINER), province.officer("one_stop")
    people.close_account(actor=SYSTEM, at=province.at, account_id=counter.signed_in_as)
    for _turn in range(2):
        notify_officers(
            at=province.at,
            account_ids={examiner.signed_in_as, counter.signed_in_as, province.citizen().signed_in_as},
            template="officer_handed_over",
            data={"count": "3"},
            dedupe_key="mot-lan",
        )
    assert [one.account_id for one in Message.objects.filter(dedupe_key="mot-lan")] == [examiner.account_id]


def test_a_successor_is_told_how_much_was_handed_over(province: Province) -> None:
    examiner = province.officer(EXAMINER)
    dossier_id = desk.accepted(province, province.citizen())
    desk.claim(province, examiner, dossier_id)
    successor = desk.second(province, examiner)
    people.end_post(
        actor=SYSTEM,
        at=province.at,
        post_id=examiner.posts[0].id,
        successor_account_id=successor.account_id,
    )
    told = Message.objects.get(account_id=successor.account_id, template="officer_handed_over")
    assert told.subject_vi == "Bạn nhận bàn giao 1 hồ sơ"


def test_an_address_is_checked_when_the_account_is_made(province: Province) -> None:
    with pytest.raises(EmailMalformed):
        people.enrol_officer(
            actor=SYSTEM,
            at=province.at,
            username="sai-thu",
            password=PASSWORD,
            full_name="Sai Thư",
            email="sai@",
        )
    assert not Account.objects.filter(username="sai-thu").exists()
