"""Papers replaced by data: not asked where a register has them, asked as before where it has not."""

from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import registers_kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.definitions.types import Example
from tinhso.dossiers import effort, queries
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier, Draft, FilingEffort
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.forms import engine
from tinhso.kernel.models import LedgerEntry
from tinhso.people.types import Actor
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.models import RegisterLook

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def parcel(number: str, **changes: object) -> UUID:
    values = {
        "place.unit": kit.BINH_LIEU,
        "map.sheet": "12",
        "parcel.number": "7",
        "area": "500",
        "use": "ont",
        "certificate.number": "CT 774512",
        "certificate.on": "2015-03-12",
        "party.full_name": "Trần Thị Hòa",
        "party.personal_id": number,
        **changes,
    }
    return registers_kit.enter(values, register="land.parcels").record_id


def marriage(wife: str, husband: str) -> UUID:
    values = {
        "certificate.number": "5/KH",
        "registered.unit": kit.BINH_LIEU,
        "registered.on": "2020-01-10",
        "wife.full_name": "Trần Thị Hòa",
        "wife.personal_id": wife,
        "husband.full_name": "Lý Văn Sinh",
        "husband.personal_id": husband,
    }
    return registers_kit.enter(values, register="civil-status.marriages").record_id


def births(mother: str, *children: tuple[str, str]) -> list[UUID]:
    return [
        registers_kit.enter(
            registers_kit.birth(
                **{
                    "certificate.number": f"{place}/KS",
                    "child.full_name": name,
                    "child.born_on": born_on,
                    "child.personal_id": f"02221600{place:04}",
                    "mother.personal_id": mother,
                }
            )
        ).record_id
        for place, (name, born_on) in enumerate(children, start=1)
    ]


def begin(province: Province, citizen: Actor, code: str, **answers: object) -> UUID:
    """Begin the form and answer what the papers hang on."""
    started = start_draft(actor=citizen, at=province.at, procedure_code=code, unit_code=kit.BINH_LIEU)
    save_answers(actor=citizen, at=province.at, draft_id=started.draft_id, given=answers)
    return started.draft_id


def papers(province: Province, draft_id: UUID) -> set[str]:
    """Return the papers the form offers to hand in."""
    draft = Draft.objects.get(pk=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure
    facts = facts_of(dossier=draft, at=province.at)
    return {paper.id for paper in engine.offered_papers(procedure, draft.answers, facts)}


NUMBER = "022191004512"
HUSBAND = "022088003030"
CHILDREN = (("Nguyễn Thị Mai An", "2016-03-01"), ("Nguyễn Văn Bình", "2018-05-20"))
GROUP = [{"full_name": "nguyen thi mai an", "born_on": "2016-03-01", "studying": True}]
BOTH = [*GROUP, {"full_name": "Nguyễn Văn Bình", "born_on": "2018-05-20", "studying": True}]
OWNED = {
    "place.address": {"commune": kit.BINH_LIEU, "detail": "Khu 1"},
    "place.case": "owned",
    "request.kind": "household",
}
WITH_HUSBAND = {
    "place.address": {"commune": kit.BINH_LIEU, "detail": "Khu 1"},
    "place.case": "family",
    "place.kinship": "close",
    "head.self": False,
    "head.personal_id": HUSBAND,
}


@pytest.mark.parametrize(
    ("code", "paper", "answers"),
    [
        ("1.013225", "land_certificate", {"site.certificate_number": "ct 774512"}),
        ("1.001776", "children_births", {"person.group": "lone_parent", "children": BOTH}),
        ("1.004222", "dwelling_proof", OWNED),
        ("1.004194", "dwelling_proof", OWNED),
    ],
)
def test_a_paper_is_not_asked_where_a_register_has_its_data_and_is_asked_where_it_has_not(
    province: Province, code: str, paper: str, answers: dict[str, object]
) -> None:
    asked_for = answerable(code, answers)
    without = begin(province, province.citizen(NUMBER), code, **asked_for)
    assert paper in papers(province, without)
    assert RegisterLook.objects.filter(field="").count() == 0

    parcel(NUMBER)
    births(NUMBER, *CHILDREN)
    with_data = begin(province, province.citizen(NUMBER), code, **asked_for)
    assert paper not in papers(province, with_data)
    look = RegisterLook.objects.filter(subject_id=with_data, question=paper).first()
    assert look is not None
    assert look.purpose == "replace"
    event = LedgerEntry.objects.filter(kind="register.asked", subject_id=with_data).last()
    assert event is not None
    assert event.payload["questions"] == [paper]


def answerable(code: str, answers: dict[str, object]) -> dict[str, object]:
    """Return the answers of which the procedure asks."""
    known = {question.id for question in catalogue.current(code).procedure.questions()}
    return {name: value for name, value in answers.items() if name in known}


def test_a_marriage_proves_kinship_with_the_head_of_the_household(province: Province) -> None:
    answers = answerable("1.004222", WITH_HUSBAND)
    assert "kinship_proof" in papers(
        province, begin(province, province.citizen(NUMBER), "1.004222", **answers)
    )
    marriage(NUMBER, HUSBAND)
    assert "kinship_proof" not in papers(
        province, begin(province, province.citizen(NUMBER), "1.004222", **answers)
    )


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("party.personal_id", "022191009999"),
        ("certificate.number", "ZZ 000001"),
    ],
)
def test_data_of_another_or_about_something_else_replace_nothing(
    province: Province, change: str, value: str
) -> None:
    parcel(NUMBER, **{change: value})
    draft_id = begin(
        province, province.citizen(NUMBER), "1.013225", **{"site.certificate_number": "CT 774512"}
    )
    assert "land_certificate" in papers(province, draft_id)
    assert Draft.objects.get(pk=draft_id).by_data == {}


