"""Rows filed many at once leave what rows filed one by one leave; what does not fit goes by itself."""

from typing import Any

import pytest

from tests import dossiers_kit as kit
from tests import importing_kit as sheets
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.importing_kit import as_csv, checked, loaded, row
from tinhso.dossiers import announce
from tinhso.dossiers.actions import file_rows as together
from tinhso.dossiers.actions import work_import
from tinhso.dossiers.actions.import_sheet import confirm_import
from tinhso.dossiers.importing import running
from tinhso.dossiers.importing.finding import faults_of
from tinhso.dossiers.models import Dossier, Draft, FilingEffort, Import, ImportedRow
from tinhso.kernel.models import LedgerEntry
from tinhso.notices.models import Delivery, Message
from tinhso.people.models import AgencyContact, Mandate, Person, PersonAccess
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def officer(province: Province) -> Actor:
    return province.officer("one_stop")


def left_by(number: str) -> dict[str, Any]:
    """Return everything the filing of this person left, without what is new each time."""
    person = Person.objects.get(personal_id=number)
    dossier = Dossier.objects.select_related("draft", "mandate").get(applicant=person)
    return {
        "person": _columns(person, "personal_id"),
        "dossier": _columns(
            dossier, "code", "search", "answers", "rating_token", "draft", "applicant", "mandate"
        ),
        "answers": _hidden(dossier.answers, number),
        "words": sorted(word for word in dossier.search.split() if word[0].isalpha() or word[0] == "@"),
        "draft": _columns(dossier.draft, "answers", "applicant", "mandate"),
        "draft answers": _hidden(dossier.draft.answers, number),
        "mandate": _columns(Mandate.objects.get(principal=person), "principal", "evidence"),
        "steps": [_columns(run, "dossier") for run in dossier.steps.all()],
        "agencies": sorted(dossier.involvements.values_list("agency_id", "is_open")),
        "effort": _columns(FilingEffort.objects.get(dossier=dossier), "dossier"),
        "contacts": sorted(AgencyContact.objects.filter(person=person).values_list("agency_id", "since")),
        "looks": [_columns(one, "person_id") for one in PersonAccess.objects.filter(person_id=person.pk)],
        "messages": sorted(Message.objects.filter(person_id=person.pk).values_list("template", "made_at")),
        "deliveries": sorted(
            Delivery.objects.filter(message__person_id=person.pk).values_list("channel", "address")
        ),
        "ledger": sorted(
            (one.kind, one.at, one.actor_kind, one.actor_id, str(one.post_id), *sorted(one.payload))
            for one in LedgerEntry.objects.filter(
                subject_id__in=[
                    person.pk,
                    dossier.pk,
                    dossier.mandate_id,
                    FilingEffort.objects.get(dossier=dossier).pk,
                    *Message.objects.filter(person_id=person.pk).values_list("pk", flat=True),
                ]
            )
        ),
    }


def _columns(one: Any, *other: str) -> dict[str, Any]:
    fields = (field.attname for field in one._meta.concrete_fields)
    hidden = {"id", *other, *(f"{name}_id" for name in other)}
    return {name: getattr(one, name) for name in fields if name not in hidden}


def _hidden(answers: dict[str, Any], number: str) -> dict[str, Any]:
    return {name: "number" if value == number else value for name, value in answers.items()}


@pytest.mark.parametrize("registers_know_them", [False, True])
def test_a_row_leaves_the_same_whether_it_goes_alone_or_with_others(
    province: Province, officer: Actor, monkeypatch: pytest.MonkeyPatch, registers_know_them: bool
) -> None:
    if registers_know_them:
        monkeypatch.setattr(together, "numbers_known", lambda *, numbers, **_other: frozenset(numbers))
    province.citizen("000041000002", full_name="Chíu Thị Lan")
    province.citizen("000041000004", full_name="Chíu Thị Lan")

    view = checked(province, officer, as_csv([row(1), row(2)]))
    with monkeypatch.context() as alone:
        alone.setattr(running, "TOGETHER", 1)
        loaded(province, officer, view.id)
    loaded(province, officer, checked(province, officer, as_csv([row(3), row(4)])).id)

    assert ImportedRow.objects.count() == 4
    assert left_by("000041000001") == left_by("000041000003")
    assert left_by("000041000002") == left_by("000041000004")


def test_of_many_rows_the_one_that_is_refused_is_told_and_the_others_are_filed(
    province: Province, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone: list[int] = []
    honest = work_import.file_row

    def counted(**given: Any) -> Any:
        alone.append(given["line"])
        return honest(**given)

    monkeypatch.setattr(running, "file_row", counted)
    view = checked(province, officer, as_csv([row(number) for number in range(1, 9)]))
    province.citizen("000041000005", full_name="Vi Văn Khác")

    done = loaded(province, officer, view.id)

    assert (done.filed, done.missed) == (7, 1)
    assert [one.line for one in faults_of(actor=officer, import_id=view.id)] == [6]
    assert alone == [6, 7]  # halved until it stood apart: its last neighbour went alone too
    assert Draft.objects.count() == Dossier.objects.count() == 7


def test_one_person_on_two_lines_files_twice(province: Province, officer: Actor) -> None:
    view = checked(
        province,
        officer,
        as_csv([row(1), row(1, c18="Chuyển khoản", c0="2"), row(1, c13="Từ 80 trở lên", c7="Khu 2")]),
    )
    done = loaded(province, officer, view.id)

    assert done.filed == view.sound >= 2
    assert Person.objects.filter(personal_id="000041000001").count() == 1


def test_a_power_cut_between_bundles_loses_and_doubles_nothing(
    province: Province, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TOGETHER", 3)
    view = checked(province, officer, as_csv([row(number) for number in range(1, 9)]))
    confirm_import(actor=officer, at=province.at, import_id=view.id)
    honest = announce.tell_filed

    def dies(**given: Any) -> None:
        honest(**given)
        if Dossier.objects.count() == 6:
            raise RuntimeError("the power went")

    monkeypatch.setattr(announce, "tell_filed", dies)
    with pytest.raises(RuntimeError):
        running.load(system=sheets.SYSTEM, import_id=view.id, now=lambda: province.at)
    assert (Dossier.objects.count(), Message.objects.count()) == (3, 3)
    monkeypatch.setattr(announce, "tell_filed", honest)
    running.load(system=sheets.SYSTEM, import_id=view.id, now=lambda: province.at)

    sheet = Import.objects.get(pk=view.id)
    assert (sheet.filed, sheet.repeated, Dossier.objects.count()) == (8, 3, 8)
    assert sorted(ImportedRow.objects.values_list("line", flat=True)) == list(range(2, 10))
    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert [int(code[-4:]) for code in codes] == list(range(1, 9))
