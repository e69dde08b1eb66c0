"""The questions of a run as the report's script reads them: plain JSON, each text and each name only once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from policy_qa.answer import Answer
from policy_qa.citing.address import legal
from policy_qa.document import JSON
from policy_qa.evaluation.combining import share
from policy_qa.evaluation.key_facts import missing_facts
from policy_qa.evaluation.metrics import METRICS
from policy_qa.evaluation.page.faults import FAULTS, faults
from policy_qa.evaluation.page.wording import KINDS, REASONS, STATUSES, STYLES
from policy_qa.evaluation.questions import Question, split_id
from policy_qa.evaluation.results import Result, Results
from policy_qa.inspection.markup import date

RANKED: Final = 5
"""So many of the provisions found are shown of each question."""

SCORED: Final = tuple(metric for metric in METRICS if metric.combine is share)
"""The metrics of which every question has a score of its own."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def as_script(value: JSON) -> str:
    """`value` as the content of a `<script type="application/json">`: nothing in it ends the element or opens a comment."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_NO_MARKUP)


_NO_MARKUP = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"} | {c: "\ufffd" for c in range(0xD800, 0xE000)}


def records(run: Results, changes: Mapping[str, Mapping[str, int]]) -> JSON:
    """Everything the script shows; `changes` has, by the id of a question, +1 (won) or -1 (lost) by metric."""
    results = run.results
    return {
        "words": {
            "kinds": KINDS,
            "styles": STYLES,
            "reasons": REASONS,
            "statuses": STATUSES,
            "faults": {str(fault): words for fault, words in FAULTS.items()},
        },
        "documents": _documents(run),
        "metrics": [{"name": metric.name, "label": metric.label, "lower": metric.lower} for metric in SCORED],
        "provisions": {
            provision: {"name": _named(provision), "text": text} for provision, text in _provisions(results).items()
        },
        "questions": [_record(result, changes.get(result.question.id, {})) for result in results],
    }


def document_of(provision: str) -> str:
    """The key of a provision's document."""
    return provision.partition("#")[0]


def documents_of(question: Question) -> tuple[str, ...]:
    """The keys of the documents that hold the gold, each once."""
    return tuple(dict.fromkeys(document_of(provision) for group in question.gold for provision in group))


def document_label(key: str) -> str:
    """`1079/QĐ-TTg@2022-09-14` as `1079/QĐ-TTg ngày 14/9/2022`; the name of a file as it is."""
    number, _, day = key.rpartition("@")
    return f"{number} ngày {date(day)}" if number and _DAY.fullmatch(day) else key


def short_document_label(key: str) -> str:
    """`1079/QĐ-TTg@2022-09-14` as `1079/QĐ-TTg, 2022`; the name of a file as it is."""
    number, _, day = key.rpartition("@")
    return f"{number}, {day[:4]}" if number and _DAY.fullmatch(day) else key


# --- tables -------------------------------------------------------------------------------------------------------


def _documents(run: Results) -> JSON:
    """What each document is called, and whether its text is a digest: the head of the results tells, or any citation."""
    digests = set(run.run.digests)
    for result in run.results if not digests else ():
        cited = (*result.answer.citations, *result.answer.related) if result.answer else ()
        digests.update(citation.key for citation in cited if citation.text_kind == "digest")
    keys = dict.fromkeys(document_of(provision) for provision in _provisions(run.results))
    return {key: {"name": document_label(key), "digest": key in digests} for key in keys}


def _provisions(results: Sequence[Result]) -> dict[str, str | None]:
    """Every provision that is spoken of, with its text where the results have it."""
    texts: dict[str, str | None] = {}
    for result in results:
        for provision in (*result.cited, *sorted(result.question.gold_ids), *result.ranked[:RANKED]):
            texts.setdefault(provision, None)
        texts.update(result.texts)
    return texts


def _named(provision: str) -> str:
    """The address in the legal form; the id where it is not of the form of one."""
    try:
        return legal(split_id(provision)[1])
    except ValueError:
        return provision


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)


# --- one question -------------------------------------------------------------------------------------------------


def _record(result: Result, changes: Mapping[str, int]) -> JSON:
    question = result.question
    return {
        "id": question.id,
        "asked": question.question,
        "kind": question.kind,
        "style": question.style,
        "state": question.state,
        "gold": question.gold,
        "facts": question.key_facts,
        "expected": question.reason,
        "faults": faults(result),
        "lacking": missing_facts(result),
        "documents": documents_of(question),
        "cited": result.cited,
        "ranked": result.ranked[:RANKED],
        "milliseconds": round(result.milliseconds, 1),
        "probability": result.probability,
        "error": result.error,
        "changes": changes,
        "scores": [_rounded(metric.value(result)) for metric in SCORED],
        **(_answer(result.answer, result) if result.answer else {}),
    }


def _answer(answer: Answer, result: Result) -> dict[str, JSON]:
    numbers = {citation.id: n for n, citation in enumerate(answer.citations)}
    return {
        "status": answer.status,
        "reason": answer.reason,
        "message": answer.message,
        "said": list(_said(answer, result, numbers)),
        "citations": [
            {
                "provision": f"{c.key}#{c.address}",
                "form": c.formatted_short,
                "quote": c.quote,
                "page": c.page,
                "digest": c.text_kind == "digest",
                "verbatim": n >= len(result.verbatim) or result.verbatim[n],
            }
            for n, c in enumerate(answer.citations)
        ],
        "dropped": [{"text": d.text, "why": d.why} for d in answer.dropped],
        "notes": answer.notes,
    }


def _said(answer: Answer, result: Result, numbers: Mapping[str, int]) -> Iterator[JSON]:
    for n, statement in enumerate(answer.statements):
        support = result.support[n] if n < len(result.support) else None
        yield {
            "text": statement.text,
            "citations": [numbers[each] for each in statement.citations if each in numbers],
            "supported": support is None or support.supported,
            "why": support.why if support else None,
        }