def test_one_child_without_a_record_asks_for_the_paper_again(province: Province) -> None:
    births(NUMBER, CHILDREN[0])
    citizen = province.citizen(NUMBER)
    draft_id = begin(province, citizen, "1.001776", **{"person.group": "lone_parent", "children": GROUP})
    assert "children_births" not in papers(province, draft_id)
    save_answers(actor=citizen, at=province.at, draft_id=draft_id, given={"children": BOTH})
    assert "children_births" in papers(province, draft_id)


def permit(province: Province, citizen: Actor) -> tuple[UUID, Example]:
    example = catalogue.current("1.013225").procedure.examples[0]
    draft_id = kit.begin(province, citizen, "1.013225")
    kit.fill_in(citizen, draft_id, replace_parts(example), at=province.at)
    return draft_id, example


def replace_parts(example: Example) -> Example:
    """Return the example without the paper that a register replaces."""
    return example.model_copy(
        update={"papers": tuple(one for one in example.papers if one != "land_certificate")}
    )


def test_the_dossier_keeps_the_record_as_of_filing_and_what_filing_cost(province: Province) -> None:
    parcel(NUMBER)
    citizen = province.citizen(NUMBER)
    draft_id, example = permit(province, citizen)

    filed = file_dossier(actor=citizen, at=province.at, draft_id=draft_id)
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    assert "land_certificate" not in dossier.papers
    assert list(dossier.by_data) == ["land_certificate"]
    row = FilingEffort.objects.get(dossier=dossier)
    assert (row.saved, row.papers) == (1, len(example.papers))
    assert row.prefilled == 2
    assert row.questions > row.proved > 0
    assert LedgerEntry.objects.get(kind="filing.measured").payload["saved"] == 1
    (figures,) = effort.figures_of(actor=citizen)
    assert (figures.procedure_code, figures.dossiers, figures.saved) == ("1.013225", 1, 1)


def test_a_record_cancelled_before_filing_replaces_nothing_any_more(province: Province) -> None:
    record_id = parcel(NUMBER)
    citizen = province.citizen(NUMBER)
    draft_id, _example = permit(province, citizen)
    cancel_record(actor=kit.SYSTEM, at=province.at, record_id=record_id, reason="Thu hồi")

    with pytest.raises(FormIncomplete):
        file_dossier(actor=citizen, at=province.at, draft_id=draft_id)
    assert not Dossier.objects.exists()
    assert queries.access_draft(actor=citizen, draft_id=draft_id)


def test_an_officer_sees_figures_of_their_own_dossiers_only(province: Province) -> None:
    citizen = province.citizen(NUMBER)
    parcel(NUMBER)
    draft_id, _example = permit(province, citizen)
    file_dossier(actor=citizen, at=province.at, draft_id=draft_id)
    mine, _next = effort.filings_of(actor=citizen, procedure_code="1.013225")
    assert len(mine) == 1
    assert effort.figures_of(actor=province.citizen("022191007777")) == ()
