"""Counts the terms of law text that abbreviations may stand for, and fits how their meanings are weighed.

Writes `src/policy_qa/data/initials.tsv.gz`: term, in how many articles it stands, its share of those of its rarest syllable; of
each combination of initials the commonest. Then takes questions with abbreviations whose answer is known: the right meaning is the one that
stands in the article that answers. Prints how often it is among the first meanings, over laws from which nothing was counted or fitted,
and the weights for `policy_qa.retrieval.initials`.

    python evals/abbreviations.py --data ../shared/data
"""

from __future__ import annotations

import argparse
import gzip
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent / "retrieval"))
from articles import Article, Asked, held_out, read_articles, read_questions

from policy_qa.reading.vietnamese import fold, normalise_tone
from policy_qa.retrieval import initials
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.lexicon import load_lexicon, words

HERE = Path(__file__).parent
LONGEST = 5
"""Syllables."""
FEWEST = 15
"""Articles in which a term must stand."""
MOST = {2: 12, 3: 8, 4: 5, 5: 3}
"""Terms kept of each combination of so many initials."""
LEAST_SHARE = {2: 0.03, 3: 0.01, 4: 0.01, 5: 0.01}
MOST_WITHIN = 0.6
"""What stands more often than this within one and the same longer run is a part of it, and no term: "cục quản"."""
PRUNED_EVERY = 10_000
NEVER = frozenset(
    """của và các những cho theo từ đến với trong tại này đó khi nếu thì là để do bởi hoặc về có được không phải bị một hai ba trên
    dưới ngoài sau trước đã đang sẽ việc như mà ra vào lên lại cũng còn chỉ cả mỗi từng nào ai gì sao điều khoản điểm bằng vì qua
    nhưng trừ đối số""".split()
)
"""Syllables that neither begin nor end a term, nor stand within one of three and more."""
_SENTENCE = re.compile(r"[.,;:()\n“”\"/\-\d]+")
_SYLLABLE = re.compile(r"[^\W\d_]+")


def main() -> None:
    """Counts, writes, fits, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    arguments = parser.parse_args()
    articles = read_articles(arguments.data / "zalo" / "articles.jsonl.gz")
    rows = chosen(*counted(article for article in articles if not held_out(article.law)))
    with initials.FILE.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as out:
        out.write("".join(f"{term}\t{count}\t{share:.3g}\n" for term, count, share in rows).encode())
    print(f"{len(rows)} terms, {initials.FILE.stat().st_size / 1000:.0f} kB")
    questions = [
        question
        for path in (arguments.data / "officer" / "questions.jsonl", HERE / "retrieval" / "questions.jsonl.gz")
        for question in read_questions(path)
        if question.kind == "abbreviation"
    ]
    _fit(questions, {article.id: article for article in articles})


def counted(articles: Iterable[Article]) -> tuple[Counter[str], Counter[tuple[str, ...]]]:
    """In how many articles each syllable stands, and each run of two to five; what is rare is dropped on the way."""
    alone: Counter[str] = Counter()
    runs: Counter[tuple[str, ...]] = Counter()
    for number, article in enumerate(articles, 1):
        seen: set[tuple[str, ...]] = set()
        for sentence in _SENTENCE.split(normalise_tone(f"{article.heading}. {article.text}".lower())):
            said = _SYLLABLE.findall(sentence)
            for length in range(1, LONGEST + 1):
                seen.update(tuple(said[at : at + length]) for at in range(len(said) - length + 1))
        alone.update(run[0] for run in seen if len(run) == 1)
        runs.update(run for run in seen if len(run) > 1)
        if number % PRUNED_EVERY == 0:
            runs = Counter({run: count for run, count in runs.items() if count > 1})
    return alone, runs


def _is_term(run: tuple[str, ...]) -> bool:
    return not NEVER & ({run[0], run[-1]} if len(run) == 2 else set(run))


def chosen(alone: Counter[str], runs: Counter[tuple[str, ...]]) -> list[tuple[str, int, float]]:
    """The terms kept: (term, count, share), by initials, the most common and coherent first."""
    longer: Counter[tuple[str, ...]] = Counter()
    for run, count in runs.items():
        for part, added in ((run[1:], run[0]), (run[:-1], run[-1])):
            if added not in NEVER:
                longer[part] = max(longer[part], count)
    by_initials: dict[str, list[tuple[float, tuple[str, ...], int, float]]] = defaultdict(list)
    for run, count in runs.items():
        share = count / min(alone[syllable] for syllable in run)
        whole = longer[run] < MOST_WITHIN * count
        if (
            whole
            and _is_term(run)
            and count >= FEWEST
            and share >= LEAST_SHARE[len(run)]
            and any(fold(s) != s for s in run)
        ):
            key = "".join(syllable[0] for syllable in run)
            by_initials[key].append((math.log(count) + math.log(share), run, count, share))
    return [
        (" ".join(run), count, share)
        for key in sorted(by_initials)
        for _, run, count, share in sorted(by_initials[key], reverse=True)[: MOST[len(key)]]
    ]


def _fit(questions: Iterable[Asked], articles: dict[str, Article]) -> None:
    lexicon, encoder = load_lexicon(), word_encoder()
    rows, truth, owners, held = [], [], [], []
    for owner, (question, typed, text) in enumerate(_occurrences(questions, articles)):
        listed = [meaning.lower() for meaning in lexicon.meanings(typed)]
        rest = " ".join(w.lower for w in words(question.text) if not w.typed.isupper())
        about = encoder.encode([rest])[0]
        for term in initials.candidates(typed, listed):
            rank = listed.index(term.words.lower()) if term.words.lower() in listed else None
            cosine = float(encoder.encode([term.words])[0] @ about)
            rows.append([math.log(term.count), math.log(term.share), rank == 0, bool(rank), cosine])
            truth.append(term.words.lower() in text)
            owners.append(owner)
            held.append(any(map(held_out, question.laws)))
    x, y, of, out = np.array(rows, float), np.array(truth), np.array(owners), np.array(held)
    model = LogisticRegression(max_iter=2000).fit(x[~out], y[~out])
    print("COMMON, COHERENT, LIKELIEST, LISTED, NEAR:", model.coef_[0].round(2), "BIAS:", model.intercept_.round(2))
    scores = model.decision_function(x)
    for name, mask in (("laws learned from", ~out), ("laws kept out", out)):
        places = []
        for owner in np.unique(of[mask]):
            mine = np.flatnonzero(of == owner)
            ordered = y[mine][np.argsort(-scores[mine])]
            places.append(int(np.argmax(ordered)) if ordered.any() else LONGEST * 100)
        print(name, len(places), [round(float(np.mean(np.array(places) < k)), 3) for k in (1, 2, 3)])


def _occurrences(questions: Iterable[Asked], articles: dict[str, Article]) -> Iterator[tuple[Asked, str, str]]:
    """Each abbreviation of each question, with the words of the articles that answer."""
    for question in questions:
        held = [articles[id_] for id_ in sorted(question.relevant) if id_ in articles]
        text = " ".join(w.lower for a in held for w in words(f"{a.law} {a.heading} {a.text}"))
        for word in words(question.text):
            if word.typed.isupper() and initials.ABBREVIATION.fullmatch(word.typed):
                yield question, word.typed, text


if __name__ == "__main__":
    main()
