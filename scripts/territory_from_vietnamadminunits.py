"""
Remake units.tsv and successions.tsv of packs/vietnam/territory/ from the data of PyPI vietnamadminunits.

Run it with the Python of a throw-away environment that has the package; docs/adr/0002-territory-data.md says
why it is no dependency of ours:

    uv venv /some/where && uv pip install --python /some/where/bin/python vietnamadminunits
    /some/where/bin/python scripts/territory_from_vietnamadminunits.py packs/vietnam/territory

What later laws changed is written below, each with its source.
"""

import json
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any, NamedTuple

REFORM = "2025-07-01"
KINDS = {
    "Tỉnh": "province",
    "Quận": "urban_district",
    "Huyện": "rural_district",
    "Thị xã": "town",
    "Xã": "commune",
    "Phường": "ward",
    "Thị trấn": "township",
    "Đặc khu": "special_zone",
}
PROVINCE_LAW = "202/2025/QH15"
COMMUNE_LAW = {"22": "1679/NQ-UBTVQH15"}
ANY_COMMUNE_LAW = "UBTVQH15 16/06/2025"

# Đồng Nai becomes a city and ten of its communes wards; which ten: the data (MIT) of
# thanglequoc/vietnamese-provinces-database.
DONG_NAI, DONG_NAI_ON, DONG_NAI_LAW = "75", "2026-04-30", "30/2026/QH16"
DONG_NAI_WARDS = {
    "25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485",
}  # fmt: skip

# Quảng Ninh before 1 November 2024, 177 communes: who merged with whom and who became a ward, as the press of
# October 2024 gives Resolution 1199/NQ-UBTVQH15 of 28/9/2024 (cafef.vn, 10 and 30/10/2024); codes of the
# General Statistics Office's list of before. code → kind, name, district, code of the heir
NOVEMBER, NOVEMBER_LAW = "2024-11-01", "1199/NQ-UBTVQH15"
ABOLISHED = {
    "06682": ("ward", "Yết Kiêu", "193", "06685"),
    "06718": ("ward", "Hòa Lạc", "194", "06712"),
    "06799": ("commune", "Cộng Hòa", "195", "06799"),
    "06802": ("commune", "Cẩm Hải", "195", "06799"),
    "06985": ("commune", "Lương Mông", "202", "06985"),
    "06991": ("commune", "Minh Cầm", "202", "06985"),
    "07072": ("ward", "Đông Triều", "205", "07093"),
    "07087": ("commune", "Tân Việt", "205", "07084"),
}
# Code → the kind it had; the name stayed.
RAISED = {"205": "town", "07081": "commune", "07090": "commune", "07102": "commune", "07129": "commune"}
# New in November 2024: of the abolished, those whose heir has a name of its own.
FOUNDED = {"06799", "06985"}


class Unit(NamedTuple):
    code: str
    kind: str
    name: str
    parent: str
    start: str
    end: str


class Succession(NamedTuple):
    before: str
    after: str
    on: str
    kind: str
    main: str
    law: str


def main(target: Path) -> None:
    """Write both files."""
    data = Path(str(distribution("vietnamadminunits").locate_file("vietnamadminunits/data")))
    database = sqlite3.connect(data / "dataset.db")
    database.row_factory = sqlite3.Row
    old = database.execute("SELECT * FROM admin_units_legacy").fetchall()
    new = database.execute("SELECT * FROM admin_units").fetchall()
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    units = sorted({*before_november(old_units(old, new)), *new_units(old, new)})
    of_2025 = {*of_communes(old, new, converter), *of_provinces(old, new, converter)}
    successions = sorted({*of_november(), *of_2025, *of_dong_nai()})
    write(target / "units.tsv", ("code", "kind", "name", "parent", "from", "until"), units)
    write(target / "successions.tsv", ("from", "to", "on", "kind", "main", "law"), successions)
    sys.stdout.write(f"{len(units)} units, {len(successions)} successions\n")


def kind_and_name(full: str, *, province: bool = False) -> tuple[str, str]:
    """Split «Phường Hà Tu»; «Thành phố …» is a municipality among provinces, a city below them."""
    full = unicodedata.normalize("NFC", " ".join(full.split()))
    for prefix in ("Thành phố", *KINDS):
        # The package spells a few prefixes with other capitals.
        if full.casefold().startswith(f"{prefix} ".casefold()):
            city = "municipality" if province else "city"
            return KINDS.get(prefix, city), full[len(prefix) + 1 :]
    raise ValueError(f"no kind known for {full!r}")


def same_provinces(old: list[Any], new: list[Any]) -> set[str]:
    """Return the codes that name the same province before and after."""
    return {row["provinceCode"] for row in old} & {
        code for code, name in {(r["provinceCode"], r["province"]) for r in new}
        if (code, name) in {(r["provinceCode"], r["province"]) for r in old}
    }  # fmt: skip


def old_units(old: list[Any], new: list[Any]) -> Iterator[Unit]:
    """Yield the three-level map that ended on 30 June 2025; how far back it holds is not known."""
    lasting = same_provinces(old, new)
    for row in old:
        if row["provinceCode"] not in lasting:
            kind, name = kind_and_name(row["province"], province=True)
            yield Unit(row["provinceCode"], kind, name, "", "", REFORM)
        kind, name = kind_and_name(row["district"])
        yield Unit(row["districtCode"], kind, name, row["provinceCode"], "", REFORM)
        if row["ward"]:
            kind, name = kind_and_name(row["ward"])
            yield Unit(row["wardCode"], kind, name, row["districtCode"], "", REFORM)


