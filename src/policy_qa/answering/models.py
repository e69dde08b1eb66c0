"""Opens the chat model that an office has configured, and lets nothing reach any other place than the one it named.

LangChain and the providers' packages are imported when the first question is sent, never before: without a model nothing
of them is loaded. Retries, limits and what to do when a model fails are `generative`'s.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from policy_qa.errors import ModelUnavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

OPENAI, OLLAMA = "openai", "ollama"
DEFAULT_URLS = {OPENAI: "https://api.openai.com/v1", OLLAMA: "http://127.0.0.1:11434"}
PACKAGES = {OPENAI: "langchain_openai", OLLAMA: "langchain_ollama"}
LONGEST_OUTPUT = 1500
"""Tokens that a model may write for one answer."""

CONTEXT = 8192
"""Tokens that Ollama keeps of a conversation; its own default would cut the passages off without a word."""

CONNECT_SECONDS = 10.0
MOST_BYTES = 16_000_000
"""Bytes of one response; each token comes with some hundred bytes around it."""

_LEFT: ContextVar[threading.Event] = ContextVar("left")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of what a model writes: of its message (`channel` "") or of the arguments of one tool call.

    `end` tells why the model stopped, with its last piece: "stop", "length", "tool_calls".
    """

    text: str
    channel: str = ""
    end: str | None = None


