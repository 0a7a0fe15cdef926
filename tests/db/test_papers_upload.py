"""Taking in files: what is kept, what is refused, who may read."""

import hashlib
import socket
import struct
import threading
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image
from pytest_django import Settings

from tests.papers_samples import GPS, agency, chairperson, citizen, pdf, person, photo
from tinhso.kernel.ids import new_id
from tinhso.kernel.models import LedgerEntry, StoredFile
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.papers import queries, refusals
from tinhso.papers.actions.grant_paper import grant_paper
from tinhso.papers.actions.receive_paper import receive_paper
from tinhso.papers.actions.remove_paper import remove_paper
from tinhso.papers.models import Paper
from tinhso.papers.types import Flag, PaperView, ScanState
from tinhso.people.models import Person
from tinhso.people.types import ANONYMOUS, Actor, ActorKind

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 5, 2, 12, tzinfo=UTC)
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture
def owner() -> Person:
    return person(at=AT)


def receive(owner: Person, content: bytes, *, name: str = "giay.jpg", **more: str) -> PaperView:
    return receive_paper(
        actor=citizen(owner.pk),
        at=AT,
        owner_person_id=owner.pk,
        file_name=name,
        content=BytesIO(content),
        **more,
    )


def read(actor: Actor, paper_id: UUID, copy: queries.Copy = "original") -> bytes:
    with queries.open_paper(actor=actor, paper_id=paper_id, copy=copy) as stream:
        return stream.read()


def assert_nothing_kept() -> None:
    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()
    assert not LedgerEntry.objects.filter(kind__startswith="paper.").exists()


