"""Agencies follow the packs."""

from pathlib import Path

import pytest

from tests.people_kit import AT, SYSTEM, actor, citizen, officer
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed
from tinhso.people import actions, queries
from tinhso.people.models import Agency

pytestmark = pytest.mark.django_db

FILE = """
dossier_code_pattern: "{agency}-{yymmdd}-{serial:04}"
agencies:
  - {code: "000.00.00.H49", name: UBND tỉnh, kind: province_committee, unit: "22", document_code: UBND}
  - {code: "000.00.01.H49", name: Sở Xây dựng, kind: construction_department, unit: "22",
     parent: "000.00.00.H49"}
  - code: "000.00.21.H49"
    name: {vi: UBND xã Bình Liêu, en: Bình Liêu Commune}
    kind: commune_committee
    unit: "06838"
    parent: "000.00.00.H49"
    accounts: {state_budget: {bin: "970405", number: "99990683821", name: UBND XA BINH LIEU, test: true}}
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    (tmp_path / "quang-ninh").mkdir()
    (tmp_path / "quang-ninh" / "agencies.yaml").write_text(FILE, encoding="utf-8")
    return tmp_path


def load(packs: Path) -> int:
    return actions.load_agencies(actor=SYSTEM, at=AT, packs=packs, province="quang-ninh")


def test_agencies_are_loaded_once_and_loading_again_changes_nothing(packs: Path) -> None:
    assert load(packs) == 3
    entries = LedgerEntry.objects.count()

    assert load(packs) == 0

    assert LedgerEntry.objects.count() == entries
    view = queries.agency_by_code("000.00.21.H49")
    assert (view.name, view.name_en, view.unit_code) == ("UBND xã Bình Liêu", "Bình Liêu Commune", "06838")
    assert view.dossier_code_pattern == "{agency}-{yymmdd}-{serial:04}"
    assert view.accounts["state_budget"].number == "99990683821"
    assert view.parent_id == queries.agency_by_code("000.00.00.H49").id


def test_an_agency_that_left_the_file_is_closed_and_still_has_its_name(packs: Path) -> None:
    load(packs)
    gone = queries.agency_by_code("000.00.21.H49")
    file = packs / "quang-ninh" / "agencies.yaml"
    file.write_text(FILE.split('  - code: "000.00.21')[0], encoding="utf-8")

    assert load(packs) == 1

    assert queries.agency(gone.id).name == "UBND xã Bình Liêu"
    with pytest.raises(queries.AgencyMissing):
        queries.competent_agency("commune_committee", "06838")


def test_a_commune_leads_to_its_own_committee_and_to_the_one_department(packs: Path) -> None:
    load(packs)

    assert queries.competent_agency("commune_committee", "06838").code == "000.00.21.H49"
    assert queries.competent_agency("construction_department", "06838").code == "000.00.01.H49"
    for kind, unit in (("commune_committee", "06673"), ("health_department", "22")):
        with pytest.raises(queries.AgencyMissing):
            queries.competent_agency(kind, unit)


def test_only_an_operator_loads(packs: Path) -> None:
    for refused in (citizen(), actor(officer("lan", role="chairperson"))):
        before = Agency.objects.count()
        with pytest.raises(NotAllowed):
            actions.load_agencies(actor=refused, at=AT, packs=packs, province="quang-ninh")
        assert Agency.objects.count() == before
