"""One life of one dossier, from the form to the verified result."""

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings

from tinhso.cli._player import cast, script
from tinhso.cli._player.browser import Browser
from tinhso.cli._player.filing import Filing, Stuck
from tinhso.cli._player.office import Office, save_result
from tinhso.cli._player.story import Story
from tinhso.papers.verifying import verify_pdf

FILE = "tep"
RECORD = re.compile(r"/verify/[\w-]{20,}/")
COMMUNE = "06838"  # Xã Bình Liêu, where the cast works


@dataclass(frozen=True, slots=True)
class Played:
    dossier_id: UUID
    pdf: Path
    verify_url: str
    seconds: float


def play(code: str, *, example: int, personal_id: str, story: Story, publicly: bool = True) -> Played:
    """
    Play the example of the procedure through the public pages.

    :param publicly: drop the result on the public page; it takes only so many files an hour from one address
    :raises Stuck: a page does not lead on
    """
    procedure, chosen = script.scene(code, example)
    env = settings.TINHSO
    citizen = cast.sign_in_citizen(env.base_url, personal_id)
    who = "Công dân"
    story.tell(who, "đăng nhập bằng tài khoản định danh (môi trường thử)")
    filing = Filing(browser=citizen, story=story, procedure=procedure, example=chosen, who=who)
    dossier_id = filing.file(commune=COMMUNE)
    filing.pay(dossier_id, bank_url=env.bank_url)
    office = Office(
        base_url=env.base_url,
        var=env.var,
        story=story,
        cast=cast.officers(env.var),
        procedure=procedure,
        example=chosen,
        pay=partial(filing.pay, bank_url=env.bank_url),
    )
    office.work(dossier_id)
    pdf = save_result(citizen, dossier_id, env.var / "ket-qua")
    story.tell(who, f"tải kết quả {pdf.name}")
    if publicly:
        verify_url = _verify(env.base_url, pdf)
        story.tell("Bất kỳ ai", "kiểm tra tệp trên trang công khai: mọi chữ ký hợp lệ")
    else:
        verify_url = ""
        _judge(pdf)
    return Played(dossier_id=dossier_id, pdf=pdf, verify_url=verify_url, seconds=story.seconds)


def _judge(pdf: Path) -> None:
    """Check every signature here. :raises Stuck: one is not valid"""
    reports = verify_pdf(pdf.read_bytes())
    if not reports or not all(report.valid for report in reports):
        raise Stuck(url=str(pdf), said=", ".join(f"{one.kind}: {one.valid}" for one in reports))


def _verify(base_url: str, pdf: Path) -> str:
    """Drop the file on the public page as anybody may. :raises Stuck: a signature is not valid"""
    browser = Browser(base_url)
    page = browser.open("/verify/")
    form = next(form for form in page.markup.forms if FILE in form.names)
    files = {FILE: (pdf.name, pdf.read_bytes(), "application/pdf")}
    page = browser.submit(page, form, files=files)
    verdicts = {said for mark, said in page.markup.marks.items() if mark.startswith("signature-")}
    if verdicts != {"valid"}:
        raise Stuck(url=page.url, said=" ".join(page.markup.text.split())[:300])
    records = [link for link in page.markup.links if RECORD.search(link)]
    return urljoin(base_url, records[0]) if records else page.url
