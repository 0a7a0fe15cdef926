"""The types of questions, one module a family; groups hold other questions and are in ``forms.groups``."""

from collections.abc import Mapping
from types import MappingProxyType

from tinhso.definitions.types import QuestionType
from tinhso.forms.kinds import (
    address,
    choices,
    contact,
    dates,
    declaration,
    files,
    names,
    numbers,
    personal_id,
    text,
)
from tinhso.forms.kinds.base import Kind

KINDS: Mapping[QuestionType, Kind] = MappingProxyType(
    {
        QuestionType.TEXT: text,
        QuestionType.LONG_TEXT: text,
        QuestionType.PERSON_NAME: names,
        QuestionType.PERSONAL_ID: personal_id,
        QuestionType.PHONE: contact,
        QuestionType.EMAIL: contact,
        QuestionType.DATE: dates,
        QuestionType.MONEY: numbers,
        QuestionType.NUMBER: numbers,
        QuestionType.YES_NO: choices,
        QuestionType.ONE_OF: choices,
        QuestionType.MANY_OF: choices,
        QuestionType.ADDRESS: address,
        QuestionType.FILE: files,
        QuestionType.DECLARATION: declaration,
    }
)
