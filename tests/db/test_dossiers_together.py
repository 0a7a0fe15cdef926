"""Several procedures as one filing: asked once, in their order, nothing lost when the first ends badly."""

from datetime import date

import pytest
from django.conf import settings

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.together_kit import CARD, RESIDENCE, begun, filed, filled, signed
from tinhso.definitions import catalogue
from tinhso.definitions.bundles import load_bundles
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.file_together import file_next, file_together
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.filings import DONE, WaitsForOther, access_filing, bundles, parts_of
from tinhso.dossiers.models import Dossier, Draft, Filing
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound
from tinhso.notices.models import Message
from tinhso.papers.models import IssuedDocument

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


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
    assert [part.errors for part in parts_of(filing, at=province.at)] == [(), (), ()]


def test_the_card_is_asked_for_with_what_the_birth_says_of_child_and_parent(province: Province) -> None:
    citizen = province.citizen()
    _filing_id, drafts = filled(province, citizen)

    child = Draft.objects.get(pk=drafts[BIRTH]).answers
    card = Draft.objects.get(pk=drafts[CARD]).answers

    for name in ("full_name", "born_on", "sex", "ethnicity", "nationality"):
        assert card[f"person.{name}"] == child[f"child.{name}"]
    assert (card["filer.relation"], card["insured.group"]) == (child["requester.relation"], "child6")
    assert "person.personal_id" not in card


def test_residence_and_card_wait_for_the_birth_and_then_follow_by_themselves(province: Province) -> None:
    citizen = province.citizen()
    filing_id, birth = filed(province, citizen)
    assert Dossier.objects.count() == 1
    for code in (RESIDENCE, CARD):
        with pytest.raises(WaitsForOther):
            file_dossier(
                actor=citizen,
                at=province.at,
                draft_id=Draft.objects.get(filing_id=filing_id, procedure_code=code).pk,
            )

    signed(province, birth)
    followed = file_next(at=province.at, dossier_id=birth)

    residence, card = (Dossier.objects.get(pk=one) for one in followed)
    assert [(one.procedure_code, one.status) for one in (residence, card)] == [
        (RESIDENCE, "filed"),
        (CARD, "filed"),
    ]
    assert [one.agency.kind for one in (residence, card)] == ["commune_police", "social_insurance"]
    number = kit.procedure(BIRTH).examples[0].findings["child.personal_id"]
    assert residence.answers["members"][0]["personal_id"] == number
    assert card.answers["person.personal_id"] == number
    assert file_next(at=province.at, dossier_id=birth) == ()
    assert Dossier.objects.count() == 3
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
    told = Message.objects.filter(template="filing_waits_for_you")
    assert [one.person_id for one in told] == [citizen.person_id, citizen.person_id]
    for part in parts_of(access_filing(actor=citizen, filing_id=filing_id), at=province.at)[1:]:
        assert not part.waits
        with pytest.raises(FormIncomplete):
            file_dossier(actor=citizen, at=province.at, draft_id=part.draft.pk)


def test_the_card_is_decided_by_social_insurance_and_lasts_until_the_child_is_six(province: Province) -> None:
    _filing_id, birth = filed(province, province.citizen())
    signed(province, birth)
    _residence, card = file_next(at=province.at, dossier_id=birth)
    insurance = {
        role: province.officer(role, "social_insurance") for role in ("one_stop", "specialist", "leader")
    }
    aim = {"at": province.at, "dossier_id": card}

    accept_dossier(actor=insurance["one_stop"], **aim, found=desk.found(card))
    advance_step(actor=insurance["specialist"], **aim, found=desk.found(card))
    sign_result(actor=insurance["leader"], **aim, found=desk.found(card))

    document = IssuedDocument.objects.get(about_id=card, kind="result")
    assert Dossier.objects.get(pk=card).state in DONE
    assert document.valid_until == date(2032, 1, 12)


def test_a_filing_is_seen_by_who_made_it_alone(province: Province) -> None:
    filing_id, _drafts = begun(province, province.citizen())
    stranger = province.citizen("000188000103", full_name="Vũ Thị Hạnh")
    for nobody in (stranger, province.officer("one_stop")):
        with pytest.raises(NotFound):
            access_filing(actor=nobody, filing_id=filing_id)
