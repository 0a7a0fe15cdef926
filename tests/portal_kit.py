"""A province with procedures on offer, a citizen at a browser, and a form filled in box by box."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from tests import agencies_kit, people_kit
from tests.papers_samples import photo
from tests.web.client import Browser
from tinhso.definitions import catalogue
from tinhso.definitions.types import Example, Procedure
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Draft
from tinhso.forms import boxes, engine
from tinhso.forms.parts import is_part_of
from tinhso.kernel import clock
from tinhso.people.types import Actor

BINH_LIEU, HONG_GAI = "06838", "06685"
BIRTH, BUSINESS, COPY, PERMIT = "1.001193", "1.001612", "2.000815", "1.013225"
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)  # 9:00 on a Tuesday


def found() -> None:
    """Load agencies and procedures of the real packs."""
    agencies_kit.load(AT)
    catalogue.refresh()


def sign_in(browser: Browser, personal_id: str = "000191000101", *, level: int = 2, **facts: str) -> Actor:
    """Sign a citizen in at the browser and return them as an actor."""
    actor = people_kit.citizen(personal_id, at=clock.now(), assurance=level, **facts)
    assert actor.account_id is not None
    people_kit.sign_in(browser, actor.account_id, assurance=level)
    return actor


def start(browser: Browser, code: str = BIRTH, **choice: str) -> UUID:
    """Begin a form as the page does and return the draft's id."""
    chosen = {"unit": BINH_LIEU, "person": "self"} | choice
    answer = browser.post(f"/thu-tuc/{code}/nop/", chosen)
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].split("/")[2])


def page_data(draft_id: UUID, page_id: str, answers: dict[str, object]) -> dict[str, Any]:
    """Return what a browser sends for the page when these answers stand in its boxes."""
    draft = Draft.objects.get(pk=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure
    facts = facts_of(dossier=draft, at=clock.now())
    asked = engine.visible_questions(procedure, page_id, {**answers, **draft.answers}, facts)
    data: dict[str, Any] = {boxes.ASKED: [question.id for question in asked]}
    for question in asked:
        if question.id in answers:
            data |= boxes.render(question, question.id, answers[question.id])
    return data


def example(code: str, number: int = 0) -> Example:
    return catalogue.current(code).procedure.examples[number]


def fill_in(browser: Browser, draft_id: UUID, case: Example) -> str:
    """Follow the form page by page as a citizen does; return the address at which it ends."""
    address = f"/to-khai/{draft_id}/"
    for _step in range(20):
        answer = browser.get(address)
        if answer.status_code == 302:
            address = answer["Location"]
            continue
        stop = address.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
        if stop == "kiem-tra":
            return address
        if stop == "giay-to":
            data: dict[str, Any] = {
                f"paper-{part}-file": picture(part) for part in case.papers if "[" not in part
            }
        else:
            data = page_data(draft_id, stop, dict(case.answers))
            if files := _files(draft_id, stop, case):
                browser.post(address, data | {"do": "refresh"})
                data |= files
        answer = browser.post(address, data)
        assert answer.status_code == 302, answer.content.decode()
        address = answer["Location"]
    raise AssertionError(f"the form does not end: {address}")


def _procedure(draft_id: UUID) -> Procedure:
    return catalogue.of_version(Draft.objects.get(pk=draft_id).version_id).procedure


def _files(draft_id: UUID, page_id: str, case: Example) -> dict[str, Any]:
    """Return a photograph for each question of type file of the page that the example answers."""
    asked = engine.page_of(
        catalogue.of_version(Draft.objects.get(pk=draft_id).version_id).procedure, page_id
    ).ask
    parts = [part for part in case.papers if any(is_part_of(question, part) for question in asked)]
    return {f"{part}-file": picture(part) for part in parts}


def picture(name: str = "giay", *, width: int = 640) -> Any:
    """Return an upload that is a photograph, different for each name."""
    from_name = width + sum(name.encode()) % 97
    return upload(f"{name}.jpg", photo(width=from_name, height=480), "image/jpeg")


def upload(name: str, content: bytes, media_type: str) -> Any:
    return SimpleUploadedFile(name, content, media_type)
