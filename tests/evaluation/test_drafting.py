"""Drafts from documents: what is asked of which provision, what is left alone, and that drafts are fit to be reviewed."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from drafted import AMENDING, DECREE, parsed
from nursery import DIGEST, KEY, OFFICIAL

from policy_qa.evaluation.checking import against
from policy_qa.evaluation.drafting import KINDS, draft
from policy_qa.evaluation.drafting.choosing import choose, kind_of
from policy_qa.evaluation.drafting.clauses import from_sentences
from policy_qa.evaluation.drafting.head import about_itself, implementation, in_force, to_others
from policy_qa.evaluation.drafting.headings import definitions, from_headings, from_lists, places
from policy_qa.evaluation.drafting.indexed import indexed_document
from policy_qa.evaluation.drafting.material import Material, content_words
from policy_qa.evaluation.drafting.near_misses import near_misses
from policy_qa.evaluation.drafting.wordings import TEMPLATES, Proposal
from policy_qa.evaluation.questions import Question, as_line, read_line, split_id
from policy_qa.reading.vietnamese import strip_diacritics
from policy_qa.wording import words_of

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

DOC = "Nghị định 912/2031/NĐ-CP"


@pytest.fixture(scope="module")
def decree() -> Material:
    return Material(parsed(DECREE))


def proposed(source: object, material: Material) -> dict[str, Proposal]:
    """The last proposal of each form."""
    assert callable(source)
    return {proposal.form: proposal for proposal in source(material, random.Random(3))}


# --- from the parts of a document ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "form", "kind", "gold", "facts"),
    [
        (about_itself, "date of issue", "date", "đề mục=thể thức", ("07 tháng 3 năm 2031",)),
        (about_itself, "signer", "who", "đề mục=chữ ký", ("Đỗ Hải Âu",)),
        (about_itself, "number", "identity", "đề mục=thể thức", ("912/2031/NĐ-CP",)),
        (about_itself, "title", "identity", "đề mục=thể thức", ()),
        (in_force, "in force", "date", "điều=9;khoản=1", ("01 tháng 5 năm 2031",)),
        (implementation, "implementation", "who", "điều=9;khoản=3 | điều=9", ()),
        (to_others, "replaced", "relation", "điều=9;khoản=2", ("77/2022/NĐ-CP",)),
        # Luật Xuất bản stands only in the title of the decree that it names.
        (to_others, "basis", "relation", "đề mục=căn cứ", ("Luật Thư viện",)),
        (from_headings, "scope", "content", "điều=1", ()),
        (from_headings, "scope of persons", "list", "điều=2;khoản=1 | điều=2 + điều=2;khoản=2 | điều=2", ()),
        (from_headings, "prohibited", "list", "điều=5;khoản=1 | điều=5 + điều=5;khoản=2 | điều=5", ()),
        (from_headings, "papers", "list", "điều=6;khoản=1 | điều=6 + điều=6;khoản=2 | điều=6", ()),
        (from_headings, "duties", "list", "điều=8;khoản=1 | điều=8 + điều=8;khoản=2 | điều=8", ()),
        (from_headings, "principles", "list", "điều=4;khoản=1 | điều=4 + điều=4;khoản=2 | điều=4 + điều=4;khoản=3 | điều=4", ()),
        (definitions, "definition", "definition", "điều=3;khoản=2", ()),
        (from_sentences, "amount", "figure", "điều=7;khoản=2", ("21 ngày",)),
        (from_sentences, "term", "figure", "điều=7;khoản=5", ("09 ngày làm việc",)),
        (from_sentences, "who", "who", "điều=7;khoản=3", ("Sở Văn hóa và Thể thao",)),
        (from_sentences, "deadline", "date", "điều=7;khoản=4", ("ngày 15 tháng 12 hằng năm",)),
    ],
)  # fmt: skip
def test_every_part_of_a_document_is_asked_about(
    decree: Material, source: object, form: str, kind: str, gold: str, facts: tuple[str, ...]
) -> None:
    proposal = proposed(source, decree)[form]
    assert (proposal.kind, " + ".join(map(" | ".join, proposal.gold)), proposal.facts) == (kind, gold, facts)
    assert not any(fact in proposal.question for fact in facts)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Mức thưởng cho đội chèo nhanh là 300.000 đồng.", "mức thưởng cho đội chèo nhanh là bao nhiêu"),
        ("Thời hạn giữ chỗ tại bến mía không quá 12 ngày.", "thời hạn giữ chỗ tại bến mía tối đa là bao lâu"),
        ("Đội chèo nhanh trên đầm phá gồm 14 người.", "đội chèo nhanh trên đầm phá gồm bao nhiêu người"),
        ("40% mái chèo gỗ dự trữ phải sơn lại.", "bao nhiêu phần trăm mái chèo gỗ dự trữ phải sơn lại"),
        ("Giấy phép chèo đêm trên phá Tam Giang do Chi cục Đường thủy cấp.", None),  # Chi cục is not in the table
        ("Sở Tư pháp phối hợp với các đội chèo kiểm tra mái chèo.", None),
        ("Sở Tư pháp kiểm tra mái chèo quy định tại khoản 2 Điều này.", None),
        ("Mức thưởng quy định tại khoản 1 Điều này là 300.000 đồng.", None),
        ("Người chèo từ 16 tuổi.", None),
        ("Chính phủ quy định chi tiết Điều này.", None),
    ],
)
def test_sentences_are_asked_about_only_where_they_can_be_told_apart(sentence: str, question: str | None) -> None:
    text = DECREE.replace("1. Đội phục vụ trên mỗi thư viện nổi gồm 04 thành viên.", f"1. {sentence}")
    found = [p.question for p in from_sentences(Material(parsed(text)), random.Random(1)) if "khoản=1" in p.place]
    if question is None:
        assert found == []
    else:
        assert any(question in asked.lower() for asked in found), found


def test_a_question_that_fits_two_provisions_is_not_proposed() -> None:
    twice = DECREE.replace(
        "1. Hướng dẫn cách bảo quản", "1. Thời hạn cho mượn sách dày tại bến sách tối đa là 35 ngày. Bảo quản"
    )
    assert "amount" not in proposed(from_sentences, Material(parsed(twice)))


def test_the_lead_of_a_list_tells_what_it_comprises() -> None:
    text = DECREE.replace(
        "2. Neo đậu chắn luồng chạy tàu.",
        "2. Bộ dụng cụ cứu hộ trên thư viện nổi gồm:\na) Phao tròn và dây ném.\nb) Còi và đèn pin.",
    )
    proposal = proposed(from_lists, Material(parsed(text)))["comprises"]
    assert "bộ dụng cụ cứu hộ trên thư viện nổi" in proposal.question.lower()
    assert proposal.gold == (
        ("điều=5;khoản=2;điểm=a", "điều=5;khoản=2"),
        ("điều=5;khoản=2;điểm=b", "điều=5;khoản=2"),
    )


def test_what_is_written_into_another_document_is_only_asked_by_its_place() -> None:
    amending = Material(parsed(AMENDING))
    assert list(from_sentences(amending, random.Random(1))) == []
    assert proposed(from_headings, amending) == {}
    assert {p.gold[0][0] for p in places(amending, random.Random(1))} >= {"điều=1;khoản=1", "điều=1;khoản=2"}


# --- near misses --------------------------------------------------------------------------------------------------


def test_near_misses_ask_for_what_is_not_there(decree: Material) -> None:
    found = list(near_misses(decree, random.Random(2)))
    assert {p.form for p in found} == {"no such article", "no such clause", "not the issuer", "not told"}
    assert all(p.reason and not p.gold and not p.facts for p in found)
    addresses = {part.address for part in decree.parts}
    for proposal in found:
        if proposal.form == "no such article":
            label = re.search(r"Điều (\d+)", proposal.question)
            assert label and f"điều={label[1]}" not in addresses
        if proposal.form == "no such clause":
            labels = re.search(r"[Kk]hoản (\d+) Điều (\d+)", proposal.question)
            assert labels and f"điều={labels[2]};khoản={labels[1]}" not in addresses
    said = " ".join(p.question for p in found)
    assert "Bộ Văn hóa" not in said and "báo cáo" not in said.lower() and "hết hiệu lực" in said


def test_a_digest_has_no_near_misses() -> None:
    assert list(near_misses(Material(parsed(DIGEST, "tom-luoc.md")), random.Random(2))) == []


def test_amended_articles_are_not_missed() -> None:
    forms = {p.form for p in near_misses(Material(parsed(AMENDING)), random.Random(2))}
    assert "body not named" in forms and not forms & {"no such article", "no such clause"}


# --- whole drafts -------------------------------------------------------------------------------------------------


def drafts(**wanted: object) -> list[Question]:
    return draft(parsed(DECREE), **wanted)  # type: ignore[arg-type]


def test_drafts_can_be_loaded_and_fit_the_documents(assistant: Assistant) -> None:
    for key in (KEY, "1079/QĐ-TTg@2022-09-14", "72/2015/NĐ-CP@2015-09-07"):
        questions = draft(indexed_document(assistant.index, key), 25)
        assert len(questions) > 5
        for question in questions:
            assert read_line(json.dumps(as_line(question))) == question
            assert list(against(question, assistant.index)) == []
            assert question.state == "draft" and question.author == "policy-qa draft"
            assert [version.key for version in question.versions] == [key]


def test_a_document_of_the_index_yields_the_same_drafts_as_its_file(assistant: Assistant) -> None:
    indexed = draft(indexed_document(assistant.index, KEY), 15, seed=4)
    assert indexed == draft(parsed(OFFICIAL), 15, seed=4)
    with pytest.raises(KeyError):
        indexed_document(assistant.index, "1/X@2000-01-01")


def test_drafts_are_spread_and_differ() -> None:
    questions = drafts(count=16)
    assert len({q.kind for q in questions}) >= 6
    articles = Counter(
        split_id(next(iter(q.gold[0])))[1].steps[0] for q in questions if q.gold and "điều" in q.gold[0][0]
    )
    assert len(articles) >= 5 and max(articles.values()) <= 4
    assert 2 <= sum(q.unanswerable for q in questions) <= 4
    names = set(words_of(DOC)) | set(words_of("NĐ 912/2031"))
    for i, question in enumerate(questions):
        for other in questions[:i]:
            one, two = set(words_of(question.question)) - names, set(words_of(other.question)) - names
            assert one != two


def test_styles_take_turns() -> None:
    questions = drafts(count=20)
    styles = Counter(q.style for q in questions)
    assert styles["no-diacritics"] >= 3 and styles["abbreviation"] >= 3 and styles["plain"] >= 8
    for question in questions:
        if question.style == "no-diacritics":
            assert strip_diacritics(question.question) == question.question
        if question.style == "abbreviation":
            assert "NĐ 912/2031" in question.question


def test_the_seed_decides() -> None:
    assert drafts(count=8, seed=1) == drafts(count=8, seed=1)
    assert drafts(count=8, seed=1) != drafts(count=8, seed=2)


@pytest.mark.parametrize("kind", ["figure", "definition", "near-miss", "relation"])
def test_kinds_can_be_chosen(kind: str) -> None:
    found = drafts(kinds=[kind], count=6)
    assert found and all(("near-miss" if q.unanswerable else q.kind) == kind for q in found)


def test_a_document_without_anything_to_ask_yields_nothing() -> None:
    assert draft(parsed("Chợ nổi họp lúc gà gáy.\n", "cho.txt"), kinds=[k for k in KINDS if k != "near-miss"]) == []


def test_no_draft_repeats_the_sentence_that_answers() -> None:
    text = " ".join(words_of(DECREE))
    for question in drafts(count=40):
        asked = words_of(
            question.question.replace("quy định về tổ chức và hoạt động của thư viện nổi trên sông nước", "")
        )
        runs = (" ".join(asked[i : i + 16]) for i in range(len(asked) - 15))
        assert not any(run in text for run in runs), question.question


# --- choosing -----------------------------------------------------------------------------------------------------


def test_the_greedy_choice_takes_turns_between_kinds_and_parts() -> None:
    proposals = [
        Proposal(kind, kind, f"{kind} {place} {word}", ((f"điều={place}",),), place=f"điều={place}")  # type: ignore[arg-type]
        for kind in ("figure", "date")
        for place, word in ((1, "mận"), (2, "đào"), (3, "lê"))
    ]
    chosen = choose(proposals, 3, random.Random(0))
    assert len({p.place for p in chosen}) == 3 and {p.kind for p in chosen} == {"figure", "date"}


def test_questions_that_share_most_words_are_not_both_taken() -> None:
    one = Proposal("a", "list", "Chợ nổi Cái Răng bán dưa", (("điều=1",),), place="điều=1")
    two = Proposal("b", "figure", "Chợ nổi Cái Răng bán dừa và cam", (("điều=2",),), place="điều=2")
    assert len(choose([one, two], 2, random.Random(0))) == 1


def test_near_misses_stay_few_unless_they_are_all_that_is_wanted() -> None:
    misses = [
        Proposal(f"f{n}", "date", f"{word} bay", place=word, reason="no_text") for n, word in enumerate("mnkpqrst")
    ]
    hits = [Proposal(f"h{n}", "who", f"{word} lặn", ((f"điều={n}",),), place=word) for n, word in enumerate("abcdefgh")]
    assert sum(p.reason is not None for p in choose([*misses, *hits], 10, random.Random(0))) == 2
    assert len(choose(misses, 8, random.Random(0))) == 8
    assert {kind_of(p) for p in misses} == {"near-miss"}


def test_every_template_has_its_fields_and_is_a_question() -> None:
    for form, templates in TEMPLATES.items():
        for template in templates:
            assert template.endswith("?") or template == "{asked}", form
            assert set(re.findall(r"\{(\w+)\}", template)) <= {
                "doc", "Kind", "title", "who", "what", "since", "clause", "topic", "measure", "asked", "does", "which", "term",
                "place", "label",
            }  # fmt: skip


def test_content_words_leave_out_what_every_question_has() -> None:
    assert content_words("Cơ quan nào quản lý bến sách?") == {"quan", "ly", "ben", "sach"}


DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.slow
def test_real_documents_yield_sound_drafts_of_many_kinds() -> None:
    if not DATA.is_dir():
        pytest.skip("needs ../shared/data, which holds the documents")
    from policy_qa.loading import Loader

    files = ("docx/VBPL_123028.docx", "html/doc_000155.html", "pdf/thong-tu-so-22-2022-tt-bldtbxh-38384.pdf")
    with Loader() as loader:
        for file in files:
            questions = draft(loader.load(DATA / file), 20)
            assert len(questions) == 20
            assert len({q.kind for q in questions}) >= 6
            assert len({q.question.casefold() for q in questions}) == 20
