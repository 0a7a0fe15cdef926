"""Files inside a group, from the draft to the desk: each stays with its entry, and nobody else's gets in."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests import dossiers_kit as kit
from tests.children_kit import CHILDREN, PAGE, family, offer_children, proof
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import photo
from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.answer_supplement import answer_supplement
from tinhso.dossiers.actions.attach_paper import EntryGone, attach_paper, detach_paper
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.move_to_version import WouldLose, move_to_version
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.actions.save_page import save_page
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.dossiers.types import MissingItem
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.papers.models import Paper
from tinhso.papers.refusals import TooLarge, WrongType
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
AN_AND_BINH = family((1, "Hoàng Gia An"), (2, "Hoàng Gia Bình"))


@pytest.fixture
def packs(settings: Settings, tmp_path: Path) -> Path:
    return offer_children(settings, tmp_path)


@pytest.fixture
def province(packs: Path, trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def save(province: Province, actor: Actor, draft_id: UUID, data: dict[str, object]) -> object:
    boxes = {name: value if isinstance(value, list) else [str(value)] for name, value in data.items()}
    return save_page(actor=actor, at=province.at, draft_id=draft_id, page_id=PAGE, data=boxes)


def attach(province: Province, actor: Actor, draft_id: UUID, part: str, *, width: int = 640) -> UUID:
    return attach_paper(
        actor=actor,
        at=province.at,
        draft_id=draft_id,
        requirement=part,
        file_name=f"{part}.jpg",
        content=BytesIO(photo(width=width, height=480)),
    ).id


def two_children(province: Province, actor: Actor) -> tuple[UUID, UUID, UUID]:
    """Return a draft ready to be filed, and the file of each child."""
    draft_id = kit.begin(province, actor, CHILDREN)
    save(province, actor, draft_id, AN_AND_BINH)
    first = attach(province, actor, draft_id, proof(1), width=640)
    second = attach(province, actor, draft_id, proof(2), width=641)
    return draft_id, first, second


def filed(province: Province, actor: Actor) -> tuple[UUID, UUID, UUID]:
    draft_id, first, second = two_children(province, actor)
    return file_dossier(actor=actor, at=province.at, draft_id=draft_id).dossier_id, first, second


def entries(answers: dict[str, object]) -> list[tuple[object, object, object]]:
    children = answers["children"]
    assert isinstance(children, list)
    return [(one["entry"], one.get("full_name"), one.get("birth_proof")) for one in children]


def test_two_children_are_filed_each_with_its_own_file(province: Province, citizen: Actor) -> None:
    dossier_id, first, second = filed(province, citizen)

    dossier = queries.access_dossier(actor=citizen, dossier_id=dossier_id)
    assert entries(dossier.answers) == [
        (1, "Hoàng Gia An", [str(first)]),
        (2, "Hoàng Gia Bình", [str(second)]),
    ]
    assert dossier.papers == {proof(1): [str(first)], proof(2): [str(second)]}


def test_agencies_of_the_case_may_read_the_files_and_others_may_not(
    province: Province, citizen: Actor
) -> None:
    _dossier_id, first, second = filed(province, citizen)
    counter = province.officer("one_stop")
    elsewhere = province.officer("one_stop", unit=kit.HONG_GAI)
    assert {one.id for one in papers.papers(actor=counter, paper_ids=[first, second])} == {first, second}
    assert list(papers.papers(actor=elsewhere, paper_ids=[first, second])) == []


def test_a_child_that_goes_takes_its_file_along_and_leaves_the_other_s(
    province: Province, citizen: Actor
) -> None:
    draft_id, _first, second = two_children(province, citizen)

    save(province, citizen, draft_id, AN_AND_BINH | {"remove-children-0": "1"})

    draft = Draft.objects.get()
    assert entries(draft.answers) == [(2, "Hoàng Gia Bình", [str(second)])]
    assert draft.papers == {proof(2): [str(second)]}
    # The paper itself stays in its owner's keeping.
    assert Paper.objects.count() == 2


def test_a_page_sent_late_without_the_child_loses_no_file(province: Province, citizen: Actor) -> None:
    draft_id, first, second = two_children(province, citizen)

    save(province, citizen, draft_id, family((1, "Hoàng Gia An")) | {"refresh": "1"})
    assert Draft.objects.get().papers.keys() == {proof(1), proof(2)}
    save(province, citizen, draft_id, AN_AND_BINH)

    assert [files for _n, _name, files in entries(Draft.objects.get().answers)] == [
        [str(first)],
        [str(second)],
    ]


def test_a_file_left_by_a_child_that_is_not_declared_is_not_filed(province: Province, citizen: Actor) -> None:
    draft_id, first, _second = two_children(province, citizen)
    save(province, citizen, draft_id, family((1, "Hoàng Gia An")))

    dossier_id = file_dossier(actor=citizen, at=province.at, draft_id=draft_id).dossier_id

    assert Dossier.objects.get(pk=dossier_id).papers == {proof(1): [str(first)]}


def test_a_file_out_of_sight_is_not_filed(province: Province, citizen: Actor) -> None:
    draft_id, _first, _second = two_children(province, citizen)
    attach(province, citizen, draft_id, proof(1, "adoption_proof"), width=642)

    dossier_id = file_dossier(actor=citizen, at=province.at, draft_id=draft_id).dossier_id

    assert Dossier.objects.get(pk=dossier_id).papers.keys() == {proof(1), proof(2)}


def test_the_first_child_takes_a_file_before_anything_is_typed(province: Province, citizen: Actor) -> None:
    draft_id = kit.begin(province, citizen, CHILDREN)
    paper = attach(province, citizen, draft_id, proof(1))
    assert Draft.objects.get().answers["children"] == [{"entry": 1, "birth_proof": [str(paper)]}]

    save(province, citizen, draft_id, family((1, "Hoàng Gia An")))

    assert entries(Draft.objects.get().answers) == [(1, "Hoàng Gia An", [str(paper)])]


@pytest.mark.parametrize("part", [proof(3), proof(999999)])
def test_a_child_the_form_does_not_show_takes_no_file(province: Province, citizen: Actor, part: str) -> None:
    draft_id, _first, _second = two_children(province, citizen)
    before = Draft.objects.values().get()
    with pytest.raises(EntryGone):
        attach(province, citizen, draft_id, part, width=700)
    assert Draft.objects.values().get() == before
    assert Paper.objects.count() == 2


@pytest.mark.parametrize(
    "part",
    [
        "",
        "children",
        "children[1]",
        "children[0].birth_proof",
        "children[01].birth_proof",
        "children[-1].birth_proof",
        "children[1].birth_proof ",
        "children[1].full_name",
        "children[1].nothing",
        "note[1].birth_proof",
    ],
)
def test_a_part_that_is_none_takes_no_file(province: Province, citizen: Actor, part: str) -> None:
    draft_id, _first, _second = two_children(province, citizen)
    with pytest.raises(NotFound):
        attach(province, citizen, draft_id, part, width=700)
    assert Paper.objects.count() == 2


def test_a_file_of_the_wrong_type_or_too_large_changes_nothing(province: Province, citizen: Actor) -> None:
    draft_id, _first, _second = two_children(province, citizen)
    before = Draft.objects.values().get()
    for content, refusal in (
        (b"ID3\x03" + b"\0" * 500, WrongType),
        (b"\xff\xd8" + b"\0" * 11_000_000, TooLarge),
    ):
        with pytest.raises(refusal):
            attach_paper(
                actor=citizen,
                at=province.at,
                draft_id=draft_id,
                requirement=proof(1),
                file_name="x.jpg",
                content=BytesIO(content),
            )
    assert Draft.objects.values().get() == before


def test_a_file_taken_out_is_missing_again(province: Province, citizen: Actor) -> None:
    draft_id, first, _second = two_children(province, citizen)

    detach_paper(actor=citizen, at=province.at, draft_id=draft_id, requirement=proof(1), paper_id=first)

    with pytest.raises(FormIncomplete) as refused:
        file_dossier(actor=citizen, at=province.at, draft_id=draft_id)
    assert [error.field_name for error in refused.value.errors] == [proof(1)]
    assert not Dossier.objects.exists()
    with pytest.raises(NotFound):
        detach_paper(actor=citizen, at=province.at, draft_id=draft_id, requirement=proof(2), paper_id=first)


def test_the_same_picture_may_serve_two_children_and_leave_one(province: Province, citizen: Actor) -> None:
    draft_id = kit.begin(province, citizen, CHILDREN)
    save(province, citizen, draft_id, AN_AND_BINH)
    paper = attach(province, citizen, draft_id, proof(1))
    assert attach(province, citizen, draft_id, proof(2)) == paper

    detach_paper(actor=citizen, at=province.at, draft_id=draft_id, requirement=proof(1), paper_id=paper)

    assert Draft.objects.get().papers == {proof(1): [], proof(2): [str(paper)]}


def test_somebody_else_s_paper_is_refused_whatever_way_it_comes(province: Province, citizen: Actor) -> None:
    other = province.citizen("000195000102", full_name="La Thị Nga")
    theirs = attach(province, other, kit.begin(province, other, CHILDREN), proof(1), width=800)
    draft_id, first, second = two_children(province, citizen)
    before = Draft.objects.values().get(pk=draft_id)

    for given in (
        {"children": [{"entry": 1, "full_name": "Hoàng Gia An", "birth_proof": [str(theirs)]}]},
        {"children": [{"full_name": "Hoàng Gia An", "birth_proof": [str(first), str(theirs)]}]},
        {"photo": [str(theirs)]},
    ):
        with pytest.raises(FormIncomplete):
            save_answers(actor=citizen, at=province.at, draft_id=draft_id, given=given)
    assert Draft.objects.values().get(pk=draft_id) == before

    forged = {proof(1): str(theirs), "children-0-birth_proof": str(theirs), "photo": str(theirs)}
    save(province, citizen, draft_id, AN_AND_BINH | forged)
    dossier_id = file_dossier(actor=citizen, at=province.at, draft_id=draft_id).dossier_id
    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.papers == {proof(1): [str(first)], proof(2): [str(second)]}
    assert str(theirs) not in str(dossier.answers)
    assert list(papers.papers(actor=province.officer("one_stop"), paper_ids=[theirs])) == []


def test_answers_as_values_keep_files_by_number_and_release_those_of_entries_that_do_not_come(
    province: Province, citizen: Actor
) -> None:
    draft_id, _first, second = two_children(province, citizen)
    given = [
        {"full_name": "Hoàng Gia Cường", "adopted": False},
        {"entry": 2, "full_name": "Hoàng Gia Bình", "adopted": False, "birth_proof": [str(second)]},
    ]

    save_answers(actor=citizen, at=province.at, draft_id=draft_id, given={"children": given})

    draft = Draft.objects.get()
    assert entries(draft.answers) == [(3, "Hoàng Gia Cường", None), (2, "Hoàng Gia Bình", [str(second)])]
    assert draft.papers == {proof(2): [str(second)]}


def in_supplement(province: Province, citizen: Actor) -> tuple[Dossier, UUID, UUID]:
    """Return a dossier of which one child's file is asked for again."""
    dossier_id, first, second = filed(province, citizen)
    accept_dossier(actor=province.officer("one_stop"), at=province.at, dossier_id=dossier_id)
    request_supplement(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        items=[MissingItem("question", proof(2), "Con 2 · Giấy khai sinh: ảnh mờ.")],
    )
    return Dossier.objects.get(pk=dossier_id), first, second


