"""The parts of the dossier: those of every case, those of one case, those only shown."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tinhso.definitions.standard import SHORTENED
from tinhso.kernel.text import fold, normalise

# Groups that are no case of their own, told by their heading (folded).
EVERY_CASE = re.compile(
    r"giay to phai|phai xuat trinh|xuat trinh hoac gui|bo ho so yeu cau"
    r"|^[\d. ]*thanh phan ho so( co quan .*)?(, bao gom)?$"
)
SHOWN = re.compile(r"xuat trinh")
REMARK = re.compile(r"^[-+* ]*luu y")
ANY_OF = re.compile(r"mot trong")
APPLICATION = re.compile(r"^(to khai|don|van ban de nghi|phieu de nghi|giay de nghi|phieu yeu cau)\b")
# The name itself says when the paper is needed, or that the state looks it up.
CONDITIONAL = re.compile(r"\bneu\b|truong hop|doi voi|duoc khai thac")
# «a) », «1.2. », «(iii) », «- » before a name are places in a list.
PLACE = re.compile(r"^([-+*•· ]+|\(?(\d{1,2}(\.\d{1,2})*|[a-zđ]|[ivx]{1,4})[).]\.? +)+", re.IGNORECASE)
NUMBERED = re.compile(r"Trường hợp ?(\d+)")
LONGEST = 400
CUT_AT = 220  # the collected facts cut headings here, without a mark


def papers_of(facts: Mapping[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the papers of every case and the cases with theirs; see ``standard.StandardProcedure``."""
    groups: Sequence[Mapping[str, Any]] = facts.get("documents") or ()
    forms: Sequence[str] = facts.get("forms") or ()
    common: list[dict[str, Any]] = []
    cases: list[dict[str, Any]] = []
    for group in groups:
        name = normalise(group.get("case") or "")
        heading = fold(name)
        if REMARK.match(heading):
            continue
        papers = [paper for item in group.get("items") or () if (paper := _paper(item, heading, forms))]
        if not name or EVERY_CASE.search(heading) or ANY_OF.search(heading):
            common += papers
        else:
            cut = SHORTENED if len(group["case"]) >= CUT_AT else ""
            cases.append({"name": _name(name) + cut, "papers": papers})
    if len(cases) == 1:  # nothing to choose from
        return common + cases[0]["papers"], []
    return common, _in_order(cases)


def _in_order(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the cases by their numbers, where the list numbers them all."""
    found = [NUMBERED.match(case["name"]) for case in cases]
    numbers = [int(one[1]) for one in found if one]
    if len(numbers) < len(cases):
        return cases
    return [case for _, case in sorted(zip(numbers, cases, strict=True), key=lambda pair: pair[0])]


def _paper(item: Mapping[str, Any], heading: str, forms: Sequence[str]) -> dict[str, Any] | None:
    name = _name(item["name"])
    if item.get("note_only") or REMARK.match(fold(name)) or not name:
        return None
    paper: dict[str, Any] = {"name": name[:LONGEST]}
    if need := _need(fold(name), heading):
        paper["need"] = need
    paper |= {key: int(item[key]) for key in ("originals", "copies") if item.get(key)}
    codes = [form for form in sorted(forms, key=len, reverse=True) if not form.startswith("Phụ lục")]
    if code := next((form for form in codes if _names(name, form)), ""):
        paper["form_code"] = code
    return paper


def _name(text: str) -> str:
    return re.sub(r"[;:. ]+$", "", PLACE.sub("", normalise(text)))


def _need(name: str, heading: str) -> str:
    if SHOWN.search(heading) or SHOWN.match(name):
        return "shown"
    if ANY_OF.search(heading):
        return "case"
    return "case" if CONDITIONAL.search(name) and not APPLICATION.match(name) else ""


def _names(name: str, form: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(form)}(?![\w])", name, re.IGNORECASE) is not None
