"""The forms of others: ALQAC and Zalo, as they publish them and as JSON Lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from policy_qa.evaluation.external import BadExternalSet, documents, read_external, write_set
from policy_qa.evaluation.questions import load

LAWS = [
    {
        "id": "Luật Vườn ươm",
        "articles": [
            {"id": "1", "text": "Luật này quy định về vườn ươm."},
            {"id": "2", "text": "1. Cây đước trồng ven biển.\n2. Cây bần trồng ven sông."},
            {"id": "3", "text": "  "},
        ],
    },
    {"id": "45/2020/nđ-cp", "articles": [{"id": "7", "text": "Mức chi là 5 triệu đồng."}]},
]
ASKED = [
    {
        "question_id": "a1",
        "text": "Cây đước trồng\nở đâu?",
        "relevant_articles": [{"law_id": "Luật Vườn ươm", "article_id": "2"}, {"law_id": "45/2020/nđ-cp", "article_id": "7"}],
    },
    {"question_id": "a2", "text": "Mức chi?", "relevant_articles": [{"law_id": "45/2020/nđ-cp", "article_id": "7"}]},
    {"question_id": "a3", "text": "MỨC chi?", "relevant_articles": [{"law_id": "45/2020/nđ-cp", "article_id": "7"}]},
    {"question_id": "a4", "text": "Luật khác?", "relevant_articles": [{"law_id": "Luật Khác", "article_id": "1"}]},
]  # fmt: skip
LINES = [
    {"id": f"{law['id']}#{a['id']}", "law": law["id"], "article": a["id"], "heading": "", "text": a["text"]}
    for law in LAWS
    for a in law["articles"]
]
ASKED_LINES = [
    {
        "id": one["question_id"],
        "question": one["text"],
        "relevant": [f"{a['law_id']}#{a['article_id']}" for a in one["relevant_articles"]],
    }
    for one in ASKED
]
ZALO_LAWS = [
    {
        "law_id": law["id"],
        "articles": [{"article_id": a["id"], "title": "", "text": a["text"]} for a in law["articles"]],
    }
    for law in LAWS
]
ZALO_ASKED = {
    "_name_": "train",
    "items": [{"question": one["text"], **{k: one[k] for k in ("question_id", "relevant_articles")}} for one in ASKED],
}


def as_lines(items: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode("utf-8")


def put(path: Path, content: object) -> Path:
    raw = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8")
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


FORMS = {
    "alqac": ("law.json", LAWS, "q.json", ASKED),
    "zalo": ("legal_corpus.json", ZALO_LAWS, "q.json", ZALO_ASKED),
    "lines": ("articles.jsonl.gz", as_lines(LINES), "q.jsonl", as_lines(ASKED_LINES)),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_gives_the_same_questions_and_documents(form: str, tmp_path: Path) -> None:
    articles, laws, questions, asked = FORMS[form]
    found = read_external(put(tmp_path / articles, laws), put(tmp_path / questions, asked))
    assert [(q.id, q.question, q.gold) for q in found.questions] == [
        ("a1", "Cây đước trồng ở đâu?", (("Luật Vườn ươm#điều=2",), ("45/2020/nđ-cp#điều=7",))),
        ("a2", "Mức chi?", (("45/2020/nđ-cp#điều=7",),)),
    ]
    assert found.left_out == 2 and len(found.articles) == 3
    law, decree = documents(found.articles)
    assert (law.key, decree.key) == ("Luật Vườn ươm", "45/2020/nđ-cp")
    assert [str(p.address) for p in law.walk()] == ["điều=1", "điều=2", "điều=2;khoản=1", "điều=2;khoản=2"]
    assert all(p.span.of(law.source.text).startswith(("Điều", "1.", "2.")) for p in law.walk())


def test_the_set_that_is_written_can_be_loaded(tmp_path: Path) -> None:
    articles, laws, questions, asked = FORMS["alqac"]
    found = read_external(put(tmp_path / articles, laws), put(tmp_path / questions, asked))
    write_set(found.questions, tmp_path / "bộ.jsonl")
    assert load(tmp_path / "bộ.jsonl") == list(found.questions)
    with pytest.raises(BadExternalSet, match="không ghi được"):
        write_set(found.questions, tmp_path / "không có" / "bộ.jsonl")


@pytest.mark.parametrize(
    ("laws", "asked", "named"),
    [
        (LAWS, [{"question_id": "1", "text": "Gì?"}], "relevant"),
        (LAWS, [{"text": "Gì?", "relevant_articles": []}], "không có câu hỏi nào"),
        (LAWS, [{"text": "Gì?", "relevant": ["Luật Vườn ươm#1"]}], "question_id"),
        (LAWS, [5], "mục thứ 1"),
        (LAWS, b"kh\xf4ng", "UTF-8"),
        ([{"id": "L"}], ASKED, "law.json: không có điều luật nào"),
        ([{"id": "L", "articles": [{"id": "1", "text": 5}]}], ASKED, "điều thứ 1"),
        (b"", ASKED, "law.json"),
        (b"{", ASKED, "law.json"),
        (b"[" * 100_000, ASKED, "law.json"),
    ],
)
def test_a_file_of_another_form_is_named(tmp_path: Path, laws: object, asked: object, named: str) -> None:
    with pytest.raises(BadExternalSet) as refused:
        read_external(put(tmp_path / "law.json", laws), put(tmp_path / "q.json", asked))
    assert named in str(refused.value)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    good = put(tmp_path / "law.json", LAWS)
    with pytest.raises(BadExternalSet, match="không tìm thấy"):
        read_external(good, tmp_path / "không.json")
    (tmp_path / "hỏng.json.gz").write_bytes(b"khong phai gzip")
    with pytest.raises(BadExternalSet, match="gzip"):
        read_external(tmp_path / "hỏng.json.gz", good)


def test_an_id_that_is_there_twice_is_named(tmp_path: Path) -> None:
    twice = [ASKED[0], {**ASKED[1], "question_id": "a1"}]
    (tmp_path / "laws.json").write_text(json.dumps(LAWS), encoding="utf-8")
    (tmp_path / "asked.json").write_text(json.dumps(twice), encoding="utf-8")
    with pytest.raises(BadExternalSet, match=r"asked\.json: mục thứ 2: id a1 đã có ở .*mục thứ 1"):
        read_external(tmp_path / "laws.json", tmp_path / "asked.json")


def test_halves_of_characters_do_no_harm(tmp_path: Path) -> None:
    laws = [{"id": "L", "articles": [{"id": "1", "text": "Mức chi \ud800 5 đồng."}]}]
    asked = {"question_id": "a1", "text": "Mức \udc00chi?", "relevant_articles": [{"law_id": "L", "article_id": "1"}]}
    (tmp_path / "laws.json").write_text(json.dumps(laws), encoding="utf-8")
    (tmp_path / "asked.json").write_text(json.dumps([asked]), encoding="utf-8")
    found = read_external(tmp_path / "laws.json", tmp_path / "asked.json")
    write_set(found.questions, tmp_path / "set.jsonl")
    assert [q.question for q in load(tmp_path / "set.jsonl")] == ["Mức chi?"]
    assert [d.source.text for d in documents(found.articles)] == ["Điều 1.\nMức chi   5 đồng.\n"]
    (tmp_path / "asked.json").write_text(json.dumps([{**asked, "question_id": "\ud800"}]), encoding="utf-8")
    with pytest.raises(BadExternalSet, match="ký tự hỏng"):
        write_set(read_external(tmp_path / "laws.json", tmp_path / "asked.json").questions, tmp_path / "other.jsonl")
