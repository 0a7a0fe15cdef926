"""Find the person one wants to act for oneself, without learning who exists."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import fold
from tinhso.people.models import Person


class AgentUnknown(Invalid):
    """The same sentence for «nobody has this number» and «it is somebody else's»."""

    code = "agent-unknown"
    message = _(
        "Không tìm thấy người có số định danh và họ tên này. Hãy xem lại trên thẻ căn cước; "
        "người đó cần đăng nhập trang này ít nhất một lần."
    )


def agent_named(*, personal_id: str, full_name: str) -> UUID:
    """
    Return the person who has both the number and the name; who asks must know both.

    :raises AgentUnknown: there is none; the caller limits how often one may ask
    """
    digits = "".join(mark for mark in personal_id if mark.isascii() and mark.isdigit())
    row = Person.objects.filter(personal_id=digits).first() if digits else None
    if row is None or fold(row.full_name) != fold(full_name).strip():
        raise AgentUnknown
    return row.pk
