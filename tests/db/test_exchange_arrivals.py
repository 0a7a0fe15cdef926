"""What the national portal delivers becomes a dossier once, whatever goes wrong on the way."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.dossiers_kit import BINH_LIEU, found
from tests.exchange_kit import CITIZEN, World, connected, sent
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.arriving import StillIncomplete, gap_items
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.refusals import OwnCase
from tinhso.dossiers.statuses import Status
from tinhso.exchange.actions.ask_again import PortalKnowsNone, ask_again
from tinhso.exchange.actions.settle_envelope import (
    ChoiceMissing,
    DossierThere,
    NotWaiting,
    mark_seen,
    refuse_envelope,
    settle_envelope,
)
from tinhso.exchange.models import Dispatch, Envelope, EnvelopeState, Learned
from tinhso.exchange.types import Choices, Trouble, Why
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people.models import Agency, Person
from tinhso.people.queries import actor_of

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def world(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with connected(found(trust), monkeypatch) as made:
        yield made


def whys(envelope: Envelope) -> set[Why]:
    envelope.refresh_from_db()
    return {Trouble.of(kept).why for kept in envelope.troubles}


def part(procedure: str = "1.001193") -> str:
    return catalogue.current(procedure).procedure.papers[0].id


def test_a_delivery_becomes_a_dossier_of_the_person_it_names(world: World) -> None:
    dossier = world.arrived(part=part())

    assert dossier.channel == "online"
    assert dossier.state is Status.FILED
    assert dossier.agency.unit_code == BINH_LIEU
    assert (dossier.applicant.personal_id, dossier.applicant.full_name) == (CITIZEN, "La Thị Nga")
    assert len(dossier.papers[part()]) == 1
    envelope = world.envelope(dossier.national_code)
    assert (envelope.state, envelope.dossier_id) == (EnvelopeState.DONE, dossier.pk)
    citizen = actor_of(dossier.draft.account_id, at=world.now, assurance=2)
    assert list(Dossier.objects.visible_to(citizen)) == [dossier]


def test_the_day_of_filing_is_the_portal_s(world: World) -> None:
    stamp = (world.now + timedelta(hours=7, days=-2)).strftime("%Y%m%d%H%M%S")
    dossier = world.arrived(NgayNopHoSo=stamp, files=0)
    assert world.now - dossier.filed_at == timedelta(days=2, microseconds=world.now.microsecond)


def test_what_the_portal_does_not_ask_is_asked_for_before_anybody_accepts(world: World) -> None:
    dossier = world.arrived(files=0)
    counter = world.province.officer("one_stop")
    with pytest.raises(StillIncomplete):
        accept_dossier(actor=counter, at=world.now, dossier_id=dossier.pk)
    dossier.refresh_from_db()
    assert dossier.state is Status.FILED

    procedure = catalogue.of_version(dossier.version_id).procedure
    items = gap_items(dossier=dossier, procedure=procedure, at=world.now)
    assert len(items) > 3
    request_supplement(actor=counter, at=world.now, dossier_id=dossier.pk, items=items)
    dossier.refresh_from_db()
    assert dossier.state is Status.AWAITING_SUPPLEMENT


def test_the_same_delivery_three_times_is_one_dossier(world: World) -> None:
    world.behave(duplicate=2)
    code = world.file(files=0)
    world.open_all()
    assert Dossier.objects.count() == 1
    assert world.envelope(code).times == 3


def test_an_update_that_comes_before_its_original_waits_for_it(world: World) -> None:
    world.behave(out_of_order=True)
    code = world.portal.submit(world.said())
    world.portal.deliver_due()
    world.open_all()
    assert world.envelope(code).state == EnvelopeState.WAITING_ORIGINAL
    assert Dossier.objects.count() == 0

    world.later(seconds=2)
    world.deliver()
    world.open_all()
    assert Dossier.objects.get().national_code == code
    original = Envelope.objects.get(is_update=False)
    update = Envelope.objects.get(is_update=True)
    assert original.state == EnvelopeState.DONE
    # What it says beyond the original only a human can judge.
    assert update.state == EnvelopeState.NEEDS_HUMAN
    assert whys(update) == {Why.CHANGED_AFTERWARDS}


def test_an_update_without_its_original_is_put_to_a_human_after_a_day(world: World) -> None:
    world.behave(out_of_order=True, delay=10_000_000)
    code = world.portal.submit(world.said())
    world.portal.deliver_due()
    world.open_all()
    world.later(hours=25)
    world.open_all()
    envelope = world.envelope(code)
    assert whys(envelope) == {Why.ORIGINAL_MISSING}

    counter = world.province.officer("one_stop")
    settle_envelope(actor=counter, at=world.now, envelope_id=envelope.pk, choices=Choices(as_original=True))
    world.open_all()
    assert Dossier.objects.get().national_code == code


def test_a_code_nobody_knows_is_mapped_once_and_known_from_then_on(world: World) -> None:
    code = world.file(files=0, MaTTHC="9.999999")
    world.open_all()
    envelope = world.envelope(code)
    assert (envelope.state, whys(envelope)) == (EnvelopeState.NEEDS_HUMAN, {Why.PROCEDURE_UNKNOWN})
    counter = world.province.officer("one_stop")

    with pytest.raises(ChoiceMissing):
        settle_envelope(actor=counter, at=world.now, envelope_id=envelope.pk, choices=Choices())
    settle_envelope(
        actor=counter, at=world.now, envelope_id=envelope.pk, choices=Choices(procedure="1.001193")
    )
    world.open_all()
    assert Dossier.objects.get().procedure_code == "1.001193"
    assert Learned.objects.get().theirs == "9.999999"
    assert world.arrived(files=0, MaTTHC="9.999999", ChuHoSo="La Thị Nga").procedure_code == "1.001193"


def test_a_local_variant_is_the_procedure_without_its_mark(world: World) -> None:
    assert world.arrived(files=0, MaTTHC="1.001193.000.00.00.H49").procedure_code == "1.001193"
    other = {"LoaiDinhDanh": "1", "SoDinhDanh": "000188000103"}
    assert (
        world.arrived(files=0, MaTTHC="1.001193.H49", DinhDanhCHS=other, ChuHoSo="Vũ Thị Hạnh").procedure_code
        == "1.001193"
    )


def test_a_unit_nobody_knows_is_the_province_s_to_place(world: World) -> None:
    code = world.file(files=0, DonViXuLy="UBND huyện Bình Liêu cũ")
    world.open_all()
    envelope = world.envelope(code)
    assert whys(envelope) == {Why.UNIT_UNKNOWN}
    with pytest.raises(NotFound):
        settle_envelope(
            actor=world.province.officer("one_stop"),
            at=world.now,
            envelope_id=envelope.pk,
            choices=Choices(),
        )

    place = Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU)
    province = world.province.officer("one_stop", kind="construction_department")
    settle_envelope(
        actor=province, at=world.now, envelope_id=envelope.pk, choices=Choices(agency_id=place.pk)
    )
    world.open_all()
    assert Dossier.objects.get().agency == place


@pytest.mark.parametrize("stamp", ["", "hôm qua", "20261332250000", "20300101000000", "20200101000000"])
def test_a_day_that_cannot_be_believed_is_asked_about(stamp: str, world: World) -> None:
    code = world.file(files=0, NgayNopHoSo=stamp)
    world.open_all()
    envelope = world.envelope(code)
    assert whys(envelope) == {Why.DATE_WRONG}
    settle_envelope(
        actor=world.province.officer("one_stop"),
        at=world.now,
        envelope_id=envelope.pk,
        choices=Choices(date_as_received=True),
    )
    world.open_all()
    assert Dossier.objects.get().filed_at == envelope.received_at


def test_files_that_do_not_come_are_fetched_again_then_a_human_is_asked(world: World) -> None:
    world.behave(lost_files=True)
    code = world.file(part=part())
    world.open_all()
    envelope = world.envelope(code)
    assert envelope.state == EnvelopeState.RETRYING
    for _try in range(8):
        world.later(hours=1)
        world.open_all()
    assert whys(envelope) == {Why.FILE_MISSING}
    assert envelope.state == EnvelopeState.NEEDS_HUMAN
    assert Dossier.objects.count() == Person.objects.filter(personal_id=CITIZEN).count() == 0

    settle_envelope(
        actor=world.province.officer("one_stop"),
        at=world.now,
        envelope_id=envelope.pk,
        choices=Choices(without_files=True),
    )
    world.open_all()
    assert Dossier.objects.get().papers == {}


def test_a_file_of_an_unknown_part_is_placed_once_and_known_from_then_on(world: World) -> None:
    code = world.file(part="TP-77")
    world.open_all()
    envelope = world.envelope(code)
    assert whys(envelope) == {Why.PAPER_UNKNOWN}
    key = envelope.payload["TaiLieuNop"][0]["TepDinhKemId"]
    settle_envelope(
        actor=world.province.officer("one_stop"),
        at=world.now,
        envelope_id=envelope.pk,
        choices=Choices(papers={key: part()}),
    )
    world.open_all()
    assert set(Dossier.objects.get().papers) == {part()}
    assert Learned.objects.get().scope == "1.001193"
    assert set(world.arrived(part="TP-77").papers) == {part()}


def test_a_file_that_is_no_picture_is_refused_and_the_rest_is_not_half_done(world: World) -> None:
    number = world.portal.keep_file("virus.exe", "application/octet-stream", b"MZ" + bytes(300))
    code = world.portal.submit(world.said(), [(number, part())])
    world.deliver()
    world.open_all()
    envelope = world.envelope(code)
    assert whys(envelope) == {Why.FILE_REFUSED}
    assert Dossier.objects.count() == Person.objects.filter(personal_id=CITIZEN).count() == 0


def test_an_address_of_somebody_s_choosing_is_not_asked(world: World) -> None:
    file = {"TepDinhKemId": "1", "TenTepDinhKem": "a.jpg", "DuongDanTaiTepTin": "http://127.0.0.1:8103/tsa"}
    file["MaThanhPhanHoSo"] = part()
    world.portal._put(
        "X-1", {**world.portal._blank("X-1"), **world.said(), "TaiLieuNop": [file]}, False, 0, ""
    )
    world.deliver()
    world.open_all()
    envelope = world.envelope("X-1")
    assert Trouble.of(envelope.troubles[0]).detail.endswith("host-not-allowed")


def test_a_newer_contract_does_not_stop_a_dossier_and_nothing_of_it_is_lost(world: World) -> None:
    world.behave(newer=True)
    dossier = world.arrived(files=0)
    assert world.envelope(dossier.national_code).payload["PhienBanHopDong"] == "2027.1"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"DinhDanhCHS": {"SoDinhDanh": "12345"}}, Why.PERSON_UNKNOWN),
        ({"ChuHoSo": ""}, Why.PERSON_UNKNOWN),
        ({"LoaiDoiTuong": "2"}, Why.ORGANISATION),
        ({"MaTTHC": "2.000986"}, Why.NOT_TAKEN),
    ],
)
def test_what_cannot_become_a_dossier_here_waits_and_can_be_refused(
    said: dict[str, Any], why: Why, world: World
) -> None:
    if why is Why.NOT_TAKEN:
        said = said | {"TaiKhoanDuocXacThucVoiVNeID": "0"}
        said["MaTTHC"] = "1.004222"
    code = world.file(files=0, **said)
    world.open_all()
    envelope = world.envelope(code)
    assert whys(envelope) == {why}
    assert envelope.agency is not None
    counter = world.province.officer("one_stop", kind=envelope.agency.kind)
    refuse_envelope(
        actor=counter, at=world.now, envelope_id=envelope.pk, reason="Hãy nộp lại đứng tên người nộp."
    )
    world.send_all()
    (told,) = world.portal.told(code)
    assert (told["service"], told["status"]) == ("CapNhatTienDoHoSoMC", "3")
    assert "Hãy nộp lại" in json.loads(told["body"])["NoiDungXuLy"]
    with pytest.raises(NotWaiting):
        refuse_envelope(actor=counter, at=world.now, envelope_id=envelope.pk, reason="Lần nữa.")


def test_a_name_that_is_not_that_of_the_number_changes_nobody(world: World) -> None:
    world.province.citizen(CITIZEN, full_name="La Thị Nga")
    before = list(Person.objects.values())
    code = world.file(files=0, ChuHoSo="Trần Văn Khác")
    world.open_all()
    assert whys(world.envelope(code)) == {Why.PERSON_CONTRADICTS}
    assert list(Person.objects.values()) == before


def test_a_withdrawal_on_the_portal_withdraws_the_dossier(world: World) -> None:
    dossier = world.arrived(files=0)
    world.portal.update(dossier.national_code, {"TrangThaiHoSo": "7"})
    world.deliver()
    world.open_all()
    dossier.refresh_from_db()
    assert dossier.state is Status.WITHDRAWN


def test_a_change_after_filing_is_looked_at_and_not_refused(world: World) -> None:
    dossier = world.arrived(files=0)
    world.portal.update(dossier.national_code, {"SoDienThoai": "0999999999"})
    world.deliver()
    world.open_all()
    envelope = Envelope.objects.get(is_update=True)
    assert whys(envelope) == {Why.CHANGED_AFTERWARDS}
    counter = world.province.officer("one_stop")
    with pytest.raises(DossierThere):
        refuse_envelope(actor=counter, at=world.now, envelope_id=envelope.pk, reason="Không.")
    mark_seen(actor=counter, at=world.now, envelope_id=envelope.pk)
    envelope.refresh_from_db()
    assert (envelope.state, envelope.dossier_id) == (EnvelopeState.DONE, dossier.pk)


def test_what_changed_is_fetched_when_the_counter_asks_again(world: World) -> None:
    code = world.file(files=0, ChuHoSo="")
    world.open_all()
    counter = world.province.officer("one_stop")
    with world.portal.book.writing() as db:
        body = world.portal.dossier(code)
        assert body is not None
        db.execute(
            "UPDATE dossier SET body = ? WHERE code = ?",
            (json.dumps({**body, "ChuHoSo": "La Thị Nga"}), code),
        )
    waiting = world.envelope(code)
    world.later(minutes=1)
    ask_again(actor=counter, at=world.now, envelope_id=waiting.pk)
    world.open_all()
    assert Dossier.objects.get().national_code == code
    waiting.refresh_from_db()
    assert waiting.state == EnvelopeState.SUPERSEDED


def test_asking_for_what_the_portal_does_not_know_says_so(world: World) -> None:
    world.portal._put("X-9", {**world.portal._blank("X-9"), **world.said(), "ChuHoSo": ""}, False, 0, "")
    world.deliver()
    world.open_all()
    with pytest.raises(PortalKnowsNone):
        ask_again(
            actor=world.province.officer("one_stop"), at=world.now, envelope_id=world.envelope("X-9").pk
        )


def test_only_the_counter_it_belongs_to_decides(world: World) -> None:
    code = world.file(files=0, NgayNopHoSo="?")
    world.open_all()
    envelope = world.envelope(code)
    for role, kind, wanted in (
        ("civil_status_officer", "commune_committee", NotFound),
        ("supervisor", "province_committee", NotAllowed),
    ):
        with pytest.raises(wanted):
            settle_envelope(
                actor=world.province.officer(role, kind=kind),
                at=world.now,
                envelope_id=envelope.pk,
                choices=Choices(date_as_received=True),
            )
    envelope.refresh_from_db()
    assert envelope.state == EnvelopeState.NEEDS_HUMAN


def test_nobody_decides_what_they_filed_themselves(world: World) -> None:
    owner = world.province.citizen(CITIZEN, full_name="La Thị Nga")
    code = world.file(files=0, NgayNopHoSo="?")
    world.open_all()
    own = replace(world.province.officer("one_stop"), person_id=owner.person_id)
    with pytest.raises(OwnCase):
        settle_envelope(
            actor=own,
            at=world.now,
            envelope_id=world.envelope(code).pk,
            choices=Choices(date_as_received=True),
        )
    assert world.envelope(code).state == EnvelopeState.NEEDS_HUMAN


def test_a_delivery_under_a_guessed_key_leaves_nothing(world: World) -> None:
    world.behave(forged=True)
    world.file(files=0)
    assert [row["state"] for row in world.portal.book.rows("SELECT state FROM delivery")] == ["refused"]
    assert Envelope.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        [],
        [{}],
        ["x"],
        [{"MaHoSo": "1", "ChuHoSo": "a\u0000b"}],
        [{"MaHoSo": "1", "TaiLieuNop": "x"}],
        [{"MaHoSo": "1", "GhiChu": "x" * 300_000}],
        [{"MaHoSo": "1"}] * 51,
        [{"MaHoSo": "1", "TaiLieuNop": [{}] * 61}],
    ],
)
def test_what_has_no_shape_is_refused_whole(data: list[Any], world: World) -> None:
    assert deliver(world, {"service": "DongBoHoSoMC", "data": data}) == 422
    assert Envelope.objects.count() == Dispatch.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"service": "Khac", "data": []}'])
def test_what_is_no_delivery_is_refused(body: bytes, world: World) -> None:
    assert deliver(world, body) == 422


def test_an_old_signature_is_refused(world: World) -> None:
    stamp = world.now - timedelta(minutes=6)
    assert deliver(world, {"service": "DongBoHoSoMC", "data": [{"MaHoSo": "1"}]}, stamp=stamp) == 401


def deliver(world: World, body: Any, *, stamp: Any = None) -> int:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    seconds = str(int((stamp or world.now).timestamp()))
    mac = hmac.new(b"khoa-thu", f"{seconds}.".encode() + raw, hashlib.sha256).hexdigest()
    answer = sent(world, raw, **{"X-Portal-Timestamp": seconds, "X-Portal-Signature": mac})
    assert answer.json()["error_code"] != "0"
    return int(answer.status_code)
