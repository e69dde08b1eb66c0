from __future__ import annotations

import re
from datetime import date, datetime

from policy_qa.office.history import Conversation
from policy_qa.web.chat import wording
from policy_qa.web.chat.kept import kept_list, when

THEN = datetime(2031, 5, 4, 9, 7).astimezone().isoformat()


def test_the_list_marks_the_open_conversation_and_escapes_titles() -> None:
    shown = kept_list([Conversation(7, "Tưới <b>cây</b>", THEN), Conversation(3, 'Hỏi "gì"?', THEN)], 3)
    assert re.findall(r'data-conversation="(\d)"', shown) == ["7", "3"]
    assert shown.count("aria-current=true") == 1 and "aria-current=true" in shown.partition('data-conversation="3"')[2]
    assert "<b>" not in shown and "Tưới &lt;b&gt;cây" in shown and "Hỏi &quot;gì&quot;?" in shown
    assert 'data-export="conversations/7.docx"' in shown


def test_an_empty_list_says_why() -> None:
    assert wording.NOTHING_KEPT in kept_list([], None)
    assert wording.NOTHING_FOUND in kept_list([], None, searched=True)


def test_moments_are_short() -> None:
    assert when(THEN, date(2031, 5, 4)) == "hôm nay 09:07"
    assert when(THEN, date(2031, 5, 5)) == "4/5/2031"
