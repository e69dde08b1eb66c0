"""What goes over the pipes between a `Loader` and its worker: a kind, a length, that many bytes."""

from __future__ import annotations

import io
import json
import pickle
import struct
from enum import IntEnum
from typing import IO

from policy_qa import document as nouns
from policy_qa import errors
from policy_qa.document import Document
from policy_qa.errors import PolicyQAError, UnreadableFile

MAX_FRAME = 96 * 2**20
"""Bytes; the document of a PDF of 3,000 full pages takes 18 MB. In memory a document takes some ten times its frame."""

_HEAD = struct.Struct(">BQ")
_NOUNS = {
    name: noun for name, noun in vars(nouns).items() if isinstance(noun, type) and noun.__module__ == nouns.__name__
}


class Kind(IntEnum):
    """What a frame says."""

    READ = 1  # to the worker: a file to read
    ALIVE = 2  # from here on, to the loader: something was done
    RECOGNISED = 3  # pages recognised, pages to recognise
    DOCUMENT = 4
    REFUSED = 5
    FAULT = 6
    EXHAUSTED = 7  # no memory left
    GONE = 8  # the pipe has ended; never sent


def send(stream: IO[bytes], kind: Kind, body: bytes = b"") -> None:
    """Writes one frame; OSError where the other side is gone."""
    stream.write(_HEAD.pack(kind, len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes], limit: int = MAX_FRAME) -> tuple[Kind, bytes]:
    """The next frame; GONE at the end of the stream, and for one that is cut off, unknown or over `limit` bytes."""
    try:
        head = stream.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return Kind.GONE, b""
        number, length = _HEAD.unpack(head)
        kind = Kind(number)
        body = stream.read(length) if length <= limit else b""
    except (OSError, ValueError):
        return Kind.GONE, b""
    return (kind, body) if len(body) == length else (Kind.GONE, b"")


def packed_document(document: Document) -> bytes:
    """A document for the pipe."""
    return pickle.dumps(document, protocol=5)


def unpacked_document(data: bytes) -> Document:
    """The document that the worker sent; UnpicklingError for anything else.

    The worker has read hostile bytes, so what it sends may name our nouns and nothing more.
    """
    found = _Nouns(io.BytesIO(data)).load()
    if not isinstance(found, Document):
        raise pickle.UnpicklingError("not a document")
    return found


class _Nouns(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        if module != nouns.__name__ or name not in _NOUNS:
            raise pickle.UnpicklingError(f"not a noun: {module}.{name}")
        return _NOUNS[name]


def packed_error(error: PolicyQAError) -> bytes:
    """The sentence of an error and its nearest type in `policy_qa.errors`."""
    kind = next((c.__name__ for c in type(error).__mro__ if c.__module__ == errors.__name__), UnreadableFile.__name__)
    return json.dumps([kind, str(error)]).encode("ascii")


def unpacked_error(data: bytes) -> PolicyQAError:
    """The error that `packed_error` packed."""
    kind, sentence = json.loads(data)
    found = getattr(errors, kind, UnreadableFile)
    return found(sentence) if issubclass(found, PolicyQAError) else UnreadableFile(sentence)
