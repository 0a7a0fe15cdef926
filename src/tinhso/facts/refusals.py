"""What keeps facts from being read."""

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict


class FactsAreRebuilt(Conflict):
    """Half the facts would be half a figure."""

    code = "facts-are-rebuilt"
    message = _("Số liệu đang được tính lại từ sổ cái. Hãy mở lại sau ít phút.")
