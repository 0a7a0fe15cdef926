"""
How an officer arranges their own desk: filters by name, columns of the lists.

No entry in the ledger: nothing happens to anybody but the officer, who sees it at once.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import policies
from tinhso.dossiers.models import DeskSetting
from tinhso.kernel.ids import new_id
from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor

LONGEST_NAME, LONGEST_QUERY, MOST_FILTERS = 60, 1000, 20
COLUMNS = ("nguoi-nop", "buoc", "nguoi-giu", "co-quan", "cach-nop", "ngay-nop", "trang-thai")
MOST_COLUMNS = 5


class FilterNameMissing(Invalid):
    code = "filter-name-missing"
    message = _("Hãy đặt tên cho bộ lọc, không quá %(longest)s ký tự.")


class FilterEmpty(Invalid):
    code = "filter-empty"
    message = _("Danh sách chưa lọc theo gì. Hãy chọn bộ lọc rồi lưu.")


class TooManyFilters(Invalid):
    code = "too-many-filters"
    message = _("Bạn đã lưu %(most)s bộ lọc. Hãy bỏ một bộ lọc cũ rồi lưu lại.")


class ColumnsUnknown(Invalid):
    code = "columns-unknown"
    message = _("Hãy chọn từ một đến %(most)s cột trong danh sách.")


@transaction.atomic
def save_filter(*, actor: Actor, at: datetime, name: str, query: str) -> str:  # noqa: ARG001
    """
    Keep a list under a name and return its id; one of the same name is replaced.

    :param query: the query string of the list
    :raises NotAllowed: the actor is no officer with a post
    :raises FilterNameMissing, FilterEmpty, TooManyFilters: as they say
    """
    setting = _lock(actor)

    policies.require_reader(actor)

    name = normalise(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise FilterNameMissing(longest=LONGEST_NAME)
    if not 0 < len(query) <= LONGEST_QUERY:
        raise FilterEmpty
    others = [one for one in setting.filters if one["name"].casefold() != name.casefold()]
    if len(others) >= MOST_FILTERS:
        raise TooManyFilters(most=MOST_FILTERS)

    filter_id = str(new_id())
    setting.filters = [*others, {"id": filter_id, "name": name, "query": query}]
    setting.save()
    return filter_id


@transaction.atomic
def forget_filter(*, actor: Actor, at: datetime, filter_id: UUID) -> None:  # noqa: ARG001
    """Keep a list no longer; of what is gone already nothing is said."""
    setting = _lock(actor)

    policies.require_reader(actor)

    setting.filters = [one for one in setting.filters if one["id"] != str(filter_id)]
    setting.save()


@transaction.atomic
def choose_columns(*, actor: Actor, at: datetime, columns: Sequence[str]) -> None:  # noqa: ARG001
    """
    Keep which columns the officer's lists show, in the order of ``COLUMNS``; none at all means as it comes.

    :raises ColumnsUnknown: one that there is not, or too many
    """
    setting = _lock(actor)

    policies.require_reader(actor)

    if set(columns) - set(COLUMNS) or len(set(columns)) > MOST_COLUMNS:
        raise ColumnsUnknown(most=MOST_COLUMNS)

    setting.columns = [name for name in COLUMNS if name in columns] or None
    setting.save()


def _lock(actor: Actor) -> DeskSetting:
    DeskSetting.objects.get_or_create(account_id=actor.signed_in_as)
    return DeskSetting.objects.select_for_update().get(account_id=actor.signed_in_as)
