"""What the page does with conversations: asks, stops, opens, names, judges. Plain POST requests, JSON in and out.

Not Gradio events: one of those costs several times what an answer does (a component made anew for each output, a queue,
a stream of messages), and two of them may overtake each other, so that a question asked while "new conversation" was still
under way went into the conversation before. `talk.js` keeps which conversation is open and sends one thing after another.

`/chat/ask` and `/chat/again` answer with a `Step` a line as the answer comes in, the others with one `Step`. A question is
kept as soon as it comes; answers are made in the order of the questions, a few at a time, and are finished and kept also
when the page has been left.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias, get_args

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from policy_qa.errors import PolicyQAError
from policy_qa.office.feedback import Verdict
from policy_qa.office.history import NoSuchConversation, Turn
from policy_qa.web import texts
from policy_qa.web.access.bodies import Refused
from policy_qa.web.chat import wording
from policy_qa.web.chat.conversation import Chat, Step
from policy_qa.web.chat.transcript import one_turn
from policy_qa.web.markup import error_note
from policy_qa.web.visitor import Presence, presence_of

logger = logging.getLogger(__name__)

Fields: TypeAlias = Mapping[str, object]
MOST_WAITING = 400
"""Questions that wait for an answer; an office of a few hundred users may ask in the same minute."""
OTHERS_AT_ONCE = 2
"""Threads for what takes milliseconds: keeping a question, opening a conversation. They never wait for an answer."""
COMPUTED_AT_ONCE = 2
"""Answers computed at the same time, whatever the cores: the interpreter lets one thread compute, and more only take turns
(50 users who never pause got 28 answers a second one at a time, 25 two at a time). The second is for when one takes long."""
MODELS_AT_ONCE = 8
"""Answers made at the same time by a language model, for which the machine mostly waits."""
_LARGEST = 2**53
_LONGEST_SEARCH = 200
_STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def answers_at_once(*, model: bool) -> int:
    """Answers made at the same time; further questions wait in line."""
    return MODELS_AT_ONCE if model else COMPUTED_AT_ONCE


def asking_routes(chat: Chat, at_once: int) -> APIRouter:
    """The routes over one office's conversations; whoever mounts them sees to it that strangers are kept out."""
    router, talk = APIRouter(prefix="/chat"), _Talk(chat, at_once)
    for name in ("ask", "again", "start", "open", "stop", "delete", "rename", "find", "judge"):
        router.add_api_route(f"/{name}", getattr(talk, name), methods=["POST"], include_in_schema=False)
    return router


