"""What a template sees when nobody has filed: the answers of an example, on a paper that says «sample»."""

from collections.abc import Mapping
from datetime import datetime

from tinhso.definitions.binding import nest
from tinhso.definitions.conditions import Facts
from tinhso.definitions.scope import APPLICANT
from tinhso.definitions.template_variables import answers_for_template
from tinhso.definitions.types import Example, Procedure
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import engine
from tinhso.kernel.clock import local
from tinhso.papers.typesetting import picture_pages, qr_svg, typeset_document
from tinhso.people.types import AgencyView

QR_FILE = "qr.svg"
SAMPLE = "BẢN MẪU"
# Nothing of it is anybody's: a number that is none, no signer, no address that verifies.
_CODE = "000.00.00.H00-000000-0000"


def facts_at(at: datetime) -> Facts:
    """Return what conditions see on the day: nobody's account, filed online."""
    return Facts(today=local(at).date())


def sample_pdf(
    procedure: Procedure, templates: Mapping[str, str], example: Example, *, at: datetime, agency: AgencyView
) -> bytes:
    """Return the result of the example as PDF, under limits. :raises TypesettingFailed: it does not set"""
    name = procedure.result.template
    return typeset_document(
        templates.get(name, ""),
        sample_data(procedure, example, at=at, agency=agency),
        name=name,
        extra_files=_extra(templates),
        at=at,
        with_places=False,
        confined=True,
    ).pdf


def sample_pictures(
    procedure: Procedure, templates: Mapping[str, str], example: Example, *, at: datetime, agency: AgencyView
) -> tuple[bytes, ...]:
    """Return the result of the example as pictures, a page each. :raises TypesettingFailed: see above"""
    name = procedure.result.template
    data = sample_data(procedure, example, at=at, agency=agency)
    return picture_pages(templates.get(name, ""), data, name=name, extra_files=_extra(templates))


def sample_data(
    procedure: Procedure, example: Example, *, at: datetime, agency: AgencyView
) -> dict[str, object]:
    """Return what ``definitions.template_variables`` lists, out of the example."""
    facts, today = facts_at(at), local(at)
    answers = engine.counted_answers(procedure, example.answers, facts) | example.findings
    day = today.date().isoformat()
    return {
        **nest(dict.fromkeys(APPLICANT, None)),
        "procedure": {"code": procedure.code, "name": procedure.name.vi},
        "dossier": {"code": _CODE, "filed_on": day, "accepted_on": day, "due_on": day},
        "answers": answers_for_template(procedure, answers),
        "shown": nest(engine.shown_answers(procedure, answers, facts, commune_lookup)),
        "document": {
            "title": procedure.result.name.vi,
            "number": f"00/{procedure.result.notation or procedure.result.series}",
            "issued_on": day,
            "issued_at": f"{today:%d/%m/%Y %H:%M}",
            "valid_until": day if procedure.result.valid_months else None,
            "place": agency.place or agency.name,
            "agency": {
                "name": agency.name,
                "parent": "",
                "address": agency.address,
                "phone": agency.phone,
                "email": agency.email,
            },
            "signer": {"name": SAMPLE, "post": SAMPLE},
            "verify_url": SAMPLE,
            "token": SAMPLE,
        },
    }


def _extra(templates: Mapping[str, str]) -> dict[str, bytes]:
    return {**{name: text.encode() for name, text in templates.items()}, QR_FILE: qr_svg(SAMPLE)}
