"""Question sets: what loads, what is refused and how, and that the shipped set fits the shipped corpus."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_qa.document import Address, Level
from policy_qa.errors import PolicyQAError
from policy_qa.evaluation import questions
from policy_qa.evaluation.key_facts import states
from policy_qa.evaluation.questions import BadQuestionSet, NeededFile, Question, load, split_id

ROOT = Path(__file__).parents[2]
CORE = ROOT / "evals" / "core.jsonl"

ANSWERABLE: dict[str, object] = {
    "id": "t-001",
    "question": "Nhà trẻ mở cửa lúc mấy giờ?",
    "kind": "date",
    "style": "plain",
    "gold": [["5/QĐ-ABC@2020-01-02#điều=1;khoản=2", "5/QĐ-ABC@2020-01-02#điều=1"], ["5/QĐ-ABC@2020-01-02#điều=3"]],
    "key_facts": ["7 giờ"],
    "unanswerable": False,
    "reason": None,
    "author": "policy-qa",
    "state": "reviewed",
}
REFUSED = {**ANSWERABLE, "gold": [], "key_facts": [], "unanswerable": True, "reason": "no_text"}


def write(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in ANSWERABLE.items() if key != name}


# --- loading ------------------------------------------------------------------------------------------------------


def test_a_line_becomes_a_question(tmp_path: Path) -> None:
    (question,) = load(write(tmp_path / "q.jsonl", ANSWERABLE))
    assert question.question == "Nhà trẻ mở cửa lúc mấy giờ?"
    assert question.gold == (
        ("5/QĐ-ABC@2020-01-02#điều=1;khoản=2", "5/QĐ-ABC@2020-01-02#điều=1"),
        ("5/QĐ-ABC@2020-01-02#điều=3",),
    )
    assert len(question.gold_ids) == 3
    assert question.key_facts == ("7 giờ",)
    assert not question.unanswerable and question.reason is None


def test_the_files_that_a_question_is_about_are_optional(tmp_path: Path) -> None:
    record = {**REFUSED, "files": {"pdf/thông tư 1.pdf": "0f" * 32}}
    with_file, without_file = load(
        write(tmp_path / "q.jsonl", record, {**ANSWERABLE, "question": "Câu khác?", "id": "t"})
    )
    assert with_file.files == (NeededFile("pdf/thông tư 1.pdf", "0f" * 32),)
    assert without_file.files == ()


def test_order_is_kept_and_blank_lines_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    lines = [json.dumps({**REFUSED, "id": f"t-{i}", "question": f"câu {i}"}, ensure_ascii=False) for i in (2, 1, 3)]
    path = tmp_path / "q.jsonl"
    path.write_bytes(("\ufeff" + "\r\n\r\n".join(lines) + "\r\n\r\n").encode())
    assert [question.id for question in load(path)] == ["t-2", "t-1", "t-3"]


@given(st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_the_question_is_kept_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = write(tmp_path_factory.mktemp("q") / "q.jsonl", {**REFUSED, "question": text})
    assert load(path)[0].question == text


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (without("style"), "thiếu trường style"),
        ({**ANSWERABLE, "answer": "7 giờ"}, "trường lạ answer"),
        ({**ANSWERABLE, "question": "  "}, "trường question"),
        ({**ANSWERABLE, "id": 7}, "trường id"),
        ({**ANSWERABLE, "kind": "other"}, "'other'"),
        ({**ANSWERABLE, "kind": ["date"]}, "trường kind"),
        ({**ANSWERABLE, "style": None}, "trường style"),
        ({**ANSWERABLE, "state": "done"}, "draft, reviewed"),
        ({**ANSWERABLE, "unanswerable": 0}, "true hoặc false"),
        ({**ANSWERABLE, "key_facts": "7 giờ"}, "trường key_facts"),
        ({**ANSWERABLE, "key_facts": [7]}, "trường key_facts"),
        ({**ANSWERABLE, "gold": "5/QĐ-ABC#điều=1"}, "trường gold"),
        ({**ANSWERABLE, "gold": ["5/QĐ-ABC#điều=1"]}, "gold (mỗi nhóm)"),
        ({**ANSWERABLE, "gold": [[]]}, "nhóm rỗng"),
        ({**ANSWERABLE, "gold": []}, "ít nhất một nhóm"),
        ({**ANSWERABLE, "gold": [["điều=1"]]}, "số@ngày#địa chỉ"),
        ({**ANSWERABLE, "gold": [["5/QĐ-ABC#"]]}, "số@ngày#địa chỉ"),
        ({**ANSWERABLE, "gold": [["5/QĐ-ABC#article=1"]]}, "'article=1'"),
        ({**ANSWERABLE, "gold": [[unicodedata.normalize("NFD", "5/QĐ-ABC#điều=1")]]}, "NFC"),
        ({**ANSWERABLE, "reason": "no_text"}, "reason phải là null"),
        ({**REFUSED, "reason": None}, "phải có trường reason"),
        ({**REFUSED, "reason": "bored"}, "'bored'"),
        ({**REFUSED, "key_facts": ["7 giờ"]}, "danh sách rỗng"),
        ({**REFUSED, "gold": ANSWERABLE["gold"]}, "danh sách rỗng"),
        ({**ANSWERABLE, "files": ["a.pdf"]}, "trường files phải là đối tượng"),
        ({**ANSWERABLE, "files": {"a.pdf": "abc"}}, "SHA-256"),
        ({**ANSWERABLE, "files": {"a.pdf": None}}, "SHA-256"),
        *(
            ({**ANSWERABLE, "files": {path: "0f" * 32}}, "đường dẫn")
            for path in ("", "/a.pdf", "../a.pdf", "pdf/../../a.pdf", "pdf\\a.pdf", "C:/a.pdf", "pdf/")
        ),
        (["t-001"], "trong { }"),
        ({**ANSWERABLE, "question": "Câu khác?"}, "id này đã có ở dòng 1"),
        ({**ANSWERABLE, "id": "t-002"}, "câu hỏi này đã có ở dòng 1"),
    ],
)
def test_a_slip_is_reported_with_file_line_and_reason(tmp_path: Path, record: object, named: str) -> None:
    path = write(tmp_path / "q.jsonl", ANSWERABLE, {**REFUSED, "id": "t-ok", "question": "Câu giữa?"}, record)
    with pytest.raises(BadQuestionSet) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:3: ")
    assert named in message


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b'{"id": "\xc4"}', "không phải UTF-8"),
        (b'{"id": ' + b"9" * 5000 + b"}", "thiếu trường"),
        (b'{"id": "a", "id": "b"}', "trường id được ghi hai lần"),
        (b'{"files": {"a.pdf": "", "a.pdf": ""}}', "trường a.pdf được ghi hai lần"),
        (json.dumps({**ANSWERABLE, "id": "t-9", "question": "\ud800?"}).encode(), "ký tự hỏng"),
        (json.dumps({**ANSWERABLE, "id": 9, "question": "Số?"}).encode(), "trường id phải là chuỗi"),
        (b"[" * 100_000, "lồng quá sâu"),
    ],
    ids=["encoding", "number", "twice", "twice-inside", "surrogate", "no-text", "deep"],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_hostile_line_is_named(tmp_path: Path, line: bytes, named: str, mark: bytes) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(mark + json.dumps(ANSWERABLE).encode() + b"\r\n" + line + b"\r\n")
    with pytest.raises(BadQuestionSet) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:2: ") and named in str(caught.value)


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "q.jsonl", ANSWERABLE)
    monkeypatch.setattr(questions, "MOST_BYTES", path.stat().st_size)
    assert len(load(path)) == 1
    monkeypatch.setattr(questions, "MOST_BYTES", path.stat().st_size - 1)
    with pytest.raises(BadQuestionSet, match="lớn hơn"):
        load(path)


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(ANSWERABLE) + "\n\n{'id': 1}\n", encoding="utf-8")
    with pytest.raises(BadQuestionSet, match=r"q\.jsonl:3: không phải JSON"):
        load(path)


@pytest.mark.parametrize(
    ("content", "named"),
    [(b"", "không có câu hỏi nào"), (b"\n \n", "không có câu hỏi nào"), ("{}é".encode("latin-1"), "UTF-8")],
)
def test_a_file_without_questions_is_an_error(tmp_path: Path, content: bytes, named: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(BadQuestionSet, match=named):
        load(path)


def test_a_missing_file_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(PolicyQAError, match="không mở được"):
        load(tmp_path / "none.jsonl")


def test_an_id_splits_into_document_and_address() -> None:
    key, address = split_id("57-KL/TW@2023-06-15#mục=1;gạch=2")
    assert key == "57-KL/TW@2023-06-15"
    assert address == Address.of((Level.MUC, "1"), (Level.GACH, "2"))


# --- the shipped set ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def core() -> list[Question]:
    """The questions about the shipped digests; test_file_questions.py has those about files."""
    return [question for question in load(CORE) if not question.files]


@pytest.fixture(scope="module")
def shipped(core: list[Question]) -> list[Question]:
    """Those of the set that was held out, too."""
    return core + [question for question in load(ROOT / "evals" / "fresh.jsonl") if not question.files]


@pytest.fixture(scope="module")
def provisions() -> Mapping[str, str]:
    """Provision id → its own words, for every provision of the shipped digests."""
    from policy_qa.reading import read
    from policy_qa.structure import parse

    found: dict[str, str] = {}
    for path in sorted((ROOT / "corpus").glob("*.md")):
        if path.name == "README.md":
            continue
        document = parse(read(path))
        for provision in document.walk():
            found[f"{document.key}#{provision.address}"] = provision.own_span.of(document.source.text)
    return found


def test_core_has_enough_of_everything(core: list[Question]) -> None:
    assert len(core) >= 110
    assert sum(question.unanswerable for question in core) >= 25
    assert Counter(q.kind for q in core).keys() == {
        "figure", "date", "who", "list", "address", "identity", "relation", "definition", "content",
    }  # fmt: skip
    styles = Counter(question.style for question in core)
    least = {"plain": 40, "no-diacritics": 14, "abbreviation": 12, "english": 12, "colloquial": 15}
    assert {style: styles[style] for style, count in least.items() if styles[style] < count} == {}
    reasons = Counter(question.reason for question in core)
    assert all(reasons[reason] >= 4 for reason in ("no_text", "false_premise", "opinion", "out_of_scope"))


def test_questions_written_without_diacritics_have_none(shipped: list[Question]) -> None:
    for question in shipped:
        if question.style == "no-diacritics":
            decomposed = unicodedata.normalize("NFD", question.question)
            assert not any(unicodedata.combining(c) or c in "đĐ" for c in decomposed), question.id


@pytest.mark.parametrize("name", ["core", "fresh"])
def test_every_document_of_the_corpus_is_asked_about(
    name: str, shipped: list[Question], provisions: Mapping[str, str]
) -> None:
    of_set = [question for question in shipped if question.id.startswith(f"{name}-")]
    asked = {split_id(provision)[0] for question in of_set for provision in question.gold_ids}
    assert asked == {provision.partition("#")[0] for provision in provisions}


def test_no_question_stands_in_two_sets(shipped: list[Question]) -> None:
    assert len({question.question.casefold() for question in shipped}) == len(shipped)


def test_every_gold_provision_exists_in_the_corpus(shipped: list[Question], provisions: Mapping[str, str]) -> None:
    missing = {(q.id, provision) for q in shipped for provision in q.gold_ids if provision not in provisions}
    assert missing == set()


def test_every_key_fact_stands_in_the_gold_provisions(shipped: list[Question], provisions: Mapping[str, str]) -> None:
    # Whichever alternative an answer cites, the fact must be found there; so some group has it throughout.
    homeless = {
        (question.id, fact)
        for question in shipped
        for fact in question.key_facts
        if not any(
            all(states(provisions.get(provision, "").casefold(), fact.casefold()) for provision in group)
            for group in question.gold
        )
    }
    assert homeless == set()
