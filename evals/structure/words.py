"""Counts words without a vowel in the text of PDFs, ours beside pypdf's: an extractor that breaks syllables leaves many.

What a page truly has of them are the letters of điểm ("b)", "điểm c, d"), units and signs of multiplication; those are
counted apart. Run: make eval-structure, or python evals/structure/words.py [FOLDER].
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pypdf

from policy_qa.errors import PolicyQAError
from policy_qa.reading import read
from policy_qa.reading.syllables import has_vowel

DATA = Path(__file__).parents[3] / "shared" / "data" / "pdf"
BAR = 0.01
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = re.compile(r"(?:điểm|các điểm|và|hoặc|,|;|-|–|\()\s*$", re.IGNORECASE)
_UNITS = frozenset({"m", "km", "kg", "cm", "mm", "ml", "h", "x", "mg", "g", "l", "kw", "kwh"})


def share(text: str) -> tuple[float, float, Counter[str]]:
    """The share of small words without a vowel, the share beyond labels and units, and the latter words counted."""
    total = odd = 0
    rest: Counter[str] = Counter()
    for match in _WORD.finditer(unicodedata.normalize("NFC", text)):
        word = match[0]
        if not word.islower():
            continue
        total += 1
        if has_vowel(word):
            continue
        odd += 1
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 1]
        is_label = len(word) == 1 and (after in ")." or bool(_LABEL.search(before)) or before.endswith("\n"))
        if not is_label and word not in _UNITS:
            rest[word] += 1
    return odd / max(total, 1), sum(rest.values()) / max(total, 1), rest


def main() -> int:
    """A row a file; 1 where a file has too many words without a vowel."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    worst = 0.0
    print(f"{'file':<52}{'ours':>8}{'beyond labels':>15}{'pypdf':>8}{'beyond labels':>15}  most frequent of ours")
    for path in sorted(folder.glob("*.pdf")):
        try:
            mine = share(read(path).text)
        except PolicyQAError as error:
            print(f"{path.name[:51]:<52} {error}")
            continue
        theirs = share("\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages))
        worst = max(worst, mine[1])
        words = ", ".join(f"{word} {count}" for word, count in mine[2].most_common(3))
        print(f"{path.name[:51]:<52}{mine[0]:>8.2%}{mine[1]:>15.2%}{theirs[0]:>8.2%}{theirs[1]:>15.2%}  {words}")
    print(f"worst of ours beyond what the pages have: {worst:.2%} (bar {BAR:.0%})")
    return 0 if worst <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
