"""Two people at the same moment, with real transactions: one act counts."""

from functools import partial

import pytest

from tests import dossiers_kit as kit
from tests.db.kernel_threads import at_once
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.close_early import withdraw_dossier
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.models import Dossier, DossierDocument
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import Conflict

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def test_a_double_click_files_one_dossier(province: Province) -> None:
    citizen = province.citizen()
    draft_id = kit.begin(province, citizen, BIRTH)
    kit.fill_in(citizen, draft_id, kit.procedure(BIRTH).examples[0], at=province.at)

    answers = at_once(lambda _n: file_dossier(actor=citizen, at=province.at, draft_id=draft_id), callers=4)

    assert len(set(answers)) == 1
    assert Dossier.objects.count() == 1
    assert LedgerEntry.objects.filter(kind="dossier.filed").count() == 1


def test_accepting_and_withdrawing_at_once_leaves_one_of_them_done(province: Province) -> None:
    citizen, officer = province.citizen(), province.officer("one_stop")
    filed = kit.filed(province, citizen, BIRTH)
    kit.pay_cash(province, filed)
    seen = Dossier.objects.get().revision
    acts = [
        partial(accept_dossier, actor=officer, at=province.at, dossier_id=filed.dossier_id, revision=seen),
        partial(withdraw_dossier, actor=citizen, at=province.at, dossier_id=filed.dossier_id, revision=seen),
        partial(accept_dossier, actor=officer, at=province.at, dossier_id=filed.dossier_id, revision=seen),
    ]

    def act(number: int) -> bool:
        try:
            acts[number]()
        except Conflict:
            return False
        return True

    assert sum(at_once(act, callers=3)) == 1
    dossier = Dossier.objects.get()
    receipts = DossierDocument.objects.filter(kind=DossierDocument.Kind.RECEIPT).count()
    assert (dossier.status, receipts) in {("withdrawn", 0), ("accepted", 1)}
    assert dossier.revision == seen + 1
