"""Several procedures as one filing: asked once, in their order, nothing lost when the first ends badly."""

from uuid import UUID

import pytest
from django.conf import settings

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.definitions.bundles import load_bundles
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.file_together import file_next, file_together, start_filing
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.filings import WaitsForOther, access_filing, bundles, parts_of
from tinhso.dossiers.models import Dossier, Draft, Filing
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound
from tinhso.notices.models import Message
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
RESIDENCE = "1.004222"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


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


def test_every_bundle_names_procedures_questions_and_origins_that_exist(province: Province) -> None:
    assert {one.id for one in bundles()} == {one.id for one in load_bundles(settings.TINHSO.packs)}
    for bundle in bundles():
        for member in bundle.members:
            asked = {one.id for one in catalogue.current(member.procedure).procedure.questions()}
            assert set(member.answers) <= asked
            if member.after is None:
                continue
            other = catalogue.current(member.after).procedure
            known = {one.id for one in other.questions()} | {
                one.id for step in other.steps for one in step.ask
            }
            sources = [*member.answers.values()]
            sources += [one for source in sources for row in source.entries or () for one in row.values()]
            assert {one.origin for one in sources if one.origin} <= known


def test_what_one_form_knows_is_not_asked_again(province: Province) -> None:
    citizen = province.citizen()
    filing_id, drafts = filled(province, citizen)

    child = Draft.objects.get(pk=drafts[BIRTH]).answers
    (member,) = Draft.objects.get(pk=drafts[RESIDENCE]).answers["members"]

    assert (member["full_name"], member["born_on"]) == (child["child.full_name"], child["child.born_on"])
    assert "personal_id" not in member
    filing = access_filing(actor=citizen, filing_id=filing_id)
    assert [part.errors for part in parts_of(filing, at=province.at)] == [(), ()]


def test_residence_waits_for_the_birth_and_then_follows_by_itself(province: Province) -> None:
    citizen = province.citizen()
    filing_id, birth = filed(province, citizen)
    assert Dossier.objects.count() == 1
    waiting = Draft.objects.get(filing_id=filing_id, procedure_code=RESIDENCE)
    with pytest.raises(WaitsForOther):
        file_dossier(actor=citizen, at=province.at, draft_id=waiting.pk)

    signed(province, birth)
    (residence,) = file_next(at=province.at, dossier_id=birth)

    told = Dossier.objects.get(pk=residence)
    assert (told.procedure_code, told.status) == (RESIDENCE, "filed")
    assert (
        told.answers["members"][0]["personal_id"]
        == kit.procedure(BIRTH).examples[0].findings["child.personal_id"]
    )
    assert file_next(at=province.at, dossier_id=birth) == ()
    assert Dossier.objects.count() == 2
    assert LedgerEntry.objects.filter(kind="dossier.filed_together", subject_id=birth).count() == 1


def test_filing_twice_files_once(province: Province) -> None:
    citizen = province.citizen()
    filing_id, birth = filed(province, citizen)
    again = file_together(actor=citizen, at=province.at, filing_id=filing_id)
    assert [one.dossier_id for one in again.filed] == [birth]
    assert Dossier.objects.count() == 1


def test_nothing_is_filed_while_one_form_lacks_something(province: Province) -> None:
    citizen = province.citizen()
    filing_id, drafts = begun(province, citizen)
    kit.fill_in(citizen, drafts[BIRTH], kit.procedure(BIRTH).examples[0], at=province.at)

    with pytest.raises(FormIncomplete) as refusal:
        file_together(actor=citizen, at=province.at, filing_id=filing_id)

    assert not Dossier.objects.exists()
    assert Filing.objects.get().filed_at is None
    assert "members" not in {error.question_id for error in refusal.value.errors}


def test_when_the_first_ends_badly_the_other_is_the_applicants_to_file(province: Province) -> None:
    citizen = province.citizen()
    filing_id, birth = filed(province, citizen)
    withdraw_dossier(actor=citizen, at=province.at, dossier_id=birth)

    assert file_next(at=province.at, dossier_id=birth) == ()

    assert Dossier.objects.count() == 1
    told = Message.objects.get(template="filing_waits_for_you")
    assert told.person_id == citizen.person_id
    part = parts_of(access_filing(actor=citizen, filing_id=filing_id), at=province.at)[1]
    assert not part.waits
    with pytest.raises(FormIncomplete):
        file_dossier(actor=citizen, at=province.at, draft_id=part.draft.pk)


def test_a_filing_is_seen_by_who_made_it_alone(province: Province) -> None:
    filing_id, _drafts = begun(province, province.citizen())
    stranger = province.citizen("000188000103", full_name="Vũ Thị Hạnh")
    for nobody in (stranger, province.officer("one_stop")):
        with pytest.raises(NotFound):
            access_filing(actor=nobody, filing_id=filing_id)
