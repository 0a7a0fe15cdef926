"""A dossier filed on the national portal: it arrives, is supplemented here, and its end is told there."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import httpx
from django.conf import settings

from tinhso.cli._player import cast, script
from tinhso.cli._player.browser import Browser
from tinhso.cli._player.filing import Filing, Stuck, photograph
from tinhso.cli._player.life import COMMUNE
from tinhso.cli._player.office import Office, save_result
from tinhso.cli._player.story import Story
from tinhso.definitions.types import Example, Procedure
from tinhso.dossiers.models import Dossier
from tinhso.exchange import queries
from tinhso.people import queries as people

ARRIVAL_WAITS, TELLING_WAITS = 60.0, 90.0  # seconds
RETURNED = "10"
PORTAL = "Cổng quốc gia (môi trường thử)"
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Arrived:
    """:param statuses: what the portal was told, in order, each once"""

    dossier_id: UUID
    national_code: str
    statuses: tuple[str, ...]
    seconds: float


def play_arrival(code: str, *, example: int, personal_id: str, full_name: str, story: Story) -> Arrived:
    """
    File the example on the stand-in of the portal and play it to its end here.

    :raises Stuck: a page does not lead on, or the portal is not told
    """
    procedure, chosen = script.scene(code, example)
    env = settings.TINHSO
    national_code = _file_there(procedure, chosen, personal_id=personal_id, full_name=full_name)
    story.tell("Công dân", f"nộp {procedure.name.vi} trên {PORTAL}, mã {national_code}")
    dossier_id = _until(ARRIVAL_WAITS, partial(_arrived, national_code), "hồ sơ chưa đến")
    story.tell(PORTAL, "gửi hồ sơ sang tỉnh; hệ thống lập hồ sơ và báo lại")

    office = _office(procedure, chosen, story)
    _ask_for_gaps(office, dossier_id)
    citizen = cast.sign_in_citizen(env.base_url, personal_id)
    filing = Filing(browser=citizen, story=story, procedure=procedure, example=chosen, who="Công dân")
    _supplement(filing, dossier_id)
    filing.pay(dossier_id, bank_url=env.bank_url)
    office.pay = partial(filing.pay, bank_url=env.bank_url)
    office.work(dossier_id)
    save_result(citizen, dossier_id, env.var / "ket-qua")
    told = _until(TELLING_WAITS, partial(_told_to_the_end, national_code), "Cổng chưa được báo đủ")
    story.tell("Hệ thống", f"đồng bộ về Cổng các trạng thái {' → '.join(told)}")
    return Arrived(dossier_id, national_code, told, story.seconds)


def _file_there(procedure: Procedure, example: Example, *, personal_id: str, full_name: str) -> str:
    agency = people.competent_agency(procedure.agency, COMMUNE)
    papers = {paper.id for paper in procedure.papers}
    files = [
        {
            "name": f"{part}.jpg",
            "media": "image/jpeg",
            "part": part,
            "base64": base64.b64encode(photograph(f"{part} - {procedure.code}")).decode(),
        }
        for part in example.papers
        if part in papers
    ]
    said = {
        "MaTTHC": procedure.code,
        "TenTTHC": procedure.name.vi,
        "ChuHoSo": full_name.upper(),
        "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": personal_id},
        "SoDienThoai": "0912345678",
        "DonViXuLy": agency.name,
        "TrichYeuHoSo": procedure.name.vi,
    }
    answer = httpx.post(f"{_portal()}/submit", json={"dossier": said, "files": files}, timeout=30)
    answer.raise_for_status()
    return str(answer.json()["MaHoSo"])


def _arrived(national_code: str) -> UUID | None:
    found = Dossier.objects.visible_to(script.DIRECTOR).filter(national_code=national_code)
    if found.exists():
        return found.values_list("pk", flat=True).get()
    stopped = queries.versions_of(actor=script.DIRECTOR, code=national_code).exclude(troubles=[]).first()
    if stopped is not None and stopped.next_at is None:
        raise Stuck(url=national_code, said=str(stopped.troubles))
    return None


def _ask_for_gaps(office: Office, dossier_id: UUID) -> None:
    turn = script.turn(dossier_id)
    if turn is None:
        raise Stuck(url=str(dossier_id), said="hồ sơ đã kết thúc")
    officer = cast.officer_for(office.cast, role=turn.role, agency_id=turn.agency_id, agency=turn.agency)
    browser = cast.officer_at_desk(office.base_url, officer, office.story, var=office.var)
    office.browsers[officer.username] = browser
    page = browser.open(f"/ban-lam-viec/ho-so/{dossier_id}/bo-sung/")
    browser.submit(page, page.form("/bo-sung/"))
    office.story.tell(
        f"{officer.full_name} ({officer.title})", "yêu cầu bổ sung những gì Cổng không hỏi; đã điền sẵn"
    )


def _supplement(filing: Filing, dossier_id: UUID) -> None:
    """Answer on our pages what the portal never asked."""
    draft_id = Dossier.objects.values_list("draft_id", flat=True).get(pk=dossier_id)
    browser: Browser = filing.browser
    filing.story.tell(filing.who, "đăng nhập trang của tỉnh, thấy hồ sơ trong «Hồ sơ của tôi»")
    page = filing._fill_in(browser.open(f"/to-khai/{draft_id}/{filing.procedure.form[0].id}/"))
    if page.path.endswith("/giay-to/"):
        page = browser.submit(page, page.form("/giay-to/"))
    if not page.path.endswith("/bo-sung/"):
        page = browser.open(f"/ho-so/{dossier_id}/bo-sung/")
    browser.submit(page, page.form("/bo-sung/"))
    filing.story.tell(filing.who, "gửi phần bổ sung")


def _office(procedure: Procedure, example: Example, story: Story) -> Office:
    env = settings.TINHSO
    return Office(
        base_url=env.base_url,
        var=env.var,
        story=story,
        cast=cast.officers(env.var),
        procedure=procedure,
        example=example,
        pay=lambda _dossier_id: None,
    )


def _told_to_the_end(national_code: str) -> tuple[str, ...] | None:
    told: list[dict[str, Any]] = httpx.get(f"{_portal()}/told/{national_code}", timeout=10).json()
    statuses = [str(one["status"]) for one in told]
    once = tuple(one for place, one in enumerate(statuses) if place == 0 or statuses[place - 1] != one)
    return once if once and once[-1] == RETURNED else None


def _until(seconds: float, ask: Callable[[], Found | None], said: str) -> Found:
    """Ask until there is an answer. :raises Stuck: there is none in time"""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = ask()
        if found is not None:
            return found
        time.sleep(0.3)
    raise Stuck(url=_portal(), said=said)


def _portal() -> str:
    return settings.TINHSO.national_portal_url.rstrip("/")
