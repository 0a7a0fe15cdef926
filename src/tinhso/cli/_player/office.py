"""The officers' part: whoever's turn it is signs in and does it, until the case is closed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tinhso.cli._player import script
from tinhso.cli._player.browser import Browser
from tinhso.cli._player.cast import Officer, officer_at_desk, officer_for
from tinhso.cli._player.filing import Stuck
from tinhso.cli._player.story import Story
from tinhso.definitions.types import Example, Procedure

DONE = {
    "tiep-nhan": "tiếp nhận, hệ thống cấp giấy hẹn (Mẫu 01)",
    "chuyen-buoc": "làm xong bước «{step}» và chuyển tiếp",
    "ky": "ký số kết quả",
    "tra-ket-qua": "trả kết quả",
    "y-kien": "trả lời lấy ý kiến «{step}»: đồng ý",
}
MOST_TURNS = 30


@dataclass
class Office:
    base_url: str
    var: Path
    story: Story
    cast: tuple[Officer, ...]
    procedure: Procedure
    example: Example
    pay: Callable[[UUID], None]
    browsers: dict[str, Browser] = field(default_factory=dict)

    def work(self, dossier_id: UUID) -> None:
        """
        Let everyone take their turn until no step is open; the citizen pays what the officers ask for.

        :raises Stuck: the case does not move on
        """
        for _turn in range(MOST_TURNS):
            if script.awaits_payment(dossier_id):
                self.pay(dossier_id)
            turn = script.turn(dossier_id)
            if turn is None:
                return
            self._take(turn, dossier_id)
        raise Stuck(url=str(dossier_id), said="hồ sơ không đi tới")

    def _take(self, turn: script.Turn, dossier_id: UUID) -> None:
        officer = officer_for(self.cast, role=turn.role, agency_id=turn.agency_id, agency=turn.agency)
        browser = self._browser(officer)
        address = f"/ban-lam-viec/ho-so/{dossier_id}/"
        page = browser.open(address)
        if turn.opinion is not None:
            form = page.form(f"/y-kien/{turn.opinion}/")
            browser.submit(page, form, {"opinion": "agree", "text": ""})
        else:
            asked = self.procedure.step(turn.step).ask
            form = page.form(f"/{turn.move}/")
            browser.submit(page, form, script.boxes_of(asked, self.example.findings))
        if script.turn(dossier_id) == turn:
            raise Stuck(url=address, said=f"«{turn.name}» không xong")
        self.story.tell(f"{officer.full_name} ({officer.title})", DONE[turn.move].format(step=turn.name))

    def _browser(self, officer: Officer) -> Browser:
        if officer.username not in self.browsers:
            self.browsers[officer.username] = officer_at_desk(
                self.base_url, officer, self.story, var=self.var
            )
        return self.browsers[officer.username]


def save_result(browser: Browser, dossier_id: UUID, folder: Path) -> Path:
    """Download the signed result as the citizen does, and return where it lies."""
    page = browser.open(f"/ho-so/{dossier_id}/")
    address = page.markup.marks.get("document-result")
    if not address:
        raise Stuck(url=page.url, said="chưa thấy kết quả")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{dossier_id}.pdf"
    path.write_bytes(browser.open(address).content)
    return path
