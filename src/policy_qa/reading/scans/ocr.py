"""Pages recognised by Tesseract: pictures of them in, words with their boxes out; several at a time, each only once.

Tesseract runs as a program of its own, so a picture that breaks it breaks nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from numpy.typing import NDArray

from policy_qa.document import JSON
from policy_qa.reading.scans.hocr import Edges, Sheet, parse_hocr
from policy_qa.reading.source import ReadOptions
from policy_qa.reading.syllables import syllabic_share, words

DPI = 175
"""Resolution at which pages are recognised.

Measured on pages of the gazette, printed, scanned askew with noise and recognised again: of the words .97 to .98 are right
at 130 to 200 dpi, .97 at 300; of a fax of 96 dpi .93 at 130 dpi, .87 at 300. Fewer pixels are faster, too.
"""
SIDES = (2000, 2900)
"""Pixels of a page's longer side: A4 and A3 at that resolution. Page boxes may be in other units than the paper's."""
LANGUAGE = "vie"
MOST_AT_A_TIME = 16
"""Pages: Tesseract takes 50 to 100 MB for each, and a file may take two gigabytes in all."""
UPSIDE_DOWN = 0.6
"""Mean confidence below which a page is tried upside down: upright ones have at least .86, others .42 at most."""
STRANGE = (0.5, 0.5)
"""Confidence and share of syllables; a page below both is in a script that the Vietnamese data does not know. Pages in Lao
have .10 to .24 and .19 to .32, pages in Vietnamese .86 to .95 and .88 to 1."""

_SETTINGS = ("--psm", "3", "--dpi", str(DPI), "-c", "hocr_char_boxes=1")
_FRAME = 6  # pixels; the thickness of a stamp's frame, drawn askew
_FORMAT = 1  # of what is kept; raised when its meaning changes
_LARGEST_KEPT = 4 * 2**20  # bytes; a full page takes a hundred thousand
_SECONDS = 45.0  # for one run over one page; a full page takes 2 to 4 seconds of one core
_FOLDERS = (
    r"%ProgramFiles%\Tesseract-OCR",
    r"%ProgramFiles(x86)%\Tesseract-OCR",
    r"%LocalAppData%\Programs\Tesseract-OCR",
    "/opt/homebrew/bin",
    "/usr/local/bin",
)
_DATA_FOLDER = re.compile(r'available languages in "([^"\n]+)"')


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program as it is installed: `identity` tells it from other versions and other data."""

    program: str
    version: str
    knows_vietnamese: bool
    identity: str


@dataclass(frozen=True, slots=True)
class Recognition:
    """What was recognised on a page when it was turned clockwise by `turn` degrees from how the file shows it."""

    sheet: Sheet
    turn: int = 0

    @property
    def is_strange(self) -> bool:
        """Whether the page is in a script that is not ours."""
        found = words(" ".join(word.text for word in self.sheet.words))
        share = syllabic_share(word for word in found if len(word) > 1)
        return bool(self.sheet.lines) and self.sheet.confidence < STRANGE[0] and share < STRANGE[1]


# --- the program --------------------------------------------------------------------------------------------------


def find_tesseract() -> Tesseract | None:
    """Tesseract on the path or where its installers put it; None where it is not installed or does not run."""
    program = _program()
    if program is None:
        return None
    version = _told(program, "--version").split("\n", 1)[0].removeprefix("tesseract").strip()
    if not version:
        return None
    told = _told(program, "--list-langs")
    folder = _DATA_FOLDER.search(told)
    size = 0
    with suppress(OSError):
        size = (Path(folder[1] if folder else "") / f"{LANGUAGE}.traineddata").stat().st_size
    return Tesseract(program, version, LANGUAGE in told.split(), f"{version} {LANGUAGE} {size}")


def _program() -> str | None:
    """Never one in the current folder, where Windows would look first and where the documents may lie."""
    name = "tesseract.exe" if sys.platform == "win32" else "tesseract"
    for folder in (*os.environ.get("PATH", "").split(os.pathsep), *map(os.path.expandvars, _FOLDERS)):
        file = Path(folder) / name
        if file.is_absolute() and file.is_file() and os.access(file, os.X_OK):
            return str(file)
    return None


def how_to_install() -> str:
    """What to do where Tesseract or its Vietnamese data is missing: the end of a sentence, for this system."""
    if sys.platform == "win32":
        return "cài Tesseract (bản UB Mannheim) và đánh dấu chọn “Vietnamese” khi cài"
    if sys.platform == "darwin":
        return "chạy “brew install tesseract tesseract-lang”"
    return "cài hai gói tesseract-ocr và tesseract-ocr-vie"


def _told(program: str, question: str) -> str:
    done = _run([program, question])
    return (done.stdout or done.stderr).decode("utf-8", "replace") if done is not None else ""


