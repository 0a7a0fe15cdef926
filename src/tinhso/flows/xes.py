"""
The acts of dossiers as an event log in XES (IEEE 1849-2016), for whoever mines processes with other programs.

A trace is a dossier, named by its id; an event is an act with its moment and, where one acted, the post. No
names of persons, nothing that was answered.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from uuid import UUID
from xml.sax.saxutils import quoteattr

from tinhso.flows.activities import key_of
from tinhso.kernel.clock import local
from tinhso.kernel.models import LedgerEntry

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00+07:00"/>\
<string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name"/>
"""


def lines(entries: Iterable[LedgerEntry], *, log: str, name: Callable[[str], str]) -> Iterator[str]:
    """
    Yield the log piece by piece.

    :param entries: dossier after dossier, each in order
    :param log: what the log is called
    :param name: what an activity is called, by its key
    """
    yield _HEAD + _string("concept:name", log)
    for dossier_id, acts in groupby(entries, key=lambda entry: entry.subject_id):
        yield _trace(dossier_id, acts, name)
    yield "</log>\n"


def _trace(dossier_id: UUID, acts: Iterable[LedgerEntry], name: Callable[[str], str]) -> str:
    events = "".join(_event(entry, name) for entry in acts)
    return f"<trace>{_string('concept:name', str(dossier_id))}{events}</trace>\n"


def _event(entry: LedgerEntry, name: Callable[[str], str]) -> str:
    post = _string("org:resource", str(entry.post_id)) if entry.post_id else ""
    moment = f'<date key="time:timestamp" value="{local(entry.at).isoformat()}"/>'
    activity = name(key_of(entry.kind, entry.payload.get("step", "")))
    return (
        f"<event>{_string('concept:name', activity)}{moment}"
        f"{_string('lifecycle:transition', 'complete')}{post}</event>"
    )


def _string(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value)}/>'
