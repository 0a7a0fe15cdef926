"""Typesetting: PDF/A, reproducible, closed in; and the one-stop forms."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.papers_samples import typeset_sample
from tinhso.papers.appearances import signing_time
from tinhso.papers.inspecting import safe_name
from tinhso.papers.masking import mask_name
from tinhso.papers.rules import rules
from tinhso.papers.typesetting import FONTS, TypesettingFailed, qr_svg, typeset

AT = datetime(2026, 2, 5, 2, 12, 7, tzinfo=UTC)
DOCUMENT = {
    "number": "05/TNHS",
    "title": "Văn bản",
    "issued_on": "2026-02-05",
    "issued_at": "05/02/2026 09:12",
    "place": "Bình Liêu",
    "agency": {
        "name": "Ủy ban nhân dân xã Bình Liêu",
        "parent": "Ủy ban nhân dân tỉnh Quảng Ninh",
        "address": "",
        "phone": "",
        "email": "",
    },
    "signer": {"name": "Hoàng Văn Thắng", "post": "Chủ tịch"},
    "verify_url": "http://127.0.0.1:8000/verify/abc",
    "token": "abc",
    "valid_until": None,
}
DATA = {
    "document": DOCUMENT,
    "dossier": {"code": "H49.45-260205-0003"},
    "procedure": {"code": "1.001193", "name": "Đăng ký khai sinh"},
    "applicant": {"full_name": "Chìu Thị Mai", "phone": None, "email": None},
    "form": {"reason": "Thiếu giấy chứng sinh", "items": [{"name": "Giấy chứng sinh", "reason": ""}]},
}


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages)


def test_the_file_says_it_is_pdf_a_2b() -> None:
    metadata = PdfReader(BytesIO(typeset("Xin chào", {}, name="a"))).xmp_metadata

    assert metadata is not None
    raw = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in raw
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in raw


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert typeset("Xin chào", {"a": 1}, name="a", at=AT) == typeset("Xin chào", {"a": 1}, name="a", at=AT)


def test_every_font_is_ours_and_embedded() -> None:
    fonts = {
        str(font["/BaseFont"])
        for page in PdfReader(BytesIO(typeset_sample().pdf)).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index,union-attr]
    }

    assert fonts
    assert all("LiberationSerif" in font for font in fonts)
    assert (FONTS / "LICENSE").read_text().startswith("Liberation Serif")


def test_vietnamese_text_can_be_read_back() -> None:
    assert "Độc lập - Tự do - Hạnh phúc" in text_of(typeset_sample().pdf)


@pytest.mark.parametrize(
    "source",
    [
        '#read("../../../../etc/passwd")',
        '#read("/../etc/passwd")',
        '#import "@preview/tablex:0.0.1": *',
        "#let",
        '#json("data.json").absent',
    ],
)
def test_a_template_reads_nothing_else_and_a_wrong_one_is_named(source: str) -> None:
    with pytest.raises(TypesettingFailed, match=r"mau\.typ"):
        typeset(source, {}, name="mau.typ")


def test_a_further_file_stays_in_its_folder() -> None:
    with pytest.raises(ValueError, match="leaves the folder"):
        typeset("a", {}, name="a", extra_files={"../b": b""})


def test_data_are_never_markup() -> None:
    pdf = typeset('#json("data.json").name', {"name": '#read("x") *đậm* $a$'}, name="a")

    assert '#read("x") *đậm* $a$' in text_of(pdf)


@pytest.mark.parametrize("kind", ["receipt", "supplement", "refusal", "apology", "stop"])
def test_every_one_stop_form_is_one_page_with_its_title(kind: str) -> None:
    form = rules().forms[kind]
    data = DATA | {"document": DOCUMENT | {"title": form.title}}

    pdf = typeset(form.template_source, data, name=kind, extra_files={"qr.svg": qr_svg("https://a.vn/x")})

    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    assert form.title.upper() in text_of(pdf)
    assert "H49.45-260205-0003" in text_of(pdf)


def test_a_signature_s_place_is_where_the_template_keeps_it() -> None:
    place = typeset_sample().place("signer")

    assert place is not None
    left, bottom, right, top = place.box
    assert place.page == 1
    assert (round(right - left), round(top - bottom)) == (187, 91)  # 66 × 32 mm in points
    assert 297 < left < right < 595  # right half of an A4 page
    assert typeset_sample().place("agency") is None


def test_the_time_of_signing_has_its_zone() -> None:
    assert signing_time(AT) == "05/02/2026 09:12:07 +07:00"


@pytest.mark.parametrize(
    ("name", "masked"),
    [("Nguyễn Thị Bình", "Nguyễn T. B."), ("  Đỗ   Ánh ", "Đỗ Á."), ("Y", "Y."), ("", "")],
)
def test_a_masked_name_keeps_the_family_name_only(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("giay\u202efdp.exe", "giayfdp.pdf"),
        ("a" * 300 + ".pdf", "a" * 120 + ".pdf"),
        ("...", "giay-to.pdf"),
        ("Tờ khai 😀.PDF", "Tờ khai 😀.PDF"),
    ],
)
def test_a_file_s_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_name(given, "application/pdf") == kept


def test_no_page_of_a_pack_needs_a_font_of_the_system() -> None:
    names = {file.name for file in Path(FONTS).glob("*.ttf")}

    assert names == {f"LiberationSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")}
