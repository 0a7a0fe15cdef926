"""What is wrong with the rules of proactive service in a folder of packs."""

from collections.abc import Iterator
from pathlib import Path

from tinhso.definitions.checks.linked import Procedures, sources, unknown_procedure, unknown_question
from tinhso.definitions.loading import Loaded, load
from tinhso.definitions.mistakes import Mistake
from tinhso.outreach.rules import EXPIRY, ExpiryRules, OfDossier, ProactiveRule, files_of


def mistakes(packs: Path, procedures: Procedures) -> Iterator[Mistake]:
    """
    Yield every mistake of the rules.

    :param procedures: what the packs hold, by code; None for one whose own file has an error
    """
    for path in files_of(packs):
        loaded = load(path, ProactiveRule)
        yield from loaded.mistakes
        if loaded.value is not None:
            yield from _rule(loaded, loaded.value, procedures)
    if (packs / EXPIRY).is_file():
        yield from _expiry(load(packs / EXPIRY, ExpiryRules), procedures)


def _rule(loaded: Loaded[ProactiveRule], rule: ProactiveRule, procedures: Procedures) -> Iterator[Mistake]:
    known = None
    if rule.about.dossier is not None:
        yield from _dossier(loaded, rule.about.dossier, procedures)
        known = procedures.get(rule.about.dossier.procedure)
    if rule.procedure:
        yield from unknown_procedure(loaded.places, ("procedure",), rule.procedure, procedures)
    into = procedures.get(rule.procedure)
    yield from sources(loaded.places, ("answers",), rule.answers, into=into, known=known)


def _dossier(loaded: Loaded[ProactiveRule], about: OfDossier, procedures: Procedures) -> Iterator[Mistake]:
    at = ("about", "dossier")
    yield from unknown_procedure(loaded.places, (*at, "procedure"), about.procedure, procedures)
    procedure = procedures.get(about.procedure)
    named = [("born_on", name) for name in about.born_on] + [("where", name) for name in about.where]
    named += [(part, name) for part in ("name", "personal_id") if (name := getattr(about, part))]
    for part, name in named:
        yield from unknown_question(loaded.places, (*at, part), name, procedure)


def _expiry(loaded: Loaded[ExpiryRules], procedures: Procedures) -> Iterator[Mistake]:
    yield from loaded.mistakes
    rule = loaded.value
    if rule is None:
        return
    deaths = rule.deaths
    yield from unknown_procedure(loaded.places, ("deaths", "procedure"), deaths.procedure, procedures)
    yield from unknown_question(
        loaded.places, ("deaths", "personal_id"), deaths.personal_id, procedures.get(deaths.procedure)
    )
    for index, one in enumerate(rule.renewals):
        for part in ("procedure", "by"):
            yield from unknown_procedure(
                loaded.places, ("renewals", index, part), getattr(one, part), procedures
            )
