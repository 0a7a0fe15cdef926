"""People are told once, in their language, and nobody else reads it."""

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.db.kernel_threads import at_once
from tests.notices_kit import AT, DATA, citizen, new_person, operator, tell
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices import queries
from tinhso.notices.actions import choose_channels, mark_read, notify
from tinhso.notices.models import Delivery, Message
from tinhso.notices.types import Channels

pytestmark = pytest.mark.django_db


def test_a_message_lies_in_the_inbox_and_waits_to_go_out_by_email_and_sms() -> None:
    person = new_person()
    tell(person)
    (message,) = queries.inbox(actor=citizen(person))
    assert message.subject == "Đã nhận hồ sơ H49.99-261123-0001 bạn gửi"
    assert "«Đăng ký khai sinh»" in message.body
    assert (message.link, message.read_at) == ("/ho-so/1", None)
    mail, sms = Delivery.objects.order_by("channel")
    assert (mail.address, mail.subject) == ("an@example.vn", message.subject)
    assert mail.text.endswith("\n\nhttp://127.0.0.1:8000/ho-so/1\n")
    assert (sms.address, sms.segments) == ("0912345678", 1)
    assert sms.text.isascii()
    assert ProcrastinateJob.objects.filter(task_name="tinhso.notices.jobs.deliver").count() == 2
    (entry,) = LedgerEntry.objects.filter(kind="notice.written")
    assert entry.payload == {"template": "dossier_filed", "channels": ["email", "sms"]}


def test_the_same_occasion_twice_is_told_once() -> None:
    person = new_person()
    tell(person)
    tell(person)
    assert (Message.objects.count(), Delivery.objects.count(), ProcrastinateJob.objects.count()) == (1, 2, 2)


def test_the_same_occasion_is_told_to_each_person() -> None:
    for person in (new_person(), new_person()):
        tell(person)
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_occasion_at_the_same_time_is_told_once() -> None:
    person = new_person()
    at_once(lambda _: tell(person), callers=4)
    assert (Message.objects.count(), Delivery.objects.count(), ProcrastinateJob.objects.count()) == (1, 2, 2)


def test_nothing_is_told_of_an_act_that_was_undone() -> None:
    person = new_person()
    with pytest.raises(RuntimeError), transaction.atomic():
        tell(person)
        raise RuntimeError("the act fails")
    assert not Message.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_english_readers_get_english_everywhere() -> None:
    person = new_person(language="en")
    tell(person)
    (message,) = queries.inbox(actor=citizen(person, language="en"))
    assert "“Birth registration”" in message.body
    assert Delivery.objects.get(channel="email").subject.startswith("We have received")
    assert Delivery.objects.get(channel="sms").text.startswith("Application H49.99")


@pytest.mark.parametrize(
    ("person", "ways"),
    [
        ({"phone": "", "email": ""}, []),
        ({"phone": "12"}, ["email"]),
        ({"email": "not an address"}, ["sms"]),
        ({"phone": "+84 912 345 678"}, ["email", "sms"]),
    ],
)
def test_only_addresses_that_make_sense_are_used(person: dict[str, str], ways: list[str]) -> None:
    tell(new_person(**person))
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ways
    assert Message.objects.count() == 1


def test_people_choose_by_what_ways_they_hear() -> None:
    person = new_person()
    chosen = choose_channels(actor=citizen(person), at=AT, email=True, sms=False)
    assert queries.channels_of(actor=citizen(person)) == chosen == Channels(email=True, sms=False)
    tell(person)
    assert list(Delivery.objects.values_list("channel", flat=True)) == ["email"]
    with pytest.raises(NotAllowed):
        choose_channels(actor=operator(), at=AT, email=False, sms=False)


def test_a_message_is_read_once_by_its_owner() -> None:
    person = new_person()
    tell(person)
    me = citizen(person)
    (message,) = queries.inbox(actor=me)
    assert queries.unread_count(actor=me) == 1
    first = mark_read(actor=me, at=AT, message_id=message.id)
    assert mark_read(actor=me, at=AT.replace(hour=9), message_id=message.id) == first
    assert (first.read_at, queries.unread_count(actor=me)) == (AT, 0)


def test_nobody_else_reads_my_messages_but_who_acts_for_me() -> None:
    person = new_person()
    tell(person)
    message = Message.objects.get()
    helper = citizen(None, on_behalf_of=frozenset({person.pk}))
    assert queries.access_message(actor=helper, message_id=message.id).id == message.id
    for stranger in (citizen(None), operator()):
        assert queries.inbox(actor=stranger) == ()
        assert queries.unread_count(actor=stranger) == 0
        assert queries.deliveries_of(actor=stranger, message_id=message.id) == ()
        with pytest.raises(NotFound):
            queries.access_message(actor=stranger, message_id=message.id)
        with pytest.raises(NotFound):
            mark_read(actor=stranger, at=AT, message_id=message.id)
    assert Message.objects.get().read_at is None


def test_the_inbox_goes_page_by_page_newest_first() -> None:
    person = new_person()
    for hour in range(5):
        notify(
            at=AT.replace(hour=hour),
            person_id=person.pk,
            template="dossier_filed",
            data=DATA,
            dedupe_key=str(hour),
        )
    first = queries.inbox(actor=citizen(person), limit=2)
    second = queries.inbox(actor=citizen(person), limit=2, before=first[-1].made_at)
    assert [message.made_at.hour for message in first + second] == [4, 3, 2, 1]


def test_data_that_the_occasion_promises_and_nobody_gives_is_an_error_at_once() -> None:
    person = new_person()
    with pytest.raises(KeyError, match="due"):
        tell(person, template="dossier_accepted")
    assert not Message.objects.exists()
