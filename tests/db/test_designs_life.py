"""A design from opening to being in force and back, and everything that is refused on the way."""

from typing import Any

import pytest

from tests import designs_kit as kit
from tests import dossiers_kit
from tests.designs_kit import CODE, FAST, RENAMED
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue, officially
from tinhso.definitions.designing.document import PlaceGone
from tinhso.definitions.designing.edits import Move, Remove, Set, Write
from tinhso.definitions.designing.files import packed
from tinhso.definitions.history import history_of
from tinhso.definitions.models import CurrentProcedure
from tinhso.designs import queries, refusals
from tinhso.designs.actions.edit_design import redo_edit, undo_edit
from tinhso.designs.actions.open_design import copy_procedure, import_files, open_design
from tinhso.designs.actions.propose_design import propose_design, return_design
from tinhso.designs.actions.publish_design import give_back_procedure, publish_design, restore_version
from tinhso.designs.models import Design
from tinhso.dossiers.models import Dossier
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound
from tinhso.people import actions as people
from tinhso.people.types import Actor

__all__ = ["trust"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(trust: Trust) -> Province:
    return dossiers_kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def publish(province: Province, design: Design) -> None:
    current = queries.in_force(design.code)
    publish_design(
        actor=kit.publisher(province),
        at=province.at,
        design_id=design.pk,
        revision=design.revision,
        seen_version=current.version_id if current else None,
    )


def test_a_version_is_in_force_at_once_and_says_who_why_and_by_which_decision(province: Province) -> None:
    design_id = kit.opened(province)
    before = catalogue.current(CODE).version_id
    kit.change(province, design_id, RENAMED)
    publish(province, kit.proposed(province, design_id))
    now = catalogue.current(CODE)
    assert now.version_id != before
    assert now.procedure.summary.vi == "Bản sao có giá trị như bản chính."
    assert now.by_officer
    told = LedgerEntry.objects.get(kind="design.published")
    assert told.payload["decision"] == kit.DECISION
    assert told.payload["reason"] == kit.REASON
    assert told.actor_id == str(kit.publisher(province).account_id)
    assert told.payload["proposed_by"] == str(kit.editor(province).account_id)
    assert history_of(CODE)[0].by == "officer"


def test_the_packs_do_not_take_a_published_version_away(province: Province) -> None:
    design_id = kit.opened(province)
    kit.change(province, design_id, RENAMED)
    publish(province, kit.proposed(province, design_id))
    version = catalogue.current(CODE).version_id
    catalogue.forget()
    assert catalogue.publish_packs(at=province.later(minutes=1)) == ()
    assert catalogue.current(CODE).version_id == version
    assert officially.is_held(CODE)


def test_whoever_gives_a_procedure_back_has_the_file_of_the_packs_again(province: Province) -> None:
    design_id = kit.opened(province)
    before = catalogue.current(CODE).version_id
    kit.change(province, design_id, RENAMED)
    publish(province, kit.proposed(province, design_id))
    with pytest.raises(refusals.NotPublishing):
        give_back_procedure(actor=kit.editor(province), at=province.at, code=CODE, reason=kit.REASON)
    assert officially.is_held(CODE)
    give_back_procedure(actor=kit.publisher(province), at=province.at, code=CODE, reason=kit.REASON)
    assert catalogue.current(CODE).version_id == before
    assert not officially.is_held(CODE)


def test_an_older_version_is_put_into_force_again(province: Province) -> None:
    design_id = kit.opened(province)
    before = catalogue.current(CODE).version_id
    kit.change(province, design_id, RENAMED)
    publish(province, kit.proposed(province, design_id))
    about: dict[str, Any] = {
        "actor": kit.publisher(province),
        "at": province.at,
        "code": CODE,
        "decision": "12/QĐ",
    }
    with pytest.raises(refusals.ReasonAndDecision):
        restore_version(**about, version_id=before, reason=" ")
    restore_version(**about, version_id=before, reason="Công bố nhầm.")
    assert catalogue.current(CODE).version_id == before
    with pytest.raises(officially.CurrentAlready):
        restore_version(**about, version_id=before, reason="Công bố nhầm.")


def test_a_dossier_on_its_way_keeps_its_version(province: Province, citizen: Actor) -> None:
    filed = dossiers_kit.filed(province, citizen, CODE)
    design_id = kit.opened(province)
    kit.change(province, design_id, RENAMED)
    publish(province, kit.proposed(province, design_id))
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    assert dossier.version_id != catalogue.current(CODE).version_id
    assert queries.running(CODE).dossiers == 1


def test_what_one_exports_another_imports_as_the_same_content(province: Province) -> None:
    design_id = kit.opened(province)
    design = kit.change(province, design_id, RENAMED)
    candidate = queries.check(design).candidate
    bundle = packed(queries.files_of(design), code=design.code)
    other = import_files(actor=kit.editor(province), at=province.at, content=bundle)
    again = queries.check(kit.row(other)).candidate
    assert candidate is not None
    assert again is not None
    assert again.content_hash == candidate.content_hash
    assert kit.row(other).source == design.source


def test_who_proposes_may_not_publish(province: Province) -> None:
    editor = kit.editor(province)
    design_id = kit.opened(province)
    kit.change(province, design_id, RENAMED)
    design = kit.proposed(province, design_id)
    with pytest.raises(refusals.NotPublishing):
        publish_design(
            actor=editor, at=province.at, design_id=design_id, revision=design.revision, seen_version=None
        )
    people.appoint(
        actor=dossiers_kit.SYSTEM,
        at=province.at,
        account_id=editor.signed_in_as,
        agency_id=editor.posts[0].agency_id,
        role="catalogue_publisher",
        title="Chuyên viên",
    )
    both = kit.editor(province)
    with pytest.raises(refusals.OwnProposal):
        publish_design(
            actor=both, at=province.at, design_id=design_id, revision=design.revision, seen_version=None
        )
    assert not CurrentProcedure.objects.filter(by_officer=True).exists()


def test_mistakes_and_failing_examples_keep_a_design_from_being_proposed(province: Province) -> None:
    design_id = kit.opened(province)
    kit.change(province, design_id, FAST)  # no example answers it
    with pytest.raises(refusals.ExamplesFail):
        kit.proposed(province, design_id)
    kit.change(province, design_id, Set(("form", 0, "ask", 0), {"when": "no_such == 1"}))
    with pytest.raises(refusals.HasMistakes):
        kit.proposed(province, design_id)
    assert kit.row(design_id).state == Design.State.DRAFT


def test_a_template_that_never_ends_is_no_version(province: Province) -> None:
    design_id = kit.opened(province)
    name = queries.check(kit.row(design_id)).patched.result.template  # type: ignore[union-attr]
    endless = "#let f(n) = { let x = 0; for i in range(100000000) { x += i }; x }\n#f(1)"
    kit.change(province, design_id, Write(name, kit.row(design_id).templates[name] + endless))
    with pytest.raises(refusals.ExamplesFail):
        kit.proposed(province, design_id)


def test_two_who_write_at_once_notice_each_other(province: Province) -> None:
    design_id = kit.opened(province)
    old = kit.row(design_id).revision
    kit.change(province, design_id, RENAMED)
    with pytest.raises(refusals.DesignChanged):
        undo_edit(actor=kit.editor(province), at=province.at, design_id=design_id, revision=old)
    assert kit.row(design_id).applied == 1


def test_what_was_done_is_undone_and_done_again(province: Province) -> None:
    design_id = kit.opened(province)
    first = kit.row(design_id).source
    second = kit.change(province, design_id, RENAMED).source
    about: dict[str, Any] = {"actor": kit.editor(province), "at": province.at, "design_id": design_id}
    undo_edit(**about, revision=kit.row(design_id).revision)
    assert kit.row(design_id).source == first
    with pytest.raises(refusals.NothingToUndo):
        undo_edit(**about, revision=kit.row(design_id).revision)
    redo_edit(**about, revision=kit.row(design_id).revision)
    assert kit.row(design_id).source == second


def test_a_change_of_what_is_gone_is_refused_and_changes_nothing(province: Province) -> None:
    design_id = kit.opened(province)
    before = kit.row(design_id).source
    for change in (Remove(("form", 99)), Move(("form", 0), ("papers", 0)), Set(("form", 99), {"id": "x"})):
        with pytest.raises(PlaceGone):
            kit.change(province, design_id, change)
    assert kit.row(design_id).source == before


def test_a_proposed_design_is_not_written_on_until_it_is_opened_again(province: Province) -> None:
    design_id = kit.opened(province)
    kit.change(province, design_id, RENAMED)
    design = kit.proposed(province, design_id)
    with pytest.raises(refusals.DesignNotOpen):
        kit.change(province, design_id, FAST)
    return_design(
        actor=kit.publisher(province),
        at=province.at,
        design_id=design_id,
        revision=design.revision,
        why="Thiếu tiếng Anh.",
    )
    assert kit.row(design_id).returned == "Thiếu tiếng Anh."
    kit.change(province, design_id, FAST)


def test_others_neither_see_nor_write_a_design(province: Province) -> None:
    design_id = kit.opened(province)
    stranger = province.officer("supervisor", "province_committee")
    with pytest.raises(NotFound):
        queries.access_design(actor=stranger, design_id=design_id)
    with pytest.raises(refusals.NotWriting):
        open_design(actor=stranger, at=province.at, code=CODE)
    assert Design.objects.count() == 1


def test_a_derived_procedure_is_opened_whole_and_says_the_same(province: Province) -> None:
    code = "1.004088"
    published = catalogue.current(code).procedure
    design_id = kit.opened(province, code)
    checked = queries.check(kit.row(design_id))
    assert checked.errors == ()
    assert checked.procedure == published


def test_broken_files_are_kept_with_their_mistakes(province: Province) -> None:
    content = b'code: "9.000001"\nname: Th\nform: [\n'
    design_id = import_files(actor=kit.editor(province), at=province.at, content=content)
    assert kit.row(design_id).source.encode() == content
    (found,) = queries.check(kit.row(design_id)).errors
    assert found.mistake.code == "not-yaml"


def test_a_copy_is_another_procedure(province: Province) -> None:
    design_id = copy_procedure(actor=kit.editor(province), at=province.at, code=CODE, new_code="9.000001")
    assert kit.row(design_id).code == "9.000001"
    publish(province, kit.proposed(province, design_id))
    assert catalogue.current("9.000001").procedure.code == "9.000001"
    assert catalogue.current(CODE).procedure.code == CODE


def test_words_are_asked_for_before_a_proposal(province: Province) -> None:
    design_id = kit.opened(province)
    kit.change(province, design_id, RENAMED)
    with pytest.raises(refusals.ReasonAndDecision):
        propose_design(
            actor=kit.editor(province),
            at=province.at,
            design_id=design_id,
            revision=kit.row(design_id).revision,
            reason=kit.REASON,
            decision="",
        )
    assert kit.row(design_id).state == Design.State.DRAFT
