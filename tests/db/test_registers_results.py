"""A signed result is an entry of its register: written with it, put right with it, cancelled with it."""

from uuid import UUID

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, Province
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.definitions.registers.reading import registers
from tinhso.dossiers import queries as dossiers
from tinhso.dossiers.actions.amend_result import correct_result, reissue_result, revoke_result
from tinhso.dossiers.actions.sign_result import refuse_result, sign_result
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier
from tinhso.kernel.clock import local
from tinhso.people.types import system
from tinhso.registers import queries
from tinhso.registers.actions.write_result import write_result
from tinhso.registers.models import Record, RecordVersion
from tinhso.registers.outcomes import Outcome
from tinhso.registers.types import Moment, RecordState, RecordView

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
SYSTEM = system("test")
BIRTHS = "civil-status.births"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def signed(province: Province) -> UUID:
    dossier_id = desk.to_sign(province, province.citizen())
    chair = province.officer("chairperson")
    sign_result(actor=chair, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    return dossier_id


def entries(province: Province, register: str = BIRTHS) -> tuple[RecordView, ...]:
    moment = Moment(local(province.at).date())
    return queries.find_records(actor=SYSTEM, register_id=register, moment=moment).records


def test_a_signed_birth_stands_in_the_register_with_its_source(province: Province) -> None:
    dossier_id = signed(province)
    dossier = Dossier.objects.get(pk=dossier_id)

    (entry,) = entries(province)
    assert entry.values["child.full_name"] == dossier.answers["child.full_name"]
    assert entry.values["certificate.number"] == dossier.result.document.number_text
    assert (entry.source, entry.reference) == ("dossier", str(dossier_id))
    assert entry.unit_code == BINH_LIEU
    assert queries.record_by_key(
        actor=province.officer("civil_status_officer"),
        register_id=BIRTHS,
        key=entry.key,
        moment=Moment(local(province.at).date()),
    )


def test_a_refusal_writes_nothing(province: Province) -> None:
    dossier_id = desk.to_sign(province, province.citizen())
    chair = province.officer("chairperson")
    refuse_result(actor=chair, at=province.at, dossier_id=dossier_id, reason="Không đủ căn cứ")
    assert Record.objects.count() == 0


def test_a_corrected_result_puts_its_entry_right_and_the_wrong_one_stays_known(province: Province) -> None:
    dossier_id = signed(province)
    (wrong,) = entries(province)
    correct_result(
        actor=province.officer("chairperson"),
        at=province.later(hours=1),
        dossier_id=dossier_id,
        given={"child.full_name": "Hoàng Gia Bảo An"},
        reason="Ghi sai tên đệm của trẻ",
    )

    (right,) = entries(province)
    assert (right.id, right.values["child.full_name"]) == (wrong.id, "Hoàng Gia Bảo An")
    assert right.reason == "Ghi sai tên đệm của trẻ"
    newest = queries.history_of(actor=SYSTEM, record_id=wrong.id)[0]
    assert "child.full_name" in {one.field for one in newest.changes}
    then = Moment(local(province.at).date(), known=province.at)
    assert queries.access_record(actor=SYSTEM, record_id=wrong.id, moment=then).values == wrong.values


def test_a_result_issued_anew_gives_its_entry_the_new_number(province: Province) -> None:
    dossier_id = signed(province)
    (before,) = entries(province)
    reissue_result(
        actor=province.officer("chairperson"),
        at=province.later(hours=1),
        dossier_id=dossier_id,
        reason="Người dân báo mất giấy",
    )
    (after,) = entries(province)
    number = Dossier.objects.get(pk=dossier_id).result.document.number_text
    assert (after.id, after.values["certificate.number"]) == (before.id, number)
    assert after.key != before.key


def test_a_revoked_result_takes_its_entry_out_of_force(province: Province) -> None:
    dossier_id = signed(province)
    revoke_result(
        actor=province.officer("chairperson"),
        at=province.later(hours=1),
        dossier_id=dossier_id,
        reason="Giấy này cấp trùng",
    )
    assert entries(province) == ()
    record = Record.objects.get()
    assert record.state == RecordState.CANCELLED
    assert RecordVersion.objects.now().get().reason == "Giấy này cấp trùng"


def outcome(province: Province, code: str, example: int = 0, **changes: object) -> Outcome:
    """Return what an example of the procedure would be signed as."""
    procedure = catalogue.current(code).procedure
    given = procedure.examples[example]
    citizen = province.citizen("022191004512")
    draft_id = kit.begin(province, citizen, code)
    facts = facts_of(dossier=dossiers.access_draft(actor=citizen, draft_id=draft_id), at=province.at)
    today = local(province.at).date()
    return Outcome(
        dossier_id=draft_id,
        procedure=procedure,
        answers={**given.answers, **given.findings, **changes},
        facts=facts,
        document={
            "document.number": "7/QĐ-UBND",
            "document.date": today.isoformat(),
            "agency.unit": BINH_LIEU,
        },
        signed_on=today,
        filed_on=today,
    )


def written(province: Province, code: str, example: int = 0, **changes: object) -> list[RecordView]:
    done = outcome(province, code, example, **changes)
    ids = write_result(actor=SYSTEM, at=province.at, outcome=done)
    moment = Moment(local(province.at).date())
    return [queries.access_record(actor=SYSTEM, record_id=one, moment=moment) for one in ids]


WRITING = [
    *("1.000656", "1.000894", "1.001193", "1.001612", "1.001662", "1.001776", "1.004194", "1.004222"),
    *("1.010727", "1.013225", "1.014076", "1.014199", "1.014605", "1.014776", "1.014801"),
    *("3.000465", "3.000611"),
]


def test_every_procedure_that_writes_a_register_is_tried() -> None:
    naming = {one.procedure for each in registers().values() for one in each.written_by}
    assert naming == set(WRITING)


@pytest.mark.parametrize("code", WRITING)
def test_every_example_of_a_procedure_that_writes_a_register_can_be_written(
    province: Province, code: str
) -> None:
    for place in range(len(catalogue.current(code).procedure.examples)):
        written(province, code, place)
    if code not in {"1.001776", "1.014605"}:
        assert Record.objects.count() >= 1


def test_each_plot_of_a_forest_is_a_record_of_its_own(province: Province) -> None:
    first, second = written(province, "1.014605")
    assert {first.values["plot"], second.values["plot"]} == {"12", "14"}
    assert first.values["planted"] == "2021"


def test_stars_follow_from_the_points(province: Province) -> None:
    (product,) = written(province, "3.000611")
    assert (product.values["points"], product.values["stars"]) == ("67.5", "3")


def test_an_allowance_is_granted_adjusted_and_stopped_in_one_record(province: Province) -> None:
    (granted,) = written(province, "1.001776", 0, **{"request.kind": "grant"})
    (adjusted,) = written(province, "1.001776", 0, **{"request.kind": "adjust", "granted.amount": 900000})
    assert (adjusted.id, adjusted.values["amount"]) == (granted.id, 900000)
    written(province, "1.001776", 0, **{"request.kind": "stop"})
    assert entries(province, "social.allowances") == ()


def test_a_clash_of_keys_keeps_no_result_from_being_signed_and_is_noted(province: Province) -> None:
    (first,) = written(province, "1.001612")
    (second,) = written(province, "1.001612")
    assert (second.key, second.clashes_with) == (first.key, first.id)
    found = queries.record_by_key(
        actor=SYSTEM, register_id="business.households", key=first.key, moment=Moment(first.valid_from)
    )
    assert found.id == first.id
