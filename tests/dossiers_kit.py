"""A small province for tests of whole cases: real packs, officers with keys, citizens, a form filled in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

from tests import agencies_kit
from tests.fixtures_trust import PASSPHRASE, Trust
from tests.papers_samples import leaf
from tests.people_kit import PASSWORD, SECRET, identity
from tinhso.definitions import catalogue
from tinhso.definitions.types import Example, Procedure
from tinhso.dossiers import queries
from tinhso.dossiers.actions.attach_paper import attach_paper
from tinhso.dossiers.actions.file_dossier import Filed, file_dossier
from tinhso.dossiers.actions.save_page import save_page
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier
from tinhso.forms import boxes, engine
from tinhso.forms.parts import is_part_of
from tinhso.papers.actions.register_key import register_pkcs12
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.people import actions as people
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system

SYSTEM = system("test")
BINH_LIEU, HONG_GAI = "06838", "06685"
BIRTH, COPY, PERMIT, ALLOWANCE = "1.001193", "2.000815", "1.013225", "1.001776"
TITLES = {
    "one_stop": "Công chức một cửa",
    "civil_status_officer": "Công chức tư pháp - hộ tịch",
    "specialist": "Chuyên viên",
    "chairperson": "Phó Chủ tịch",
    "leader": "Phó Giám đốc",
    "supervisor": "Người giám sát",
}
NAMES = {
    "one_stop": "Vũ Thị Lan",
    "civil_status_officer": "Hoàng Văn Quý",
    "specialist": "Đào Thu Hà",
    "chairperson": "Lê Quang Thắng",
    "leader": "Phạm Minh Khôi",
    "supervisor": "Trịnh Bích Ngọc",
}


@dataclass
class Province:
    """
    :param at: a Tuesday morning in office hours; certificates and time stamps are of the real clock, so the
        moment of signing is given by ``trust``
    :param one_key: everybody signs with the same key; to make one takes a third of a second
    """

    trust: Trust
    at: datetime
    one_key: bool = False
    officers: dict[tuple[str, str], UUID] = field(default_factory=dict)

    def later(self, **by: float) -> datetime:
        """Return a moment after the beginning."""
        return self.at + timedelta(**by)

    def officer(self, role: str, kind: str = "commune_committee", unit: str = BINH_LIEU) -> Actor:
        """Return an officer of the role, appointed with a signing key the first time they are asked for."""
        agency = Agency.objects.get(kind=kind, **({"unit_code": unit} if kind.startswith("commune_") else {}))
        place = (role, agency.code)
        if place not in self.officers:
            self.officers[place] = self._appoint(role, agency)
        return actor_of(self.officers[place], at=self.at)

    def citizen(self, personal_id: str = "000191000101", *, level: int = 2, **facts: str) -> Actor:
        """Return a citizen who signed in with their electronic identity."""
        said = identity(personal_id, assurance=level, **facts)
        received = people.receive_identity(actor=SYSTEM, at=self.at, identity=said)
        return actor_of(received.account_id, at=self.at, assurance=level)

    def _appoint(self, role: str, agency: Agency) -> UUID:
        name = f"{role}.{agency.code}".replace(".000.00.", "-").replace(".H49", "").lower()
        username = name.replace("_", "-")
        account_id = people.enrol_officer(
            actor=SYSTEM,
            at=self.at,
            username=username,
            password=PASSWORD,
            full_name=NAMES.get(role, f"Cán bộ {role}"),
            totp_secret=SECRET,
        )
        people.appoint(
            actor=SYSTEM,
            at=self.at,
            account_id=account_id,
            agency_id=agency.pk,
            role=role,
            title=TITLES.get(role, role),
            from_on=self.at.date() - timedelta(days=30),
        )
        if role in {"chairperson", "leader"}:
            self._give_keys(username, account_id, agency)
        return account_id

    def _give_keys(self, username: str, account_id: UUID, agency: Agency) -> None:
        own = self.trust.signer("everybody" if self.one_key else username)
        seal = self.trust.agency()
        register_pkcs12(
            actor=SYSTEM, at=self.at, content=own.pkcs12, passphrase=PASSPHRASE, account_id=account_id
        )
        register_pkcs12(
            actor=SYSTEM, at=self.at, content=seal.pkcs12, passphrase=PASSPHRASE, agency_id=agency.pk
        )


def found(trust: Trust) -> Province:
    """Load the real packs and return a province at this moment of the real clock."""
    at = trust.now.astimezone(UTC)
    agencies_kit.load(at)
    catalogue.refresh()
    return Province(trust=trust, at=at)


def give_time(province: Province, dossier_id: UUID) -> datetime:
    """
    Put the deadline ten days off and return it.

    A birth is due within the day, and in its last day nobody may be asked for more time: a test that asks
    would depend on the hour at which it runs.
    """
    due = province.later(days=10)
    Dossier.objects.filter(pk=dossier_id).update(due_at=due)
    return due


def begin(province: Province, citizen: Actor, code: str, *, unit: str = BINH_LIEU) -> UUID:
    """Start a form and return the draft's id."""
    return start_draft(actor=citizen, at=province.at, procedure_code=code, unit_code=unit).draft_id


def fill_in(actor: Actor, draft_id: UUID, example: Example, *, at: datetime) -> None:
    """Fill in the form page by page and hand in the example's papers."""
    draft = queries.access_draft(actor=actor, draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure
    facts = facts_of(dossier=draft, at=at)
    for page in procedure.form:
        known = {**example.answers, **queries.access_draft(actor=actor, draft_id=draft_id).answers}
        asked = engine.visible_questions(procedure, page.id, known, facts)
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
        for question in asked:
            if question.id in example.answers:
                data |= boxes.render(question, question.id, example.answers[question.id])
        if asked:
            save_page(actor=actor, at=at, draft_id=draft_id, page_id=page.id, data=data)
            files = [part for part in example.papers if any(is_part_of(question, part) for question in asked)]
            hand_in(actor, draft_id, files, at=at)
            result = save_page(actor=actor, at=at, draft_id=draft_id, page_id=page.id, data=data)
            assert result.complete, (page.id, result.errors, result.revealed)
    papers = {paper.id for paper in procedure.papers}
    hand_in(actor, draft_id, (part for part in example.papers if part in papers), at=at)


def hand_in(actor: Actor, draft_id: UUID, parts: Iterable[str], *, at: datetime) -> None:
    """Attach a photograph to each part."""
    for number, part in enumerate(parts):
        attach_paper(
            actor=actor,
            at=at,
            draft_id=draft_id,
            requirement=part,
            file_name=f"{part}.jpg",
            content=BytesIO(leaf(number)),
        )


def filed(province: Province, citizen: Actor, code: str, *, example: int = 0, unit: str = BINH_LIEU) -> Filed:
    """Return a dossier filed online from one of the procedure's own examples."""
    draft_id = begin(province, citizen, code, unit=unit)
    fill_in(citizen, draft_id, procedure(code).examples[example], at=province.at)
    return file_dossier(actor=citizen, at=province.at, draft_id=draft_id)


def pay_cash(province: Province, dossier: Filed) -> None:
    """Pay the bill of the filing at the counter, if there is one."""
    if dossier.bill_id is not None:
        mark_cash(actor=province.officer("one_stop"), at=province.at, bill_id=dossier.bill_id)


def procedure(code: str) -> Procedure:
    return catalogue.current(code).procedure