@dataclass(frozen=True)
class ChatModel:
    """A model by provider and name, and where it is; `seconds` it may take for one answer."""

    provider: str
    name: str
    url: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine."""
        return _is_loopback(urlsplit(self.url).hostname or "")

    @property
    def destination(self) -> str:
        """Where questions and passages go, in words for the user; without the user name that the address may hold."""
        parts = urlsplit(self.url)
        place = parts.netloc.rpartition("@")[2]
        if self.is_local:
            return f"{place} (máy này)"
        return f"{place} (máy khác{'' if parts.scheme == 'https' else ', đường truyền không mã hoá'})"

    def stream(self, system: str, user: str, left: threading.Event, *, whole: bool = False) -> Iterator[Piece]:
        """What the model writes, as it writes it; `whole` asks for it in one piece.

        Once `left` is set, the connection is closed with the next byte that comes. Raises whatever its package raises.
        """
        from langsmith import tracing_context

        _LEFT.set(left)
        messages = [("system", system), ("human", user)]
        # Tracing set up for other programs of this machine would send questions and passages to a service on the web.
        with tracing_context(enabled=False):
            if whole:
                yield from _pieces(self._chat.invoke(messages))
                return
            with closing(self._chat.stream(messages)) as chunks:  # type: ignore[type-var]
                for chunk in chunks:
                    yield from _pieces(chunk)

    @cached_property
    def _chat(self) -> BaseChatModel:
        from langchain.chat_models import init_chat_model

        options = self._ollama() if self.provider == OLLAMA else self._openai()
        opened: BaseChatModel = init_chat_model(self.name, model_provider=self.provider, cache=False, **options)
        return opened

    def _openai(self) -> dict[str, Any]:
        import openai

        rooms = (base.__module__.partition(".")[0] for base in openai.DefaultHttpxClient.__mro__)
        library = sys.modules[next(room for room in rooms if room.startswith("httpx"))]  # or its successor, httpx2
        options: dict[str, Any] = {
            "base_url": self.url,
            "api_key": self.key or "none",
            "max_retries": 0,
            "stream_usage": False,
            "use_responses_api": False,
            "openai_proxy": "",
            # A proxy would see what is meant for this machine; a redirect would take it elsewhere.
            "http_client": openai.DefaultHttpxClient(
                timeout=openai.Timeout(self.seconds, connect=CONNECT_SECONDS),
                follow_redirects=False,
                trust_env=not self.is_local,
                event_hooks={"response": [_watching(library)]},
            ),
        }
        if self.url == DEFAULT_URLS[OPENAI]:
            return {**options, "max_tokens": LONGEST_OUTPUT}
        # Compatible servers know the older name of the limit; OpenAI's own models refuse a temperature.
        return {**options, "temperature": 0, "extra_body": {"max_tokens": LONGEST_OUTPUT}}

    def _ollama(self) -> dict[str, Any]:
        import httpx

        kept = {"follow_redirects": False, "trust_env": not self.is_local, "timeout": self.seconds}
        return {
            "base_url": self.url,
            "temperature": 0,
            "num_predict": LONGEST_OUTPUT,
            "num_ctx": CONTEXT,
            "client_kwargs": kept,
            "sync_client_kwargs": {"event_hooks": {"response": [_watching(httpx)]}},
        }


def _watching(library: ModuleType) -> Callable[[Any], None]:
    """A hook of `httpx` or its successor: it ends a response that nobody waits for any longer, or that has no end."""

    class Watched(library.SyncByteStream):  # type: ignore[misc, name-defined]
        def __init__(self, stream: Any, left: threading.Event) -> None:  # noqa: ANN401 - of either library
            self._stream, self._left = stream, left

        def __iter__(self) -> Iterator[bytes]:
            received = 0
            for chunk in self._stream:
                received += len(chunk)
                if self._left.is_set() or received > MOST_BYTES:
                    raise ConnectionAbortedError("the answer is no longer waited for")
                yield chunk

        def close(self) -> None:
            self._stream.close()

    def watch(response: Any) -> None:  # noqa: ANN401
        response.stream = Watched(response.stream, _LEFT.get())

    return watch


def open_model(
    spec: str | None, url: str | None = None, key: str | None = None, seconds: float = 120
) -> ChatModel | None:
    """The model that the settings name as `provider:name`; None where they name none. Nothing is sent or imported yet.

    Raises:
        ModelUnavailable: the provider is unknown, the address wrong, the key or the provider's package missing.
    """
    if not spec:
        return None
    provider, _, name = spec.strip().partition(":")
    if provider not in DEFAULT_URLS or not name.strip():
        raise ModelUnavailable(
            f"Thiết lập POLICY_QA_LLM={spec!r} không dùng được: hãy viết openai:TÊN-MÔ-HÌNH hoặc ollama:TÊN-MÔ-HÌNH."
        )
    address = _checked_url((url or DEFAULT_URLS[provider]).strip())
    if provider == OPENAI and not key and address == DEFAULT_URLS[OPENAI]:
        raise ModelUnavailable(
            f"Mô hình {spec} cần khoá truy cập: hãy đặt POLICY_QA_LLM_KEY, hoặc đặt POLICY_QA_LLM_URL là địa chỉ máy chủ "
            "mô hình của cơ quan."
        )
    if importlib.util.find_spec(PACKAGES[provider]) is None:
        raise ModelUnavailable(
            f"Chưa cài gói để dùng mô hình {spec}: chạy `pip install policy-qa[llm]`, hoặc bỏ thiết lập POLICY_QA_LLM."
        )
    return ChatModel(provider, name.strip(), address, key, seconds)


def _checked_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        right = False
    if not right:
        raise ModelUnavailable(
            f"Thiết lập POLICY_QA_LLM_URL={url!r} không phải địa chỉ web: hãy viết như http://127.0.0.1:8080/v1."
        )
    return url.rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _pieces(message: AIMessage) -> Iterator[Piece]:
    """The text of a message or of a part of one, then the arguments of its tool calls, then its end."""
    if text := str(message.text):
        yield Piece(text)
    if isinstance(partial := getattr(message, "tool_call_chunks", None), list):
        yield from (Piece(str(call["args"]), f"tool {call.get('index')}") for call in partial if call.get("args"))
    else:
        calls = enumerate(message.tool_calls)
        yield from (Piece(json.dumps(call["args"], ensure_ascii=False), f"tool {number}") for number, call in calls)
    end = message.response_metadata.get("finish_reason") or message.response_metadata.get("done_reason")
    if end:
        yield Piece("", end=str(end))
