"""Every state of every page of the desk and of the gallery, in the order in which the world comes to them."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, COPY, HONG_GAI
from tests.e2e.desk_arrivals import arrivals
from tests.e2e.desk_books import books
from tests.e2e.desk_files import files
from tests.e2e.desk_lives import PROCEDURES, births, life
from tests.e2e.desk_till import tills
from tests.e2e.desk_world import REASON, DeskWorld, Given
from tests.e2e.pages_kit import Stop, choose, fill, send
from tinhso.dossiers.actions.ask_batch import ask_batch, cancel_batch
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.actions.desk_settings import choose_columns, save_filter
from tinhso.dossiers.actions.reason_templates import write_reason_template
from tinhso.dossiers.actions.work_batch import work_next
from tinhso.dossiers.models import Batch, Dossier
from tinhso.notices.actions import notify_officers
from tinhso.notices.models import Message
from tinhso.people import actions as people
from tinhso.people.models import Post
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

ABSENT = UUID(int=7)
BEGIN = send("form[method=post] button.govuk-button >> nth=-1")


def states(world: DeskWorld) -> Iterator[Stop]:
    """Walk through everything. Look at each stop before asking for the next: the world moves on."""
    yield world.stop("gallery:gallery", "everything", None)
    yield from _first_morning(world)
    yield from _counter(world)
    for code in PROCEDURES:
        yield from life(world, code)
    yield from births(world)
    yield from _lists(world)
    yield from _many(world)
    yield from _staff(world)
    yield from _notices(world)
    yield from tills(world)
    yield from books(world)
    yield from arrivals(world)
    yield from files(world)
    yield from _denied(world)


def _first_morning(world: DeskWorld) -> Iterator[Stop]:
    leader = world.province.officer("chairperson")
    for tab in ("cua-toi", "qua-han"):
        yield world.stop("desk:inbox", f"empty {tab}", leader, query=f"?muc={tab}")
    yield world.stop("desk:inbox", "empty for who watches", world.province.officer("supervisor"))
    yield world.stop("desk:signing", "empty", leader)
    yield world.stop("desk:opinions", "empty", leader)
    yield world.stop("desk:search", "nothing asked", leader)
    yield world.stop("desk:search", "nothing found", leader, query="?q=khong+co+ai")


def _counter(world: DeskWorld) -> Iterator[Stop]:
    """Somebody comes to the counter, for themselves or for a firm."""
    officer, known = world.province.officer("one_stop"), world.citizen().person_id
    assert known is not None
    people.introduce(actor=kit.SYSTEM, at=world.at, person_id=known, agency_id=officer.posts[0].agency_id)
    stranger, wrong = "?so=022191004512", (fill("[name=so]", "12"), fill("[name=xa]", "Xã Không Có"), BEGIN)
    start = reverse("desk:intake") + stranger
    yield world.stop("desk:intake", "asks for the number", officer)
    yield world.stop("desk:intake", "wrong number", officer, query="?so=0221", status=422)
    yield world.stop("desk:intake", "unknown person", officer, query=stranger)
    yield world.stop("desk:register", "all wrong", officer, start=start, acts=wrong, status=422)
    place: Given = {"person_id": known}
    yield world.stop("desk:choose", "every procedure", officer, **place)
    yield world.stop("desk:choose", "no such procedure", officer, query="?q=xyzxyz", **place)
    yield world.stop("desk:choose", "nothing chosen", officer, acts=(BEGIN,), status=422, **place)
    absent = (choose(f"[value='{BIRTH}']"), BEGIN)
    yield world.stop("desk:choose", "not present", officer, acts=absent, status=422, **place)
    firm = "?ma-so-thue=5700100016"
    yield world.stop("desk:organisation", "asks for the tax code", officer, **place)
    yield world.stop("desk:organisation", "wrong code", officer, query="?ma-so-thue=12", status=422, **place)
    yield world.stop("desk:organisation", "unknown firm", officer, query=firm, **place)
    yield world.stop(
        "desk:organisation", "nothing said", officer, query=firm, acts=(BEGIN,), status=422, **place
    )


def _lists(world: DeskWorld) -> Iterator[Stop]:
    leader, counter = world.province.officer("chairperson"), world.province.officer("one_stop")
    for tab in ("cua-toi", "cho-tiep-nhan", "dang-xu-ly", "cho-ky", "cho-bo-sung", "qua-han"):
        yield world.stop("desk:inbox", f"tab {tab}", leader, query=f"?muc={tab}")
    narrowed = urlencode({"muc": "dang-xu-ly", "thu-tuc": BIRTH, "truc-tuyen": "1"})
    yield world.stop("desk:inbox", "narrowed", counter, query=f"?{narrowed}")
    yield world.stop("desk:inbox", "narrowed to nothing", counter, query=f"?muc=qua-han&thu-tuc={COPY}")
    yield world.stop("desk:search", "found", leader, query="?q=thao")


def _many(world: DeskWorld) -> Iterator[Stop]:
    """Several at once: asked, going on, stopped; then lists, columns and sentences of one's own."""
    province, at = world.province, world.at
    examiner, leader = province.officer("civil_status_officer"), province.officer("chairperson")
    yield world.stop("desk:batches", "none", examiner)
    yield world.stop("desk:batch-new", "nothing chosen", examiner, query="?viec=ban-giao")
    first = desk.accepted(province, world.citizen())
    ids = [first, *desk.like(first, 11)]
    whole = "?viec=ban-giao&ca-danh-sach=1&ve=muc%3Dcua-toi"
    yield world.stop("desk:batch-new", "asks who", examiner, query=whole)
    yield world.stop("desk:batch-new", "nobody said", examiner, query=whole, acts=(BEGIN,), status=422)
    yield world.stop("desk:batch-new", "asks why", examiner, query=whole.replace("ban-giao", "tra-buoc"))
    batch: Given = {"batch_id": ask_batch(actor=examiner, at=at, kind=Batch.Kind.CLAIM, dossier_ids=ids)}
    yield world.stop("desk:batch", "waits", examiner, **batch)
    claim_step(actor=world.colleague(ids[3]), at=at, dossier_id=ids[3])
    for _turn in range(5):
        work_next(at=at, batch_id=batch["batch_id"])
    yield world.stop("desk:batch", "goes on", examiner, **batch)
    cancel_batch(actor=examiner, at=at, batch_id=batch["batch_id"])
    yield world.stop("desk:batch", "stopped", examiner, **batch)
    yield world.stop("desk:batch", "somebody else's", leader, status=404, **batch)
    yield world.stop("desk:batch-cancel", "opened", examiner, status=405, **batch)
    yield world.stop("desk:batches", "some", examiner)
    yield from _arranging(world)


