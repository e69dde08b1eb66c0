"""What a text names in short, and says in full elsewhere: "Luật Đầu tư" of "Luật Đầu tư số 61/2020/QH14"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from policy_qa.reading.vietnamese import fold
from policy_qa.structure.mentions import Mention

_DIGITS = re.compile(r"0*(\d+)")


class Shorthand:
    """What one text says elsewhere of a document that it names in short: the number of a law, the whole of a number."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_digits: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        self._dates: dict[str, set[str]] = defaultdict(set)
        self._dates_by_name: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, str] = {}
        self._kinds: dict[str, set[str]] = defaultdict(set)
        for mention in mentions:
            if mention.name and mention.number is None and _dated(mention.date):
                self._dates_by_name[fold(mention.name)].add(mention.date or "")
            if mention.number is None or mention.is_short:
                continue
            if mention.date:
                self._dates[mention.number].add(mention.date)
            if mention.name:
                self._by_name[fold(mention.name)].add(mention.number)
                self._names.setdefault(mention.number, mention.name)
            if mention.kind:
                self._kinds[mention.number].add(mention.kind)
            digits = _DIGITS.match(mention.number)
            if digits:
                self._by_digits[digits[1], mention.kind].add(mention.number)

    def whole(self, mention: Mention) -> Mention:
        """The mention with the number, date and name that the text gives elsewhere, where it gives only one."""
        if mention.own:
            return mention
        number = mention.number
        if number is None and mention.name and not _dated(mention.date):
            number = self._only(self._by_name.get(fold(mention.name)), mention.date)
        elif number is not None and mention.is_short:
            digits = _DIGITS.match(number)
            number = self._only(self._by_digits.get((digits[1] if digits else "", mention.kind))) or number
        if number is None:
            dates = self._dates_by_name.get(fold(mention.name or ""), set())
            fitting = [date for date in dates if mention.date is None or date.startswith(mention.date)]
            return replace(mention, date=fitting[0]) if len(fitting) == 1 else mention
        dates = self._dates.get(number, set())
        kinds = self._kinds.get(number, set())
        return replace(
            mention,
            number=number,
            date=mention.date if _dated(mention.date) else (next(iter(dates)) if len(dates) == 1 else mention.date),
            name=mention.name or self._names.get(number),
            kind=mention.kind or (next(iter(kinds)) if len(kinds) == 1 else None),
        )

    @staticmethod
    def _only(numbers: set[str] | None, year: str | None = None) -> str | None:
        fitting = [n for n in numbers or () if year is None or f"/{year}/" in n]
        return fitting[0] if len(fitting) == 1 else None


def _dated(date: str | None) -> bool:
    return date is not None and len(date) > 4
