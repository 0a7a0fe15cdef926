"""Whatever is sent, sound or not, the API answers as its contract says and never breaks."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from tests import dossiers_kit as kit
from tests.api_kit import Caller
from tests.authorisation.register import schools
from tests.dossiers_kit import BIRTH, COPY, Province
from tinhso.dossiers.models import Dossier
from tinhso.notices.models import Message
from tinhso.people.types import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 4
PLAIN = {"Accept-Encoding": "identity"}  # the client at hand does not unpack
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests share the test's connection and transaction, as with Django's own client."""
    heard = (request_started, request_finished)
    for signal in heard:
        signal.disconnect(close_old_connections)
    yield
    for signal in heard:
        signal.connect(close_old_connections)


def headers_of(actor: Actor) -> dict[str, str]:
    """Return what the browser of somebody signed in sends."""
    caller = Caller(actor)
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in caller.cookies.items())
    return caller.said | {"Cookie": cookies, **PLAIN}


def real_ones(province: Province, citizen: Actor) -> dict[str, str]:
    """Return an existing one for every name in an address, so that requests get past «not found»."""
    filed = kit.filed(province, citizen, COPY)
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    papers = [(part, paper) for part, ids in dossier.papers.items() for paper in ids]
    return {
        "code": BIRTH,
        "dossier_id": str(filed.dossier_id),
        "draft_id": str(kit.begin(province, citizen, BIRTH)),
        "bill_id": str(filed.bill_id),
        "token": dossier.rating_token,
        "requirement": papers[0][0],
        "paper_id": papers[0][1],
        "person_id": str(citizen.person_id),
        "agency_id": str(province.officer("one_stop").posts[0].agency_id),
        "message_id": str(Message.objects.filter(person_id=citizen.person_id)[0].pk),
        **schools(province),
    }


def test_no_input_breaks_any_operation(province: Province) -> None:
    citizen = province.citizen()
    known = real_ones(province, citizen)
    officers = [province.officer(role) for role in ("one_stop", "specialist")]
    readers = [PLAIN, *(headers_of(one) for one in (citizen, *officers))]
    contract = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    answers: Counter[int] = Counter()

    for found in contract.get_all_operations():
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            answers += _try(operation, mode, readers=readers, known=known)

    # Enough got past the edge to say something of the operations themselves.
    assert answers[2] > 30
    assert answers[4] > 200


def _try(
    operation: Any, mode: GenerationMode, *, readers: list[dict[str, str]], known: dict[str, str]
) -> Counter[int]:
    """Send what the contract allows, or what it does not; return how the answers' hundreds were spread."""
    answers: Counter[int] = Counter()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), who=st.integers(0, len(readers) - 1))
    def run(case: Any, who: int) -> None:
        case.path_parameters = {
            name: known.get(name, value) for name, value in (case.path_parameters or {}).items()
        }
        headers = {name: value for name, value in (case.headers or {}).items() if name not in readers[who]}
        case.headers = headers
        if mode is GenerationMode.POSITIVE and case.query:
            case.query.pop("cursor", None)  # nobody can make one up
        answer = case.call_and_validate(headers=readers[who], checks=CHECKS)
        answers[answer.status_code // 100] += 1

    run()
    return answers
