"""A citizen with a dossier at any point of its life, signed in before the portal's personal pages."""

from uuid import UUID

from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, COPY, Province
from tests.people_kit import sign_in
from tests.web.client import Browser
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.sign_result import refuse_result, sign_result
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.types import MissingItem
from tinhso.forms import boxes
from tinhso.people.types import Actor

BLURRED = "Ảnh giấy chứng sinh bị mờ, hãy chụp lại rõ bốn góc."
STRANGER = "000195000102"


def enter(browser: Browser, actor: Actor) -> Browser:
    """Sign the actor in and return the browser."""
    sign_in(browser, actor.signed_in_as)
    return browser


def stranger(province: Province) -> Actor:
    """Return a citizen who has nothing to do with the case."""
    return province.citizen(STRANGER, full_name="La Thị Nga")


def unpaid(province: Province, citizen: Actor) -> UUID:
    """Return a dossier whose fee on filing is open."""
    return kit.filed(province, citizen, COPY).dossier_id


def accepted(province: Province, citizen: Actor) -> UUID:
    """Return a dossier that the counter accepted."""
    filed = kit.filed(province, citizen, BIRTH)
    kit.pay_cash(province, filed)
    accept_dossier(
        actor=province.officer("one_stop"),
        at=province.at,
        dossier_id=filed.dossier_id,
        found=found_at(filed.dossier_id),
    )
    return filed.dossier_id


def supplement_asked(province: Province, citizen: Actor) -> UUID:
    """Return a dossier that waits for a clearer picture."""
    dossier_id = accepted(province, citizen)
    paper = kit.procedure(BIRTH).papers[0].id
    request_supplement(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        items=[MissingItem("paper", paper, BLURRED)],
    )
    return dossier_id


def ready_to_sign(province: Province, citizen: Actor) -> UUID:
    """Return a dossier that lies with the chairperson."""
    dossier_id = accepted(province, citizen)
    examiner = province.officer("civil_status_officer")
    claim_step(actor=examiner, at=province.at, dossier_id=dossier_id)
    advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, found=found_at(dossier_id))
    return dossier_id


def returned(province: Province, citizen: Actor) -> UUID:
    """Return a dossier whose signed certificate was handed out."""
    dossier_id = ready_to_sign(province, citizen)
    chair = province.officer("chairperson")
    sign_result(actor=chair, at=province.at, dossier_id=dossier_id, found=found_at(dossier_id))
    return dossier_id


def refused(province: Province, citizen: Actor) -> UUID:
    """Return a dossier that was refused with a signed notice."""
    dossier_id = ready_to_sign(province, citizen)
    chair = province.officer("chairperson")
    refuse_result(actor=chair, at=province.at, dossier_id=dossier_id, reason="Thiếu chữ ký của cha.")
    return dossier_id


def found_at(dossier_id: UUID) -> dict[str, list[str]]:
    """Return what the officer of the open step fills in, by HTML name, from the procedure's example."""
    dossier = Dossier.objects.get(pk=dossier_id)
    run = queries.open_run(dossier)
    assert run is not None
    procedure = kit.procedure(dossier.procedure_code)
    findings = procedure.examples[0].findings
    asked = [question for question in procedure.step(run.step).ask if question.id in findings]
    data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
    for question in asked:
        data |= boxes.render(question, question.id, findings[question.id])
    return data
