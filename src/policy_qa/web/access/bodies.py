"""What a visitor sends: how much, and for which of Gradio's sessions; nothing that would make the server fetch from elsewhere."""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator
from urllib.parse import parse_qs

from starlette.formparsers import MultiPartException
from starlette.types import Message, Receive, Scope

LARGEST_FORM = 8_000
LARGEST_WORDS = 200_000
"""What the chat sends: a question with the documents to search, a comment."""
LARGEST_JSON = 8_000_000
"""A page sends back the conversation that it shows, which may be long."""
FILES_TOGETHER = 3
"""How many files of the largest size one request may bring."""
SESSIONS_REMEMBERED = 20_000
GRADIO = "/gradio_api/"
UPLOAD = f"{GRADIO}upload"
_SCHEME = re.compile(r"[\x00-\x20]*[a-z][a-z0-9+.-]+:/", re.IGNORECASE)
"""Two letters and more: one is a drive of Windows."""
_IN_PATH = re.compile(r"/gradio_api/(?:heartbeat|stream)/([^/]+)")


class Refused(Exception):
    """The request is refused: with which status, and why (for the audit log)."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


class TooLarge(Refused, MultiPartException):
    """More than the limit came in. Gradio removes what it has stored of an upload when it meets this exception."""

    def __init__(self) -> None:
        Refused.__init__(self, 413, "too large")
        self.message = "maximum allowed size"


class Owners:
    """Whose each of Gradio's sessions is: the results of a question go to whoever knows the session's name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: OrderedDict[str, str] = OrderedDict()

    def claim(self, session: str, name: str) -> None:
        """The first user of a session keeps it; raises Refused for any other."""
        with self._lock:
            owner = self._names.setdefault(session, name)
            self._names.move_to_end(session)
            if len(self._names) > SESSIONS_REMEMBERED:
                self._names.popitem(last=False)
        if owner != name:
            raise Refused(403, "another user's session")


def largest(path: str, upload_mb: int) -> int:
    """How many bytes a request to `path` may bring."""
    if path in ("/login", "/logout", "/password"):
        return LARGEST_FORM
    if path.rstrip("/") == UPLOAD:
        return FILES_TOGETHER * upload_mb * 1_000_000 + 100_000
    if path.startswith("/chat/"):
        return LARGEST_WORDS
    # Routes of our own take a file as it comes, and count, too.
    return LARGEST_JSON if path.startswith(GRADIO) else upload_mb * 1_000_000


def limited(scope: Scope, receive: Receive, most: int) -> Receive:
    """`receive` that raises TooLarge as soon as the body is larger, whatever its head says. Raises TooLarge."""
    told = dict(scope["headers"]).get(b"content-length", b"0")
    if not told.isdigit() or int(told) > most:
        raise TooLarge
    came = 0

    async def count() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise TooLarge
        return message

    return count


async def inspected(scope: Scope, receive: Receive, owners: Owners, name: str) -> Receive:
    """`receive` whose body has been looked at; raises Refused where it asks for what it may not."""
    for session in _sessions_in_address(scope):
        owners.claim(session, name)
    kind = dict(scope["headers"]).get(b"content-type", b"").split(b";")[0].strip().lower()
    if scope["method"] != "POST" or kind == b"multipart/form-data" or not scope["path"].startswith(GRADIO):
        return receive
    body = await _whole(receive)
    # Whatever the type says: Gradio reads some bodies as JSON without asking.
    for session in _look_into(body):
        owners.claim(session, name)
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return left.pop() if left else await receive()

    return again


async def _whole(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "broken off")
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _sessions_in_address(scope: Scope) -> Iterator[str]:
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    yield from query.get("session_hash", ())
    if found := _IN_PATH.match(scope["path"]):
        yield found[1]


def _look_into(body: bytes) -> Iterator[str]:
    """Gradio's sessions that a JSON body names; raises Refused where a file in it lies at a web address."""
    try:
        # As Gradio does it, UTF-16 and a byte order mark included: what it can read has been looked at.
        plain: object = json.loads(body) if body else None
    except (ValueError, RecursionError):
        raise Refused(400, "broken JSON") from None
    if isinstance(plain, dict) and isinstance(plain.get("session_hash"), str):
        yield str(plain["session_hash"])
    left = [plain]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if isinstance(value.get("path"), str) and _SCHEME.match(value["path"]):
                raise Refused(403, "a file at a web address")
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
