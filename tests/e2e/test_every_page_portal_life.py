"""What a citizen meets after filing has no grave fault, in any state, on any size, in any language."""

import pytest

from tests import dossiers_kit as kit
from tests.e2e import portal_stages as stages
from tests.e2e import portal_stops as table
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import aside, walk
from tests.fixtures_trust import Trust, trust
from tinhso.papers.models import IssuedDocument
from tinhso.papers.queries import open_document

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]


def test_the_life_of_a_dossier(live_server: object, readers: Readers, trust: Trust) -> None:
    province = kit.found(trust)
    stage = aside(lambda: stages.life_stage(province))
    token = stage.scenes["valid"]["token"]
    with open_document(actor=kit.SYSTEM, document_id=IssuedDocument.objects.get(token=token).pk) as file:
        good = file.read()
    changed = bytearray(good)
    changed[good.index(b"stream") + 40] ^= 1
    papers = table.signed(lambda: good, lambda: bytes(changed))
    walk(readers, stage, (*table.LIFE, *table.PAPERS, *papers))
