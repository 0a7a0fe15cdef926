"""Papers that need not be given, and the data of registers in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tinhso.definitions.types import Paper
from tinhso.forms import engine
from tinhso.registers.standing_in import stand_ins
from tinhso.registers.types import RecordView
from tinhso.web.corrections.asking import new_url
from tinhso.web.once_only import record_words
from tinhso.web.portal.filling import Filling
from tinhso.web.portal.language import language, say


@dataclass(frozen=True, slots=True)
class ReplacedPart:
    """A paper that data stand for. :param source: register, record and day; ``law``: what lets them"""

    name: str
    source: str
    law: str
    correct_url: str


def replaced_parts(filling: Filling, *, back: str) -> tuple[ReplacedPart, ...]:
    """Return the papers that need not be given, each with the data in its place."""
    draft = filling.draft
    papers = engine.replaced_papers(filling.procedure, draft.answers, filling.facts)
    ids = {one for paper in papers for one in draft.by_data.get(paper.id, ())}
    found = stand_ins(version_ids=ids) if ids else {}
    return tuple(
        ReplacedPart(say(paper.name), *_data_for(paper, draft.by_data[paper.id], found, back))
        for paper in papers
    )


def _data_for(
    paper: Paper, ids: Sequence[str], found: Mapping[str, RecordView], back: str
) -> tuple[str, str, str]:
    views = [found[one] for one in ids if one in found]
    words = "; ".join(record_words(view, language()) for view in views)
    registers = {view.register for view in views}
    law = next((one.law for one in paper.replaced_by if one.register_id in registers), "")
    url = new_url(record_id=views[0].id, field="", back=back) if views else ""
    return words, law, url
