"""Mutations of files, each told by a number: the same number always makes the same bytes.

`python tests/fuzz/mutations.py NUMBER FOLDER` writes one for a closer look.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import TypeAlias

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[1]))

from seeds import Seed, packed, seeds

Mutation: TypeAlias = Callable[[bytes, Random], bytes]

LARGEST = 4 * 2**20
"""Bytes; duplicating and duplicating again must not make the files ever larger."""
NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483647",
    b"4294967296",
    b"-2147483648",
    b"99999999999999999999",
    b"1e999",
    b"0.0001",
)
TOKENS = (b"\x00", b"\xff\xfe", b"\xef\xbf\xbf", b"\xf0\x9f\x98\x80", b"<", b"&#0;", b"&#xD800;", b"]]>", b"%", b"\r", b"\x1b[2J", b"\\u0000",
          "\u202e".encode(), "\u0301".encode(), "Điều".encode(), b"1. ", b"stream\n", b"endobj\n", b"(((", b"---\n")  # fmt: skip
MARKS = tuple(mark.encode() for mark in ("# ", "###### ", "> ", "- ", "1. ", "a) ", "Điều 1. ", "Chương I", "PHỤ LỤC", "| a | b |", "“", "```", "[^1]: ",
                                        "* * *"))  # fmt: skip
YAML_VALUES = ("", "[]", "{}", "null", "true", "2031-13-45", "9" * 400, "[[[[[[]]]]]]", "{a: {b: [1, {c: 2}]}}", "!!python/object:os.system x",
               "&a [*a]", '"\\uD800"', '"\\0"', "|\n    nhiều\n    dòng", "1e400", ".nan", "- - - x", "'", '"', "@x", "%x", "2031-06-07T01:02:03Z")  # fmt: skip


def mutated(number: int, files: Sequence[Seed]) -> tuple[str, bytes]:
    """The name of the seed of mutation `number` and the mutated bytes."""
    random = Random(f"policy-qa {number}")
    seed = files[number % len(files)]
    data = seed.data
    for _ in range(random.choice((1, 1, 2, 4))):
        mutate = random.choice((*ANYTHING, *OF_SUFFIX.get(seed.suffix, ()) * 2))
        data = mutate(data, random)[:LARGEST]
    if random.random() < 0.05:
        other = random.choice(files).data
        cut = random.randrange(len(data) + 1)
        data = data[:cut] + other[random.randrange(len(other)) :][: LARGEST - cut]
    return seed.name, data


# --- any file -----------------------------------------------------------------------------------------------------


def flip_bytes(data: bytes, random: Random) -> bytes:
    """Other bytes at a few places."""
    out = bytearray(data)
    for _ in range(random.choice((1, 4, 32, 200)) if out else 0):
        out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def truncate(data: bytes, random: Random) -> bytes:
    """The first part only."""
    return data[: random.randrange(len(data) + 1)]


def cut_out(data: bytes, random: Random) -> bytes:
    """Without a stretch in the middle."""
    start, end = _range(data, random)
    return data[:start] + data[end:]


def duplicate(data: bytes, random: Random) -> bytes:
    """A stretch several times."""
    start, end = _range(data, random)
    return data[:end] + data[start:end] * random.choice((1, 3, 50)) + data[end:]


def move(data: bytes, random: Random) -> bytes:
    """A stretch at another place."""
    start, end = _range(data, random)
    rest = data[:start] + data[end:]
    at = random.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


def insert_token(data: bytes, random: Random) -> bytes:
    """What readers stumble over, at a few places."""
    for _ in range(random.choice((1, 3, 10))):
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.choice(TOKENS) * random.choice((1, 1, 100)) + data[at:]
    return data


def replace_number(data: bytes, random: Random) -> bytes:
    """Another number in place of one."""
    return _replaced(rb"-?\d+", data, random, lambda _: random.choice(NUMBERS))


def _range(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data) + 1)
    return start, min(start + random.choice((1, 16, 400, 10_000)), len(data))


def _replaced(pattern: bytes, data: bytes, random: Random, by: Callable[[re.Match[bytes]], bytes]) -> bytes:
    """`data` with up to four random matches of `pattern` replaced."""
    found = list(re.finditer(pattern, data, re.DOTALL))
    for match in sorted(random.sample(found, min(len(found), random.randint(1, 4))), key=lambda m: -m.start()):
        data = data[: match.start()] + by(match) + data[match.end() :]
    return data


# --- markup -------------------------------------------------------------------------------------------------------


def drop_tag(data: bytes, random: Random) -> bytes:
    """Without a few tags: what they opened stays open."""
    return _replaced(rb"<[^<>]{1,200}>", data, random, lambda _: b"")


def repeat_tag(data: bytes, random: Random) -> bytes:
    """A tag many times: deep nesting, or many closings."""
    return _replaced(rb"<[^<>]{1,200}>", data, random, lambda match: match[0] * random.choice((2, 30, 1000)))


def swap_tags(data: bytes, random: Random) -> bytes:
    """A tag of elsewhere in place of a tag."""
    tags = re.findall(rb"<[^<>]{1,200}>", data)
    return _replaced(rb"<[^<>]{1,200}>", data, random, lambda _: random.choice(tags))


def change_attribute(data: bytes, random: Random) -> bytes:
    """Another value in an attribute."""
    values = (*NUMBERS, b"", b"x" * 5000, b"javascript:alert(1)", b"&quot;", b"\xc0\x80", b"w:p")
    return _replaced(rb"=([\"'])[^\"'<>]{0,200}\1", data, random, lambda _: b'="' + random.choice(values) + b'"')


MARKUP: tuple[Mutation, ...] = (drop_tag, repeat_tag, swap_tags, change_attribute)


# --- Word ---------------------------------------------------------------------------------------------------------


def mutate_part(data: bytes, random: Random) -> bytes:
    """A file of the package mutated, and all packed again as a sound archive."""
    parts = _parts(data)
    if not parts:
        return flip_bytes(data, random)
    name = random.choice([*parts, *["word/document.xml"] * len(parts)])
    if name in parts:
        parts[name] = random.choice((*ANYTHING, *MARKUP, *MARKUP, *MARKUP))(parts[name], random)
    return packed(parts)


def drop_part(data: bytes, random: Random) -> bytes:
    """Without a file of the package, or with another one under its name."""
    parts = _parts(data)
    if not parts:
        return truncate(data, random)
    name = random.choice(list(parts))
    if random.random() < 0.5:
        parts[name] = random.choice(list(parts.values()))
    else:
        del parts[name]
    return packed(parts)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # an earlier mutation broke the archive, in one of many ways
        return {}


# --- PDF ----------------------------------------------------------------------------------------------------------


def mutate_stream(data: bytes, random: Random) -> bytes:
    """What a compressed stream holds, mutated and compressed again, its length set right."""
    found = [m for m in re.finditer(rb"/Length (\d+)(?! \d)[^>]{0,200}>>\s*stream\r?\n", data) if int(m[1])]
    if not found:
        return flip_bytes(data, random)
    match = random.choice(found)
    end = match.end() + int(match[1])
    try:
        inside = zlib.decompressobj().decompress(data[match.end() : end], LARGEST)
    except zlib.error:
        return flip_bytes(data, random)
    body = zlib.compress(random.choice((*ANYTHING, change_operator, change_operator))(inside, random))
    head = match[0].replace(b"/Length " + match[1], b"/Length %d" % len(body), 1)
    return data[: match.start()] + head + body + data[end:]


def change_operator(data: bytes, random: Random) -> bytes:
    """Other operators and operands in a content stream, another range in a map of letters."""
    words = (
        b"Tj",
        b"TJ",
        b"Do",
        b"q",
        b"Q",
        b"BT",
        b"ET",
        b"Tm",
        b"cm",
        b"BI",
        b"ID",
        b"EI",
        b"Tf",
        b"0 0 0 0 0 0 Tm",
        b"beginbfrange",
        b"<D800>",
        b"<0000> <FFFF>",
    )
    return _replaced(rb"\b[A-Za-z*']{1,14}\b|<[0-9A-Fa-f]{2,8}>", data, random, lambda _: random.choice(words))


def swap_reference(data: bytes, random: Random) -> bytes:
    """A reference to another object: loops, wrong types."""
    numbers = [match[1] for match in re.finditer(rb"\b(\d+) 0 obj", data)] or [b"1"]
    return _replaced(rb"\b\d+ 0 R\b", data, random, lambda _: random.choice(numbers) + b" 0 R")


def drop_entry(data: bytes, random: Random) -> bytes:
    """Another name in place of a name: an entry is missing, and one that nobody knows is there."""
    names = re.findall(rb"/[A-Za-z]{1,20}", data) or [b"/X"]
    return _replaced(rb"/[A-Za-z]{1,20}", data, random, lambda _: random.choice((b"/Nothing", random.choice(names))))


def shift_table(data: bytes, random: Random) -> bytes:
    """Wrong places in the table of objects."""
    return _replaced(
        rb"\d{10} \d{5} [nf]", data, random, lambda _: b"%010d 00000 n" % random.randrange(2 * len(data) + 1)
    )


# --- text ---------------------------------------------------------------------------------------------------------


def change_front_matter(data: bytes, random: Random) -> bytes:
    """Another value, name or indent in a line of the front matter."""
    lines = data.split(b"\n")
    places = [i for i, line in enumerate(lines[:30]) if b":" in line]
    if not places:
        return insert_token(data, random)
    at = random.choice(places)
    name, _, value = lines[at].partition(b":")
    changed = (
        name + b": " + random.choice(YAML_VALUES).encode("utf-8", "surrogatepass"),
        lines[at] + b"\n" + lines[at],
        b"    " + lines[at],
        value.strip() + b": " + name,
        b"text_kind: digest",
    )
    lines[at] = random.choice(changed)
    return b"\n".join(lines)


def mutate_lines(data: bytes, random: Random) -> bytes:
    """Lines repeated, exchanged, joined, or one of elsewhere's marks before them."""
    lines = data.split(b"\n")
    for _ in range(random.choice((1, 5, 40))):
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        lines[at] = random.choice(
            (lines[other], b"", random.choice(MARKS) + lines[at], lines[at][:2000] * 20, lines[at] + lines[other])
        )
    return b"\n".join(lines)