def _run(command: Sequence[str], given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """None where the program does not start or takes too long."""
    try:
        return subprocess.run(  # noqa: S603 - the program found on this machine, with arguments of our own
            command,
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            # Pages are recognised side by side; threads of its own would only wait for each other.
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return None


# --- pages --------------------------------------------------------------------------------------------------------


def recognise(
    document: pypdfium2.PdfDocument, numbers: Sequence[int], tesseract: Tesseract, options: ReadOptions
) -> dict[int, Recognition]:
    """The pages with these numbers (from 1); those that could not be recognised are missing.

    As many at a time as there are cores, up to MOST_AT_A_TIME; no more pictures than that are held. `options.progress` is told.
    """
    found: dict[int, Recognition] = {}
    workers = min(os.cpu_count() or 1, MOST_AT_A_TIME)
    running: dict[Future[Recognition | None], tuple[int, str]] = {}
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        if options.progress is not None:
            options.progress(done, len(numbers))

    def collect(most: int) -> None:
        while len(running) > most:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                number, key = running.pop(future)
                result = future.result()
                if result is not None:
                    found[number] = result
                    _keep(options.cache, key, result)
                tell(1)

    tell(0)
    with ThreadPoolExecutor(workers) as pool:
        for number in numbers:
            picture = _picture(document, number)
            if picture is None:
                tell(1)
                continue
            key = _key(picture, tesseract)
            kept = _kept(options.cache, key)
            if kept is not None:
                found[number] = kept
                tell(1)
                continue
            collect(workers - 1)
            running[pool.submit(_recognised, picture, tesseract.program, options.alive)] = number, key
        collect(0)
    return found


def _picture(document: pypdfium2.PdfDocument, number: int) -> NDArray[np.uint8] | None:
    """A page as it is shown, in greys: its red part alone, in which red stamps vanish. None for a broken page."""
    try:
        page = document[number - 1]
        try:
            longest = max(page.get_size())
            scale = min(max(longest * DPI / 72, SIDES[0]), SIDES[1]) / longest
            bitmap = page.render(scale=scale, rev_byteorder=True)
            try:
                return np.ascontiguousarray(bitmap.to_numpy()[..., 0])
            finally:
                bitmap.close()
        finally:
            page.close()
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError):
        return None


def _recognised(picture: NDArray[np.uint8], program: str, alive: Callable[[], None] | None) -> Recognition | None:
    """The page upright and without stamps: it is recognised again where it cannot be read, lies on its side or has some."""
    found = _sheet(picture, program, 0)
    if found is None:
        return None

    def again(turn: int, *, without: Sequence[Edges] = ()) -> Recognition | None:
        if alive is not None:
            alive()
        return _sheet(picture, program, turn, without)

    if found.sheet.words and found.sheet.confidence < UPSIDE_DOWN:
        other = again(180)
        found = other if other is not None and other.sheet.confidence > found.sheet.confidence else found
    if found.sheet.lies_on_its_side:
        # What Tesseract reads along the side of a page runs downwards.
        found = again((found.turn + 270) % 360) or found
    stamps = found.sheet.stamps
    return (again(found.turn, without=stamps) or found) if stamps else found


def _sheet(picture: NDArray[np.uint8], program: str, turn: int, without: Sequence[Edges] = ()) -> Recognition | None:
    """What is on a page turned clockwise by `turn` degrees, of which some boxes are made white."""
    turned = np.rot90(picture, -turn // 90)
    if without:
        turned = turned.copy()
    for left, top, right, bottom in without:
        turned[max(top - _FRAME, 0) : bottom + _FRAME, max(left - _FRAME, 0) : right + _FRAME] = 255
    height, width = turned.shape
    done = _run(
        [program, "stdin", "stdout", "-l", LANGUAGE, *_SETTINGS, "hocr"],
        b"P5\n%d %d\n255\n" % (width, height) + turned.tobytes(),
    )
    if done is None or done.returncode:
        return None
    try:
        return Recognition(parse_hocr(done.stdout), turn)
    except ValueError:
        return None


# --- what is kept -------------------------------------------------------------------------------------------------


def _key(picture: NDArray[np.uint8], tesseract: Tesseract) -> str:
    settings = f"{_FORMAT} {tesseract.identity} {' '.join(_SETTINGS)} {picture.shape}"
    return hashlib.sha256(settings.encode("utf-8") + picture.tobytes()).hexdigest()


def _kept(folder: Path | None, key: str) -> Recognition | None:
    """What was recognised before; None where nothing was, or the file is damaged."""
    if folder is None:
        return None
    try:
        file = folder / f"{key}.json"
        if file.stat().st_size > _LARGEST_KEPT:
            return None
        plain = cast(Mapping[str, JSON], json.loads(file.read_bytes()))
        return Recognition(Sheet.from_json(plain["sheet"]), int(cast(int, plain["turn"])) % 360)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _keep(folder: Path | None, key: str, found: Recognition) -> None:
    """Keeps what was recognised, whole or not at all; a full disk only costs the time to recognise it again."""
    if folder is None:
        return
    plain: JSON = {"turn": found.turn, "sheet": found.sheet.to_json()}
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f"{key[:8]}-", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(plain, file, ensure_ascii=False, separators=(",", ":"))
            os.replace(name, folder / f"{key}.json")  # noqa: PTH105 - both are names in one folder
        except OSError:
            Path(name).unlink(missing_ok=True)
