"""Keys of a long file are remembered in little memory, each with its row."""

from tinhso.registers.importing.marks import Marks


def test_a_name_keeps_what_it_was_first_given_however_many_come() -> None:
    marks = Marks()
    for number in range(20_000):
        assert marks.setdefault(f"key-{number}", number) == number
    assert [marks.setdefault(f"key-{number}", -1) for number in (0, 777, 19_999)] == [0, 777, 19_999]
    assert len(marks) == 20_000
    assert "key-5" in marks
    assert "key-20000" not in marks
