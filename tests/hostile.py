"""Makes files that no office would: bombs, loops, lies. Each maker gives the bytes of one file."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping

MB = 2**20
A_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
)
A_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(objects: Mapping[int, bytes]) -> bytes:
    """A PDF of these objects by number; 1 is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    size = max(objects) + 1
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()


def stream(data: bytes, head: bytes = b"", *, packed: bool = True) -> bytes:
    """A stream object, with more entries for its dictionary."""
    if packed:
        data, head = zlib.compress(data, 1), head + b" /Filter /FlateDecode"
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (head, len(data), data)


def zeros(size: int, rounds: int = 1) -> bytes:
    """`size` zero bytes, compressed without ever being whole, and compressed again for each further round."""
    packer = zlib.compressobj(9)
    data = b"".join([packer.compress(bytes(MB)) for _ in range(size // MB)]) + packer.flush()
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    return data


def one_page(content: bytes, **others: bytes) -> bytes:
    """A PDF of one page: its content stream object, and what replaces the page (`page`) or the font (`font`)."""
    catalogue, tree = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page, font = others.get("page", A_PAGE), others.get("font", A_FONT)
    more = {i: body for i, body in enumerate((others[k] for k in sorted(others) if k not in {"page", "font"}), 6)}
    return pdf({1: catalogue, 2: tree, 3: page, 4: content, 5: font, **more})


def pages(count: int, lines: int) -> bytes:
    """A PDF of `count` pages that share one content stream with so many lines of text."""
    words = b"The province plants mangroves along the coast every year. " * 2
    text = b"BT /F 9 Tf 12 TL 40 800 Td " + b"(%b) Tj T* " % words * lines + b"ET"
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 10 + count))
    tree = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids, count)
    head = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: tree, 4: stream(text), 5: A_FONT}
    return pdf(head | dict.fromkeys(range(10, 10 + count), A_PAGE))


def content_bomb(size: int) -> bytes:
    """A page whose content stream unpacks to `size` zero bytes."""
    data = zeros(size)
    return one_page(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(data), data))


def nested_bomb(size: int) -> bytes:
    """The same, packed twice: a few kilobytes."""
    data = zeros(size, rounds=2)
    head = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>" % len(data)
    return one_page(head + b"\nstream\n%b\nendstream" % data)


def object_stream_bomb(size: int) -> bytes:
    """The catalogue lies in an object stream that unpacks to `size` bytes."""
    packer = zlib.compressobj(1)
    first = b"1 0 2 40 3 100 "
    body = (
        b"<< /Type /Catalog /Pages 2 0 R >>".ljust(40) + b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".ljust(60) + A_PAGE
    )
    data = (
        packer.compress(first + body)
        + b"".join([packer.compress(b" " * MB) for _ in range(size // MB)])
        + packer.flush()
    )
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    container = out.tell()
    out.write(
        b"7 0 obj\n<< /Type /ObjStm /N 3 /First %d /Filter /FlateDecode /Length %d >>\nstream\n"
        % (len(first), len(data))
    )
    out.write(data + b"\nendstream\nendobj\n")
    start = out.tell()
    rows = [
        (0, 0, 0),
        (2, 7, 0),
        (2, 7, 1),
        (2, 7, 2),
        (0, 0, 0),
        (0, 0, 0),
        (0, 0, 0),
        (1, container, 0),
        (1, start, 0),
    ]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([index]) for kind, place, index in rows)
    out.write(b"8 0 obj\n<< /Type /XRef /Size 9 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n" % len(table))
    out.write(table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def looping_page_tree() -> bytes:
    """Page tree nodes that are each other's children."""
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 50 >>",
            3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 40 >>",
        }
    )


def looping_forms() -> bytes:
    """Two forms that draw each other, and themselves."""
    resources = b"/Resources << /XObject << /A 6 0 R /B 7 0 R >> >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + resources
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + resources + b" >>"
    draw = b"/A Do /B Do /A Do /B Do"
    return one_page(stream(draw), page=page, a=stream(draw, form), b=stream(draw, form))


def doubling_forms(levels: int) -> bytes:
    """Forms that each draw the next one ten times: 10 ** `levels` drawings of the last."""
    objects = {}
    for n in range(levels):
        inside = b"/X Do " * 10 if n < levels - 1 else b"0 0 m 9 9 l S"
        links = b"/Resources << /XObject << /X %d 0 R >> >>" % (7 + n)
        objects[6 + n] = stream(inside, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + links)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>"
    tree = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    head = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: tree, 3: page, 4: stream(b"/X Do " * 10)}
    return pdf(head | objects)


def many_operators(count: int) -> bytes:
    """A page of `count` drawing operators, a few kilobytes when packed."""
    return one_page(stream(b"0 0 m 9 9 l S\n" * (count // 3)))


def many_letters(count: int) -> bytes:
    """A page of `count` letters, each shown by an operator of its own."""
    return one_page(stream(b"BT /F 9 Tf 9 800 Td " + b"(a) Tj 1 0 Td " * count + b"ET"))


def font_without_unicode_map(first: int) -> bytes:
    """Text in a font that says which glyphs to draw (ninety from number `first`), but not which letters they are."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Unknown /Encoding /Identity-H /DescendantFonts [<< /Type /Font"
        b" /Subtype /CIDFontType2 /BaseFont /Unknown /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
        b" /Supplement 0 >> /DW 600 >>] >>"
    )
    codes = "".join(f"{first + n * 7 % 90:04X}" for n in range(900)).encode("ascii")
    rows = b" ".join(b"<%b> Tj T*" % codes[i : i + 240] for i in range(0, len(codes), 240))
    return one_page(stream(b"BT /F 9 Tf 12 TL 40 800 Td " + rows + b" ET"), font=font)


TYPES = (
    b'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/word/document.xml"'
    b' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    b' Target="word/document.xml"/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: Iterable[bytes]) -> bytes:
    """A Word file whose `word/document.xml` is these pieces."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for piece in body:
                part.write(piece)
    return out.getvalue()


def word_document(paragraphs: Iterable[str], before: str = "") -> bytes:
    """`word/document.xml` with these paragraphs, given as XML; `before` stands before the root."""
    inside = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{inside}</w:body></w:document>'.encode()


def zip_bomb(size: int) -> bytes:
    """A Word file that unpacks to `size` bytes of blanks."""
    head, _, foot = word_document([""]).partition(b"<w:t>")
    return docx([head + b"<w:t>", *[b" " * MB] * (size // MB), foot])


def crowded_docx(count: int) -> bytes:
    """A Word file of `count` tiny paragraphs, varied so that they do not pack suspiciously well."""
    head, _, foot = word_document([""]).partition(b"<w:p>")
    pieces = (
        b"".join(
            b'<w:p w:rsidR="%08X"><w:r><w:t>%d</w:t></w:r></w:p>' % (n * 2654435761 % 2**32, n)
            for n in range(i, min(i + 10_000, count))
        )
        for i in range(0, count, 10_000)
    )
    return docx([head, *pieces, b"<w:p>" + foot])


def nested_divs(depth: int) -> bytes:
    """A web page whose text lies under so many blocks."""
    words = "<p>" + "Nội dung của văn bản nằm rất sâu trong trang này. " * 20 + "</p>"
    return ("<!DOCTYPE html><html><body>" + "<div>" * depth + words + "</div>" * depth + "</body></html>").encode()