ANYTHING: tuple[Mutation, ...] = (flip_bytes, truncate, cut_out, duplicate, move, insert_token, replace_number)
OF_SUFFIX: dict[str, tuple[Mutation, ...]] = {
    ".docx": (mutate_part, mutate_part, mutate_part, drop_part),
    ".html": (*MARKUP, mutate_lines),
    ".md": (change_front_matter, mutate_lines),
    ".txt": (mutate_lines, mutate_lines, change_front_matter),
    ".pdf": (mutate_stream, mutate_stream, mutate_stream, swap_reference, drop_entry, shift_table),
}


def main(arguments: Sequence[str]) -> str | None:
    """Writes mutation NUMBER into FOLDER; returns one sentence where that cannot be done."""
    if len(arguments) != 2 or not re.fullmatch(r"[0-9]{1,9}", arguments[0]):
        return (
            "Give the number of a mutation and a folder to write it into: python tests/fuzz/mutations.py NUMBER FOLDER"
        )
    number, folder = int(arguments[0]), Path(arguments[1])
    if not folder.is_dir():
        return f"There is no folder {folder}; make it first or name another one."
    name, content = mutated(number, seeds())
    try:
        (folder / f"{number}-{name}").write_bytes(content)
    except OSError as error:
        return f"Mutation {number} could not be written into {folder} ({error.strerror or error}); name another folder."
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