def before_november(units: Iterable[Unit]) -> Iterator[Unit]:
    """Yield the units, and Quảng Ninh's of before 1 November 2024 where they were others."""
    for unit in units:
        if unit.code in RAISED:
            yield unit._replace(kind=RAISED[unit.code], end=NOVEMBER)
        changed = unit.code in RAISED or unit.code in FOUNDED
        yield unit._replace(start=NOVEMBER) if changed else unit
    for code, (kind, name, district, _heir) in ABOLISHED.items():
        yield Unit(code, kind, name, district, "", NOVEMBER)


def new_units(old: list[Any], new: list[Any]) -> Iterator[Unit]:
    """Yield the two-level map, and what changed in it since."""
    lasting = same_provinces(old, new)
    for row in new:
        code, start = row["provinceCode"], "" if row["provinceCode"] in lasting else REFORM
        kind, name = kind_and_name(row["province"], province=True)
        yield Unit(code, kind, name, "", start, DONG_NAI_ON if code == DONG_NAI else "")
        kind, name = kind_and_name(row["ward"])
        promoted = row["wardCode"] in DONG_NAI_WARDS
        yield Unit(row["wardCode"], kind, name, code, REFORM, DONG_NAI_ON if promoted else "")
        if promoted:
            yield Unit(row["wardCode"], "ward", name, code, DONG_NAI_ON, "")
    yield Unit(DONG_NAI, "municipality", "Đồng Nai", "", DONG_NAI_ON, "")


def of_communes(old: list[Any], new: list[Any], converter: dict[str, Any]) -> Iterator[Succession]:
    """Yield what became of every commune, and of the five island districts that had none."""
    before = {f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": r for r in old}
    after = {(r["provinceKey"], r["wardKey"]): r for r in new}
    whole = [
        (before[key], after[province, commune])
        for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items()
        for commune, keys in communes.items()
        for key in keys
    ]
    parts = [
        (before[key], after[province, part["newWardKey"]], part["isDefaultNewWard"])
        for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items()
        for key, found in divided.items()
        for part in found
    ]
    fathers = Counter(target["wardCode"] for _, target, *_ in (*whole, *parts))
    for source, target in whole:
        kind = (
            "merged" if fathers[target["wardCode"]] > 1 else same_or_renamed(source["ward"], target["ward"])
        )
        yield succession(source, target, kind, main=True)
    for source, target, main in parts:
        yield succession(source, target, "split", main=main)


def succession(source: Any, target: Any, kind: str, *, main: bool) -> Succession:
    """Return the row for one old commune (or communeless district) and one new."""
    law = COMMUNE_LAW.get(target["provinceCode"], ANY_COMMUNE_LAW)
    code = source["wardCode"] or source["districtCode"]
    return Succession(code, target["wardCode"], REFORM, kind, "1" if main else "", law)


def same_or_renamed(before: str | None, after: str) -> str:
    """Return the kind of a succession of one to one."""
    return "kept" if before == after else "renamed"


def of_provinces(old: list[Any], new: list[Any], converter: dict[str, Any]) -> Iterator[Succession]:
    """Yield what became of every province that did not simply go on."""
    before = {r["provinceKey"]: r for r in old}
    after = {r["provinceKey"]: r for r in new}
    lasting = same_provinces(old, new)
    for target, sources in converter["DICT_PROVINCE"].items():
        for source in sources:
            codes = before[source]["provinceCode"], after[target]["provinceCode"]
            # A province that keeps code and name goes on as the same row, though it grows.
            if codes[0] != codes[1] or codes[0] not in lasting:
                kind = "merged" if len(sources) > 1 else "renamed"
                yield Succession(*codes, REFORM, kind, "1", PROVINCE_LAW)


def of_november() -> Iterator[Succession]:
    """Yield what 1199/NQ-UBTVQH15 changed; who only grew goes on as the same row."""
    for code, (_kind, _name, _district, heir) in ABOLISHED.items():
        yield Succession(code, heir, NOVEMBER, "merged", "1", NOVEMBER_LAW)
    for code in RAISED:
        yield Succession(code, code, NOVEMBER, "renamed", "1", NOVEMBER_LAW)


def of_dong_nai() -> Iterator[Succession]:
    """Yield what 30/2026/QH16 changed."""
    for code in (DONG_NAI, *DONG_NAI_WARDS):
        yield Succession(code, code, DONG_NAI_ON, "renamed", "1", DONG_NAI_LAW)


def write(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write the rows under a header that names source, licence and version."""
    header = (
        f"# Source: PyPI vietnamadminunits {version('vietnamadminunits')}, licence MIT,"
        " © 2025 Tran Ngoc Minh Hieu; changes of 1199/NQ-UBTVQH15 and 30/2026/QH16 added.\n"
        "# Made by scripts/territory_from_vietnamadminunits.py: change that, not this.\n"
    )
    lines = ["\t".join(row) for row in (columns, *rows)]
    path.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
