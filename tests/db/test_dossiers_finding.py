"""Dossiers are found by name, code and number, by those who may see them."""

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier, Involvement
from tinhso.dossiers.sharing import agencies_of
from tinhso.people.types import Actor

__all__ = ["trust"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def found(actor: Actor, words: str) -> list[str]:
    return [row.code for row in queries.search(queries.work_list(actor=actor), words, actor=actor)]


def test_an_officer_finds_by_name_code_part_and_number_however_they_are_typed(province: Province) -> None:
    filed = kit.filed(province, province.citizen(), BIRTH)
    dossier = Dossier.objects.select_related("applicant").get(pk=filed.dossier_id)
    officer, person = province.officer("one_stop"), dossier.applicant
    last_name, serial = person.full_name.split()[-1], dossier.code.rsplit("-", 1)[-1]

    for words in (person.full_name.upper(), last_name[:2], dossier.code.lower(), serial, person.personal_id):
        assert found(officer, str(words)) == [dossier.code], words


def test_whole_words_come_before_begun_ones(province: Province) -> None:
    dossier = Dossier.objects.get(pk=kit.filed(province, province.citizen(), BIRTH).dossier_id)
    longer = Dossier.objects.get(pk=kit.filed(province, province.citizen(), BIRTH).dossier_id)
    for one, name in ((dossier, "le thu ha"), (longer, "le thu hang")):
        Dossier.objects.filter(pk=one.pk).update(search=f"{one.search} {name}")
    officer = province.officer("one_stop")

    assert found(officer, "Lê Thu Hà") == [dossier.code]
    assert sorted(found(officer, "Lê Thu H")) == sorted([dossier.code, longer.code])
    assert found(officer, "L Thu Hằng") == [longer.code]


def test_signs_that_mean_something_to_the_index_are_only_typed(province: Province) -> None:
    kit.filed(province, province.citizen(), BIRTH)

    for words in ("a & b", "!x", "d'or", "\\", "(", "a:*", "<->"):
        assert found(province.officer("one_stop"), words) is not None


def test_every_agency_of_a_case_has_its_part_written_down_and_no_other(province: Province) -> None:
    dossier = Dossier.objects.get(pk=kit.filed(province, province.citizen(), BIRTH).dossier_id)

    parts = set(Involvement.objects.filter(dossier=dossier).values_list("agency_id", flat=True))

    assert parts == agencies_of(dossier)
