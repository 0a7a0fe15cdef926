"""The other numbers a dossier is followed by: the national portal's code, and what stands on its parcels."""

from dataclasses import dataclass
from datetime import datetime

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.post import arrival_of, return_of


@dataclass(frozen=True, slots=True)
class Parcel:
    """
    A thing the post carries.

    :param address: where it goes; empty for what came to us
    :param number: empty until it was handed to the post
    :param at: when the post took or brought it
    """

    number: str
    at: datetime | None
    address: str = ""
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """
    :param national: code on the national portal; empty for what was filed here
    :param came: what the post brought; None for what came another way
    :param goes: the result on its way back; None when it is fetched, or lies in the account
    """

    national: str
    came: Parcel | None
    goes: Parcel | None


def numbers_of(dossier: Dossier) -> Numbers:
    """Return them for whoever may see the dossier; at most two queries."""
    came, goes = arrival_of(dossier.draft), return_of(dossier.draft)
    return Numbers(
        national=dossier.national_code or "",
        came=Parcel(came.tracking_number, came.arrived_at) if came else None,
        goes=Parcel(
            goes.tracking_number, goes.handed_at, f"{goes.recipient}, {goes.address}", goes.delivered_at
        )
        if goes
        else None,
    )
