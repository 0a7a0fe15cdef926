"""Officers in a real browser, already signed in, and a desk with work on it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.test import Client

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import ALLOWANCE, BIRTH, PERMIT, Province
from tests.e2e.conftest import Reader, Readers
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.types import MissingItem
from tinhso.people.types import Actor


def seat(
    readers: Readers, officer: Actor, *, phone: bool = False, scripts: bool = True, language: str = "vi"
) -> Reader:
    """Return the officer before their desk, signed in with their one-time code."""
    client = Client()
    desk.enter(client, officer)
    reader = readers.make(phone=phone, scripts=scripts, language=language)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    reader.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": reader.base_url}]
    )
    return reader


def busy_desk(province: Province) -> dict[str, UUID]:
    """Return dossiers in every state an inbox shows, by what they are."""
    first = province.citizen()
    second = province.citizen("000195000102", full_name="La Thị Nga")
    third = province.citizen("000188000103", full_name="Dường Phúc Thím")
    made = {
        "late": desk.to_sign(province, first),
        "today": desk.to_sign(province, second),
        "running": desk.accepted(province, third),
        "tomorrow": desk.accepted(province, first),
        "filed": kit.filed(province, second, BIRTH).dossier_id,
        "paid": kit.filed(province, third, ALLOWANCE).dossier_id,
        "permit": kit.filed(province, second, PERMIT).dossier_id,
        "paused": desk.accepted(province, second),
    }
    item = MissingItem("other", "", "Ảnh giấy chứng sinh bị mờ, hãy chụp lại rõ bốn góc.")
    request_supplement(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=made["paused"],
        items=[item],
    )
    for name, by in (("late", -30), ("today", 1), ("tomorrow", 24), ("running", 100)):
        Dossier.objects.filter(pk=made[name]).update(due_at=province.at + timedelta(hours=by))
    return made
