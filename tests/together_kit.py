"""A birth, the child's residence and its health insurance card, as one filing."""

from uuid import UUID

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.file_together import file_together, start_filing
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.models import Draft
from tinhso.people.types import Actor

RESIDENCE, CARD = "1.004222", "1.014137"
OF_THE_CARD = {"health.facility": "Trung tâm Y tế Bình Liêu", "declaration": True}


def begun(province: Province, citizen: Actor) -> tuple[UUID, dict[str, UUID]]:
    """Return a filing and its forms by procedure."""
    filing_id = start_filing(actor=citizen, at=province.at, bundle_id="birth_residence", unit_code=BINH_LIEU)
    drafts = Draft.objects.filter(filing_id=filing_id)
    return filing_id, {draft.procedure_code: draft.pk for draft in drafts}


def filled(province: Province, citizen: Actor) -> tuple[UUID, dict[str, UUID]]:
    """Return a filing all of whose forms are complete; the child is written down in the first one only."""
    filing_id, drafts = begun(province, citizen)
    kit.fill_in(citizen, drafts[BIRTH], kit.procedure(BIRTH).examples[0], at=province.at)
    example = kit.procedure(RESIDENCE).examples[0]
    answers = {
        name: value for name, value in example.answers.items() if name not in {"members", "with_members"}
    }
    facts = {name for name in answers if name.startswith("person.")}
    given = {name: value for name, value in answers.items() if name not in facts or name == "person.origin"}
    save_answers(actor=citizen, at=province.at, draft_id=drafts[RESIDENCE], given=given)
    kit.hand_in(citizen, drafts[RESIDENCE], example.papers, at=province.at)
    save_answers(actor=citizen, at=province.at, draft_id=drafts[CARD], given=OF_THE_CARD)
    return filing_id, drafts


def filed(province: Province, citizen: Actor) -> tuple[UUID, UUID]:
    """Return the filing and the dossier of the birth."""
    filing_id, _drafts = filled(province, citizen)
    done = file_together(actor=citizen, at=province.at, filing_id=filing_id)
    return filing_id, done.filed[0].dossier_id


def signed(province: Province, dossier_id: UUID) -> None:
    desk.pay(province, dossier_id)
    counter, examiner = province.officer("one_stop"), province.officer("civil_status_officer")
    aim = {"at": province.at, "dossier_id": dossier_id}
    accept_dossier(actor=counter, **aim, found=desk.found(dossier_id))
    advance_step(actor=examiner, **aim, found=desk.found(dossier_id))
    sign_result(actor=province.officer("chairperson"), **aim, found=desk.found(dossier_id))
