"""Files and documents for tests of papers."""

from datetime import datetime
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.fixtures_trust import COMMUNE, PASSPHRASE, Trust
from tinhso.papers import appearances, signing
from tinhso.papers.keys import Pkcs12Key
from tinhso.papers.typesetting import TypesetDocument, qr_svg, typeset_document
from tinhso.people.models import Account, Agency, Person
from tinhso.people.types import Actor, ActorKind, PostView

TEMPLATE = """
#import "packs/vietnam/templates/decree30.typ": *
#let data = json("data.json")
#show: document.with(title: "Quyết định")
#letterhead(parent: "Ủy ban nhân dân tỉnh Quảng Ninh", agency: "Ủy ban nhân dân xã Bình Liêu",
  number: data.document.number, place-date: place-and-date("Bình Liêu", data.document.issued_on))
#title("Quyết định", subject: "Về việc " + data.about)
Điều 1. Công nhận kết quả.
#closing(recipients(("Như Điều 1", "Lưu: VT")), signature(authority: "TM. Ủy ban nhân dân", post: "Chủ tịch",
  name: "Hoàng Văn Thắng"))
#qr(caption: [Quét mã để kiểm tra])
"""
GPS = 0x8825
ORIENTATION = 0x0112


def typeset_sample(about: str = "thử nghiệm") -> TypesetDocument:
    """Return one unsigned page."""
    facts = {"about": about, "document": {"number": "05/QĐ-UBND", "issued_on": "2026-02-05"}}
    files = {"qr.svg": qr_svg("http://127.0.0.1:8000/verify/abc")}
    return typeset_document(TEMPLATE, facts, name="sample.typ", extra_files=files)


def signed_sample(trust: Trust, *, at: datetime, signer: Pkcs12Key | None = None) -> bytes:
    """Return one page with a person's signature and an agency's."""
    letter = typeset_sample()
    place = letter.place("signer")
    assert place is not None
    person = signer or Pkcs12Key(trust.signer("thang").pkcs12, PASSPHRASE)
    agency = Pkcs12Key(trust.agency().pkcs12, PASSPHRASE)
    own = appearances.signer_stamp(place, signer="Hoàng Văn Thắng", agency=COMMUNE, at=at)
    seal = appearances.agency_stamp(place, agency=COMMUNE, parent="Tỉnh Quảng Ninh", at=at, test=True)
    return signing.sign(
        letter.pdf,
        signatures=[
            signing.Signature("Signer", person, "Ký ban hành", own),
            signing.Signature("Agency", agency, "Chữ ký số của cơ quan", seal),
        ],
        at=at,
    )


def photo(*, width: int = 60, height: int = 40, located: bool = True, turned: bool = True) -> bytes:
    """Return a JPEG, left half red, as a phone held upright takes it: turned by 90°, with its place."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("red", (0, 0, width // 2, height))
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = 6
    if located:
        exif.get_ifd(GPS).update({1: "N", 2: (21.0, 31.0, 48.0), 3: "E", 4: (107.0, 23.0, 45.0)})
    content = BytesIO()
    picture.save(content, "JPEG", exif=exif, quality=95)
    return content.getvalue()


def leaf(number: int = 0) -> bytes:
    """Return a JPEG that looks like a written sheet on a table; each number gives another."""
    picture = Image.new("RGB", (720 + 2 * number, 960), "#b9c3c9")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 40, 680, 920), fill="#fbfaf5", outline="#8d979d")
    draw.rectangle((210, 90, 510, 106), fill="#5b656b")
    draw.rectangle((270, 122, 450, 130), fill="#8d979d")
    draw.rectangle((150, 190, 570, 212), fill="#30383d")
    for line in range(14):
        end = 600 - (line * 97 % 170)
        draw.rectangle((100, 270 + line * 34, end, 280 + line * 34), fill="#7d868c")
    draw.ellipse((450, 770, 570, 890), outline="#c5303c", width=6)
    draw.line((430, 850, 500, 800, 540, 860, 620, 790), fill="#22447a", width=5)
    content = BytesIO()
    picture.reduce(2).save(content, "JPEG", quality=80)
    return content.getvalue()


def pdf(*, pages: int = 1, script: str = "", password: str = "", attachment: bytes = b"") -> bytes:
    """Return a plain PDF, with a program, a password or an attachment if wanted."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(action))
    if attachment:
        writer.add_attachment("data.xml", attachment)
    if password:
        writer.encrypt(password)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def person(name: str = "Chìu Thị Mai", *, at: datetime) -> Person:
    """Make a person."""
    return Person.objects.create(full_name=name, made_at=at)


def agency(*, unit_code: str = "07030", name: str = COMMUNE) -> Agency:
    """Make a commune's committee."""
    return Agency.objects.create(
        code=f"H49.{unit_code}",
        name=name,
        kind="commune_committee",
        unit_code=unit_code,
        place="Bình Liêu",
        document_code="UBND",
    )


def citizen(person_id: UUID, *, on_behalf_of: frozenset[UUID] = frozenset()) -> Actor:
    """Return a signed-in citizen."""
    return Actor(kind=ActorKind.CITIZEN, person_id=person_id, assurance=2, on_behalf_of=on_behalf_of)


def chairperson(at_agency: Agency, *, username: str = "thang") -> Actor:
    """Make the account of the chairperson and return the actor."""
    account, _new = Account.objects.get_or_create(
        username=username, defaults={"kind": "officer", "full_name": "Hoàng Văn Thắng"}
    )
    post = PostView(
        id=UUID(int=at_agency.pk.int ^ 1),
        agency_id=at_agency.pk,
        agency_name=at_agency.name,
        role="chairperson",
        title="Chủ tịch",
    )
    return Actor(kind=ActorKind.OFFICER, account_id=account.pk, full_name="Hoàng Văn Thắng", posts=(post,))
