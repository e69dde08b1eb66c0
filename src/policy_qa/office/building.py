"""A change to the index, ordered by the server and carried out in a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.document import JSON, to_json
from policy_qa.office.apart import Progress, run_apart
from policy_qa.stored import from_json

if TYPE_CHECKING:
    from policy_qa.retrieval.build import BuildReport


@dataclass(frozen=True, slots=True)
class Order:
    """What a build is to do: paths and, for `remove`, a document key; as in `retrieval.index.build_index` and `remove`."""

    index: str
    corpus: str
    data: str
    cache: str
    encoder: str | None = None
    sources: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    remove: str | None = None


def build_apart(order: Order, progress: Progress) -> BuildReport:
    """Carries out `order` in another process.

    Raises:
        IndexBusy: another build is running.
        BuildFailed, BrokenDown, EncoderUnavailable …: it could not be made; the old index stays in use.
    """
    from policy_qa.retrieval.build import BuildReport

    return from_json(BuildReport, run_apart("build", to_json(order), progress))


def build(order: JSON, progress: Progress) -> JSON:
    """Carries out an `Order` here; gives the `BuildReport`. Raises what `build_index`, `remove`, `load_encoder` raise."""
    from policy_qa.loading import Loader
    from policy_qa.office.corrections import read_otherwise
    from policy_qa.office.documents import read_options
    from policy_qa.retrieval.encoder import load_encoder
    from policy_qa.retrieval.index import build_index, remove

    def recognised(done: int, total: int) -> None:
        progress("Nhận dạng chữ (OCR)", done, total)

    wanted = from_json(Order, order)
    encoder = load_encoder(wanted.encoder)
    corpus, index = Path(wanted.corpus), Path(wanted.index)
    with Loader(read_options(Path(wanted.data), Path(wanted.cache), recognised)) as loader:
        if wanted.remove is not None:
            return to_json(remove(wanted.remove, index, encoder, corpus=corpus, progress=progress, load=loader.load))
        return to_json(
            build_index(
                [Path(source) for source in wanted.sources], index, encoder, corpus=corpus, progress=progress,
                exclude=wanted.exclude, reread=(*wanted.reread, *read_otherwise(index, Path(wanted.data))), load=loader.load,
            )
        )  # fmt: skip