def test_a_supplement_replaces_the_file_of_one_child(province: Province, citizen: Actor) -> None:
    dossier, first, blurred = in_supplement(province, citizen)
    draft_id = dossier.draft_id
    sharp = attach(province, citizen, draft_id, proof(2), width=900)
    detach_paper(actor=citizen, at=province.at, draft_id=draft_id, requirement=proof(2), paper_id=blurred)
    assert Dossier.objects.get().papers[proof(2)] == [str(blurred)]

    answer_supplement(actor=citizen, at=province.later(days=1), dossier_id=dossier.id)

    dossier.refresh_from_db()
    assert dossier.papers == {proof(1): [str(first)], proof(2): [str(sharp)]}
    assert entries(dossier.answers)[1][2] == [str(sharp)]
    assert dossier.supplements.get().replaced["papers"][proof(2)] == [str(blurred)]
    counter = province.officer("one_stop")
    assert [one.id for one in papers.papers(actor=counter, paper_ids=[sharp])] == [sharp]


def test_a_supplement_without_the_file_is_not_taken(province: Province, citizen: Actor) -> None:
    dossier, _first, blurred = in_supplement(province, citizen)
    detach_paper(
        actor=citizen, at=province.at, draft_id=dossier.draft_id, requirement=proof(2), paper_id=blurred
    )
    with pytest.raises(FormIncomplete):
        answer_supplement(actor=citizen, at=province.later(days=1), dossier_id=dossier.id)
    assert Dossier.objects.get().papers[proof(2)] == [str(blurred)]


