"""Reads what a language model writes, letter by letter, and gives each statement as soon as its last bracket is there.

The prompt asks for one JSON object a line, `{"text": …, "ids": […]}`. Models also write a whole array, an object around
the array, code fences, thoughts before the answer, or put all of it into the arguments of a tool call: in each of these a
statement is an object with the field `text`, and that is what is looked for. Nothing read here is trusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_qa.answering.prompts import CANNOT_ANSWER
from policy_qa.reading.vietnamese import fold

LONGEST_OBJECT = 6000
"""Characters of one object; a longer one is no statement."""

Fault: TypeAlias = Literal["not JSON", "endless object", "cut off"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as the model wrote it, with the ids it gives for it."""

    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something the model wrote in place of a statement."""

    text: str
    fault: Fault


class CannotAnswer:
    """The model says that the passages do not answer."""


Found: TypeAlias = Draft | Unreadable | CannotAnswer


class DraftReader:
    """Takes a model's output piece by piece. One reader reads one message."""

    def __init__(self) -> None:
        self._object: list[str] = []
        self._open: list[tuple[int, bool]] = []  # where each open object begins, and whether a statement lies inside
        self._quoted = self._escaped = self._line_began = self._thinking = False
        self._prose = ""
        self.said_cannot = False

    def feed(self, text: str) -> Iterator[Found]:
        """The statements that end within this piece."""
        for character in text:
            if self._open:
                yield from self._inside(character)
            else:
                self._outside(character)

    def close(self) -> Iterator[Found]:
        """What is left when the model has stopped: an object without an end."""
        if self._open:
            yield from self._given_up("cut off")

    def _outside(self, character: str) -> None:
        self._prose = (self._prose + character)[-40:]
        if self._prose.endswith("</think>"):
            self._thinking, self._prose = False, ""
        elif self._prose.endswith("<think>"):
            self._thinking = True
        elif self._thinking:
            return
        elif character == "{":
            self._begin()
        elif _CANNOT in fold(self._prose):
            self.said_cannot = True

    def _begin(self) -> None:
        self._open.append((len(self._object), False))
        self._object.append("{")

    def _inside(self, character: str) -> Iterator[Found]:
        if self._quoted and self._line_began and character == "{":
            # No statement holds a line that begins with a bracket: the string before it was never closed.
            yield from self._given_up("not JSON")
        self._line_began = character == "\n" or (self._line_began and character in " \t\r")
        if self._quoted:
            self._object.append(character)
            self._escaped, self._quoted = character == "\\" and not self._escaped, character != '"' or self._escaped
        elif character == "{":
            self._begin()
        else:
            self._object.append(character)
            self._quoted = character == '"'
            if character == "}":
                yield from self._ended()
        if len(self._object) > LONGEST_OBJECT:
            yield from self._given_up("endless object")

    def _ended(self) -> Iterator[Found]:
        start, holds = self._open.pop()
        if holds:  # an object around statements that were given already
            self._mark()
            return
        written = "".join(self._object[start:])
        if not self._open:
            self._object.clear()
        found = read(written)
        if found is not None:
            self._mark()
            yield found

    def _mark(self) -> None:
        if self._open:
            start, _ = self._open[-1]
            # What has been given is let go, so that an array of any length stays within the limit of one object.
            del self._object[start + 1 :]
            self._open[-1] = (start, True)
        else:
            self._object.clear()

    def _given_up(self, fault: Fault) -> Iterator[Found]:
        start, holds = self._open[-1]
        written = "".join(self._object[start:])
        self._object.clear()
        self._open.clear()
        self._quoted = self._escaped = self._line_began = False
        if not (holds and fault == "cut off" and len(written) < 8):
            yield Unreadable(written[:400], fault)


def read(written: str) -> Found | None:
    """What one object says; None for an object that is no statement and holds no answer."""
    try:
        value = json.loads(written, strict=False)
    except (ValueError, RecursionError):
        return Unreadable(written[:400], "not JSON")
    if not isinstance(value, dict):
        return None
    text = value.get("text")
    if not isinstance(text, str):
        return CannotAnswer() if value.get("cannot_answer") is True else None
    if is_cannot(text):
        return CannotAnswer()
    return Draft(text, tuple(_ids(value.get("ids"))))


def is_cannot(text: str) -> bool:
    """Whether a text is the phrase by which a model says that it cannot answer, however it is spelt."""
    return _CANNOT in fold(text) and len(text) < 80


_CANNOT = fold(CANNOT_ANSWER)
_SEPARATOR = re.compile(r"[\s,]+")


def _ids(value: object) -> Iterator[str]:
    """The ids of a list, or of one string; whatever is not a string is told as what it is, so that it is counted."""
    for item in value if isinstance(value, list) else [value] if value is not None else []:
        if isinstance(item, str):
            yield from (part for word in _SEPARATOR.split(item) if (part := word.strip("[]()\"'").lower()))
        else:
            yield str(item)[:40]
