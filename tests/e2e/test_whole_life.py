"""The whole life of a dossier: played by the product's own player, and walked in a real browser."""

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests import judges
from tests.e2e.conftest import Reader, Readers
from tests.e2e.demonstration import Demonstration
from tests.e2e.questions import drawn_again
from tinhso.cli._player.cast import Officer, officers, one_time_code
from tinhso.cli._player.filing import photograph
from tinhso.definitions.loading import load
from tinhso.definitions.types import Example, Procedure, Question
from tinhso.forms import boxes

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PACKS = Path(__file__).resolve().parents[2] / "packs" / "vietnam" / "procedures"
TUTORIAL = PACKS.parents[2] / "docs" / "tutorial"
# One of each shape: tests/db/test_catalogue_pass_*.py bring every procedure of the catalogue to its result.
SHAPES = ("1.001193", "1.001612", "1.001776", "1.004873", "1.013225", "2.000815")
FILES = [next(PACKS.glob(f"{code}-*.yaml")) for code in SHAPES]
CITIZEN = "000195000102"
PERIOD = 30
SIGNERS = 2  # the person and the agency
# Officers sign in once: each of their one-time codes is good for one sign-in.
SESSIONS: dict[str, Any] = {}


def procedure_of(path: Path) -> Procedure:
    loaded = load(path, Procedure)
    assert loaded.value is not None
    return loaded.value


@pytest.mark.parametrize("path", FILES, ids=[path.name[:8] for path in FILES])
def test_each_shape_of_procedure_is_played_from_the_form_to_the_verified_result(
    path: Path, demonstration: Demonstration
) -> None:
    played = demonstration.run("play", procedure_of(path).code, "--json")

    assert played.returncode == 0, played.stderr
    result = json.loads(played.stdout.splitlines()[-1])
    assert Path(result["pdf"]).read_bytes().startswith(b"%PDF")
    assert "chữ ký hợp lệ" in result["acts"][-1][2]


@judges.needs_pdfsig
@judges.needs_qpdf
@judges.needs_openssl
def test_a_produced_result_stands_before_outside_judges(demonstration: Demonstration, tmp_path: Path) -> None:
    played = demonstration.run("play", "1.001193", "--json")
    file = Path(json.loads(played.stdout.splitlines()[-1])["pdf"])
    root = demonstration.var / "trust" / "roots" / "root.pem"
    nss = judges.nss_trusting(root, tmp_path / "nss")

    *signatures, last = judges.pdfsig(file, nss)

    assert len(signatures) == SIGNERS
    assert all("Signature is Valid." in said for said in signatures)
    assert "Total document signed" in last
    # poppler does not judge document time stamps (docs/adr/0004); openssl does.
    said = judges.openssl_on_time_stamp(file.read_bytes(), root=root, folder=tmp_path)
    assert "Verification: OK" in said
    assert judges.qpdf_complaints(file) == ""

    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(judges.flipped(file.read_bytes(), share=0.3))
    assert not any("Signature is Valid." in said for said in judges.pdfsig(spoilt, nss))
    assert _verdicts(demonstration, file) == {"valid"}
    assert "valid" not in _verdicts(demonstration, spoilt)


def _verdicts(demonstration: Demonstration, file: Path) -> set[str]:
    """Return what the page /verify/ says of the file's signatures."""
    with httpx.Client(base_url=demonstration.base_url, timeout=30) as stranger:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', stranger.get("/verify/").text)
        assert token
        given = {"tep": (file.name, file.read_bytes(), "application/pdf")}
        page = stranger.post("/verify/", data={"csrfmiddlewaretoken": token[1]}, files=given)
    found = re.findall(r'data-play="signature-\d+" data-value="(\w+)"', page.text)
    assert len(found) >= SIGNERS, page.text
    return set(found)


def test_a_seventh_procedure_of_two_files_is_live_without_a_restart(demonstration: Demonstration) -> None:
    procedures = demonstration.packs / "vietnam" / "procedures"
    for file in TUTORIAL.rglob("*.yaml"):
        shutil.copy(file, procedures)
    for file in TUTORIAL.rglob("*.typ"):
        shutil.copy(file, procedures / "templates")

    played = demonstration.run("play", "2.000635", "--json")

    assert played.returncode == 0, played.stderr
    assert "chữ ký hợp lệ" in json.loads(played.stdout.splitlines()[-1])["acts"][-1][2]


