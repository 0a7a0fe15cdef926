"""The counter's till: before it is opened, with money in it, with mistakes, counted and handed over."""

from collections.abc import Iterator

from django.urls import reverse

from tests import dossiers_kit as kit
from tests.dossiers_kit import COPY
from tests.e2e.desk_world import REASON, DeskWorld
from tests.e2e.pages_kit import Stop, choose, fill, send
from tinhso.payments.actions.keep_till import close_till
from tinhso.payments.actions.take_at_counter import take_at_counter
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.payments.models import CounterReceipt
from tinhso.payments.shifts import current_shift
from tinhso.payments.states import Means
from tinhso.people.types import Actor

GO = send("form[method=post] button.govuk-button >> nth=-1")


def tills(world: DeskWorld) -> Iterator[Stop]:
    """Walk through a day of the counter."""
    officer = world.province.officer("one_stop")
    yield from _morning(world, officer)
    owing = [kit.filed(world.province, world.citizen(), COPY) for _ in range(3)]
    for filed, means in zip(owing[1:], Means, strict=True):
        assert filed.bill_id is not None
        slip = ("20012345", "A1B2C3") if means is Means.CARD else ("", "")
        take_at_counter(
            actor=officer,
            at=world.at,
            bill_id=filed.bill_id,
            means=means,
            terminal=slip[0],
            approval_code=slip[1],
        )
    card = (choose("[value=card]"), fill("[name=may-pos]", "2"), GO)
    yield world.stop(
        "desk:act",
        "card without slip",
        officer,
        dossier_id=owing[0].dossier_id,
        slug="thu-tien",
        acts=card,
        status=422,
    )
    yield from _mistake(world, officer)
    yield from _evening(world, officer)


def _morning(world: DeskWorld, officer: Actor) -> Iterator[Stop]:
    _close(world, officer)
    yield world.stop("desk:till", "not open", officer)
    wrong = (fill("[name=dau-ca]", "nhiều"), GO)
    yield world.stop("desk:till-open", "no sum", officer, start=reverse("desk:till"), acts=wrong, status=422)
    yield world.stop("desk:till", "no counter", world.province.officer("supervisor"), status=403)


def _mistake(world: DeskWorld, officer: Actor) -> Iterator[Stop]:
    receipt = CounterReceipt.objects.filter(means=Means.CASH).latest("taken_at", "id")
    yield world.stop("desk:till-storno", "asked why", officer, receipt_id=receipt.pk)
    yield world.stop("desk:till-storno", "no reason", officer, receipt_id=receipt.pk, acts=(GO,), status=422)
    take_back_receipt(actor=officer, at=world.at, receipt_id=receipt.pk, reason=REASON)
    yield world.stop("desk:till", "open with a storno", officer)


def _evening(world: DeskWorld, officer: Actor) -> Iterator[Stop]:
    wrong = (fill("[name=da-dem]", "1.000"), fill("[name=nop-kho-bac]", "0"), GO)
    yield world.stop(
        "desk:till-close", "differs", officer, start=reverse("desk:till"), acts=wrong, status=422
    )
    till = current_shift(actor=officer, agency_id=officer.posts[0].agency_id)
    assert till is not None
    yield world.stop("desk:till-shift", "still open", officer, shift_id=till.id)
    _close(world, officer)
    yield world.stop("desk:till-shift", "closed", world.province.officer("chairperson"), shift_id=till.id)
    yield world.stop("desk:till", "for the head", world.province.officer("chairperson"))


def _close(world: DeskWorld, officer: Actor) -> None:
    till = current_shift(actor=officer, agency_id=officer.posts[0].agency_id)
    if till is None:
        return
    close_till(
        actor=officer,
        at=world.at,
        agency_id=till.agency_id,
        counted=till.expected + 2_000,
        handed_over=till.expected,
        slip="KB-2026-0017",
        note=REASON,
    )
