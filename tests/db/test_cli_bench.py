"""``tinhso bench load``: invented dossiers that the desk shows like real ones."""

from datetime import UTC, datetime

import pytest

from tinhso.cli._bench import loading
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier, Involvement, StepRun
from tinhso.facts.actions.project import project_all
from tinhso.facts.models import DossierFact
from tinhso.kernel.models import LedgerEntry
from tinhso.people.actions import load_agencies
from tinhso.people.models import Person
from tinhso.people.types import system
from tinhso.settings.env import env

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
ACTOR = system("bench")


def load(count: int) -> loading.Loaded:
    load_agencies(actor=ACTOR, at=AT, packs=env.packs, province=env.province)
    return loading.load(at=AT, dossiers=count, persons=50, acts=10, tell=lambda _said: None)


def test_as_many_are_made_as_were_asked_for_and_each_can_be_found() -> None:
    done = load(400)

    assert done.dossiers == Dossier.objects.count() == 400
    assert LedgerEntry.objects.filter(actor_id="bench", kind__startswith="dossier.").count() == 4000
    newest = Dossier.objects.select_related("applicant").order_by("-filed_at")[0]
    words = f"{newest.applicant.full_name} {newest.code}"
    assert [row.pk for row in queries.search(queries.work_list(actor=ACTOR), words, actor=ACTOR)] == [
        newest.pk
    ]


def test_what_is_open_has_one_open_step_and_what_is_over_has_none() -> None:
    load(400)

    still_open = set(Dossier.objects.filter(finished_at=None).values_list("pk", flat=True))

    assert still_open
    assert set(StepRun.objects.filter(closed_at=None).values_list("dossier_id", flat=True)) == still_open
    assert set(Involvement.objects.filter(is_open=True).values_list("dossier_id", flat=True)) == still_open


def test_facts_can_be_made_of_the_ledger_that_is_loaded() -> None:
    load(400)

    project_all(at=AT)

    assert DossierFact.objects.filter(number__isnull=False).count() == 400
    open_ones = set(Dossier.objects.filter(finished_at=None).values_list("pk", flat=True))
    ended = set(DossierFact.objects.filter(ended_at__isnull=False).values_list("dossier_id", flat=True))
    assert ended == set(Dossier.objects.filter(status="returned").values_list("pk", flat=True))
    assert not ended & open_ones


def test_nothing_is_loaded_where_dossiers_lie() -> None:
    load(20)

    with pytest.raises(loading.NotEmptyError):
        loading.load(at=AT, dossiers=20, persons=50, acts=1, tell=lambda _said: None)
    assert Dossier.objects.count() == 20
    assert Person.objects.filter(personal_id__startswith="000").count() == 50
