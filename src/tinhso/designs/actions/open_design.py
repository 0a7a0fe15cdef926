"""Begin to write: from the version in force, from another procedure, or from files sent in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.designing.document import Document
from tinhso.definitions.designing.files import Files, unpacked
from tinhso.definitions.designing.whole import whole_file
from tinhso.definitions.models import ProcedureVersion
from tinhso.designs import policies
from tinhso.designs.events import DesignOpened
from tinhso.designs.models import Design
from tinhso.designs.writing import head_of
from tinhso.kernel import ledger
from tinhso.people.types import Actor, PostView


@transaction.atomic
def open_design(*, actor: Actor, at: datetime, code: str) -> UUID:
    """
    Begin with the version in force; one of facts only is written out whole.

    :raises NotWriting: the actor does not write the catalogue
    :raises ProcedureMissing: no such procedure is offered
    """
    post = policies.require_writing(actor)

    published = catalogue.current(code)
    version = ProcedureVersion.objects.get(pk=published.version_id)

    files = whole_file(version.source, published.procedure, dict(version.templates))
    return _begin(actor, post, files, at=at, origin="version", based_on=version)


@transaction.atomic
def copy_procedure(*, actor: Actor, at: datetime, code: str, new_code: str) -> UUID:
    """
    Begin a new procedure with the form, steps and template of another.

    :raises NotWriting: the actor does not write the catalogue
    :raises ProcedureMissing: no such procedure is offered
    """
    post = policies.require_writing(actor)

    published = catalogue.current(code)
    version = ProcedureVersion.objects.get(pk=published.version_id)

    files = whole_file(version.source, published.procedure, dict(version.templates))
    document = Document(files.source)
    document.set(("code",), new_code)
    copied = Files(document.text(), files.templates)
    return _begin(actor, post, copied, at=at, origin="copy", based_on=None)


@transaction.atomic
def import_files(*, actor: Actor, at: datetime, content: bytes) -> UUID:
    """
    Begin with files that were sent in, sound or not; their mistakes are shown where they stand.

    :raises NotWriting: the actor does not write the catalogue
    :raises FilesUnreadable: they are no files of a procedure at all
    """
    post = policies.require_writing(actor)

    files = unpacked(content)
    code, _title = head_of(files.source)
    current = ProcedureVersion.objects.filter(
        pk__in=[one.version_id for one in catalogue.all_current() if one.procedure.code == code]
    ).first()

    return _begin(actor, post, files, at=at, origin="import", based_on=current)


def _begin(
    actor: Actor,
    post: PostView,
    files: Files,
    *,
    at: datetime,
    origin: str,
    based_on: ProcedureVersion | None,
) -> UUID:
    code, title = head_of(files.source)
    design = Design.objects.create(
        code=code,
        title=title,
        agency_id=post.agency_id,
        made_by_id=actor.signed_in_as,
        made_at=at,
        changed_by_id=actor.signed_in_as,
        changed_at=at,
        source=files.source,
        templates=dict(files.templates),
        based_on=based_on,
    )
    event = DesignOpened(design_id=design.pk, code=code, origin=origin)
    ledger.record(actor=actor.acting_from(post), at=at, event=event)
    return design.pk
