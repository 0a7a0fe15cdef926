"""Rules of quality in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.registers.rules import CLASH, OLD, PLACED, TWIN, rules_of
from tinhso.registers.types import Kind
from tinhso.web.registers.words import language

# What each of the four words of the province's aim asks of a record.
MEANINGS = {
    Kind.CORRECT: gettext_lazy("Giá trị khớp nhau và khớp với sổ khác."),
    Kind.COMPLETE: gettext_lazy("Mục bắt buộc và mục cần có đều đã ghi."),
    Kind.CLEAN: gettext_lazy("Không có hai bản ghi cho một đối tượng."),
    Kind.ALIVE: gettext_lazy("Có người xác nhận còn đúng, đúng nhịp của sổ."),
}
SENTENCES = {
    OLD: gettext_lazy("Đã quá hạn xác nhận còn đúng."),
    CLASH: gettext_lazy("Khóa trùng với một bản ghi khác."),
    TWIN: gettext_lazy("Có thể trùng với một bản ghi khác."),
    PLACED: gettext_lazy("Vị trí nằm ngoài ranh giới của xã, phường đã ghi."),
}
REQUIRED = "required."


def sentence_of(definition: RegisterDefinition, rule: str) -> str:
    """Return what is wrong with a record that fails the rule; nothing for a rule the register has not."""
    if rule in SENTENCES:
        return str(SENTENCES[rule])
    if rule.startswith(REQUIRED) and (field := definition.by_id.get(rule.removeprefix(REQUIRED))):
        return _("Thiếu «%(label)s».") % {"label": field.label.into(language())}
    written = next((one for one in definition.quality if one.id == rule), None)
    return written.otherwise.into(language()) if written else ""


def field_of(definition: RegisterDefinition, rule: str) -> str:
    """Return the field a rule is about; empty where it is about the whole record."""
    return next((one.field for one in rules_of(definition) if one.id == rule), "")
