"""One scope of numbering (the main body, or one annex): its paragraphs become a tree.

A label opens a provision only where it fits the sequence of its list. What does not fit is text of the provision
before it: a wrapped figure, a quoted clause, a list inside a điểm.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policy_qa.document import Level, Step
from policy_qa.structure import forms, grammar, headings, numbering
from policy_qa.structure.containers import CONTAINERS, is_container, match_container
from policy_qa.structure.paragraphs import Paragraph
from policy_qa.structure.tree import Node, Rank

DASHES = str.maketrans("–—−‐", "----")


class ScopeParser:
    """Reads paragraphs `[first, last)` into `root`; `warnings` gets one sentence a defect of the numbering."""

    def __init__(self, paragraphs: Sequence[Paragraph], first: int, last: int, root: Node) -> None:
        self.paragraphs = paragraphs
        self.first, self.last = first, last
        self.root = root
        self.open: list[Node] = [root]
        self.first_node: int | None = None
        self._articles, self.warnings = numbering.articles(paragraphs, first, last, is_annex=root.step is not None)
        self._parts = numbering.letter_parts(paragraphs, first, last)
        self._numbers = numbering.Clauses(paragraphs, first, last)
        self._skip_to = first
        self._is_annex = root.step is not None
        self._is_form = self._is_annex and forms.is_form(paragraphs[first:last])
        self._readers: tuple[Callable[[int], bool], ...] = (
            self._container, self._article, self._roman, self._letter_part, self._clause, self._decimal, self._point,
            self._dash, self._heading,
        )  # fmt: skip

    def parse(self) -> None:
        """Reads all paragraphs."""
        for i in range(self.first, self.last):
            if i < self._skip_to:
                continue
            if self._ends_items(i):
                self._close_items()
            if self.paragraphs[i].quoted or not any(reader(i) for reader in self._readers):
                self._text(self.paragraphs[i])
            elif self.first_node is None:
                self.first_node = i

    # --- opening and closing --------------------------------------------------------------------------------------

    def _text(self, paragraph: Paragraph) -> None:
        self.open[-1].has_text = True
        self._extend(paragraph.end)

    def _ends_items(self, i: int) -> bool:
        """Whether what follows belongs to the annex, not to its last item: the signature of a form, the sum of a table."""
        if not self._is_annex:
            return False
        if self._is_form and forms.is_signature(self.paragraphs, i, self.last):
            return True
        text = self.paragraphs[i].text
        if grammar.SIGNING.match(text) and grammar.is_capitals(text):
            return True
        sums_up = grammar.SUM_TOTAL.match(self.paragraphs[i].text) and self.open[-1].rank >= Rank.ROMAN
        following = self.paragraphs[i + 1].text if i + 1 < self.last else ""
        return bool(sums_up and (not following or grammar.LETTER_PART.match(following)))

    def _close_items(self) -> None:
        while self.open[-1].rank > Rank.LETTER_PART or self.open[-1].rank == Rank.ARTICLE:
            self.open.pop()

    def _extend(self, end: int) -> None:
        for node in self.open:
            node.end = end

    def _parent(self, rank: int) -> Node:
        return next(node for node in reversed(self.open) if node.rank < rank)

    def _add(self, i: int, parent: Node, level: Level, label: str, rank: int, title: str = "", mark: str = "") -> Node:
        paragraph = self.paragraphs[i]
        while self.open[-1] is not parent:
            self.open.pop()
        node = Node(Step(level, label), rank, paragraph.start, paragraph.end, title.strip(), paragraph.depth, mark)
        parent.add(node)
        self.open.append(node)
        self._extend(paragraph.end)
        return node

    def _warn(self, sentence: str) -> None:
        self.warnings.append(sentence)

    # --- containers and articles ----------------------------------------------------------------------------------

    def _container(self, i: int) -> bool:
        text = self.paragraphs[i].text
        if not is_container(text):
            return False
        for pattern, level, rank in CONTAINERS:
            found = match_container(pattern, text)
            if found is None:
                continue
            label, title = found
            inside = self._open_article()
            contained = any(node.rank in (Rank.CHAPTER, Rank.SECTION) for node in self.open)
            if level is Level.MUC and inside is not None and not contained and grammar.roman_value(label):
                self._add(i, inside, level, label, Rank.ROMAN, title)
                return True
            node = self._add(i, self._parent(rank), level, label, rank, title)
            self._title_lines(i + 1, node)
            return True
        return False

    def _title_lines(self, first: int, node: Node) -> None:
        """The title of a container stands on the lines after its label, mostly in capitals."""
        for i in range(first, min(first + 5, self.last)):
            paragraph = self.paragraphs[i]
            text = paragraph.text
            plain = (
                not node.title
                and len(text) <= 250
                and text[-1] not in grammar.CONTINUES
                and not grammar.CLAUSE.match(text)
            )
            capitals = grammar.is_capitals(text) and not grammar.ROMAN.match(text)
            if paragraph.quoted or grammar.ARTICLE.match(text) or is_container(text) or not (plain or capitals):
                return
            node.title = f"{node.title} {text}".strip()
            self._extend(paragraph.end)
            self._skip_to = i + 1

    def _article(self, i: int) -> bool:
        if i not in self._articles:
            return False
        label, title = self._articles[i]
        node = self._add(i, self._parent(Rank.ARTICLE), Level.DIEU, label, Rank.ARTICLE, title)
        following = self.paragraphs[i + 1] if i + 1 < self.last else None
        if not title and following is not None and not following.quoted and headings.is_plain_line(following.text):
            node.title = following.text
            self._extend(following.end)
            self._skip_to = i + 2
        return True

    def _open_article(self) -> Node | None:
        return next((node for node in self.open if node.rank == Rank.ARTICLE), None)

    # --- sections -------------------------------------------------------------------------------------------------

    def _roman(self, i: int) -> bool:
        match = grammar.ROMAN.match(self.paragraphs[i].text)
        value = grammar.roman_value(match["label"]) if match else None
        if match is None or value is None or self._loose():
            return False
        parent = self._parent(Rank.ROMAN)
        last = parent.last.get("roman", 0)
        if value != last + 1:
            # Sections in capitals are seen as such though their numbers are wrong; a lone one would be an initial.
            siblings = [child for child in parent.children if child.rank == Rank.ROMAN]
            sure = (
                value > 1 and grammar.is_capitals(match["title"]) and (value in (last, last + 2) or len(siblings) > 1)
            )
            if not (last and sure):
                return False
            self._warn(f"Mục {match['label']} (chữ số La Mã) không nối tiếp mục thứ {last} đứng trước.")
        parent.last["roman"] = value
        self._add(i, parent, Level.MUC, match["label"], Rank.ROMAN, match["title"])
        return True

    def _letter_part(self, i: int) -> bool:
        if i not in self._parts or self._loose():
            return False
        match = grammar.LETTER_PART.match(self.paragraphs[i].text)
        if match is None:
            return False
        self._add(i, self._parent(Rank.LETTER_PART), Level.PHAN, match["label"], Rank.LETTER_PART, match["title"])
        return True

    def _loose(self) -> bool:
        """Whether articles rule this scope but none is open: numbers there are titles or text."""
        return bool(self._articles) and self._open_article() is None

    # --- numbered items -------------------------------------------------------------------------------------------

    def _clause(self, i: int) -> bool:
        match = grammar.CLAUSE.match(self.paragraphs[i].text)
        if match is None or self._loose():
            return False
        number, suffix = int(match["number"]), match["suffix"]
        parent = self._clause_parent(i, number, suffix)
        if parent is None:
            return False
        parent.last["clause"] = number
        in_section = any(
            node.rank == Rank.ARTICLE or (node.step and node.step.level is Level.MUC) for node in self._path(parent)
        )
        level = Level.KHOAN if in_section else Level.MUC
        self._add(i, parent, level, f"{number}{suffix}", Rank.CLAUSE, match["title"])
        return True

    def _path(self, node: Node) -> list[Node]:
        return self.open[: self.open.index(node) + 1]

    def _clause_parent(self, i: int, number: int, suffix: str) -> Node | None:
        """The open node whose list this number continues or begins; None where it fits none."""
        innermost = self._parent(Rank.CLAUSE)
        for node in reversed(self.open):
            if node.rank >= Rank.CLAUSE:
                continue
            last = node.last.get("clause", 0)
            if (number == last + 1 and not suffix and (last or node is innermost)) or (suffix and number == last):
                return node
            if node.rank == Rank.ARTICLE:
                break
        last = innermost.last.get("clause", 0)
        if (
            not last
            and number > 1
            and number == innermost.before.get("clause", 0) + 1
            and innermost.rank != Rank.ARTICLE
        ):
            return innermost  # numbering that runs on from the section before
        if not last or suffix or numbering.is_introduced(self.paragraphs, i):
            return None
        if last > 1 and self._numbers.restarts(i, number):
            self._warn(
                f"Số khoản bắt đầu lại từ 1 sau khoản {last}; coi là lời văn của khoản {last}, không phải khoản mới."
            )
            return None
        defect = self._numbers.defect(i, number, last)
        if defect:
            self._warn(defect)
        return None if defect is None else innermost

    def _decimal(self, i: int) -> bool:
        match = grammar.DECIMAL.match(self.paragraphs[i].text)
        if match is None:
            return False
        prefix, _, number = match["label"].rpartition(".")
        parent = next(
            (
                n
                for n in reversed(self.open)
                if n.step and n.step.label == prefix and Rank.CLAUSE <= n.rank < Rank.INNER_HEADING
            ),
            None,
        )
        if parent is None:
            return False
        last = parent.last.get("decimal", 0)
        if not last < int(number) <= last + 2 or (int(number) == 2 and not last):
            return False
        if int(number) != last + 1:
            self._warn(f"Không thấy điểm {prefix}.{last + 1} trước điểm {match['label']}.")
        parent.last["decimal"] = int(number)
        rank = min(Rank.DECIMAL + prefix.count("."), Rank.INNER_HEADING - 1)
        self._add(i, parent, Level.DIEM, match["label"], rank, match["title"])
        return True

    def _point(self, i: int) -> bool:
        match = grammar.POINT.match(self.paragraphs[i].text)
        if match is None:
            return False
        parent = self._parent(Rank.POINT)
        if parent.step is None or self._loose():
            return False
        letter, suffix = match["letter"], match["suffix"]
        last = parent.last.get("point", 0)
        value = grammar.LETTERS.find(letter) + 1
        foreign = value == 0 and last > 0 and ord(letter) == ord(grammar.LETTERS[last - 1]) + 1  # f after e
        fits = (not suffix and value == last + 1) or (suffix and value == last > 0) or foreign
        skipped = not suffix and last > 0 and value == last + 2 and not numbering.is_introduced(self.paragraphs, i)
        repeated = not suffix and value == last > 0 and not numbering.is_introduced(self.paragraphs, i)
        if not (fits or skipped or repeated):
            if not suffix and value > last + 2 and last and not numbering.is_introduced(self.paragraphs, i):
                self._warn(
                    f"Điểm {letter} không nối tiếp điểm {grammar.LETTERS[last - 1]}; coi là lời văn, không phải một điểm."
                )
            return False
        if skipped:
            self._warn(
                f"Không thấy điểm {grammar.LETTERS[last]}: sau điểm {grammar.LETTERS[last - 1]} là điểm {letter}."
            )
        parent.last["point"] = value or last
        self._add(i, parent, Level.DIEM, letter + suffix, Rank.POINT, match["title"])
        return True

    def _dash(self, i: int) -> bool:
        match = grammar.DASH.match(self.paragraphs[i].text)
        if match is None or self.open[-1].step is None or self._loose() or grammar.CELL in match["title"]:
            return False
        if self._is_form and forms.is_field(match["title"]):
            return False
        mark = match["mark"].translate(DASHES)
        same = next((n for n, node in enumerate(self.open) if node.mark == mark), None)
        parent = self.open[same - 1] if same is not None else self.open[-1]
        parent.last["dash"] = number = parent.last.get("dash", 0) + 1
        self._add(i, parent, Level.GACH, str(number), Rank.DASH, match["title"], mark)
        return True

    # --- unnumbered headings --------------------------------------------------------------------------------------

    def _heading(self, i: int) -> bool:
        paragraph = self.paragraphs[i]
        text = paragraph.text
        found = headings.looks_like_heading(self.paragraphs, i, self.last, after_label=self._after_label(i))
        if not found or self._loose() or self._is_form:
            return False
        last = self.open[-1]
        if last.rank == Rank.HEADING and not last.has_text and headings.continues(last.title, text):
            last.title = f"{last.title} {text}"
            last.step = Step(Level.DE_MUC, last.title.lower())
            self._extend(paragraph.end)
            return True
        following = self.paragraphs[i + 1].text
        clause = next((node for node in self.open if node.rank == Rank.CLAUSE), None)
        restarts = grammar.CLAUSE.match(following) or grammar.ROMAN.match(following)
        inner = clause is not None and not restarts and not grammar.is_capitals(text) and paragraph.depth is None
        rank = Rank.INNER_HEADING if inner else Rank.HEADING
        self._add(i, self._heading_parent(paragraph, rank), Level.DE_MUC, text.lower(), rank, text)
        return True

    def _after_label(self, i: int) -> bool:
        """Whether the paragraph before is the first line of the provision that is open, or there is none before."""
        return i == self.first or self.open[-1].start == self.paragraphs[i - 1].start

    def _heading_parent(self, paragraph: Paragraph, rank: int) -> Node:
        if paragraph.depth is not None:
            for node in reversed(self.open):
                if node.rank == Rank.HEADING and node.depth is not None and node.depth < paragraph.depth:
                    return node
        return self._parent(rank)
