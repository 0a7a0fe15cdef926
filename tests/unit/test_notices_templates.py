"""Notices of the packs are complete, and a wrong one is named with its remedy."""

import shutil
from pathlib import Path

import pytest

from tinhso.notices.occasions import OCCASIONS, Kind
from tinhso.notices.sms import compose, segments
from tinhso.notices.templates import WrongTemplates, check_templates, load_templates, write_out
from tinhso.settings.env import env

GOOD = """
key: dossier_filed
channels: [email, sms]
subject: {vi: "Đã nhận {code}", en: "Received {code}"}
body: {vi: "{procedure}", en: "{procedure}"}
sms: {vi: "Đã nhận {code}", en: "Received {code}"}
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    shutil.copytree(env.packs / "vietnam" / "notices", tmp_path / "vietnam" / "notices")
    return tmp_path


def write(packs: Path, text: str, name: str = "dossier_filed") -> list[str]:
    (packs / "vietnam" / "notices" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [str(fault) for fault in check_templates(packs)]


def test_the_packs_have_a_right_notice_for_every_occasion() -> None:
    assert check_templates(env.packs) == ()
    assert load_templates(env.packs).keys() == OCCASIONS.keys()


def test_a_right_file_has_no_fault(packs: Path) -> None:
    assert write(packs, GOOD) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("{procedure}", "{child_name}"),
            "body.vi asks for {child_name}, which is not known then. Known are: {code}",
        ),
        (("Received {code}", "Received {code.real}"), "asks for {code.real}"),
        (("Received {code}", "Received {code!r}"), "asks for {code}"),
        (("Received {code}", "Received {code:>9999999}"), "asks for {code}"),
        (("Received {code}", "Received {}"), "asks for {}"),
        (("Received {code}", "Received {code"), "Write a brace"),
        (("key: dossier_filed", "key: dossier_eaten"), "nothing happens that is called «dossier_eaten»"),
        (("[email, sms]", "[email, pigeon]"), "channels.1"),
        (("sms: {", "other: {"), "other: extra inputs"),
        ((', en: "{procedure}"', ""), "body.en: field required"),
        (("key:", "key: ["), "is not YAML"),
    ],
)
def test_a_fault_names_the_file_and_what_to_do(packs: Path, change: tuple[str, str], said: str) -> None:
    faults = write(packs, GOOD.replace(*change))
    assert any(fault.startswith("vietnam/notices/dossier_filed.yaml:") and said in fault for fault in faults)
    with pytest.raises(WrongTemplates, match="dossier_filed"):
        load_templates(packs)


def test_a_missing_sms_text_a_missing_file_and_a_key_twice_are_faults(packs: Path) -> None:
    assert "has no text for it" in write(packs, GOOD[: GOOD.index("sms: {")])[0]
    assert "has the same key" in write(packs, GOOD, name="zzz")[1]
    (packs / "vietnam" / "notices" / "bill_paid.yaml").unlink()
    assert any("bill_paid.yaml: is missing" in str(fault) for fault in check_templates(packs))


def test_values_are_written_as_the_occasion_says() -> None:
    data = {"code": "A1", "procedure": {"vi": "Khai sinh", "en": "Birth"}, "amount": 8000, "reference": "TS"}
    assert write_out("{procedure} {amount}", key="bill_issued", data=data, language="en") == "Birth 8.000 ₫"
    assert write_out("{{{code}}}", key="bill_issued", data=data, language="vi") == "{A1}"
    with pytest.raises(KeyError, match="reference"):
        write_out("{code}", key="bill_issued", data={"code": "", "procedure": "", "amount": 1}, language="vi")
    with pytest.raises(TypeError):
        write_out("{amount}", key="bill_issued", data=data | {"amount": "8000"}, language="vi")


def test_a_value_with_braces_is_only_text() -> None:
    data = {"code": "{procedure.__class__}", "procedure": "x"}
    assert write_out("{code}", key="bill_paid", data=data, language="vi") == "{procedure.__class__}"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ộ" * 70, 1),
        ("ộ" * 71, 2),
        ("ộ" * 134, 2),
        ("ộ" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_the_operator_charges_by_segments(text: str, count: int) -> None:
    assert segments(text) == count


def test_without_marks_every_notice_fits_one_message_with_its_link() -> None:
    data: dict[str, str | int] = {
        name: 1_500_000 if kind is Kind.MONEY else "x"
        for asked in OCCASIONS.values()
        for name, kind in asked.items()
    }
    data |= {"helper": "Tằng Thị Ngọc Ánh"}
    data |= {"code": "H49.99-261123-0001", "due": "17:00 24/11/2026", "number": "125/QĐ-UBND"}
    link = "https://dichvu.quangninh.gov.vn/ho-so/0198f0c4-1111-7222-8333-444455556666"
    for template in load_templates(env.packs).values():
        for language in ("vi", "en") if template.sms else ():
            assert template.sms
            words = write_out(template.sms.of(language), key=template.key, data=data, language=language)
            text = compose(words, link=link, unaccented=True)
            assert segments(text) == 1, (template.key, language, len(text))


def test_folding_is_a_choice() -> None:
    assert compose("Đã nhận 8.000 ₫ – «x»", link="", unaccented=True) == 'Da nhan 8.000 d - "x"'
    assert compose("Đã nhận", link="/a", unaccented=False) == "Đã nhận /a"
