"""The post channel: what stands on an envelope, where a result goes, and when the clock begins."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models import Dossier, Draft, PostalArrival, PostalReturn
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.rules import rules
from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise

# Letters and digits as barcodes of parcels have them; UPU S10 is one of these shapes.
_NUMBER = re.compile(r"^[0-9A-Z]{8,30}$")


class TrackingNumberWrong(Invalid):
    code = "tracking-number-wrong"
    message = _("Hãy ghi số hiệu bưu gửi in dưới mã vạch: từ 8 đến 30 chữ in hoa và số. Ví dụ: EB123456789VN")


class ArrivalImpossible(Invalid):
    code = "arrival-impossible"
    message = _("Ngày bưu chính giao phải từ %(days)s ngày trước đến lúc này. Hãy xem lại dấu bưu điện.")


class SenderMissing(Invalid):
    code = "sender-missing"
    message = _("Hãy ghi họ tên người gửi như trên bì thư.")


class ReturnAddressMissing(Invalid):
    code = "return-address-missing"
    message = _("Hãy ghi đủ người nhận, số điện thoại và địa chỉ để bưu chính phát kết quả.")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What stands on the envelope; see ``PostalArrival``."""

    tracking_number: str
    arrived_at: datetime
    sender_name: str
    sender_address: str = ""


@dataclass(frozen=True, slots=True)
class SendTo:
    """Where the result goes."""

    recipient: str
    phone: str
    address: str


def tracking_number(typed: str) -> str:
    """Return the number without what people put between its parts. :raises TrackingNumberWrong: it is none"""
    number = re.sub(r"[\s.\-]", "", typed).upper()
    if not _NUMBER.fullmatch(number):
        raise TrackingNumberWrong
    return number


def checked_arrival(said: Arrived, *, at: datetime) -> Arrived:
    """:raises TrackingNumberWrong, ArrivalImpossible, SenderMissing: as they say"""
    days = rules().post.longest_days
    if not at - timedelta(days=days) <= said.arrived_at <= at:
        raise ArrivalImpossible(days=days)
    sender = normalise(said.sender_name)[:160]
    if not sender:
        raise SenderMissing
    number = tracking_number(said.tracking_number)
    return Arrived(number, said.arrived_at, sender, normalise(said.sender_address)[:240])


def checked_return(said: SendTo) -> SendTo:
    """:raises ReturnAddressMissing: a part is missing"""
    whole = SendTo(normalise(said.recipient)[:160], normalise(said.phone)[:20], normalise(said.address)[:240])
    if not (whole.recipient and whole.phone and whole.address):
        raise ReturnAddressMissing
    return whole


def clock_start(dossier: Dossier, at: datetime) -> datetime:
    """
    Return from when the legal clock counts when the dossier is accepted now.

    What lay unopened at the agency is the agency's time, by the rule in ``packs/vietnam/deadlines.yaml``. A
    dossier that had to be supplemented before was not complete when it arrived.
    """
    arrival = arrival_of(dossier.draft)
    if arrival is None or rules().post.clock_from != "arrival" or dossier.supplements.exists():
        return at
    return arrival.arrived_at


def arrival_of(draft: Draft) -> PostalArrival | None:
    """Return what stood on the envelope; None for what did not come by post."""
    return getattr(draft, "postal_arrival", None) if draft.channel == Channel.POST else None


def return_of(draft: Draft) -> PostalReturn | None:
    """Return where the result goes by post; None when it is fetched, or lies in the account."""
    return getattr(draft, "postal_return", None)


def way_in(dossier: Dossier, words: Callable[[Channel], str]) -> str:
    """Return how it came in, with the number of the parcel where the post brought it."""
    arrival = arrival_of(dossier.draft)
    way = words(Channel(dossier.channel))
    return f"{way}, số hiệu {arrival.tracking_number}" if arrival else way
