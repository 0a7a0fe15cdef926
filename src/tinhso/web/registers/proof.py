"""Where a version comes from, and who wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.dossiers import queries as dossiers
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.registers import quality
from tinhso.registers.trace import who_wrote
from tinhso.registers.types import RecordView, SourceKind
from tinhso.web.registers.words import uuid_of

Writers = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Proof:
    """
    :param about: the file, the system, the dossier's code; empty where the reader may not know
    :param url: the dossier, for who may see it
    :param who: the officer's name; empty for machines
    """

    kind: str
    about: str = ""
    url: str = ""
    who: str = ""
    is_invented: bool = False


def writers_of(actor: Actor, definition: RegisterDefinition, view: RecordView) -> Writers:
    """Return number of a version → officer, for who reads the register by a post."""
    if not quality.sees_quality(actor=actor, register_id=definition.id):
        return {}
    return who_wrote(record_id=view.id)


def proof_of(actor: Actor, view: RecordView, writers: Writers) -> Proof:
    """Return the version's source, with the way to the dossier for who may see it."""
    plain = proof_in_history(view, writers)
    if view.source != SourceKind.DOSSIER:
        return plain
    try:
        dossier = dossiers.access_dossier(actor=actor, dossier_id=uuid_of(view.reference))
    except NotFound:
        return plain
    return Proof(plain.kind, dossier.code, reverse("desk:dossier", args=[dossier.pk]), plain.who)


def proof_in_history(view: RecordView, writers: Writers) -> Proof:
    """Return the same without asking for dossiers."""
    about = "" if view.source == SourceKind.DOSSIER else view.reference
    is_id = uuid_of(about) != UUID(int=0)
    return Proof(
        source_words(SourceKind(view.source)),
        "" if is_id else about,
        who=writers.get(view.number, ""),
        is_invented=view.source == SourceKind.INVENTED,
    )


def source_words(source: SourceKind) -> str:
    """Return what a version comes from, as the desk says it."""
    match source:
        case SourceKind.DOSSIER:
            return _("Kết quả hồ sơ đã ký")
        case SourceKind.OFFICER:
            return _("Cán bộ ghi vào sổ")
        case other:
            return str(other.label)
