"""Names are found by their words in any order; of words everybody bears, by those beside others."""

import pytest

from tests import registers_kit as kit
from tests.registers_kit import BIRTHS, SYSTEM
from tinhso.people.types import ANONYMOUS, Actor
from tinhso.registers import queries
from tinhso.registers.models import RecordVersion

pytestmark = pytest.mark.django_db


def _children(text: str, actor: Actor = SYSTEM, register_id: str = BIRTHS) -> list[str]:
    asked = {"actor": actor, "register_id": register_id, "moment": kit.now(), "text": text}
    page = queries.find_records(**asked)  # type: ignore[arg-type]
    found = [one.title.split(",")[0].split(" · ")[0] for one in page.records]
    assert queries.count_records(**asked) == len(found)  # type: ignore[arg-type]
    assert len(list(queries.each_record(**asked))) == len(found)  # type: ignore[arg-type]
    assert sum(queries.count_by_unit(**asked).values()) == len(found)  # type: ignore[arg-type]
    return found


def _enter(number: int, child: str, mother: str) -> None:
    kit.enter(
        kit.birth(
            **{
                "certificate.number": f"{number}/KS",
                "child.personal_id": f"02232600{number:04}",
                "child.full_name": child,
                "mother.full_name": mother,
            }
        )
    )


@pytest.mark.usefixtures("db")
def test_a_name_is_found_by_its_words_and_by_those_of_nobody_else() -> None:
    _enter(1, "Nguyễn Văn Hùng", "Trần Thị Lan")
    _enter(2, "Lê Thị Vân", "Nguyễn Thị Hồng Hạnh")
    _enter(3, "Trần Hùng", "Bế Thị Lan")

    for text in ("nguyen van hung", "Hùng Nguyễn", "van hung", "nguyễn văn h", "nguyen v", "HUNG VAN nguyen"):
        assert len(_children(text)) == 1, text
    assert len(_children("trần thị lan")) == 1
    assert len(_children("thi")) == 3
    assert len(_children("le thi van")) == len(_children("van le")) == 1
    # The father's family and the mother's name are not one person's: who has both in one value comes first,
    # and only where nobody has, whoever has both somewhere.
    assert len(_children("trần hùng")) == 1
    assert len(_children("lê hạnh")) == 1
    assert _children("pham hung") == []


@pytest.mark.usefixtures("db")
def test_pairs_are_found_by_who_may_find_the_words_and_by_nobody_else() -> None:
    _enter(1, "Nguyễn Văn Hùng", "Trần Thị Lan")

    assert _children("nguyen hung", kit.registrar())
    assert _children("nguyen hung", kit.registrar(kit.HONG_GAI)) == []
    assert _children("nguyen hung", ANONYMOUS) == []
    kept = RecordVersion.objects.get().words
    assert {"~r~nguyen+hung", "~r~van+hung", "~r~tran+lan"} <= set(kept)
    assert not {one for one in kept if "+" in one and not one.startswith("~r~")}