class _Talk:
    def __init__(self, chat: Chat, at_once: int) -> None:
        self._chat = chat
        # Both lend to who has waited longest.
        self._answers, self._others = anyio.CapacityLimiter(at_once), anyio.CapacityLimiter(OTHERS_AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    # --- questions

    async def ask(self, request: Request) -> Response:
        """Answers a question: `question`, `documents` (keys; an empty list: all) and `conversation` (null: a new one)."""
        who, fields = await _asked(request)
        question, within, talk = _words(fields, "question"), _keys(fields), _id(fields, "conversation")
        return self._streamed(self._chat.ask(who, talk, question, within), talk)

    async def again(self, request: Request) -> Response:
        """Asks the question of `turn` once more."""
        who, fields = await _asked(request)
        return self._streamed(self._chat.again(who, _known(fields, "turn")), None)

    def _streamed(self, steps: Iterator[Step], talk: int | None) -> Response:
        if len(self._under_way) >= MOST_WAITING:
            return JSONResponse(_plain(Step(talk, _failed(wording.TOO_MANY_WAIT))), headers=_STREAM)
        told: asyncio.Queue[Step | None] = asyncio.Queue()
        # A task of its own: who leaves the page breaks off the request, not the answer.
        task = asyncio.create_task(self._answered(steps, told))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return StreamingResponse(_lines(told), media_type="application/x-ndjson", headers=_STREAM)

    async def _answered(self, steps: Iterator[Step], told: asyncio.Queue[Step | None]) -> None:
        loop = asyncio.get_running_loop()

        def tell_all() -> None:
            for step in steps:
                loop.call_soon_threadsafe(told.put_nowait, step)

        try:
            first = await anyio.to_thread.run_sync(next, steps, None, limiter=self._others)
            told.put_nowait(first)
            if first is not None and first.busy:
                await anyio.to_thread.run_sync(tell_all, limiter=self._answers, abandon_on_cancel=True)
        except PolicyQAError as error:
            told.put_nowait(Step(None, _failed(str(error))))
        except Exception as error:
            logger.exception("unforeseen while keeping a question")
            told.put_nowait(Step(None, _failed(texts.UNFORESEEN.format(name=type(error).__name__))))
        finally:
            told.put_nowait(None)

    async def stop(self, request: Request) -> Response:
        """Ends the answer under way in `conversation`."""
        who, fields = await _asked(request)
        talk = _id(fields, "conversation")
        return await self._told(lambda: self._chat.stop(who, talk) or Step(talk, None))

    # --- conversations

    async def start(self, request: Request) -> Response:
        """What a visitor finds on opening the page."""
        who, _ = await _asked(request)
        return await self._told(lambda: self._chat.start(who))

    async def open(self, request: Request) -> Response:
        """Another `conversation`; null: a new one."""
        who, fields = await _asked(request)
        return await self._told(partial(self._chat.open, who, _id(fields, "conversation")))

    async def delete(self, request: Request) -> Response:
        """Deletes the conversation `deleted`; `conversation` is the one shown."""
        who, fields = await _asked(request)
        return await self._told(partial(self._chat.delete, who, _known(fields, "deleted"), _id(fields, "conversation")))

    async def rename(self, request: Request) -> Response:
        """Gives the conversation `named` the `title`."""
        who, fields = await _asked(request)
        named, title, shown = _known(fields, "named"), _words(fields, "title"), _id(fields, "conversation")

        def renamed() -> Step:
            self._chat.rename(who, named, title)
            return Step(shown, None, self._chat.kept(who, shown))

        return await self._told(renamed, _in_list)

    async def find(self, request: Request) -> Response:
        """The list of the conversations with the words `wanted`."""
        who, fields = await _asked(request)
        wanted, shown = _words(fields, "wanted")[:_LONGEST_SEARCH], _id(fields, "conversation")
        return await self._told(lambda: Step(shown, None, self._chat.kept(who, shown, wanted)), _in_list)

    async def judge(self, request: Request) -> Response:
        """Keeps what the visitor thinks of the answer of `turn`: `verdict` ("": takes it back) and `comment`."""
        who, fields = await _asked(request)
        said = _words(fields, "verdict")
        verdict = next((known for known in get_args(Verdict) if known == said), None)
        return await self._told(
            partial(self._chat.judge, who, _known(fields, "turn"), verdict, _words(fields, "comment"))
        )

    async def _told(self, act: Callable[[], Step], failed: Callable[[str], Step] | None = None) -> Response:
        """What `act` gives; every error is a sentence in the conversation, or where `failed` puts it."""
        put = failed or (lambda sentence: Step(None, _failed(sentence)))
        status = 200
        try:
            step = await anyio.to_thread.run_sync(act, limiter=self._others)
        except PolicyQAError as error:
            step, status = put(str(error)), 404 if isinstance(error, NoSuchConversation) else 200
        except Exception as error:
            logger.exception("unforeseen in the chat")
            step, status = put(texts.UNFORESEEN.format(name=type(error).__name__)), 500
        return JSONResponse(_plain(step), status, headers={"Cache-Control": "no-store"})


async def _lines(told: asyncio.Queue[Step | None]) -> AsyncIterator[bytes]:
    while (step := await told.get()) is not None:
        yield json.dumps(_plain(step), ensure_ascii=False).encode() + b"\n"


def _plain(step: Step) -> dict[str, object]:
    return {
        "conversation": step.conversation, "log": step.log, "kept": step.kept, "taken": step.taken, "busy": step.busy,
    }  # fmt: skip


def _failed(sentence: str) -> str:
    return one_turn(Turn("", error=sentence, done=True))


def _in_list(sentence: str) -> Step:
    return Step(None, None, error_note(sentence))


# --- what the page sends ------------------------------------------------------------------------------------------


async def _asked(request: Request) -> tuple[Presence, Fields]:
    """Who asks, and the JSON object that came; raises NotAllowed, Refused."""
    # A form of another site cannot send this type, whatever the browser says of where it comes from.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(400, "not JSON")
    try:
        fields = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refused(400, "broken JSON") from None
    if not isinstance(fields, dict):
        raise Refused(400, "broken JSON")
    return presence_of(request.scope), fields


def _words(fields: Fields, name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise Refused(400, f"a wrong {name}")
    return value


def _id(fields: Fields, name: str) -> int | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _LARGEST:
        raise Refused(400, f"a wrong {name}")
    return value


def _known(fields: Fields, name: str) -> int:
    value = _id(fields, name)
    if value is None:
        raise Refused(400, f"no {name}")
    return value


def _keys(fields: Fields) -> tuple[str, ...]:
    value = fields.get("documents", [])
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise Refused(400, "wrong documents")
    return tuple(value)
