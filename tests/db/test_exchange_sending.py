"""What happens to dossiers is told to the national portal: all of it, in order, once it can be."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, COPY, found
from tests.exchange_kit import World, connected
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.types import MissingItem
from tinhso.exchange import queries
from tinhso.exchange.actions.resend_dispatch import NotDead, resend_dispatch
from tinhso.exchange.models import Dispatch, DispatchState
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.papers.models import Paper
from tinhso.papers.types import CameFrom

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def world(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    with connected(found(trust), monkeypatch) as made:
        yield made


def filed(world: World, code: str = BIRTH) -> Dossier:
    made = kit.filed(world.province, world.province.citizen(), code)
    kit.pay_cash(world.province, made)
    return Dossier.objects.get(pk=made.dossier_id)


def body(told: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(told["body"])
    return read


def test_a_dossier_filed_here_is_told_with_all_its_parts(world: World) -> None:
    dossier = filed(world)
    world.send_all()

    first, second = world.portal.told(dossier.code)
    assert (first["service"], first["updating"], first["status"]) == ("DongBoHoSoMC", "False", "1")
    assert (second["service"], second["status"]) == ("CapNhatTienDoHoSoMC", "1")
    said = body(first)
    assert said["MaTTHC"] == BIRTH
    assert said["KenhThucHien"] == "2"
    assert said["DinhDanhCHS"]["SoDinhDanh"] == dossier.applicant.personal_id
    assert {file["MaThanhPhanHoSo"] for file in said["TaiLieuNop"]} == set(dossier.papers)
    assert said["HoSoCoThanhPhanSoHoa"] == "1"


@pytest.mark.parametrize(
    ("came_from", "marks"),
    [
        (CameFrom.UPLOAD, ("0", "0", "0")),
        (CameFrom.DIGITISED, ("1", "0", "0")),
        (CameFrom.WALLET, ("0", "1", "0")),
        (CameFrom.NATIONAL_STORE, ("0", "0", "1")),
    ],
)
def test_how_each_paper_was_got_is_told_with_it(
    came_from: CameFrom, marks: tuple[str, str, str], world: World
) -> None:
    dossier = filed(world)
    Paper.objects.update(came_from=came_from)
    world.send_all()
    (file,) = body(world.portal.told(dossier.code)[0])["TaiLieuNop"]
    assert (file["DuocSoHoa"], file["DuocTaiSuDung"], file["DuocLayTuKhoDMQG"]) == marks
    assert file["MaKetQuaThayThe"] == ""


def test_every_change_of_status_is_told_in_order_by_whoever_made_it(world: World) -> None:
    dossier = filed(world)
    counter = world.province.officer("one_stop")
    accept_dossier(actor=counter, at=world.now, dossier_id=dossier.pk)
    world.later(minutes=5)
    request_supplement(
        actor=world.province.officer("civil_status_officer"),
        at=world.now,
        dossier_id=dossier.pk,
        items=[MissingItem("other", "", "Ảnh giấy chứng sinh bị mờ.")],
    )
    world.later(minutes=5)
    withdraw_dossier(actor=world.province.citizen(), at=world.now, dossier_id=dossier.pk)
    world.send_all()

    assert world.statuses(dossier.code) == ["1", "2", "5", "7"]
    progress = [body(one) for one in world.portal.told(dossier.code) if one["service"].startswith("CapNhat")]
    assert [one["NguoiXuLy"] for one in progress][1] == counter.full_name
    whole = [body(one) for one in world.portal.told(dossier.code) if one["service"] == "DongBoHoSoMC"]
    assert whole[-1]["DanhSachHoSoBoSung"][0]["NoiDungBoSung"] == "Ảnh giấy chứng sinh bị mờ."
    assert world.portal.dossier(dossier.code) is not None


def test_a_dossier_of_the_portal_is_told_under_its_own_code(world: World) -> None:
    dossier = world.arrived(files=0)
    world.send_all()
    first = world.portal.told(dossier.national_code)[0]
    assert (first["updating"], body(first)["ThongTinKhac"]) == ("True", dossier.code)


def test_a_portal_that_is_away_is_told_later_and_nothing_overtakes(world: World) -> None:
    dossier = filed(world)
    world.behave(away=True)
    world.send_all()
    accept_dossier(actor=world.province.officer("one_stop"), at=world.now, dossier_id=dossier.pk)
    world.send_all()
    assert world.portal.told(dossier.code) == []
    assert Dispatch.objects.filter(tries__gt=0).count() == 1

    world.behave(away=False)
    world.send_all()
    assert world.portal.told(dossier.code) == []
    world.later(minutes=2)
    world.send_all()
    assert world.statuses(dossier.code) == ["1", "2"]


def test_what_is_sent_too_often_in_vain_waits_for_a_human(world: World) -> None:
    dossier = filed(world)
    world.behave(away=True)
    for _try in range(14):
        world.send_all()
        world.later(hours=5)
    dead = Dispatch.objects.get(state=DispatchState.DEAD)
    assert "503" in dead.error

    counter = world.province.officer("one_stop")
    assert [one.number for one in queries.dead_dispatches(counter)] == [dead.number]
    world.behave(away=False)
    resend_dispatch(actor=counter, at=world.now, number=dead.number)
    world.send_all()
    assert world.statuses(dossier.code) == ["1"]
    with pytest.raises(NotDead):
        resend_dispatch(actor=counter, at=world.now, number=dead.number)


def test_a_no_of_the_portal_is_a_human_s_at_once_and_keeps_the_rest_back(world: World) -> None:
    dossier = filed(world)
    world.behave(refuse=True)
    world.send_all()
    dead = Dispatch.objects.get(state=DispatchState.DEAD)
    assert "error_code 1" in dead.error
    world.behave(refuse=False)
    world.later(hours=1)
    world.send_all()
    assert world.portal.told(dossier.code) == []


def test_only_its_counter_sends_again(world: World) -> None:
    filed(world)
    world.behave(refuse=True)
    world.send_all()
    number = Dispatch.objects.get(state=DispatchState.DEAD).number
    elsewhere = world.province.officer("one_stop", unit=kit.HONG_GAI)
    supervisor = world.province.officer("supervisor", kind="province_committee")
    for actor, wanted in ((elsewhere, NotFound), (supervisor, NotAllowed)):
        with pytest.raises(wanted):
            resend_dispatch(actor=actor, at=world.now, number=number)
    assert Dispatch.objects.get(pk=number).state == DispatchState.DEAD


def test_figures_tell_by_unit_what_is_there_what_waits_and_what_failed(world: World) -> None:
    first = filed(world)
    world.send_all()
    world.behave(refuse=True)
    second = kit.filed(world.province, world.province.citizen(), COPY)
    world.send_all()
    world.behave(away=True)
    kit.filed(world.province, world.province.citizen("000188000103", full_name="Vũ Thị Hạnh"), COPY)
    world.send_all()

    (figure,) = queries.sync_figures(actor=world.province.officer("one_stop"))
    assert (figure.agency_id, figure.synced, figure.waiting, figure.failed) == (first.agency_id, 1, 1, 1)
    assert queries.sync_figures(actor=world.province.officer("one_stop", unit=kit.HONG_GAI)) == ()
    assert second.dossier_id


def test_nothing_is_noted_where_no_portal_is_connected(trust: Trust) -> None:
    province = found(trust)
    kit.filed(province, province.citizen(), BIRTH)
    assert Dispatch.objects.count() == 0


def test_a_dispatch_outlives_the_moment_it_tells_of(world: World) -> None:
    dossier = filed(world)
    accept_dossier(actor=world.province.officer("one_stop"), at=world.now, dossier_id=dossier.pk)
    world.later(hours=3)
    world.send_all()
    first = body(world.portal.told(dossier.code)[0])
    assert first["TrangThaiHoSo"] == "1"
    assert world.now - timedelta(hours=3) <= world.now
