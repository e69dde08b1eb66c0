"""Invented results of a run, for the report on it and for the tab that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policy_qa.answer import Answer, Citation, DocumentName, Reason, Statement
from policy_qa.document import Address, Span, TextKind
from policy_qa.evaluation.questions import Kind, Question, Style
from policy_qa.evaluation.results import Result, Results, Run, Support

DECREE, DIGEST = "9/2031/NĐ-CP@2031-06-09", "4-KL/TW@2030-01-20"
LAMP, LATE, FEE, AIM = f"{DECREE}#điều=2;khoản=1", f"{DECREE}#điều=2;khoản=2", f"{DECREE}#điều=4", f"{DIGEST}#mục=I"
TEXTS = {
    LAMP: "1. Người gác thắp đèn biển trước 18 giờ mỗi ngày.",
    LATE: "2. Người gác tắt đèn biển trước 6 giờ mỗi ngày.",
    FEE: "Điều 4. Mức chi thắp đèn là 120.000 đồng mỗi đêm.",
    AIM: "I. Mục tiêu: mọi cửa sông đều có đèn.",
}

HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1> <!-- \"' & \u202eđảo\u202c \u2028"


def question(
    name: str,
    asked: str,
    *gold: tuple[str, ...],
    kind: Kind = "content",
    style: Style = "plain",
    facts: tuple[str, ...] = (),
    reason: Reason | None = None,
) -> Question:
    """A question; one without gold must be refused."""
    refused = reason or (None if gold else "no_text")
    return Question(name, asked, kind, style, gold, facts, not gold, refused, "tests", "reviewed")


def citation(number: int, provision: str, quote: str, text_kind: TextKind = "official") -> Citation:
    """A citation of a provision of `TEXTS`."""
    key, _, address = provision.partition("#")
    name = DocumentName(key.partition("@")[0], None, None, None, None)
    return Citation(
        str(number), name, key, Address.parse(address), "", "", quote, Span(0, len(quote)), None, "a.txt", "", text_kind
    )


def answered(
    asked: Question,
    *cited: tuple[str, str],
    said: str = "Trước 18 giờ.",
    verbatim: Sequence[bool] = (),
    supported: bool = True,
) -> Result:
    """The question answered with one statement that cites (provision, quote), each quote verbatim unless said otherwise."""
    citations = tuple(
        citation(n, provision, quote, "digest" if provision.startswith(DIGEST) else "official")
        for n, (provision, quote) in enumerate(cited, 1)
    )
    statement = Statement(said, tuple(each.id for each in citations))
    found = Support(
        supported, float(supported), (True,) * len(citations), None if supported else "Không có con số này."
    )
    return Result(
        asked,
        Answer(asked.question, "answered", statements=(statement,), citations=citations),
        tuple(provision for provision, _ in cited),
        tuple(verbatim) or (True,) * len(citations),
        40.0,
        probability=0.9,
        support=(found,),
        texts={**_texts(asked), **{provision: TEXTS.get(provision, "") for provision, _ in cited}},
    )


def refused(asked: Question, message: str = "Văn bản không nói về việc này.") -> Result:
    """The question refused."""
    answer = Answer(asked.question, "not_found", "no_text", message)
    return Result(asked, answer, (), (), 12.0, probability=0.2, texts=_texts(asked))


def failed(asked: Question, why: str = "Quá 30 giây mà chưa trả lời xong.") -> Result:
    """The question that was not answered."""
    return Result(asked, None, (), (), 30_000.0, why)


def run_of(results: Sequence[Result], *, ended: bool = True, **changes: object) -> Results:
    """A whole run of these results; `changes` replace fields of its head."""
    head: Mapping[str, object] = {
        "questions": "evals/den-bien.jsonl", "sha256": "a" * 64, "count": len(results), "started": "2031-07-01T08:05:00+00:00",
        "machine": "Linux x86_64, 2 CPU, 8 GiB", "commit": "0123abc", "versions": {"policy-qa": "1.0"}, "index": "g1",
        "documents": {DECREE: "b" * 64, DIGEST: "c" * 64}, "digests": (DIGEST,),
    }  # fmt: skip
    run = Run(**{**head, **changes})  # type: ignore[arg-type]
    return Results(run, tuple(results), "2031-07-01T08:06:00+00:00" if ended else None)


def _texts(asked: Question) -> dict[str, str]:
    return {provision: TEXTS.get(provision, "") for provision in sorted(asked.gold_ids)}


WHEN = question("den-1", "Đèn biển phải thắp trước mấy giờ?", (LAMP,), kind="figure", facts=("18 giờ",))
NEXT = question("den-2", "nguoi gac thap den luc nao", (LAMP,), kind="figure", style="no-diacritics", facts=("18 giờ",))
AIMS = question("den-3", "Mục tiêu của Kết luận 4 là gì?", (AIM,))
COST = question("den-4", "Thắp đèn một đêm chi bao nhiêu?", (FEE,), kind="figure", facts=("120.000 đồng",))
MOON = question("den-5", "Trên mặt trăng có đèn biển không?", reason="out_of_scope")
SLOW = question("den-6", "Ai trông đèn ở cửa sông?", (LAMP,), kind="who")
MOOD = question("den-7", "Đèn nào đẹp nhất?", reason="opinion")

RESULTS = (
    answered(WHEN, (LAMP, "trước 18 giờ mỗi ngày")),
    answered(NEXT, (LATE, "trước 6 giờ mỗi ngày"), said="Trước 6 giờ."),
    answered(AIMS, (AIM, "mọi cửa biển đều có đèn"), said="Mọi cửa sông có đèn.", verbatim=(False,)),
    refused(COST),
    answered(MOON, (LAMP, "đèn biển"), said="Có 3 đèn.", supported=False),
    failed(SLOW),
    refused(MOOD),
)
"""Right; the neighbouring clause; a quote with a wrong word; refused; not refused; broken down; rightly refused."""