def _arranging(world: DeskWorld) -> Iterator[Stop]:
    """How an officer arranges the desk, walks through a list, and what the head of the agency sees."""
    province, at = world.province, world.at
    examiner, leader = province.officer("civil_status_officer"), province.officer("chairperson")
    narrowed = f"?ve=muc%3Dcua-toi%26thu-tuc%3D{BIRTH}"
    yield world.stop("desk:filters", "nothing to keep", examiner)
    yield world.stop("desk:filters", "no name", examiner, query=narrowed, acts=(BEGIN,), status=422)
    for name in ("Khai sinh quá hạn", "Hồ sơ trực tuyến của xã chờ tôi thẩm tra trong tuần này"):
        save_filter(actor=examiner, at=at, name=name, query=f"muc=cua-toi&thu-tuc={BIRTH}")
    choose_columns(
        actor=examiner, at=at, columns=["nguoi-nop", "co-quan", "cach-nop", "ngay-nop", "trang-thai"]
    )
    yield world.stop("desk:filters", "some", examiner, query=narrowed)
    yield world.stop("desk:columns", "five", examiner)
    yield world.stop("desk:inbox", "own columns", examiner, query=f"?muc=cua-toi&thu-tuc={BIRTH}")
    yield world.stop("desk:reasons", "none", leader)
    yield world.stop("desk:reasons", "nothing written", leader, acts=(BEGIN,), status=422)
    kept = write_reason_template(
        actor=examiner, at=at, agency_id=examiner.posts[0].agency_id, act="", text=REASON
    )
    yield world.stop("desk:reasons", "some", leader)
    yield world.stop("desk:reason-strike", "opened", leader, status=405, template_id=kept)
    yield world.stop("desk:workload", "everybody", leader)
    yield world.stop("desk:workload", "not a head", examiner, status=403)
    whose: Given = {"agency_id": leader.posts[0].agency_id, "account_id": examiner.account_id}
    yield world.stop("desk:workload-done", "some", leader, **whose)
    whose["account_id"] = leader.account_id
    yield world.stop("desk:workload-done", "none", leader, **whose)
    walked = Dossier.objects.filter(steps__holder_id=examiner.account_id, steps__closed_at=None)[0]
    yield world.stop("desk:dossier", "of a list", examiner, query="?ve=muc%3Dcua-toi", dossier_id=walked.pk)
    counter = province.officer("one_stop")
    yield world.stop("desk:queue-holder", "not waiting", counter, dossier_id=walked.pk)
    yield from _flows(world, leader)


