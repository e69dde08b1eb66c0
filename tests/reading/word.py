"""Word files written part by part, for what python-docx cannot write."""

import zipfile
from pathlib import Path

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def word_file(path: Path, body: str, *, main: str = "word/document.xml", **parts: str) -> Path:
    """Writes a Word file; `parts` are the insides of styles, numbering, footnotes, endnotes, settings."""
    folder = main.rsplit("/", 1)[0]
    links = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for i, name in enumerate(parts)
    )
    kind_of = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    named = {
        main: f"{kind_of}.document.main+xml",
        **{f"{folder}/{name}.xml": f"{kind_of}.{name}+xml" for name in parts},
    }
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Override PartName="/{part}" ContentType="{content}"/>' for part, content in named.items())
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{types}</Types>')
        archive.writestr(
            "_rels/.rels", relationships(f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="{main}"/>')
        )
        archive.writestr(main, f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        archive.writestr(f"{folder}/_rels/{main.rsplit('/', 1)[1]}.rels", relationships(links))
        for name, inside in parts.items():
            archive.writestr(f"{folder}/{name}.xml", f"<w:{name} {NAMESPACES}>{inside}</w:{name}>")
    return path


def relationships(links: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def p(text: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph; `text` may hold runs of its own."""
    inside = text if text.startswith("<") else r(text, run) if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run; `text` may be elements."""
    inside = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inside}</w:r>"


def item(text: str, number: int, level: int = 0, more: str = "") -> str:
    """A paragraph in a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{more}')


def level(at: int, form: str, pattern: str, *, start: int = 1, more: str = "") -> str:
    """A level of a list; `more` comes before the pattern."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def kind(name: int, *levels: str) -> str:
    """An abstract list."""
    return f'<w:abstractNum w:abstractNumId="{name}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'


def number(name: int, kind_name: int, *overrides: str) -> str:
    """A list of a kind."""
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{kind_name}"/>{"".join(overrides)}</w:num>'


def restart(at: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def table(*rows: list[str]) -> str:
    """A table; a cell is text, or the XML of a cell's inside."""
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"
