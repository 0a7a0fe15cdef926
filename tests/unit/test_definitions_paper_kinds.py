"""Which kept paper answers which part of a dossier: by id, by what its name says, by result code."""

from pathlib import Path

from tinhso.definitions.paper_kinds import paper_kinds, unnamed_kind
from tinhso.settings.env import env

KINDS = paper_kinds(env.packs)


def test_a_result_is_kept_as_the_kind_that_names_its_code() -> None:
    assert KINDS.of_result("KQ.G15.000031") == "birth_certificate"
    assert KINDS.of_result("KQ.G99.999999") == "KQ.G99.999999"


def test_a_part_is_answered_by_what_its_name_says_however_it_is_spelt() -> None:
    assert "birth_certificate" in KINDS.asked_by("x", "Bản sao Giấy khai sinh (hoặc trích lục)")
    assert "birth_certificate" in KINDS.asked_by("x", "BẢN SAO GIẤY KHAI SINH")
    assert "driving_licence" not in KINDS.asked_by("x", "Bản sao giấy phép xây dựng")


def test_a_form_to_be_written_takes_no_kept_paper() -> None:
    assert KINDS.asked_by("x", "Tờ khai đề nghị cấp lại Giấy khai sinh") == frozenset()
    assert KINDS.asked_by("x", "Đơn xin đổi giấy phép lái xe") == frozenset()


def test_what_no_kind_knows_answers_what_is_called_the_same() -> None:
    name = "Biên bản họp thôn, có xác nhận"
    assert KINDS.asked_by("x", name) == {unnamed_kind("Biên bản họp thôn  có xác nhận")}
    assert KINDS.main_kind("x", name) == unnamed_kind(name)
    assert unnamed_kind(name) != unnamed_kind("Biên bản họp xóm")


def test_without_a_list_only_the_same_name_fits(tmp_path: Path) -> None:
    none = paper_kinds(tmp_path)
    assert none.of_result("KQ.G15.000031") == "KQ.G15.000031"
    assert none.asked_by("x", "Giấy khai sinh") == {unnamed_kind("Giấy khai sinh")}


def test_every_code_and_every_id_belongs_to_one_kind() -> None:
    codes = [code for kind in KINDS.kinds for code in kind.codes]
    ids = [one for kind in KINDS.kinds for one in kind.ids]
    assert len(codes) == len(set(codes))
    assert len(ids) == len(set(ids))
