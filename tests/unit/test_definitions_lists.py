"""The shared lists of the packs, and how a wrong one is refused."""

from pathlib import Path

import pytest

from tinhso.definitions import side_lists
from tinhso.definitions.agencies import account_keys, load_agencies
from tinhso.definitions.roles import BrokenPack, load_agency_kinds, load_life_events, load_roles

PACKS = Path(__file__).resolve().parents[2] / "packs"

AGENCIES = """
dossier_code_pattern: "{agency}-{yymmdd}-{serial:04}"
agencies:
  - {code: "000.00.02.H49", name: Xã, kind: commune_committee, unit: "06838", parent: "000.00.00.H49"}
  - {code: "000.00.00.H49", name: Tỉnh, kind: province_committee, unit: "22",
     dossier_code_pattern: "{serial:07}"}
"""


def write(folder: Path, text: str) -> Path:
    (folder / "somewhere").mkdir()
    (folder / "somewhere" / "agencies.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_one_of_the_54_units_has_one_committee() -> None:
    committees = [one for one in load_agencies(PACKS, "quang-ninh") if one.kind == "commune_committee"]
    assert len(committees) == len({one.unit for one in committees}) == 54
    [binh_lieu] = [one for one in committees if one.unit == "06838"]
    assert (binh_lieu.name.vi, binh_lieu.place) == ("Ủy ban nhân dân xã Bình Liêu", "Bình Liêu")


def test_every_agency_is_of_a_known_kind_and_its_accounts_are_marked_as_test() -> None:
    kinds = {kind.id for kind in load_agency_kinds(PACKS)}
    agencies = load_agencies(PACKS, "quang-ninh")
    accounts = [account for one in agencies for account in one.accounts.values()]
    assert {one.kind for one in agencies} == kinds
    assert all(account.test for account in accounts)
    assert len({account.number for account in accounts}) == len(agencies)
    assert account_keys(PACKS) == {"state_budget"}


def test_roles_and_life_events_are_whole_and_bilingual() -> None:
    roles, events = load_roles(PACKS), load_life_events(PACKS)
    assert {role.id for role in roles} == {
        "one_stop_lead",
        "community_helper",
        "one_stop",
        "civil_status_officer",
        "specialist",
        "chairperson",
        "leader",
        "supervisor",
        "catalogue_editor",
        "catalogue_publisher",
        "system_operator",
    }
    assert [event.number for event in events] == [*range(750, 760), 771]
    assert all(one.name.vi and one.name.en for one in (*roles, *events, *load_agency_kinds(PACKS)))


def test_agencies_come_parents_first_and_inherit_the_code_pattern(tmp_path: Path) -> None:
    province, commune = load_agencies(write(tmp_path, AGENCIES), "somewhere")
    assert (province.unit, province.dossier_code_pattern) == ("22", "{serial:07}")
    assert (commune.unit, commune.dossier_code_pattern) == ("06838", "{agency}-{yymmdd}-{serial:04}")


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (AGENCIES.replace('parent: "000.00.00.H49"', 'parent: "000.00.99.H49"'), 1),
        (AGENCIES.replace("000.00.02.H49", "000.00.00.H49"), 1),
        (AGENCIES.replace('"06838"', "6838"), 4),
        (AGENCIES.replace("kind: commune_committee", "knd: commune_committee"), 4),
    ],
)
def test_a_wrong_list_is_refused_with_its_line(tmp_path: Path, wrong: str, line: int) -> None:
    with pytest.raises(BrokenPack) as caught:
        load_agencies(write(tmp_path, wrong), "somewhere")
    assert caught.value.mistakes[0].line == line


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("vietnam/everyday-words.yaml", "sayings:\n  - {say: [sổ đỏ]}\n", "wrong-value"),
        ("vietnam/everyday-words.yaml", "words: []\n", "unknown-field"),
        ("vietnam/publishing.yaml", "required_parts: [name]\n", "missing-field"),
        (
            "quang-ninh/announcements.yaml",
            "decisions:\n  - {number: 1/QĐ, by: king, codes: []}\n",
            "not-allowed-value",
        ),
    ],
)
def test_a_broken_list_beside_the_procedures_is_named(
    tmp_path: Path, file: str, text: str, code: str
) -> None:
    path = tmp_path / file
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert code in {mistake.code for mistake in side_lists.mistakes(tmp_path)}


def test_the_lists_beside_the_procedures_are_sound() -> None:
    assert list(side_lists.mistakes(PACKS)) == []