def change(packs: Path, old: str, new: str) -> None:
    """Write another version of the procedure and its template."""
    for file in ("procedures/children.yaml", "templates/children.typ"):
        path = packs / "vietnam" / file
        path.write_text(path.read_text().replace(old, new))


def test_a_dossier_with_files_in_a_group_moves_to_a_version_that_still_takes_them(
    province: Province, citizen: Actor, packs: Path
) -> None:
    dossier_id, _first, _second = filed(province, citizen)
    before = Dossier.objects.get(pk=dossier_id)
    change(packs, "Ghi chú", "Ghi chú thêm")
    (published,) = catalogue.publish_packs(at=province.later(minutes=1))

    counter = province.officer("one_stop")
    assert move_to_version(actor=counter, at=province.later(minutes=2), dossier_id=dossier_id) == published
    assert Draft.objects.get(dossier=dossier_id).version_id == published

    after = Dossier.objects.get(pk=dossier_id)
    assert (after.papers, after.answers) == (before.papers, before.answers)


def test_a_dossier_does_not_move_where_the_file_in_its_group_would_be_lost(
    province: Province, citizen: Actor, packs: Path
) -> None:
    dossier_id, _first, _second = filed(province, citizen)
    before = Dossier.objects.values().get(pk=dossier_id)
    change(packs, "birth_proof", "other_proof")
    assert catalogue.publish_packs(at=province.later(minutes=1))

    with pytest.raises(WouldLose, match="birth_proof"):
        move_to_version(
            actor=province.officer("one_stop"), at=province.later(minutes=2), dossier_id=dossier_id
        )
    assert Dossier.objects.values().get(pk=dossier_id) == before
