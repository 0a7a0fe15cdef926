"""Every sentence a reader may see has its English, with the same blanks to fill."""

import re

from babel.messages.catalog import Message
from scripts.messages import gathered, known, lacking, updated

BLANK = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def test_every_sentence_has_its_english() -> None:
    assert lacking(updated(known(), gathered(), {})) == []


def blanks_differ(message: Message) -> bool:
    given = (message.id,) if isinstance(message.id, str) else message.id
    written = (message.string,) if isinstance(message.string, str) else message.string
    wanted = {blank for text in given for blank in BLANK.findall(text)}
    # English may leave the number out of its singular.
    return any(set(BLANK.findall(text)) != wanted for text in written[-1:] if text)


def test_a_translation_has_the_same_blanks() -> None:
    wrong = [message.id for message in known() if message.id and blanks_differ(message)]
    assert wrong == []


def test_the_guard_sees_a_lost_blank() -> None:
    assert blanks_differ(Message("Còn %(count)s ngày", "Days left"))
    assert not blanks_differ(Message("Còn %(count)s ngày", "%(count)s days left"))
