"""The post brings dossiers and takes results: written down, counted from its day, followed to the end."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import dossiers_kit as kit
from tests.authorisation.scenes import _step
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.deliver import deliver_result
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.post_result import NotByPost, PostedAlready, hand_to_post
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.actions.start_draft import ChannelClosed, start_draft
from tinhso.dossiers.control_sheet import sheet_of
from tinhso.dossiers.deadline import due_at
from tinhso.dossiers.explaining import explain
from tinhso.dossiers.form_data import form_data
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.post import (
    ArrivalImpossible,
    Arrived,
    ReturnAddressMissing,
    SenderMissing,
    SendTo,
    TrackingNumberWrong,
)
from tinhso.dossiers.register_book import _row
from tinhso.dossiers.statuses import Status
from tinhso.dossiers.time_limits import limit_of
from tinhso.people import actions as people
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME = SendTo("La Thị Nga", "0912345678", "Thôn Nà Kẻ, xã Bình Liêu, tỉnh Quảng Ninh")


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def envelope(at: datetime, **said: Any) -> Arrived:
    told: dict[str, Any] = {"tracking_number": "eb 123 456 789 vn", "sender_name": "Bế Văn Sáu"}
    return Arrived(**{**told, "arrived_at": at, **said})


def counter_for(province: Province, applicant: Actor) -> Actor:
    counter = province.officer("one_stop")
    assert applicant.person_id is not None
    people.introduce(
        actor=kit.SYSTEM,
        at=province.at,
        person_id=applicant.person_id,
        agency_id=counter.posts[0].agency_id,
    )
    people.assist_at_counter(
        actor=actor_of(counter.signed_in_as, at=province.at),
        at=province.at,
        agency_id=counter.posts[0].agency_id,
        person_id=applicant.person_id,
        evidence="Hồ sơ gửi qua bưu chính",
        scope=(BIRTH,),
    )
    return actor_of(counter.signed_in_as, at=province.at)


def posted(
    province: Province, *, arrived: Arrived | None = None, send_to: SendTo | None = HOME
) -> tuple[Actor, Dossier]:
    applicant = province.citizen()
    counter = counter_for(province, applicant)
    draft_id = start_draft(
        actor=counter,
        at=province.at,
        procedure_code=BIRTH,
        unit_code=BINH_LIEU,
        applicant_id=applicant.person_id,
        channel="post",
        arrived=arrived or envelope(province.at - timedelta(days=1)),
        send_to=send_to,
    ).draft_id
    kit.fill_in(counter, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)
    filed = file_dossier(actor=counter, at=province.at, draft_id=draft_id)
    kit.pay_cash(province, filed)
    return counter, queries.access_dossier(actor=counter, dossier_id=filed.dossier_id)


def decided(province: Province, **said: Any) -> tuple[Actor, Dossier]:
    counter, dossier = posted(province, **said)
    _step(accept_dossier, counter, province, dossier.pk)
    _step(advance_step, province.officer("civil_status_officer"), province, dossier.pk)
    _step(sign_result, province.officer("chairperson"), province, dossier.pk)
    return counter, queries.access_dossier(actor=counter, dossier_id=dossier.pk)


def test_the_clock_counts_from_the_day_the_post_brought_it(province: Province) -> None:
    counter, dossier = posted(province)
    accept_dossier(actor=counter, at=province.at, dossier_id=dossier.pk)
    dossier = queries.access_dossier(actor=counter, dossier_id=dossier.pk)
    procedure = kit.procedure(BIRTH)

    arrived_at = province.at - timedelta(days=1)
    assert dossier.clock_started_at == arrived_at
    assert dossier.due_at == due_at(limit=limit_of(dossier, procedure), received=arrived_at)
    told = explain(dossier=dossier, procedure=procedure)
    assert told is not None
    assert told.due_at == dossier.due_at


def test_receipt_sheet_and_book_say_who_sent_it_under_which_number(province: Province) -> None:
    counter, dossier = posted(province)
    accept_dossier(actor=counter, at=province.at, dossier_id=dossier.pk)
    dossier = queries.access_dossier(actor=counter, dossier_id=dossier.pk)
    procedure = kit.procedure(BIRTH)

    receipt = form_data(actor=counter, dossier=dossier, procedure=procedure, kind="receipt", address="")  # type: ignore[arg-type]
    assert receipt["submitted_by"] == "Bế Văn Sáu"
    assert str(receipt["parcel"]).startswith("EB123456789VN, giao lúc ")
    assert "Thôn Nà Kẻ" in str(receipt["return_at"])
    sheet = sheet_of(dossier, procedure, province.at)
    assert "EB123456789VN" in str(sheet["post"])
    assert _row(dossier, 1)["way"] == "Bưu chính, số hiệu EB123456789VN"


def test_the_result_goes_to_the_post_and_is_returned_when_it_is_delivered(province: Province) -> None:
    counter, dossier = decided(province)
    assert dossier.state is Status.DECIDED
    hand_to_post(actor=counter, at=province.at, dossier_id=dossier.pk, number="ER987654321VN")
    dossier = queries.access_dossier(actor=counter, dossier_id=dossier.pk)
    assert (dossier.state, dossier.draft.postal_return.tracking_number) == (Status.DECIDED, "ER987654321VN")
    with pytest.raises(PostedAlready):
        hand_to_post(actor=counter, at=province.at, dossier_id=dossier.pk, number="ER987654322VN")

    later = province.later(days=2)
    deliver_result(actor=counter, at=later, dossier_id=dossier.pk)
    dossier = queries.access_dossier(actor=counter, dossier_id=dossier.pk)
    assert (dossier.state, dossier.draft.postal_return.delivered_at) == (Status.RETURNED, later)


def test_a_result_nobody_wanted_by_post_stays_at_the_counter(province: Province) -> None:
    counter, dossier = decided(province, send_to=None)
    with pytest.raises(NotByPost):
        hand_to_post(actor=counter, at=province.at, dossier_id=dossier.pk, number="ER987654321VN")
    deliver_result(actor=counter, at=province.at, dossier_id=dossier.pk)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"tracking_number": "12"}, TrackingNumberWrong),
        ({"sender_name": "  "}, SenderMissing),
        ({"arrived_at": timedelta(hours=1)}, ArrivalImpossible),
        ({"arrived_at": timedelta(days=-31)}, ArrivalImpossible),
    ],
)
def test_an_envelope_that_cannot_be_is_refused_and_nothing_is_begun(
    said: dict[str, Any], refusal: type[Exception], province: Province
) -> None:
    if isinstance(said.get("arrived_at"), timedelta):
        said = {"arrived_at": province.at + said["arrived_at"]}
    with pytest.raises(refusal):
        posted(province, arrived=envelope(**({"at": province.at - timedelta(days=1)} | said)))
    assert Draft.objects.count() == 0


def test_a_place_without_an_address_is_refused(province: Province) -> None:
    with pytest.raises(ReturnAddressMissing):
        posted(province, send_to=SendTo("Nga", "", ""))
    assert Draft.objects.count() == 0


def test_what_the_post_brought_has_an_envelope_and_nothing_else_has(province: Province) -> None:
    citizen = province.citizen()
    with pytest.raises(ChannelClosed):
        start_draft(
            actor=citizen,
            at=province.at,
            procedure_code=BIRTH,
            unit_code=BINH_LIEU,
            arrived=envelope(province.at),
        )
    counter = counter_for(province, citizen)
    with pytest.raises(ChannelClosed):
        start_draft(
            actor=counter,
            at=province.at,
            procedure_code=BIRTH,
            unit_code=BINH_LIEU,
            applicant_id=citizen.person_id,
            channel="post",
        )
