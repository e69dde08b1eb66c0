"""A file of the index read anew though it has not changed, because it is to be read in another way."""

from __future__ import annotations

from pathlib import Path

from handed_in import decision

from policy_qa.document import Document
from policy_qa.loading import load_document
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index


def test_only_the_file_that_is_named_is_read_anew(tmp_path: Path) -> None:
    files = [tmp_path / "texts" / f"{n}.txt" for n in (7, 8)]
    files[0].parent.mkdir()
    for number, file in zip((7, 8), files, strict=True):
        file.write_text(decision(number), encoding="utf-8")
    read: list[str] = []

    def load(path: Path) -> Document:
        read.append(path.name)
        return load_document(path)

    encoder = load_encoder()
    build_index([files[0].parent], tmp_path / "index", encoder, load=load)
    read.clear()
    build_index([], tmp_path / "index", encoder, load=load)
    assert read == []
    report = build_index([files[0]], tmp_path / "index", encoder, reread=[str(files[0])], load=load)
    assert read == ["7.txt"]
    assert {Path(file.path).name: file.status for file in report.files} == {"7.txt": "read", "8.txt": "unchanged"}
    assert report.changed and report.documents == 2