@pytest.fixture
def people(chromium: Browser, demonstration: Demonstration) -> Iterator[Readers]:
    """Makes readers of the running demonstration."""
    made = Readers(chromium, demonstration.base_url)
    yield made
    made.close()


WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
SIZES = pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])


@WAYS
@SIZES
def test_a_birth_is_registered_in_the_browser(
    people: Readers, demonstration: Demonstration, phone: bool, scripts: bool
) -> None:
    procedure = procedure_of(FILES[0])
    walk = Walk(people, demonstration, procedure, procedure.examples[0], phone=phone, scripts=scripts)

    dossier_id = walk.file()
    walk.pay(dossier_id)
    walk.office(dossier_id, "one_stop", "tiep-nhan")
    walk.office(dossier_id, "civil_status_officer", "chuyen-buoc")
    walk.office(dossier_id, "chairperson", "ky")
    walk.receive(dossier_id)


class Walk:
    """One life, walked by clicking and typing; every page on the way is checked by axe and for its width."""

    def __init__(
        self,
        people: Readers,
        demonstration: Demonstration,
        procedure: Procedure,
        example: Example,
        *,
        phone: bool,
        scripts: bool,
    ) -> None:
        self.people, self.demonstration = people, demonstration
        self.procedure, self.example = procedure, example
        self.phone, self.scripts = phone, scripts
        self.citizen = self._citizen()

    def file(self) -> UUID:
        page = self.citizen.go(f"/thu-tuc/{self.procedure.code}/")
        self._check(self.citizen)
        page.click("a[href$='/nop/']")
        page.wait_for_url("**/nop/")
        self._choose_commune(page)
        self._check(self.citizen)
        self._submit(page)
        self._fill_in(page)
        self._hand_in(page)
        self._check(self.citizen)
        self._submit(page)
        found = re.search(r"/ho-so/([0-9a-f-]{36})/", page.url)
        assert found, page.inner_text("main")
        return UUID(found[1])

    def pay(self, dossier_id: UUID) -> None:
        page = self.citizen.go(f"/ho-so/{dossier_id}/thanh-toan/")
        self._check(self.citizen)
        payload = page.get_attribute("[data-play='qr-payload']", "data-value")
        body = {"payload": payload, "payer": "La Thị Nga"}
        httpx.post(f"{self.demonstration.bank_url}/pay", json=body, timeout=30).raise_for_status()
        until = time.monotonic() + 60
        while page.get_attribute("[data-play='bill-state']", "data-value") != "paid":
            assert time.monotonic() < until
            page.wait_for_timeout(300)
            self.citizen.go(f"/ho-so/{dossier_id}/thanh-toan/")
        self._check(self.citizen)

    def office(self, dossier_id: UUID, role: str, move: str) -> None:
        desk = self._officer(role)
        page = desk.go("/ban-lam-viec/")
        self._check(desk)
        page = desk.go(f"/ban-lam-viec/ho-so/{dossier_id}/")
        self._check(desk)
        form = f"form[action$='/{move}/']"
        step = next(
            step
            for step in self.procedure.steps
            if step.by == role and (step.ask or move == "tiep-nhan" or step.signs)
        )
        self._type(page, step.ask, self.example.findings, within=form)
        assert page.locator(form).get_attribute("id") == "main-act"
        with page.expect_navigation():
            page.click("button[form=main-act]")
        self._check(desk)

    def receive(self, dossier_id: UUID) -> None:
        page = self.citizen.go(f"/ho-so/{dossier_id}/")
        self._check(self.citizen)
        address = page.get_attribute("[data-play='document-result']", "href")
        assert address is not None
        signed = self.citizen.context.request.get(self.demonstration.base_url + address)
        assert signed.body().startswith(b"%PDF")
        anybody = self.people.make(phone=self.phone, scripts=self.scripts)
        page = anybody.go("/verify/")
        result: Any = {"name": "kq.pdf", "mimeType": "application/pdf", "buffer": signed.body()}
        page.set_input_files("input[name=tep]", [result])
        self._submit(page)
        verdicts = page.locator("[data-play^='signature-']").all()
        assert {verdict.get_attribute("data-value") for verdict in verdicts} == {"valid"}
        self._check(anybody)

    def _fill_in(self, page: Page) -> None:
        pages = {one.id: one for one in self.procedure.form}
        for _turn in range(3 * len(pages)):
            page_id = page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
            if page_id not in pages:
                return
            self._type(page, pages[page_id].ask, self.example.answers)
            self._check(self.citizen)
            self._submit(page)
        raise AssertionError(f"the form does not end: {page.url}")

    def _hand_in(self, page: Page) -> None:
        if "/giay-to/" not in page.url:
            return
        for part in self.example.papers:
            box = page.locator(f"input[type=file][name*='{part}']").last
            box.set_input_files(
                [{"name": f"{part}.jpg", "mimeType": "image/jpeg", "buffer": photograph(part)}]
            )
            if self.scripts:
                page.wait_for_selector(f"text={part}.jpg")
        self._check(self.citizen)
        self._submit(page)

    def _type(
        self, page: Page, questions: tuple[Question, ...], answers: dict[str, Any], within: str = "main"
    ) -> None:
        """Answer what is in sight; with scripts an answer may bring further questions."""
        done: set[str] = set()
        for _round in range(len(questions) + 1):
            asked = page.locator(f"{within} input[name=asked]").evaluate_all(
                "all => all.map(one => one.value)"
            )
            fresh = [one for one in questions if one.id in asked and one.id not in done]
            if not fresh:
                return
            for question in fresh:
                done.add(question.id)
                if question.id in answers:
                    self._answer(page, boxes.render(question, question.id, answers[question.id]), within)

    def _answer(self, page: Page, data: dict[str, list[str]], within: str) -> None:
        for name, values in data.items():
            box = page.locator(f"{within} [name='{name}']")
            if box.count() == 0:
                continue
            kind = box.first.get_attribute("type") or ""
            if kind in {"radio", "checkbox"}:
                for value in values:
                    chosen = page.locator(f"{within} [name='{name}'][value='{value}']")
                    if not chosen.is_checked():
                        self._decide(page, partial(chosen.check, force=True))
            elif box.first.evaluate("one => one.tagName") == "SELECT":
                if box.first.input_value() != values[0]:
                    self._decide(page, partial(box.first.select_option, values[0]))
            elif kind != "hidden":
                box.first.fill(values[0])

    def _decide(self, page: Page, act: Callable[[], object]) -> None:
        """Make a choice; with scripts the server then draws the questions that follow from it."""
        if not (self.scripts and page.locator("form[data-refresh]").count()):
            act()
            return
        with drawn_again(page):
            act()

    def _choose_commune(self, page: Page) -> None:
        page.locator("main select[name=unit]").select_option("06838")

    def _submit(self, page: Page) -> None:
        with page.expect_navigation():
            page.locator("main form[method=post] button.govuk-button:not([name])").first.click()

    def _citizen(self) -> Reader:
        reader = self.people.make(phone=self.phone, scripts=self.scripts)
        page = reader.go("/dang-nhap/")
        self._check(reader)
        page.click("form[action*='dinh-danh'] button")
        page.click(f"button[value='{CITIZEN}']")
        page.wait_for_url(f"{self.demonstration.base_url}/**")
        return reader

    def _officer(self, role: str) -> Reader:
        cast: tuple[Officer, ...] = officers(self.demonstration.var)
        officer = next(one for one in cast if one.role == role)
        reader = self.people.make(phone=self.phone, scripts=self.scripts)
        if role in SESSIONS:
            reader.context.add_cookies(SESSIONS[role])
            return reader
        page = reader.go("/dang-nhap/can-bo/")
        page.fill("[name=login]", officer.username)
        page.fill("[name=password]", officer.password)
        with page.expect_navigation():
            page.click("main button")
        for _try in range(2):
            page.fill("[name=code]", one_time_code(officer.totp, time.time()))
            with page.expect_navigation():
                page.click("main button")
            if "/dang-nhap/" not in page.url:
                SESSIONS[role] = reader.context.cookies()
                return reader
            # Each code is taken once; another test may have used this one.
            page.wait_for_timeout(1000 * (PERIOD - time.time() % PERIOD) + 500)
        raise AssertionError(f"{officer.username} could not sign in: {page.inner_text('main')}")

    def _check(self, reader: Reader) -> None:
        if self.scripts:
            reader.check()
        else:
            reader.assert_not_sideways()
