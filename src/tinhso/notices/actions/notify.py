"""Tell a person something."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tinhso.kernel import ledger
from tinhso.kernel.jobs import defer_all
from tinhso.kernel.refusals import NotFound
from tinhso.notices import jobs
from tinhso.notices.contacts import Contact, contact_of, contacts_of, contacts_of_officers
from tinhso.notices.delivering import ACTOR
from tinhso.notices.events import NoticeWritten
from tinhso.notices.models import Delivery, Message
from tinhso.notices.sms import compose, segments
from tinhso.notices.templates import NoticeTemplate, Value, load_templates, write_out

_BOTH = ("vi", "en")


@transaction.atomic
def notify(
    *,
    at: datetime,
    person_id: UUID,
    template: str,
    data: Mapping[str, Value],
    dedupe_key: str,
    link: str = "",
    phone: str = "",
) -> None:
    """
    Put a message into the person's inbox; e-mail and SMS follow once the act around this is committed.

    :param template: an occasion of ``occasions.OCCASIONS``
    :param data: what the occasion promises: texts as ``str`` or ``{"vi", "en"}``, money as whole đồng
    :param dedupe_key: with the same one the same person is told once, however often this is called
    :param link: path of this site at which the person goes on
    :param phone: where an SMS must go, whatever the person chose, as with a code they wait for
    :raises KeyError: no such occasion, or data it promises are missing
    :raises NotFound: there is no such person
    """
    words = load_templates(settings.TINHSO.packs)[template]
    contact = contact_of(person_id)
    if phone:
        contact = replace(contact, phone=phone)

    message = _message(words, data=data, at=at, dedupe_key=dedupe_key, link=link)
    message.person_id = person_id
    _write([(message, contact, data)], words=words, at=at)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one of many is told; see :func:`notify`."""

    person_id: UUID
    data: Mapping[str, Value]
    dedupe_key: str
    link: str = ""


@transaction.atomic
def notify_many(*, at: datetime, template: str, tellings: Sequence[Telling]) -> None:
    """
    Do for each what :func:`notify` does, with a number of statements that does not grow with them.

    :raises KeyError: no such occasion, or data it promises are missing
    :raises NotFound: one of the persons is absent
    """
    words = load_templates(settings.TINHSO.packs)[template]
    contacts = contacts_of({one.person_id for one in tellings})
    written = []
    for one in tellings:
        if one.person_id not in contacts:
            raise NotFound
        message = _message(words, data=one.data, at=at, dedupe_key=one.dedupe_key, link=one.link)
        message.person_id = one.person_id
        written.append((message, contacts[one.person_id], one.data))
    _write(written, words=words, at=at)


@transaction.atomic
def notify_officers(
    *,
    at: datetime,
    account_ids: Collection[UUID],
    template: str,
    data: Mapping[str, Value],
    dedupe_key: str,
    link: str = "",
) -> None:
    """
    Put a message into the inbox of each officer's account; e-mail follows where the account has an address.

    The number of statements grows only with the e-mails. Parameters are those of :func:`notify`.
    """
    words = load_templates(settings.TINHSO.packs)[template]
    written = []
    for account_id, contact in contacts_of_officers(account_ids).items():
        message = _message(words, data=data, at=at, dedupe_key=dedupe_key, link=link)
        message.account_id = account_id
        written.append((message, contact, data))
    _write(written, words=words, at=at)


def _write(
    written: Sequence[tuple[Message, Contact, Mapping[str, Value]]], *, words: NoticeTemplate, at: datetime
) -> None:
    """Keep the messages that were not said yet, with their deliveries."""
    Message.objects.bulk_create([message for message, _contact, _data in written], ignore_conflicts=True)
    ids = [message.id for message, _contact, _data in written]
    kept = set(Message.objects.filter(pk__in=ids).values_list("pk", flat=True))

    new = [
        (message, _deliveries(message, words=words, data=data, contact=contact))
        for message, contact, data in written
        if message.id in kept
    ]
    deliveries = Delivery.objects.bulk_create([one for _message, several in new for one in several])
    defer_all(jobs.deliver, [{"delivery_id": str(delivery.id)} for delivery in deliveries])

    ledger.record_all(
        actor=ACTOR,
        at=at,
        events=[
            NoticeWritten(
                message_id=message.id,
                template=words.key,
                channels=tuple(delivery.channel for delivery in several),
            )
            for message, several in new
        ],
    )


def _message(
    words: NoticeTemplate,
    *,
    data: Mapping[str, Value],
    at: datetime,
    dedupe_key: str,
    link: str,
) -> Message:
    subject = {
        lang: write_out(words.subject.of(lang), key=words.key, data=data, language=lang) for lang in _BOTH
    }
    body = {lang: write_out(words.body.of(lang), key=words.key, data=data, language=lang) for lang in _BOTH}
    return Message(
        template=words.key,
        dedupe_key=dedupe_key,
        subject_vi=subject["vi"][:300],
        subject_en=subject["en"][:300],
        body_vi=body["vi"],
        body_en=body["en"],
        link=link,
        made_at=at,
    )


def _deliveries(
    message: Message, *, words: NoticeTemplate, data: Mapping[str, Value], contact: Contact
) -> list[Delivery]:
    address = urljoin(settings.TINHSO.base_url, message.link) if message.link else ""
    english = contact.language == "en"
    found = []
    if "email" in words.channels and contact.email:
        subject, body = (
            (message.subject_en, message.body_en) if english else (message.subject_vi, message.body_vi)
        )
        text = f"{body}\n\n{address}".strip() + "\n"
        found.append(
            Delivery(message=message, channel="email", address=contact.email, subject=subject, text=text)
        )
    if "sms" in words.channels and contact.phone and words.sms:
        short = write_out(words.sms.of(contact.language), key=words.key, data=data, language=contact.language)
        text = compose(short, link=address, unaccented=settings.TINHSO.sms_unaccented)
        found.append(
            Delivery(
                message=message, channel="sms", address=contact.phone, text=text, segments=segments(text)
            )
        )
    return found
