"""How long procedures really take, from dossiers that were decided."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import BIRTH, COPY, SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tinhso.calendars.clock import add_working_hours
from tinhso.dossiers import durations
from tinhso.dossiers.actions.measure_durations import measure_durations, nearest_rank
from tinhso.dossiers.deadline import calendar
from tinhso.dossiers.durations import in_words, usual_duration
from tinhso.dossiers.models import Dossier, Draft, Result, UsualDuration
from tinhso.dossiers.rules import rules
from tinhso.people.models import Agency

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def decided(province: Province) -> Dossier:
    """Return a dossier that was really decided; the others of a test are its copies in time."""
    return Dossier.objects.get(pk=mine.returned(province, province.citizen()))


def spread(decided: Dossier, province: Province, hours: list[int], *, days_ago: int = 20) -> None:
    """Leave copies of the dossier that took so many working hours each."""
    draft, result = decided.draft, decided.result
    document = result.document
    for number, taken in enumerate(hours):
        filed_at = province.at - timedelta(days=days_ago)
        draft.pk = decided.pk = result.pk = document.pk = None
        fresh = Draft(**{f.attname: getattr(draft, f.attname) for f in Draft._meta.fields if f.name != "id"})
        fresh.save()
        fields = {f.attname: getattr(decided, f.attname) for f in Dossier._meta.fields if f.name != "id"}
        fields |= {
            "draft_id": fresh.pk,
            "code": f"thu-{days_ago}-{number}",
            "rating_token": f"{days_ago}-{number}",
        }
        copy = Dossier(**fields)
        copy.filed_at, copy.finished_at = filed_at, add_working_hours(filed_at, taken, calendar())
        copy.save()
        paper = type(document)(
            **{f.attname: getattr(document, f.attname) for f in document._meta.fields if f.name != "id"}
        )
        paper.number, paper.token = 1000 * days_ago + number, f"{days_ago}-{number}"
        paper.save()
        Result.objects.create(
            dossier=copy,
            document=paper,
            granted=True,
            signed_by_id=result.signed_by_id,
            signed_at=copy.finished_at,
        )


def test_percentiles_are_those_of_the_nearest_rank() -> None:
    assert [nearest_rank(list(range(1, 11)), percent) for percent in (10, 50, 90)] == [1, 5, 9]
    assert nearest_rank([7], 10) == nearest_rank([7], 90) == 7


def test_ten_decided_dossiers_tell_how_long_it_takes(province: Province, decided: Dossier) -> None:
    spread(decided, province, [2, 4, 6, 8, 10, 12, 14, 16, 18, 40])
    measure_durations(actor=SYSTEM, at=province.at)

    usual = usual_duration(BIRTH)
    # The dossier the others are copies of took no working hour.
    assert usual.cases == 11
    assert (usual.fast, usual.typical, usual.slow) == (2 * 60, 10 * 60, 18 * 60)
    assert in_words(usual) == ("Thường 2 ngày làm việc; nhanh 2 giờ làm việc, chậm 3 ngày làm việc.")
    assert "11 hồ sơ" in durations.basis_words(usual)


def test_too_few_dossiers_say_so_and_give_no_figure(province: Province, decided: Dossier) -> None:
    spread(decided, province, [3] * (rules().durations.least - 2))
    measure_durations(actor=SYSTEM, at=province.at)

    usual = usual_duration(BIRTH)
    assert (usual.is_known, usual.cases) == (False, rules().durations.least - 1)
    assert in_words(usual).startswith("Chưa đủ hồ sơ để tính")
    assert usual_duration(COPY).cases == 0


def test_only_the_last_days_and_only_what_was_decided_count(province: Province, decided: Dossier) -> None:
    spread(decided, province, [5] * 12, days_ago=rules().durations.days + 10)
    kit.filed(province, province.citizen(), COPY)
    assert measure_durations(actor=SYSTEM, at=province.at) == 1
    assert usual_duration(BIRTH).cases == 1
    assert not UsualDuration.objects.filter(procedure_code=COPY).exists()


def test_an_agency_with_enough_dossiers_speaks_for_itself(province: Province, decided: Dossier) -> None:
    own: UUID = decided.receiving_agency_id
    spread(decided, province, [4] * 12)
    other = Agency.objects.exclude(pk=own).first()
    assert other is not None
    measure_durations(actor=SYSTEM, at=province.at)

    assert usual_duration(BIRTH, agency_id=own).agency_name != ""
    assert usual_duration(BIRTH, agency_id=other.pk).agency_name == ""


def test_measuring_again_replaces_what_was_told(province: Province, decided: Dossier) -> None:
    spread(decided, province, [4] * 12)
    measure_durations(actor=SYSTEM, at=province.at)
    measure_durations(actor=SYSTEM, at=province.at)
    assert UsualDuration.objects.filter(procedure_code=BIRTH, agency=None).count() == 1

    measure_durations(actor=SYSTEM, at=province.later(days=200))
    assert not UsualDuration.objects.exists()
