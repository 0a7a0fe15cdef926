"""Register files: the real ones are sound, and each mistake is named with its line and a remedy."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from tinhso.definitions.check import check_packs, load_lists
from tinhso.definitions.kinds import Severity
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.registers.check import register_mistakes
from tinhso.definitions.registers.reading import RegisterMissing, register, register_files, registers

PACKS: Path = settings.TINHSO.packs
LISTS, _ = load_lists(PACKS)
SOUND = """\
id: trade.markets
name: {vi: Sổ chợ, en: Markets}
field: {vi: Thương mại, en: Trade}
law: Nghị định 60/2024/NĐ-CP (mem)
key: {pattern: "{code}", source: mem}
title: [name]
unit: place
geometry: spot
fields:
  - {id: code, type: text, required: true, label: Mã chợ}
  - {id: name, type: text, searched: true, label: Tên chợ}
  - {id: place, type: unit, label: Xã}
  - {id: keeper, type: person_name, personal: true, seen_by: [specialist], label: Người quản lý}
  - {id: rank, type: choice, label: Hạng, options: [{value: "1", label: Hạng 1}]}
  - {id: stalls, type: number, label: Số quầy}
  - {id: spot, type: point, label: Vị trí}
access:
  read: [{roles: [specialist], agencies: [commune_committee], scope: unit}]
public: {fields: [code, name], source: mem}
quality:
  - {id: some, must: stalls > 0, otherwise: Không có quầy.}
retention: {source: mem}
"""
# what is written instead of what, the mistake it makes, its line
BROKEN = [
    ("id: trade.markets", "id: trade.fairs", "register-file-name", 1),
    ("title: [name]", "title: [nmae]", "register-unknown-field", 6),
    ("unit: place", "unit: name", "register-wrong-type", 7),
    ("geometry: spot\n", "", "register-second-geometry", 15),
    ("type: number, label: Số quầy", "type: relation, label: Số quầy", "register-relation", 14),
    ("type: number", "type: relation, register: trade.fairs", "register-unknown", 14),
    ("id: rank, type: choice", "id: rank, type: text", "options-unused", 13),
    (', options: [{value: "1", label: Hạng 1}]', "", "no-options", 13),
    ("id: stalls", "id: code", "duplicate-id", 14),
    ("id: stalls", "id: serial", "reserved-id", 14),
    ("type: number", "type: number, several: true", "register-wrong-type", 14),
    ("{fields: [code, name]", "{fields: [code, keeper]", "register-public-hidden", 18),
    (", seen_by: [specialist]", ", seen_by: [specialst]", "unknown-role", 12),
    ("roles: [specialist]", "roles: [specialst]", "unknown-role", 18),
    ("agencies: [commune_committee]", "agencies: [comune_committee]", "unknown-agency-kind", 18),
    ("unit: place\n", "", "register-no-unit", 17),
    ("must: stalls > 0", "must: stals > 0", "register-unknown-field", 21),
    ("must: stalls > 0", "must: stalls >", "expression-syntax", 21),
    ("must: stalls > 0", "must: stalls + 1", "not-yes-no", 21),
    ("must: stalls > 0", "must: stalls > 'a'", "expression-types", 21),
    ("retention: {source: mem}", "retenton: {source: mem}", "unknown-field", 22),
    ("law: Nghị định 60/2024/NĐ-CP (mem)\n", "", "missing-field", 1),
    ("type: number", "type: nmber", "not-allowed-value", 14),
]


def found(folder: Path, text: str, name: str = "trade.markets") -> list[Mistake]:
    path = folder / "vietnam" / "registers" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(register_mistakes(folder, LISTS, {}))


@pytest.mark.parametrize(
    ("old", "new", "code", "line"), BROKEN, ids=[f"{one[2]}-{n}" for n, one in enumerate(BROKEN)]
)
def test_each_mistake_is_named_with_its_line_and_remedy(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in SOUND
    mistakes = found(tmp_path, SOUND.replace(old, new, 1))
    named = {(one.code, one.line) for one in mistakes}
    assert code in {one.code for one in mistakes}, named
    assert all(one.problem and one.remedy for one in mistakes)
    if code not in {"missing-field", "unknown-role", "unknown-agency-kind", "unknown-field"}:
        assert any(one.code == code and abs(one.line - line) <= 1 for one in mistakes), named


def test_a_sound_file_has_no_mistake(tmp_path: Path) -> None:
    assert [one for one in found(tmp_path, SOUND) if one.severity is Severity.ERROR] == []


def test_a_personal_field_in_public_is_warned_of(tmp_path: Path) -> None:
    text = SOUND.replace(", seen_by: [specialist]", "").replace("[code, name]", "[code, keeper]")
    assert [one.code for one in found(tmp_path, text)] == ["register-public-personal"]


def test_two_files_of_one_register_are_named(tmp_path: Path) -> None:
    other = tmp_path / "quang-ninh" / "registers"
    other.mkdir(parents=True)
    (other / "trade.markets.yaml").write_text(SOUND, encoding="utf-8")
    assert [one.code for one in found(tmp_path, SOUND)] == ["register-twice"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("child.full_name: child.full_name", "child.full_name: child.fullname", "unknown-question-of"),
        ("      child.sex: child.sex\n", "", "register-unwritten"),
        (
            "    fields:\n      certificate",
            "    does: cancel\n    fields:\n      certificate",
            "register-leads-nowhere",
        ),
        ('procedure: "1.001193"', 'procedure: "1.001194"', "unknown-procedure"),
        ("requester.relation == 'mother'", "requester.relatin == 'mother'", "register-unknown-field"),
    ],
)
def test_what_a_result_writes_is_held_against_its_procedure(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    packs = shutil.copytree(
        PACKS, tmp_path / "packs", ignore=shutil.ignore_patterns("procedures", "registers")
    )
    for part, name in (("procedures", "1.001193-dang-ky-khai-sinh"), ("registers", "civil-status.births")):
        (packs / "vietnam" / part).mkdir()
        shutil.copy(PACKS / "vietnam" / part / f"{name}.yaml", packs / "vietnam" / part)
    shutil.copytree(
        PACKS / "vietnam" / "procedures" / "templates", packs / "vietnam" / "procedures" / "templates"
    )
    path = packs / "vietnam" / "registers" / "civil-status.births.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert code in {one.code for one in check_packs(packs).mistakes}


def test_every_register_of_the_packs_is_read_and_names_its_sources() -> None:
    files = register_files(PACKS)
    assert {path.stem for path in files} == set(registers())
    assert len(files) >= 10
    for one in registers().values():
        assert one.law
        assert one.key.source
        assert one.retention.source
        assert all(field.label.en for field in one.fields), one.id


def test_a_register_that_is_not_there_is_refused() -> None:
    with pytest.raises(RegisterMissing):
        register("trade.markets")
