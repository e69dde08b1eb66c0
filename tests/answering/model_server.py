"""A server on 127.0.0.1 that speaks OpenAI's chat-completions protocol and answers from a script, faults included."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LONGEST_HOLD = 15.0
"""Seconds that a reply waits to be let on, so that no test can hang."""

KEEP_ALIVE = ": giữ kết nối"
"""A comment of the event stream: bytes, but nothing said."""


@dataclass
class Passages:
    """What one request gave the model to read."""

    by_id: dict[str, str]
    question: str
    body: dict[str, object]

    def id(self, words: str) -> str:
        """The id of the passage that has these words."""
        found = [id_ for id_, text in self.by_id.items() if words in text]
        assert found, f"no passage with {words!r}"
        return min(found, key=lambda id_: len(self.by_id[id_]))

    @classmethod
    def of(cls, body: dict[str, object]) -> Passages:
        content = body["messages"][-1]["content"]  # type: ignore[index]
        lines = [json.loads(line) for line in content.split("\n") if line.startswith("{")]
        by_id = {line["id"]: line["words"] for line in lines if "id" in line}
        return cls(by_id, next(line["question"] for line in lines if "question" in line), body)


@dataclass
class Reply:
    """One reply. `text`: what the model says, whole or in the pieces that are sent one by one.

    `hold`: before piece number `hold_at` the server waits until this is set. `how`: as a stream of events, as one JSON
    object, as tool calls, or `raw` bytes under `media`. `cut`: the connection is closed before the end.
    """

    text: str | Sequence[str] | Callable[[Passages], str | Sequence[str]] = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    how: str = "stream"
    cut: bool = False
    end: str | None = "stop"
    hold: threading.Event | None = None
    hold_at: int = 1
    media: str = "text/html"
    endless: str = ""


def line(text: str, *ids: str) -> str:
    """A statement as the prompt asks for it."""
    return json.dumps({"text": text, "ids": list(ids)}, ensure_ascii=False) + "\n"


class ModelServer:
    """Replies are given in order; the last one again and again."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [Reply()]
        self.requests: list[Passages] = []
        self.keys: list[str] = []
        self.sent: list[str] = []
        self.gone = threading.Event()
        self._server = _Http(self)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def script(self, *replies: Reply) -> None:
        """Begins anew with these replies."""
        self.replies = list(replies)
        self.requests, self.keys, self.sent = [], [], []
        self.gone.clear()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def next_reply(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: ModelServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = script

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):  # a client that has heard enough hangs up
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else every small event waits 40 ms
    server: _Http

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        asked = Passages.of(body)
        self.server.script.requests.append(asked)
        self.server.script.keys.append(self.headers.get("authorization", ""))
        reply = self.server.script.next_reply()
        try:
            self._send(reply, asked)
        except OSError:
            self.server.script.gone.set()
            self.close_connection = True

    def _send(self, reply: Reply, asked: Passages) -> None:
        text = reply.text(asked) if callable(reply.text) else reply.text
        pieces = [text] if isinstance(text, str) else list(text)
        if self.path == "/api/chat":
            self._ollama(reply, pieces)
        elif reply.status != 200 or reply.how == "raw":
            self._whole(reply, "".join(pieces).encode(), reply.media)
        elif reply.how == "whole" or not asked.body.get("stream"):
            message = {"role": "assistant", "content": "".join(pieces)}
            choice = {"index": 0, "message": message, "finish_reason": reply.end}
            self._whole(reply, json.dumps(_completion("chat.completion", choice)).encode(), "application/json")
        else:
            self._stream(reply, pieces)

    def _whole(self, reply: Reply, body: bytes, media: str) -> None:
        self.send_response(reply.status)
        self.send_header("content-type", media)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(body) + (10 if reply.cut else 0)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = reply.cut

    def _stream(self, reply: Reply, pieces: Sequence[str]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for at, piece in enumerate(_without_end(pieces, reply.endless)):
            if reply.hold and at == reply.hold_at:
                reply.hold.wait(LONGEST_HOLD)
            self.server.script.sent.append(piece)  # first, for who hears it may look here at once
            self._event(piece if piece == KEEP_ALIVE else _delta(piece, reply.how, at))
        if reply.hold and reply.hold_at >= len(pieces):
            reply.hold.wait(LONGEST_HOLD)
        if reply.cut:
            self.close_connection = True
            return
        end = {"index": 0, "delta": {}, "finish_reason": reply.end}
        self._event(json.dumps(_completion("chat.completion.chunk", end)))
        self._event("[DONE]")
        self.wfile.write(b"0\r\n\r\n")

    def _ollama(self, reply: Reply, pieces: Sequence[str]) -> None:
        """The same as Ollama puts it: a line of JSON for each piece."""
        said = [{"message": {"role": "assistant", "content": piece}, "done": False} for piece in pieces]
        end = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": reply.end}
        lines = [
            json.dumps({"model": "scripted", "created_at": "2026-01-01T00:00:00Z", **part}) for part in (*said, end)
        ]
        self._whole(reply, "\n".join(lines).encode() if reply.status == 200 else b"{}", "application/x-ndjson")

    def _event(self, data: str) -> None:
        sent = (data if data == KEEP_ALIVE else f"data: {data}").encode() + b"\n\n"
        self.wfile.write(b"%x\r\n%s\r\n" % (len(sent), sent))
        self.wfile.flush()


def _without_end(pieces: Sequence[str], endless: str) -> Iterator[str]:
    yield from pieces
    for _ in range(200_000 if endless else 0):
        yield endless


def _delta(piece: str, how: str, at: int) -> str:
    delta: dict[str, object] = {"content": piece}
    if how == "tools":
        named = {"name": "answer"} if at == 0 else {}
        call = {"index": 0, "id": "call_1", "type": "function", "function": {**named, "arguments": piece}}
        delta = {"tool_calls": [call if at == 0 else {"index": 0, "function": {"arguments": piece}}]}
    return json.dumps(_completion("chat.completion.chunk", {"index": 0, "delta": delta, "finish_reason": None}))


def _completion(kind: str, choice: dict[str, object]) -> dict[str, object]:
    return {"id": "x", "object": kind, "created": 1, "model": "scripted", "choices": [choice]}
