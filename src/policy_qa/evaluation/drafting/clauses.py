"""Questions from single sentences: the figure, the date or the body in them asked for in its place.

Vietnamese asks where the answer stands ("nộp bao nhiêu", "trước ngày nào"), so that what is left of the sentence stays
grammatical. Only patterns are used in which the rest can be told apart for certain, and it is cut short: what an officer
asks is not the sentence that answers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Final

from policy_qa.evaluation.drafting.bodies import by_whom, who
from policy_qa.evaluation.drafting.figures import amount, deadline, figure, term
from policy_qa.evaluation.drafting.material import Material
from policy_qa.evaluation.drafting.wordings import Proposal

_READERS: Final = (term, amount, figure, deadline, who, by_whom)
_FRAME: Final = frozenset({"chữ ký", "căn cứ", "thể thức"})


def from_sentences(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """Questions for terms, amounts, shares, deadlines and responsible bodies, each with one provision that answers."""
    for part in material.parts:
        framing = not part.above and part.provision.address.last.label in _FRAME
        if part.amends or framing or "“" in part.own:
            continue
        for sentence in part.sentences():
            found = (reader(material, part, sentence, chance) for reader in _READERS)
            yield from (proposal for proposal in found if proposal is not None)
