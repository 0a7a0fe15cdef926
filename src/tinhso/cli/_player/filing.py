"""The citizen's part: fill in, hand in, file, pay."""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

import httpx
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageDraw

from tinhso.cli._player import script
from tinhso.cli._player.browser import Browser, Page
from tinhso.cli._player.markup import Form
from tinhso.cli._player.story import Story
from tinhso.definitions.types import Example, Procedure, Question
from tinhso.forms.parts import is_part_of
from tinhso.kernel.money import format_dong
from tinhso.kernel.refusals import Refusal

DRAFT = re.compile(r"/to-khai/([0-9a-f-]{36})/")
DOSSIER = re.compile(r"/ho-so/([0-9a-f-]{36})/")
PAYMENT_WAITS = 20.0  # seconds until the bank's message must have arrived


class Stuck(Refusal):
    code = "stuck"
    message = _("Kẹt ở trang %(url)s: %(said)s")


@dataclass(frozen=True, slots=True)
class Filing:
    """One citizen's browser on the way to one dossier."""

    browser: Browser
    story: Story
    procedure: Procedure
    example: Example
    who: str

    def file(self, *, commune: str) -> UUID:
        """Fill the form in and file it; return the dossier's id."""
        page = self._start(commune)
        page = self._fill_in(page)
        page = self._hand_in(page)
        page = self.browser.submit(page, page.form("/kiem-tra/"))
        found = DOSSIER.search(page.url)
        if found is None:
            raise Stuck(url=page.url, said=_errors(page))
        self.story.tell(self.who, f"nộp hồ sơ {self.procedure.name.vi}")
        return UUID(found[1])

    def pay(self, dossier_id: UUID, *, bank_url: str) -> None:
        """Pay by QR, if anything is due, and wait until the page says it came."""
        address = f"/ho-so/{dossier_id}/thanh-toan/"
        page = self.browser.open(address)
        payload = page.markup.marks.get("qr-payload")
        if not payload:
            return
        answer = httpx.post(f"{bank_url}/pay", json={"payload": payload, "payer": self.who}, timeout=30)
        answer.raise_for_status()
        amount = int(answer.json().get("amount", 0))
        self.story.tell(self.who, f"quét mã VietQR và trả {format_dong(amount)}")
        self._wait_until_paid(address)
        self.story.tell("Ngân hàng (môi trường thử)", "báo có, phiếu thu đã đủ tiền")

    def _start(self, commune: str) -> Page:
        page = self.browser.open(f"/thu-tuc/{self.procedure.code}/nop/")
        form = page.form("")
        page = self.browser.submit(page, form, {"unit": commune})
        if DRAFT.search(page.url) is None:
            raise Stuck(url=page.url, said=_errors(page))
        self.story.tell(self.who, "mở tờ khai; điều tài khoản đã chứng minh được điền sẵn")
        return page

    def _fill_in(self, page: Page) -> Page:
        pages = {one.id: one for one in self.procedure.form}
        for _turn in range(3 * len(pages)):
            page_id = page.path.rstrip("/").rsplit("/", 1)[-1]
            if page_id not in pages:
                break
            form = page.form(f"/{page_id}/")
            shown = set(form.values.get("asked", []))
            asked = tuple(question for question in pages[page_id].ask if question.id in shown)
            page = self._answer(page, form, asked)
        self.story.tell(self.who, f"khai xong {len(pages)} trang")
        return page

    def _answer(self, page: Page, form: Form, asked: tuple[Question, ...]) -> Page:
        """Send one page; where it takes files, first let it show a box for each of them."""
        answers = script.boxes_of(asked, self.example.answers)
        parts = [one for one in self.example.papers if any(is_part_of(question, one) for question in asked)]
        if parts:
            page = self.browser.submit(page, form, answers, button=("do", "refresh"))
            form = page.form("")
        return self.browser.submit(page, form, answers, files=self._photographs(parts, "") or None)

    def _hand_in(self, page: Page) -> Page:
        papers = {paper.id for paper in self.procedure.papers}
        parts = [one for one in self.example.papers if one in papers]
        if page.path.endswith("/giay-to/"):
            page = self.browser.submit(page, page.form("/giay-to/"), files=self._photographs(parts, "paper-"))
        if self.example.papers:
            self.story.tell(self.who, f"chụp và gửi {len(self.example.papers)} giấy tờ")
        return page

    def _photographs(self, parts: Iterable[str], prefix: str) -> dict[str, tuple[str, bytes, str]]:
        """Return a picture for each part, by the name of its box."""
        return {
            f"{prefix}{part}-file": (f"{part}.jpg", photograph(f"{part} · {self.who}"), "image/jpeg")
            for part in parts
        }

    def _wait_until_paid(self, address: str) -> None:
        until = time.monotonic() + PAYMENT_WAITS
        while time.monotonic() < until:
            page = self.browser.open(address)
            if page.markup.marks.get("bill-state") == "paid":
                return
            time.sleep(0.2)
        raise Stuck(url=address, said="phiếu thu chưa đủ tiền")


def photograph(caption: str) -> bytes:
    """Return a small JPEG that says what it stands for."""
    picture = Image.new("RGB", (900, 640), "#f7f3e8")
    ImageDraw.Draw(picture).text((40, 300), f"ANH THU - {caption}".encode("ascii", "ignore"), fill="#333333")
    target = BytesIO()
    picture.save(target, "JPEG", quality=80)
    return target.getvalue()


def _errors(page: Page) -> str:
    """Return the beginning of what the page says, for whoever mends the script."""
    return " ".join(page.markup.text.split())[:400]
