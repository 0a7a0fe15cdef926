"""Exact before all words, before everyday words, before misspelt; what is filed here before what is not."""

import pytest

from tinhso.definitions.search import facets
from tinhso.definitions.search.everyday import EverydayWords, Saying
from tinhso.definitions.search.matching import Tier
from tinhso.definitions.search.ranking import rank
from tinhso.definitions.search.shelf import Card, Shelf, lay_out
from tinhso.definitions.types import Text

WORDS = EverydayWords(
    empty=("làm giấy cho xin thủ tục",),
    sayings=(
        Saying(say=("bằng lái",), means="giấy phép lái xe"),
        Saying(say=("sổ đỏ", "bìa đỏ"), codes=("1.000004",)),
        Saying(say=("mở quán ăn",), codes=("1.000005", "1.000006")),
    ),
)


def card(code: str, name: str, *, here: bool = True, field: str = "Hộ tịch", **more: object) -> Card:
    return Card(code, Text(vi=name), Text(vi=field), ("commune",), "Tư pháp", here, **more)  # type: ignore[arg-type]


CARDS = (
    card("1.000001", "Thủ tục đăng ký khai sinh", results=("Giấy khai sinh",), papers=("Giấy chứng sinh",)),
    card("1.000002", "Thủ tục đăng ký lại khai sinh"),
    card("1.000003", "Đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới", here=False),
    card("1.000004", "Cấp Giấy chứng nhận quyền sử dụng đất", field="Đất đai"),
    card("1.000005", "Đăng ký thành lập hộ kinh doanh", field="Kinh doanh"),
    card("1.000006", "Cấp giấy chứng nhận đủ điều kiện an toàn thực phẩm", field="Y tế"),
    card("1.000007", "Đổi giấy phép lái xe", field="Đường bộ"),
    card("1.000008", "Bản đồ và sơ đồ thửa đất", here=False, field="Đất đai"),
    card("1.000009", "Cho thuê đất", field="Đất đai"),
    card("1.000010", "Gia hạn nộp thuế", here=False, field="Thuế"),
)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return lay_out(CARDS, WORDS)


def found(text: str, shelf: Shelf, *, is_begun: bool = False) -> list[tuple[str, Tier]]:
    return [(shelf.cards[hit.place].code, hit.tier) for hit in rank(text, shelf, is_begun=is_begun).hits]


def test_a_name_is_exact_and_what_only_has_the_words_comes_behind_it(shelf: Shelf) -> None:
    assert found("Đăng ký khai sinh", shelf) == [
        ("1.000001", Tier.EXACT),
        ("1.000002", Tier.WORDS),
        ("1.000003", Tier.WORDS),
    ]


def test_what_is_filed_here_comes_first_among_what_was_found_alike() -> None:
    later = (
        card("1.000020", "Thi tuyển viên chức", here=True),
        card("1.000019", "Thi tuyển công chức", here=False),
    )
    shelf = lay_out((*CARDS, *later), WORDS)
    assert found("thi tuyển", shelf) == [("1.000020", Tier.WORDS), ("1.000019", Tier.WORDS)]


@pytest.mark.parametrize(
    ("text", "code", "tier"),
    [
        ("1.000007", "1.000007", Tier.EXACT),
        ("1000007", "1.000007", Tier.EXACT),
        ("000007", "1.000007", Tier.EXACT),
        ("giấy khai sinh", "1.000001", Tier.EXACT),
        ("sổ đỏ", "1.000004", Tier.EXACT),
        ("làm bìa đỏ", "1.000004", Tier.EXACT),
        ("so do", "1.000004", Tier.EXACT),
        ("đổi bằng lái", "1.000007", Tier.SAID),
        ("giấy chứng sinh", "1.000001", Tier.AROUND),
        ("hộ kinh doanhh", "1.000005", Tier.NEAR),
        ("khai xinh", "1.000001", Tier.NEAR),
    ],
)
def test_each_way_to_find_has_its_tier(shelf: Shelf, text: str, code: str, tier: Tier) -> None:
    assert found(text, shelf)[0] == (code, tier)


def test_the_likeliest_of_several_meanings_comes_first(shelf: Shelf) -> None:
    assert [code for code, _tier in found("mở quán ăn", shelf)] == ["1.000005", "1.000006"]


def test_marks_tell_words_apart_when_they_were_typed(shelf: Shelf) -> None:
    assert found("thuế", shelf)[0] == ("1.000010", Tier.WORDS)
    assert found("sơ đồ", shelf)[0][0] == "1.000008"
    assert {code for code, _tier in found("thue", shelf)} == {"1.000009", "1.000010"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lamf giayas khai sinh", "làm giấy khai sinh"),
        ("khaisinh", ""),
        ("khai xinh", "khai sinh"),
        ("đăng ký khai sinh", ""),
    ],
)
def test_a_misspelt_text_is_given_back_as_it_was_understood(shelf: Shelf, text: str, meant: str) -> None:
    shelf = lay_out(
        CARDS,
        WORDS.model_copy(update={"sayings": (Saying(say=("làm giấy khai sinh",), codes=("1.000001",)),)}),
    )
    assert rank(text, shelf).meant == meant


def test_words_begun_are_found_while_typing(shelf: Shelf) -> None:
    assert found("khai si", shelf, is_begun=True)[0][0] == "1.000001"
    assert found("đổi giấy phép l", shelf, is_begun=True)[0][0] == "1.000007"


@pytest.mark.parametrize("text", ["", "   ", "zzzz qqq", "%", "<script>", "🙂", "9.999999", "x" * 120])
def test_what_means_nothing_finds_nothing(shelf: Shelf, text: str) -> None:
    assert found(text, shelf) == []


def test_facets_count_as_if_the_other_choices_stayed() -> None:
    laid = facets.lay_out(CARDS)
    everything = facets.set_of(range(len(CARDS)), len(CARDS))
    chosen = {facets.FIELD: "dat-dai"}
    counts = laid.counts(everything, chosen)
    assert counts[facets.FILED] == {facets.HERE: 2, facets.ELSEWHERE: 1}
    assert counts[facets.FIELD]["ho-tich"] == 3
    left = laid.narrowed(everything, chosen | {facets.FILED: facets.HERE})
    assert [CARDS[place].code for place in range(len(CARDS)) if left >> place & 1] == ["1.000004", "1.000009"]
    assert laid.narrowed(everything, {facets.FIELD: "khong-co"}) == 0
