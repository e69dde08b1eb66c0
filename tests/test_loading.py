"""Files are read within limits, in a process of their own: whatever they are, the next one is read."""

from __future__ import annotations

import io
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Self

import docx
import hostile
import psutil
import pytest
from PIL import Image, ImageDraw

from policy_qa.errors import BadCorpus, BuildFailed, ReadingStopped, UnreadableFile
from policy_qa.loading import Limits, Loader, frames, load_document
from policy_qa.loading.frames import Kind
from policy_qa.loading.loader import IN_PROCESS
from policy_qa.reading.source import ReadOptions

if TYPE_CHECKING:
    from policy_qa.retrieval.encoder import Encoder

WORDS = (
    "QUYẾT ĐỊNH",
    "Về việc trồng rừng ngập mặn",
    "Điều 1. Phạm vi",
    "1. Cấp tỉnh.",
    "2. Cấp xã.",
    "Điều 2. Hiệu lực",
)
BROWSER = re.compile(r"node|chrom|headless", re.IGNORECASE)
TIGHT = Limits(memory=400 * hostile.MB, silence=4, total=8)
"""Enough for every honest file here, little enough for the tests to be quick."""


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """After each test no worker runs and no temporary file lies there."""
    folder = tmp_path / "tạm"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    before = set(workers())
    yield
    assert set(workers()) == before
    assert list(folder.iterdir()) == []


def workers() -> list[psutil.Process]:
    """The processes that a test started: other tests may have left a browser open in this one."""
    return [child for child in psutil.Process().children(recursive=True) if not BROWSER.match(name_of(child))]


def name_of(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.NoSuchProcess:
        return ""


def word_file(path: Path, words: tuple[str, ...] = WORDS) -> Path:
    document = docx.Document()
    for line in words:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def environment() -> dict[str, str]:
    """For programs that import what the tests import, and put temporary files where the tests look."""
    folder = tempfile.gettempdir()
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)}


@pytest.fixture(scope="module")
def shared_loader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loader]:
    """One for the tests that start, end and limit nothing; its worker runs already."""
    with Loader() as loader:
        loader.load(word_file(tmp_path_factory.mktemp("shared") / "đầu.docx"))
        yield loader


def refusal(loader: Loader, path: Path) -> UnreadableFile:
    """The error over this file, which must be one sentence; and a good file is read after it."""
    with pytest.raises(UnreadableFile) as caught:
        loader.load(path)
    sentence = str(caught.value)
    assert sentence.isprintable() and sentence.endswith(".") and len(sentence) < 500, sentence
    assert loader.load(word_file(path.with_name("tốt.docx"))).source.text == "\n".join(WORDS)
    return caught.value


# --- reading ------------------------------------------------------------------------------------------------------


def test_a_document_crosses_whole(tmp_path: Path) -> None:
    word = word_file(tmp_path / "quyết định.docx")
    printed = tmp_path / "pages.pdf"
    printed.write_bytes(hostile.pages(3, 20))
    with Loader() as loader:
        for path in (word, printed):
            assert loader.load(path) == load_document(path)
        assert len(workers()) == 1


