"""How a procedure is published, in words: the decision, the dates, and the parts the law asks for."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.definitions.announcing import PartName
from tinhso.definitions.publicity import Publication
from tinhso.definitions.types import Procedure
from tinhso.dossiers.time_limits import in_words
from tinhso.web.portal.differences import part_name
from tinhso.web.portal.language import language, say
from tinhso.web.portal.shelf import agency_kind_name, audience_name
from tinhso.web.portal.wording import channel_words


@dataclass(frozen=True, slots=True)
class PartLine:
    """
    One part of a procedure that the law asks for.

    :param said: what it says, short; the anchor of the page says it whole
    :param is_stated: otherwise it says that nothing is laid down
    :param is_lacking: required and not stated
    """

    name: PartName
    title: str
    said: str
    anchor: str
    is_stated: bool
    is_lacking: bool


@dataclass(frozen=True, slots=True)
class PublishedView:
    """
    :param decision: number of the decision; empty where none is known
    :param lateness: days late, or why it cannot be measured, in one sentence
    """

    parts: tuple[PartLine, ...]
    lacking: tuple[str, ...]
    decision: str
    decided_on: date | None
    published_on: date | None
    due_on: date | None
    lateness: str

    @property
    def stated(self) -> int:
        return sum(part.is_stated for part in self.parts)


def published_view(law: Procedure, found: Publication) -> PublishedView:
    """Return the publication of a procedure as pages show it."""
    said = _said(law)
    lines = tuple(
        PartLine(
            name=part.name,
            title=part_name(part.name),
            said=said[part.name] if part.is_stated else _("Không quy định"),
            anchor=_ANCHORS.get(part.name, ""),
            is_stated=part.is_stated,
            is_lacking=part.is_required and not part.is_stated,
        )
        for part in found.parts
    )
    decision = found.decision
    return PublishedView(
        parts=lines,
        lacking=tuple(line.title for line in lines if line.is_lacking),
        decision=decision.number if decision else "",
        decided_on=decision.on if decision else None,
        published_on=found.published_on,
        due_on=found.due_on,
        lateness=lateness(found),
    )


def lateness(found: Publication) -> str:
    """Say whether the procedure was published in time."""
    if found.decision is None:
        return _("Chưa ghi nhận quyết định công bố, nên chưa tính được đúng hạn hay không.")
    if found.days_late is None:
        return _("Nguồn dữ liệu không ghi ngày ký quyết định, nên chưa tính được đúng hạn hay không.")
    if found.days_late == 0:
        return _("Công khai đúng hạn.")
    return ngettext(
        "Công khai chậm %(count)s ngày làm việc.", "Công khai chậm %(count)s ngày làm việc.", found.days_late
    ) % {"count": found.days_late}


# Where the page of the procedure says the part whole.
_ANCHORS: dict[PartName, str] = {
    "sequence": "steps",
    "papers": "papers",
    "fees": "fees",
    "conditions": "conditions",
    "law": "law",
}


def _said(law: Procedure) -> dict[PartName, str]:
    """Return what each part says, short."""
    return {
        "name": say(law.name),
        "sequence": _count(len(law.steps), "bước"),
        "ways": ways(law),
        "papers": papers(law),
        "time": in_words(law.time, language()),
        "audience": _(", ").join(audience_name(one) for one in law.audience),
        "agency": agency_kind_name(law.agency),
        "result": say(law.result.name),
        "fees": _count(len(law.fees), "khoản") if law.fees else say(law.fee_note) or _("Không mất tiền"),
        "forms": forms(law),
        "conditions": _count(len(law.conditions), "điều kiện"),
        "law": _count(len(law.law), "văn bản"),
    }


def ways(law: Procedure) -> str:
    """Say how one may file: «trực tuyến (toàn trình), tại bộ phận một cửa»."""
    online = {"whole": _("toàn trình"), "part": _("một phần")}[law.online]
    said = (
        _("%(way)s (%(level)s)") % {"way": channel_words(one), "level": online}
        if one == "online"
        else channel_words(one)
        for one in law.channels
    )
    return _(", ").join(said)


def papers(law: Procedure) -> str:
    """Say how many papers make up one dossier."""
    if not law.papers:
        return _("Không phải nộp kèm giấy tờ nào")
    return ngettext("%(count)s loại giấy tờ", "%(count)s loại giấy tờ", len(law.papers)) % {
        "count": len(law.papers)
    }


def forms(law: Procedure) -> str:
    """Name the printed forms; the form itself is interactive."""
    codes = _(", ").join(dict.fromkeys(paper.form_code for paper in law.papers if paper.form_code))
    return _("Biểu mẫu điện tử; %(codes)s") % {"codes": codes} if codes else _("Biểu mẫu điện tử")


def _count(many: int, noun: str) -> str:
    words = {
        "bước": ngettext("%(count)s bước", "%(count)s bước", many),
        "khoản": ngettext("%(count)s khoản", "%(count)s khoản", many),
        "điều kiện": ngettext("%(count)s điều kiện", "%(count)s điều kiện", many),
        "văn bản": ngettext("%(count)s văn bản", "%(count)s văn bản", many),
    }
    return words[noun] % {"count": many}
