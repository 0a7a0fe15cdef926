"""The automatic pass over the half of the catalogue that agencies of a province decide."""

import pytest

from tests import dossiers_kit as kit
from tests.catalogue_pass import pass_all
from tests.fixtures_trust import Trust, trust
from tinhso.definitions import catalogue
from tinhso.definitions.types import Level

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
__all__ = ["trust"]


def test_every_procedure_of_departments_is_filed_and_signed(trust: Trust) -> None:
    province = kit.found(trust)
    province.one_key = True
    offered = [one for one in catalogue.all_current() if one.procedure.level is Level.PROVINCE]

    assert len(offered) > 100
    assert pass_all(province, offered) == {}
