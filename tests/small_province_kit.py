"""The dossiers of a province small enough to be counted by hand; see test_indicators_small_province."""

from tests.facts_kit import HONG_GAI, Life, at

MEASURED = {
    "A": {"papers": 2, "saved": 1, "proved": 5},
    "B": {"papers": 2, "reused": 1, "proved": 4},
    "D": {"papers": 2, "saved": 2, "proved": 3},
    "E": {"papers": 1},
    "F": {"proved": 1},
    "G": {"papers": 3},
    "H": {"papers": 1},
    "I": {"papers": 1},
    "J": {"papers": 1},
}


def _open(name: str, filed: int, due: str, **about: str) -> Life:
    life = Life(name, **about)  # type: ignore[arg-type]
    return life.filed(at(f"2026-08-{filed:02}"), questions=9, **MEASURED[name]).accepted(
        at(f"2026-08-{filed:02}", 10), at(due, 17)
    )


def first_commune() -> None:
    """A to E: all of them ended."""
    _open("A", 3, "2026-08-04").paid(at("2026-08-03", 9, 30), 8000, online=True).signed(
        at("2026-08-04", 15)
    ).rated(at("2026-08-05"), 5)
    _open("B", 3, "2026-08-05").signed(at("2026-08-04", 15))
    third = Life("C", channel="counter").filed(at("2026-08-05"))
    third.paid(at("2026-08-05", 9, 30), 8000, online=False)
    third.accepted(at("2026-08-05", 10), at("2026-08-06", 17)).signed(at("2026-08-07", 15))
    third.rated(at("2026-08-08"), 2)
    fourth = _open("D", 10, "2026-08-12").paid(at("2026-08-10", 11), 8000, online=True)
    fourth.asked(at("2026-08-11", 8)).answered(at("2026-08-12", 9), at("2026-08-14", 17))
    fourth.signed(at("2026-08-13", 15)).rated(at("2026-08-14"), 4)
    fifth = _open("E", 10, "2026-08-18").asked(at("2026-08-11", 8))
    fifth.answered(at("2026-08-12", 8), at("2026-08-19", 17)).asked(at("2026-08-13", 8))
    fifth.answered(at("2026-08-14", 8), at("2026-08-21", 17)).signed(at("2026-08-20", 15))


def second_commune() -> None:
    """F to J: three are still open, one of them waits for the applicant."""
    there = {"unit": HONG_GAI}
    counter = {"channel": "counter", **there}
    _open("F", 4, "2026-08-06", **there).signed(at("2026-08-06", 15)).rated(at("2026-08-07"), 5)
    seventh = _open("G", 4, "2026-08-06", **counter).paid(at("2026-08-04", 11), 8000, online=False)
    seventh.signed(at("2026-08-06", 15)).rated(at("2026-08-07"), 1)
    _open("H", 25, "2026-09-02", **there)
    _open("I", 24, "2026-08-28", **counter)
    _open("J", 26, "2026-09-03", **there).asked(at("2026-08-27", 9))
