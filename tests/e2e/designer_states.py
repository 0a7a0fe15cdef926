"""Every state of every page of the designer, in the order in which a design comes to them."""

from collections.abc import Iterator
from uuid import UUID

from tests import designs_kit as kit
from tests.designs_kit import CODE, FAST, RENAMED
from tests.e2e.desk_world import DeskWorld, Given
from tests.e2e.pages_kit import Act, Stop, fill, send
from tinhso.definitions.designing.edits import Remove, Set, Write
from tinhso.designs import queries
from tinhso.designs.actions.open_design import import_files
from tinhso.designs.actions.publish_design import publish_design

ABSENT = UUID(int=7)
SAVE = send("form.ds-form button.govuk-button >> nth=-1")


def states(world: DeskWorld) -> Iterator[Stop]:
    """Walk through everything. Look at each stop before asking for the next: the world moves on."""
    editor, publisher = kit.editor(world.province), kit.publisher(world.province)
    yield world.stop("designer:home", "empty", publisher)
    yield world.stop("designer:home", "found", editor, query="?q=chung+thuc")
    yield world.stop("designer:home", "nothing found", editor, query="?q=xyzxyz")
    yield world.stop("designer:import", "asks", editor)
    yield world.stop("designer:import", "nothing sent", editor, acts=(send("main form button"),), status=422)
    yield world.stop("designer:versions", "of the packs", editor, code=CODE)
    yield from _written(world, kit.opened(world.province))
    yield from _broken(world)
    yield from _put_into_force(world, kit.opened(world.province))
    yield world.stop("designer:home", "theirs alone", world.province.officer("supervisor"), status=403)
    yield world.stop("designer:design", "absent", editor, status=404, design_id=ABSENT)


def _written(world: DeskWorld, design_id: UUID) -> Iterator[Stop]:
    """A design somebody works on, with mistakes and without."""
    editor, publisher, province = kit.editor(world.province), kit.publisher(world.province), world.province
    here: Given = {"design_id": design_id}
    template = next(iter(kit.row(design_id).templates))
    yield world.stop("designer:home", "one design", editor)
    yield world.stop("designer:design", "fresh", editor, **here)
    yield world.stop("designer:design", "read only", publisher, **here)
    for place in ("form", "fees", "steps", "law"):
        yield world.stop("designer:section", place, editor, place=place, **here)
    yield world.stop("designer:section", "read only", publisher, place="form", **here)
    for place in ("dau", "time", "result", "form.0", "form.0.ask.0", "form.1.ask.0", "papers.0", "fees.0"):
        yield world.stop("designer:part", place, editor, place=place, **here)
    for place in ("steps.1", "law.0", "examples.0"):
        yield world.stop("designer:part", place, editor, place=place, **here)
    yield world.stop("designer:part", "read only", publisher, place="fees.0", **here)
    wrong = (fill("[name=hours]", "hai"), SAVE)
    yield world.stop("designer:part", "no number", editor, place="steps.1", acts=wrong, status=422, **here)
    yield world.stop("designer:part", "absent", editor, place="form.99", status=404, **here)
    yield world.stop("designer:add", "a question", editor, place="form.0.ask", **here)
    yield world.stop(
        "designer:add", "nothing said", editor, place="notices", acts=(SAVE,), status=422, **here
    )
    yield world.stop("designer:source", "as text", editor, **here)
    yield world.stop("designer:template", "with a sample", editor, name=template, **here)
    yield world.stop("designer:preview", "first page", editor, **here)
    empty = (send("main form button.govuk-button >> nth=-1"),)
    yield world.stop("designer:preview", "nothing answered", editor, acts=empty, status=422, **here)
    yield world.stop("designer:preview", "in a frame", editor, query="?khung=1", **here)
    yield world.stop("designer:examples", "all pass", editor, **here)
    yield world.stop("designer:diff", "none", editor, **here)
    yield world.stop("designer:publish", "writing", editor, **here)
    kit.change(province, design_id, FAST, Set(("fees", 0), {"amount": 9000}))
    yield world.stop("designer:examples", "some fail", editor, **here)
    yield world.stop("designer:diff", "some", editor, **here)
    kit.change(province, design_id, Set(("form", 0, "ask", 0), {"when": "no_such == 1"}))
    yield world.stop("designer:design", "with a mistake", editor, **here)
    yield world.stop("designer:part", "with a mistake", editor, place="form.0.ask.0", **here)
    yield world.stop("designer:examples", "not to be run", editor, **here)
    yield world.stop("designer:publish", "refused", editor, acts=_words(), status=409, **here)
    text = kit.row(design_id).templates[template]
    kit.change(province, design_id, Write(template, f"{text}\n#broken("))
    yield world.stop("designer:template", "broken", editor, name=template, **here)
    kit.change(province, design_id, *(Remove(("examples", 0)) for _ in _examples(design_id)))


def _broken(world: DeskWorld) -> Iterator[Stop]:
    """Files that cannot be read."""
    editor = kit.editor(world.province)
    broken = import_files(actor=editor, at=world.at, content=b'code: "9.000001"\nname: [\n')
    yield world.stop("designer:design", "unreadable", editor, design_id=broken)
    yield world.stop("designer:source", "unreadable", editor, design_id=broken)
    yield world.stop("designer:section", "unreadable", editor, design_id=broken, place="form")
    yield world.stop("designer:preview", "impossible", editor, status=409, design_id=broken)


def _put_into_force(world: DeskWorld, design_id: UUID) -> Iterator[Stop]:
    """A design that is proposed and published."""
    editor, publisher, province = kit.editor(world.province), kit.publisher(world.province), world.province
    here: Given = {"design_id": design_id}
    kit.change(province, design_id, RENAMED)
    design = kit.proposed(province, design_id)
    yield world.stop("designer:home", "proposed", publisher)
    yield world.stop("designer:publish", "own proposal", editor, **here)
    yield world.stop("designer:publish", "to decide", publisher, **here)
    current = queries.in_force(CODE)
    assert current is not None
    publish_design(
        actor=publisher,
        at=world.at,
        design_id=design_id,
        revision=design.revision,
        seen_version=current.version_id,
    )
    yield world.stop("designer:publish", "published", editor, **here)
    yield world.stop("designer:versions", "from the desk", publisher, code=CODE)


def _examples(design_id: UUID) -> range:
    found = queries.check(kit.row(design_id)).patched
    return range(len(found.examples) if found else 0)


def _words() -> tuple[Act, ...]:
    return (
        fill("[name=ly-do]", kit.REASON),
        fill("[name=quyet-dinh]", kit.DECISION),
        send("[value=propose]"),
    )