def test_the_original_stays_byte_for_byte_and_what_is_shown_has_no_place_in_it(owner: Person) -> None:
    original = photo()
    assert Image.open(BytesIO(original)).getexif().get_ifd(GPS)

    paper = receive(owner, original)

    assert read(citizen(owner.pk), paper.id) == original
    assert paper.sha256 == hashlib.sha256(original).hexdigest()
    for copy in ("display", "preview"):
        shown = Image.open(BytesIO(read(citizen(owner.pk), paper.id, copy)))  # type: ignore[arg-type]
        assert not shown.getexif()
        assert set(shown.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


def test_a_photo_taken_upright_is_shown_upright(owner: Person) -> None:
    paper = receive(owner, photo(width=60, height=40))

    shown = Image.open(BytesIO(read(citizen(owner.pk), paper.id, "display")))

    assert shown.size == (40, 60)
    # Turned by 90° clockwise, the red left half comes to the top.
    red, green, _blue = shown.getpixel((20, 8))  # type: ignore[misc]
    assert red > 200
    assert green < 80


def test_a_large_picture_is_made_small_for_the_screen(owner: Person) -> None:
    paper = receive(owner, photo(width=3000, height=300, turned=False))

    assert max(Image.open(BytesIO(read(citizen(owner.pk), paper.id, "display"))).size) == 2400
    assert max(Image.open(BytesIO(read(citizen(owner.pk), paper.id, "preview"))).size) == 320


def test_a_transparent_picture_gets_a_white_ground(owner: Person) -> None:
    content = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(content, "PNG")

    paper = receive(owner, content.getvalue(), name="dau.png")

    shown = Image.open(BytesIO(read(citizen(owner.pk), paper.id, "display")))
    assert shown.getpixel((10, 10)) == (255, 255, 255)


def test_a_pdf_is_counted_and_kept(owner: Person) -> None:
    paper = receive(owner, pdf(pages=3), name="to khai.pdf")

    assert (paper.media_type, paper.pages, paper.file_name) == ("application/pdf", 3, "to khai.pdf")
    assert paper.display_id is None


def test_the_type_is_found_by_content_and_the_name_follows_it(owner: Person) -> None:
    paper = receive(owner, photo(), name="C:\\anh\\Giâ\u0301y khai sinh.pdf")

    assert paper.media_type == "image/jpeg"
    assert paper.file_name == "Giấy khai sinh.jpg"


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"MZ\x90\x00" + b"\0" * 200, "giay.pdf", refusals.WrongType),
        (b"<html><script>alert(1)</script></html>", "giay.jpg", refusals.WrongType),
        (b"PK\x03\x04" + b"\0" * 200, "giay.docx", refusals.WrongType),
        (b"\0\0\0\x18ftypheic" + b"\0" * 200, "anh.heic", refusals.WrongType),
        (b"", "giay.pdf", refusals.EmptyFile),
        (photo()[:-400], "giay.jpg", refusals.BrokenFile),
        (photo()[:40], "giay.jpg", refusals.BrokenFile),
        (b"%PDF-1.7\n" + b"x" * 300, "giay.pdf", refusals.BrokenFile),
        (pdf(pages=2)[:300], "giay.pdf", refusals.BrokenFile),
        (pdf(script="app.alert('x')"), "giay.pdf", refusals.ActiveContent),
        (pdf(password="123"), "giay.pdf", refusals.EncryptedFile),
        (pdf(pages=101), "giay.pdf", refusals.TooManyPages),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_and_nothing_is_kept(
    owner: Person, content: bytes, name: str, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        receive(owner, content, name=name)

    assert name in refused.value.sentence()
    assert "Hãy" in refused.value.sentence()
    assert_nothing_kept()


def test_fifty_megabytes_are_not_read_beyond_the_limit(owner: Person) -> None:
    class Endless(BytesIO):
        given = 0

        def read(self, size: int | None = -1) -> bytes:
            self.given += size or 0
            return b"\xff" * (size or 0) if self.given <= 50_000_000 else b""

    stream = Endless()

    with pytest.raises(refusals.TooLarge, match="10 MB"):
        receive_paper(
            actor=citizen(owner.pk), at=AT, owner_person_id=owner.pk, file_name="to.pdf", content=stream
        )

    assert stream.given < 12_000_000
    assert_nothing_kept()


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(owner: Person) -> None:
    content = BytesIO()
    Image.new("1", (10_000, 7_000)).save(content, "PNG")

    with pytest.raises(refusals.TooManyPixels):
        receive(owner, content.getvalue(), name="bom.png")

    assert_nothing_kept()


def test_a_pdf_with_an_attachment_is_taken_and_flagged(owner: Person) -> None:
    paper = receive(owner, pdf(attachment=b"<a/>"), name="hoa-don.pdf")

    assert paper.flags == (Flag.ATTACHMENT,)


def test_the_same_file_again_is_the_same_paper(owner: Person) -> None:
    first, again = receive(owner, pdf()), receive(owner, photo())
    repeated = receive(owner, photo(), name="khac.jpg")
    on_purpose = receive(owner, photo(), client_key="mat-sau")

    assert repeated == again
    assert len({first.id, again.id, on_purpose.id}) == 3
    assert Paper.objects.count() == 3


def test_nobody_hands_in_for_a_stranger(owner: Person) -> None:
    with pytest.raises(NotAllowed):
        receive_paper(
            actor=citizen(new_id()),
            at=AT,
            owner_person_id=owner.pk,
            file_name="a.pdf",
            content=BytesIO(pdf()),
        )

    assert_nothing_kept()


def test_a_paper_is_read_by_its_owner_their_mandatary_and_the_agency_it_was_given_to(owner: Person) -> None:
    paper = receive(owner, photo())
    here, elsewhere = agency(), agency(unit_code="07060", name="Ủy ban nhân dân xã Hoành Mô")
    officer, other = chairperson(here), chairperson(elsewhere, username="khac")
    mandatary = citizen(new_id(), on_behalf_of=frozenset({owner.pk}))

    for stranger in (citizen(new_id()), officer, other, ANONYMOUS, Actor(kind=ActorKind.CITIZEN)):
        with pytest.raises(NotFound):
            queries.access_paper(actor=stranger, paper_id=paper.id)
        with pytest.raises(NotFound):
            read(stranger, paper.id)
        assert queries.papers(actor=stranger, paper_ids=[paper.id]) == ()

    grant_paper(actor=citizen(owner.pk), at=AT, paper_id=paper.id, agency_id=here.pk)

    for reader in (citizen(owner.pk), mandatary, officer):
        assert read(reader, paper.id) == photo()
    with pytest.raises(NotFound):
        read(other, paper.id)


def test_only_one_who_sees_a_paper_gives_it_on(owner: Person) -> None:
    paper, here = receive(owner, photo()), agency()

    with pytest.raises(NotFound):
        grant_paper(actor=chairperson(here), at=AT, paper_id=paper.id, agency_id=here.pk)

    assert queries.papers(actor=chairperson(here), paper_ids=[paper.id]) == ()


def test_a_paper_nobody_works_with_can_be_thrown_away(owner: Person) -> None:
    paper = receive(owner, photo())

    remove_paper(actor=citizen(owner.pk), at=AT, paper_id=paper.id)

    assert not Paper.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_paper_an_agency_works_with_stays(owner: Person) -> None:
    paper, here = receive(owner, photo()), agency()
    grant_paper(actor=citizen(owner.pk), at=AT, paper_id=paper.id, agency_id=here.pk)

    with pytest.raises(refusals.PaperInUse):
        remove_paper(actor=citizen(owner.pk), at=AT, paper_id=paper.id)
    with pytest.raises(NotAllowed):
        remove_paper(actor=chairperson(here), at=AT, paper_id=paper.id)
    with pytest.raises(NotFound):
        remove_paper(actor=citizen(new_id()), at=AT, paper_id=paper.id)

    assert read(citizen(owner.pk), paper.id) == photo()


def test_without_a_scanner_a_paper_says_so(owner: Person) -> None:
    assert receive(owner, photo()).scan is ScanState.NOT_SCANNED


class Clamd(threading.Thread):
    """A daemon that speaks INSTREAM on the loopback and finds EICAR's test string."""

    def __init__(self, answer: bytes | None = None) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.answer, self.received = answer, b""

    def run(self) -> None:
        with closing(self.socket):
            connection, _peer = self.socket.accept()
            with closing(connection), connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                while size := struct.unpack("!I", stream.read(4))[0]:
                    self.received += stream.read(size)
                found = EICAR in self.received
                verdict = b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0"
                connection.sendall(self.answer if self.answer is not None else verdict)


@pytest.fixture
def clamd(settings: Settings) -> Clamd:
    daemon = Clamd()
    settings.TINHSO = settings.TINHSO.model_copy(update={"clamd": daemon.address})
    daemon.start()
    return daemon


def test_a_clean_file_is_marked_clean_and_was_seen_whole(owner: Person, clamd: Clamd) -> None:
    content = photo(width=900, height=900)

    assert receive(owner, content).scan is ScanState.CLEAN
    clamd.join(5)
    assert clamd.received == content


def test_an_infected_file_is_refused_and_nothing_is_kept(owner: Person, clamd: Clamd) -> None:
    with pytest.raises(refusals.Infected, match="Eicar-Test-Signature"):
        receive(owner, pdf() + b"\n" + EICAR, name="to.pdf")

    assert_nothing_kept()


@pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OKAY\0"])
def test_a_scanner_that_does_not_answer_properly_is_an_error_never_clean(
    owner: Person, settings: Settings, answer: bytes
) -> None:
    daemon = Clamd(answer)
    settings.TINHSO = settings.TINHSO.model_copy(update={"clamd": daemon.address})
    daemon.start()

    assert receive(owner, photo()).scan is ScanState.ERROR


def test_a_scanner_that_is_down_is_an_error_never_clean(owner: Person, settings: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    settings.TINHSO = settings.TINHSO.model_copy(update={"clamd": address})

    assert receive(owner, photo()).scan is ScanState.ERROR


def test_the_ledger_knows_of_the_paper_and_not_of_its_name(owner: Person) -> None:
    paper = receive(owner, photo(), name="Chìu Thị Mai.jpg")

    entry = LedgerEntry.objects.get(kind="paper.received")
    assert entry.subject_id == paper.id
    assert "Mai" not in str(entry.payload)