def _flows(world: DeskWorld, leader: Actor) -> Iterator[Stop]:
    """How dossiers really went."""
    passage = "?tu-viec=dossier.filed&den-viec=dossier.accepted"
    yield world.stop("flows:home", "some", leader)
    yield world.stop("flows:home", "no such day", leader, query="?tu=2026-02-31", status=422)
    yield world.stop("whatif:home", "too few", leader)
    yield world.stop("flows:map", "some", leader, code=BIRTH)
    yield world.stop("flows:map", "rare ways too", leader, query="?hiem=1", code=BIRTH)
    yield world.stop("flows:dossiers", "slowest", leader, query=passage, code=BIRTH)
    yield world.stop("flows:dossiers", "none", leader, query="?duong=0", code=BIRTH)


def _staff(world: DeskWorld) -> Iterator[Stop]:
    """Who works where, and who stands in for whom."""
    leader, examiner = world.province.officer("chairperson"), world.province.officer("civil_status_officer")
    assert examiner.account_id is not None
    post = Post.objects.get(account_id=examiner.account_id)
    agency: Given = {"agency_id": post.agency_id}
    held: Given = {"post_id": post.pk}
    yield world.stop("desk:people", "nobody stands in", examiner)
    for route, given in (("desk:appoint", agency), ("desk:end-post", held), ("desk:substitute", held)):
        yield world.stop(route, "asks", leader, **given)
    yield world.stop("desk:appoint", "nothing said", leader, acts=(BEGIN,), status=422, **agency)
    yield world.stop("desk:substitute", "nothing said", leader, acts=(BEGIN,), status=422, **held)
    yield world.stop("desk:end-post", "not theirs", examiner, status=403, **held)
    stand_in = Post.objects.filter(role=post.role, agency_id=post.agency_id).exclude(pk=post.pk)[0]
    absence = people.substitute(
        actor=leader,
        at=world.at,
        post_id=post.pk,
        substitute_account_id=stand_in.account_id,
        from_at=world.at,
        until_at=world.at + timedelta(days=9),
        reason=REASON,
    )
    yield world.stop("desk:people", "somebody stands in", leader)
    yield world.stop("desk:people", "standing in", actor_of(stand_in.account_id, at=world.at))
    yield world.stop("desk:end-substitution", "opened", leader, status=405, substitution_id=absence)


def _notices(world: DeskWorld) -> Iterator[Stop]:
    """What an officer is told, and where else."""
    fresh, examiner = world.province.officer("supervisor"), world.province.officer("civil_status_officer")
    assert examiner.account_id is not None
    yield world.stop("desk:notices", "none", fresh)
    for turn in range(24):
        notify_officers(
            at=world.at + timedelta(seconds=turn),
            account_ids={examiner.account_id},
            template="officer_handed_over",
            data={"count": str(turn + 1)},
            dedupe_key=f"lan-{turn}",
            link="/ban-lam-viec/?muc=cua-toi",
        )
    yield world.stop("desk:notices", "many", examiner)
    yield world.stop("desk:notices", "the last page", examiner, query="?truoc=0")
    wrong = (fill("[name=thu-dien-tu]", "ho-tich@"), BEGIN)
    yield world.stop(
        "desk:notice-email", "wrong", examiner, start=reverse("desk:notices"), acts=wrong, status=422
    )
    told = Message.objects.filter(account_id=examiner.account_id).order_by("-made_at")[0]
    yield world.stop("desk:notice", "opened", examiner, message_id=told.pk)
    yield world.stop("desk:notice", "somebody else's", fresh, status=404, message_id=told.pk)


def _denied(world: DeskWorld) -> Iterator[Stop]:
    """Nobody, a citizen, another commune, a post that has no counter, files that are not the dossier's."""
    province, citizen = world.province, world.citizen()
    files: Given = {"dossier_id": kit.filed(province, citizen, BIRTH).dossier_id}
    chosen = f"?ho-so={files['dossier_id']}"
    counter, leader = province.officer("one_stop"), province.officer("chairperson")
    elsewhere = province.officer("chairperson", unit=HONG_GAI)
    yield world.stop("sign_in", "session ended", None, start=desk.aside(files["dossier_id"]))
    yield world.stop("desk:inbox", "a citizen", citizen, status=403)
    yield world.stop("desk:inbox", "elsewhere", elsewhere, query=chosen, status=404)
    yield world.stop("desk:dossier", "elsewhere", elsewhere, status=404, **files)
    yield world.stop("desk:intake", "not at the counter", leader, status=403)
    yield world.stop("desk:paper", "absent", counter, status=404, paper_id=ABSENT, **files)
    yield world.stop("desk:document", "absent", counter, status=404, document_id=ABSENT, **files)
