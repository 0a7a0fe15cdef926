"""The whole procedure."""

from collections.abc import Iterator

from tinhso.definitions.deriving.examples import examples_of
from tinhso.definitions.deriving.form import pages_of
from tinhso.definitions.deriving.money import fee_note, fees_of, reliefs_of
from tinhso.definitions.deriving.papers import papers_of
from tinhso.definitions.deriving.steps import result_of, steps_of, time_of
from tinhso.definitions.deriving.words import filled, is_shortened
from tinhso.definitions.standard import Standard, StandardProcedure
from tinhso.definitions.types import Law, Procedure, Text


def derive(facts: StandardProcedure, standard: Standard) -> Procedure:
    """
    Return the whole procedure.

    :raises ValueError: the standard parts do not fit these facts
    """
    form = standard.form
    papers = papers_of(facts, form)
    return Procedure(
        code=facts.code,
        name=facts.name,
        field=facts.field,
        level=facts.level,
        agency=facts.agency,
        audience=facts.audience,
        assurance=form.assurance,
        life_events=facts.life_events,
        keywords=facts.keywords,
        channels=tuple(way.by for way in facts.ways),
        online=form.online,
        time=time_of(facts, standard),
        result=result_of(facts, standard),
        form=pages_of(facts, form),
        papers=papers,
        fees=fees_of(facts, form),
        reliefs=reliefs_of(facts, form),
        fee_note=fee_note(facts, form.texts),
        steps=steps_of(facts, standard),
        notices=tuple(_notices(facts, standard)),
        law=tuple(_law(facts, form.decision_title)),
        examples=examples_of(facts, papers, standard),
        source=facts.source,
        mandates=form.mandates,
    )


def _notices(facts: StandardProcedure, standard: Standard) -> Iterator[Text]:
    texts = standard.form.texts
    if facts.agency_listed and not facts.agency_here:
        here = standard.agencies.get(facts.agency, Text(vi=facts.agency))
        yield filled(texts.agency_elsewhere, listed=facts.agency_listed, here=here)
    if is_shortened(facts.name):
        yield texts.shortened
    yield texts.standard_form


def _law(facts: StandardProcedure, decision_title: Text) -> Iterator[Law]:
    yield from (Law(number=number) for number in facts.law)
    if facts.decision:
        yield Law(number=facts.decision, title=decision_title)