def test_short_texts_start_no_worker_and_longer_ones_do(tmp_path: Path) -> None:
    short, long = tmp_path / "ngắn.md", tmp_path / "dài.txt"
    short.write_text("# Điều 1\n\nNội dung.\n", encoding="utf-8")
    long.write_text("Một dòng chữ trong văn bản.\n" * (IN_PROCESS // 20), encoding="utf-8")
    digests = (Path(__file__).parents[1] / "corpus").glob("*.md")
    with Loader() as loader:
        for path in (short, *digests):
            assert loader.load(path) == load_document(path)
        assert workers() == []
        assert loader.load(long) == load_document(long)
        assert len(workers()) == 1


def test_errors_keep_their_type_and_their_sentence(tmp_path: Path) -> None:
    digest = tmp_path / "tóm lược.md"
    digest.write_text("---\ntext_kind: digest\n---\n# Điều 1\n" + "Chữ. " * IN_PROCESS, encoding="utf-8")
    broken = tmp_path / "hỏng.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    for path, kind in ((digest, BadCorpus), (broken, UnreadableFile), (tmp_path / "không có.pdf", UnreadableFile)):
        with pytest.raises(kind) as here:
            load_document(path)
        with Loader() as loader, pytest.raises(kind) as there:
            loader.load(path)
        assert type(there.value) is type(here.value)
        assert str(there.value) == str(here.value)


def test_pages_recognised_are_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    loader = Loader(ReadOptions(progress=lambda done, total: told.append((done, total))))
    stream = io.BytesIO()
    frames.send(stream, Kind.RECOGNISED, b"[3, 9]")
    stream.seek(0)
    from policy_qa.loading.loader import _Watch

    watch = _Watch(Limits())
    before = watch.allowed
    assert loader._taken(*frames.receive(stream), watch, "a.pdf") is None
    assert told == [(3, 9)]
    assert watch.allowed == before + 3 * Limits().per_page


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scan_tells_its_pages_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).text((150, 150), "QUYET DINH\nDieu 1. Trong rung\nDieu 2. Hieu luc", fill=0, font_size=60)
    page.save(path, save_all=True, append_images=[page])
    told: list[tuple[int, int]] = []
    with (
        Loader(ReadOptions(progress=lambda done, total: told.append((done, total)))) as loader,
        suppress(UnreadableFile),
    ):
        loader.load(path)
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_relative_paths_follow_the_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loader() as loader:
        loader.load(word_file(tmp_path / "a.docx"))
        (tmp_path / "b").mkdir()
        word_file(tmp_path / "b" / "c.docx")
        monkeypatch.chdir(tmp_path / "b")
        assert loader.load(Path("c.docx")).source.file == str(tmp_path / "b" / "c.docx")


# --- breakdowns ---------------------------------------------------------------------------------------------------


class Deadly:
    """Kills whoever unpacks it."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (3,)


def test_a_worker_that_dies_is_one_refused_file(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    loader = Loader(ReadOptions(cache=Deadly()))  # type: ignore[arg-type]
    with loader, pytest.raises(ReadingStopped, match=r"dừng đột ngột.*“a\.docx”.*\.$") as caught:
        loader.load(path)
    assert caught.value.why == "died"


def test_a_worker_that_was_killed_between_files_is_replaced(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    with Loader() as loader:
        loader.load(path)
        (worker,) = workers()
        worker.kill()
        assert loader.load(path) == load_document(path)
        assert workers() != [worker]


def test_no_interpreter_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    with Loader() as loader, pytest.raises(ReadingStopped, match="Không khởi động được"):
        loader.load(word_file(tmp_path / "a.docx"))


def test_what_the_worker_sends_may_hold_our_nouns_only() -> None:
    for payload in (Deadly(), os.system, Path("a"), {"a": 1}, ReadOptions()):
        with pytest.raises(pickle.UnpicklingError):
            frames.unpacked_document(pickle.dumps(payload))
    inner = b"cpolicy_qa.document\ndataclasses.sys\n."
    with pytest.raises(pickle.UnpicklingError):
        frames.unpacked_document(inner)


@pytest.mark.parametrize(
    "data", [b"", b"\x02", b"\x63" + bytes(8), b"\x04" + b"\xff" * 8, b"\x04" + bytes(7) + b"\x09abc"]
)
def test_a_frame_that_is_cut_off_unknown_or_too_long_ends_the_stream(data: bytes) -> None:
    assert frames.receive(io.BytesIO(data)) == (Kind.GONE, b"")


# --- callers ------------------------------------------------------------------------------------------------------


def test_threads_share_a_loader(tmp_path: Path) -> None:
    paths = [word_file(tmp_path / f"{n}.docx", (f"Điều {n}. Tên", "Nội dung.")) for n in range(1, 7)]
    found: dict[Path, str] = {}
    with Loader() as loader:
        threads = [
            threading.Thread(target=lambda p=path: found.update({p: loader.load(p).source.text}), daemon=True)
            for path in paths
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == {path: f"Điều {n}. Tên\nNội dung." for n, path in enumerate(paths, 1)}


DAEMON = """
import multiprocessing, sys
from pathlib import Path
from policy_qa.loading import Loader

def load(path, out):
    with Loader() as loader:
        Path(out).write_text(loader.load(Path(path)).source.text, encoding="utf-8")

if __name__ == "__main__":
    process = multiprocessing.get_context("spawn").Process(target=load, args=sys.argv[1:], daemon=True)
    process.start()
    process.join()
"""


@pytest.mark.slow
def test_a_daemonic_process_may_load(tmp_path: Path) -> None:
    program, out = tmp_path / "daemon.py", tmp_path / "out.txt"
    program.write_text(DAEMON, encoding="utf-8")
    arguments = [sys.executable, str(program), str(word_file(tmp_path / "a.docx")), str(out)]
    subprocess.run(arguments, check=True, timeout=60, env=environment())
    assert out.read_text(encoding="utf-8") == "\n".join(WORDS)


CALLER = """
import signal, sys, threading, psutil
from pathlib import Path
from policy_qa.loading import Loader

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are born deaf to it

def tell_when_it_reads():
    while not (found := psutil.Process().children()) or found[0].cpu_times().user < 0.5:
        pass
    print(found[0].pid, flush=True)

threading.Thread(target=tell_when_it_reads, daemon=True).start()
try:
    with Loader() as loader:
        loader.load(Path(sys.argv[1]))
except KeyboardInterrupt:
    print(len(psutil.Process().children()), flush=True)
"""


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], psutil.Process]]:
    """A program that is reading something long, and its worker."""
    long = tmp_path / "long.pdf"
    long.write_bytes(hostile.many_letters(5_000_000))
    program = tmp_path / "caller.py"
    program.write_text(textwrap.dedent(CALLER), encoding="utf-8")
    arguments = [sys.executable, str(program), str(long)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stdout is not None
        yield process, psutil.Process(int(process.stdout.readline()))
        process.kill()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a test cannot press Ctrl-C there without pressing its own")
def test_an_interrupt_ends_the_worker(caller: tuple[subprocess.Popen[str], psutil.Process]) -> None:
    process, worker = caller
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert out.strip() == "0"
    assert process.returncode == 0
    assert not worker.is_running()


@pytest.mark.slow
def test_a_worker_does_not_outlive_its_loader(caller: tuple[subprocess.Popen[str], psutil.Process]) -> None:
    process, worker = caller
    process.kill()
    process.wait(30)
    worker.wait(30)
    assert not worker.is_running()


# --- odd places ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dấu cách và “ngoặc”.docx", "a;b&c$(d)`e`.docx", "-rf.docx", "%s{0}.docx"])
def test_odd_names_are_read(shared_loader: Loader, tmp_path: Path, name: str) -> None:
    assert shared_loader.load(word_file(tmp_path / name)).source.text == "\n".join(WORDS)


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be given there")
@pytest.mark.parametrize("name", ["hai\ndòng.pdf", "\x1b[31mđỏ.pdf", "\udcff.pdf", "\u202egnp.pdf"])
def test_a_name_cannot_break_the_sentence_or_the_terminal(shared_loader: Loader, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7\nnothing")
    refusal(shared_loader, path)
    path = path.with_suffix(".txt")
    path.write_bytes(b"\xff\x00")
    refusal(shared_loader, path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("suffix", [".pdf", ".md"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ống{suffix}"
    os.mkfifo(path)
    with Loader() as loader:
        assert "không phải một tệp thường" in str(refusal(loader, path))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices with names here")
def test_a_device_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "vô tận.pdf"
    path.symlink_to("/dev/zero")
    with Loader() as loader:
        assert "không phải một tệp thường" in str(refusal(loader, path))


def test_files_that_are_cut_while_others_are_read_are_refused(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx")
    with Loader() as loader:
        whole = loader.load(path)
        path.write_bytes(path.read_bytes()[:-100])
        refusal(loader, path)
        path.unlink()
        assert "Không tìm thấy" in str(refusal(loader, path))
        assert loader.load(word_file(path)).source.text == whole.source.text


# --- bombs --------------------------------------------------------------------------------------------------------


def billion_laughs() -> bytes:
    rows = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghi"))
    return hostile.docx([hostile.word_document(["&i;"], f'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">{rows}]>')])


GIGABYTE = 1024 * hostile.MB
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "tree.pdf": (hostile.looping_page_tree, "hỏng"),
    "pages.pdf": (lambda: hostile.pages(10_000, 1), "10000 trang"),
    "entity.docx": (billion_laughs, "thực thể XML"),
    "nested.html": (lambda: hostile.nested_divs(100_000), "quá sâu"),
}
# Which limit comes first depends on the machine; where none does, nothing in the file is text.
SLOW_BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "content.pdf": (lambda: hostile.content_bomb(GIGABYTE), "tách nhỏ|không có"),
    "packed-twice.pdf": (lambda: hostile.nested_bomb(GIGABYTE), "tách nhỏ|không có"),
    "object-stream.pdf": (lambda: hostile.object_stream_bomb(GIGABYTE), "tách nhỏ|hỏng"),
    "loops.pdf": (hostile.looping_forms, "tách nhỏ|không có"),
    "doubling.pdf": (lambda: hostile.doubling_forms(9), "tách nhỏ|không có"),
    "operators.pdf": (lambda: hostile.many_operators(5_000_000), "tách nhỏ|không có"),
    "letters.pdf": (lambda: hostile.many_letters(5_000_000), "tách nhỏ"),
    "zip.docx": (lambda: hostile.zip_bomb(600 * hostile.MB), "phình to"),
    "crowded.docx": (lambda: hostile.crowded_docx(3_000_000), "phình to|tách nhỏ"),
}


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        *((name, *bomb) for name, bomb in BOMBS.items()),
        *(pytest.param(name, *bomb, marks=pytest.mark.slow) for name, bomb in SLOW_BOMBS.items()),
    ],
)
def test_bombs(tmp_path: Path, name: str, make: Callable[[], bytes], said: str) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    with Loader(limits=TIGHT) as loader, Scales() as scales:
        error = refusal(loader, path)
    assert f"“{name}”" in str(error)
    assert re.search(said, str(error)), error
    assert 0 < scales.peak < 1.5 * TIGHT.memory


class Scales:
    """Weighs all workers while the block runs; `peak` is the most that one held, in bytes."""

    def __init__(self) -> None:
        self.peak = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._weigh)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _weigh(self) -> None:
        ours = psutil.Process().cmdline()
        while not self._over.wait(0.02):
            for worker in workers():
                with suppress(psutil.Error):
                    if worker.cmdline() == ours:
                        continue  # just forked: still this process's memory, whatever other tests have loaded
                    self.peak = max(self.peak, worker.memory_info().rss)


def test_external_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu", encoding="utf-8")
    entity = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "a.docx"
    path.write_bytes(hostile.docx([hostile.word_document(["Điều 1. Tên&x;", "Nội dung."], entity)]))
    with Loader() as loader:
        try:
            text = loader.load(path).source.text
        except UnreadableFile as error:
            text = str(error)
    assert "mật khẩu" not in text


@pytest.mark.parametrize("first", [3, 0xE000])
def test_letters_without_a_unicode_map_are_no_text(tmp_path: Path, first: int) -> None:
    path = tmp_path / "font.pdf"
    path.write_bytes(hostile.font_without_unicode_map(first))
    with Loader(ReadOptions(ocr=False)) as loader:
        assert "không có bảng mã" in str(refusal(loader, path))


@pytest.mark.slow
def test_many_pages_of_text_are_read_within_a_short_silence(tmp_path: Path) -> None:
    """Each page read counts as progress, so that a long document is not taken for a stuck one."""
    path = tmp_path / "long.pdf"
    path.write_bytes(hostile.pages(400, 40))
    with Loader(limits=Limits(silence=4, total=300)) as loader:
        assert len(loader.load(path).source.pages) == 400


def test_time_in_all_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(hostile.pages(2500, 60))
    with Loader(limits=Limits(silence=5, total=1.5)) as loader, pytest.raises(ReadingStopped) as caught:
        loader.load(path)
    assert caught.value.why == "overtime"


# --- a batch ------------------------------------------------------------------------------------------------------


def test_an_index_is_made_of_what_can_be_read(tmp_path: Path, shipped_encoder: Encoder) -> None:
    from policy_qa.retrieval.index import build_index

    folder = tmp_path / "văn bản"
    folder.mkdir()
    word_file(folder / "z tốt.docx")
    (folder / "a loop.pdf").write_bytes(hostile.looping_page_tree())
    (folder / "b pages.pdf").write_bytes(hostile.pages(10_000, 1))
    with (folder / "c lớn.pdf").open("wb") as large:
        large.truncate(1024 * GIGABYTE)  # nothing on disk, a terabyte to read
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "d ống.pdf")
        (folder / "e\ndòng.pdf").write_bytes(b"%PDF-1.7\nnothing")
        (folder / "f\udcff.txt").write_text("Tên tệp này không ghi lại được.", encoding="utf-8")
    with Loader() as loader:
        report = build_index([folder], tmp_path / "index", shipped_encoder, load=loader.load)
    assert {Path(f.path).name: f.status for f in report.files if f.status != "skipped"} == {"z tốt.docx": "read"}
    assert all(f.why.isprintable() and f.why.endswith(".") for f in report.files if f.status == "skipped")
    assert len(report.files) == (7 if hasattr(os, "mkfifo") else 4)


def test_the_command_shows_the_pages_that_are_recognised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from policy_qa.cli.indexing import RECOGNISING, file_loader

    told: list[tuple[str, int, int]] = []
    monkeypatch.setenv("POLICY_QA_CACHE", str(tmp_path / "cache"))
    with file_loader(lambda *stage: told.append(stage)) as loader:
        assert loader._options.cache == tmp_path / "cache" / "ocr"
        assert loader._options.progress is not None
        loader._options.progress(2, 5)
    assert told == [(RECOGNISING, 2, 5)]


def test_a_folder_whose_name_cannot_be_written_down(tmp_path: Path, shipped_encoder: Encoder) -> None:
    from policy_qa.retrieval.index import build_index

    with pytest.raises(BuildFailed, match=r"ký tự hỏng: hãy đổi tên.*\.$"):
        build_index([tmp_path / "\udcff"], tmp_path / "index", shipped_encoder)
