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
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias, get_args

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from policy_qa.errors import PolicyQAError
from policy_qa.office.feedback import Verdict
from policy_qa.office.history import BadTitle, NoSuchConversation, Turn
from policy_qa.web import texts
from policy_qa.web.access.bodies import Refused
from policy_qa.web.access.pace import Window
from policy_qa.web.chat import wording
from policy_qa.web.chat.conversation import Chat, Step
from policy_qa.web.chat.transcript import one_turn
from policy_qa.web.markup import error_note
from policy_qa.web.visitor import Presence, presence_of

logger = logging.getLogger(__name__)

Fields: TypeAlias = Mapping[str, object]
MOST_WAITING = 400
"""Questions that wait for an answer; an office of a few hundred users may ask in the same minute."""
MOST_WAITING_OF_ONE = 10
"""Of them of one user, so that a script's questions do not stand in line before everybody else's."""
MOST_DOCUMENTS, LONGEST_KEY = 200, 200
"""Documents that a question is narrowed to, and characters of one's key: they are kept and logged with every question."""
OTHERS_PER_MINUTE = 300
"""What one user may do in a minute besides asking: a search goes out with nearly every key typed."""
OTHERS_AT_ONCE = 2
"""Threads for what takes milliseconds: keeping a question, opening a conversation. They never wait for an answer."""
COMPUTED_AT_ONCE = 2
"""Answers computed at the same time, whatever the cores: the interpreter lets one thread compute, and more only take turns
(50 users who never pause got a tenth more answers one at a time than two at a time). The second is for when one takes long."""
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
        self._waiting: Counter[str] = Counter()
        self._done = Window(OTHERS_PER_MINUTE)

    # --- questions

    async def ask(self, request: Request) -> Response:
        """Answers a question: `question`, `documents` (keys; an empty list: all) and `conversation` (null: a new one)."""
        who, fields = await _asked(request)
        question, within, talk = _words(fields, "question"), _keys(fields), _id(fields, "conversation")
        return self._streamed(who, self._chat.ask(who, talk, question, within), talk)

    async def again(self, request: Request) -> Response:
        """Asks the question of `turn` once more."""
        who, fields = await _asked(request)
        return self._streamed(who, self._chat.again(who, _known(fields, "turn")), None)

    def _streamed(self, who: Presence, steps: Iterator[Step], talk: int | None) -> Response:
        name = who.user.name
        if self._waiting[name] >= MOST_WAITING_OF_ONE:
            return _given_back(talk, wording.TOO_MANY_OWN.format(count=MOST_WAITING_OF_ONE))
        if len(self._under_way) >= MOST_WAITING:
            return _given_back(talk, wording.TOO_MANY_WAIT)
        told: asyncio.Queue[Step | None] = asyncio.Queue()
        # A task of its own: who leaves the page breaks off the request, not the answer.
        task = asyncio.create_task(self._answered(steps, told))
        self._under_way.add(task)
        self._waiting[name] += 1
        task.add_done_callback(partial(self._ended, name))
        return StreamingResponse(_lines(told), media_type="application/x-ndjson", headers=_STREAM)

    def _ended(self, name: str, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._waiting[name] -= 1
        if not self._waiting[name]:
            del self._waiting[name]

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
        """Ends the answers under way in `conversation`."""
        who, fields = await self._done_by(request)
        talk = _id(fields, "conversation")
        return await self._told(lambda: self._chat.stop(who, talk) or Step(talk, None))

    # --- conversations

    async def start(self, request: Request) -> Response:
        """What a visitor finds on opening the page."""
        who, _ = await self._done_by(request)
        return await self._told(lambda: self._chat.start(who))

    async def open(self, request: Request) -> Response:
        """Another `conversation`; null: a new one."""
        who, fields = await self._done_by(request)
        return await self._told(partial(self._chat.open, who, _id(fields, "conversation")))

    async def delete(self, request: Request) -> Response:
        """Deletes the conversation `deleted`; `conversation` is the one shown."""
        who, fields = await self._done_by(request)
        return await self._told(partial(self._chat.delete, who, _known(fields, "deleted"), _id(fields, "conversation")))

    async def rename(self, request: Request) -> Response:
        """Gives the conversation `named` the `title`."""
        who, fields = await self._done_by(request)
        named, title, shown = _known(fields, "named"), _words(fields, "title"), _id(fields, "conversation")

        def renamed() -> Step:
            note = ""
            try:
                self._chat.rename(who, named, title)
            except BadTitle as error:
                note = error_note(str(error))
            return Step(shown, None, note + self._chat.kept(who, shown))

        return await self._told(renamed, _in_list)

    async def find(self, request: Request) -> Response:
        """The list of the conversations with the words `wanted`."""
        who, fields = await self._done_by(request)
        wanted, shown = _words(fields, "wanted")[:_LONGEST_SEARCH], _id(fields, "conversation")
        return await self._told(lambda: Step(shown, None, self._chat.kept(who, shown, wanted)), _in_list)

    async def judge(self, request: Request) -> Response:
        """Keeps what the visitor thinks of the answer of `turn`: `verdict` ("": takes it back) and `comment`."""
        who, fields = await self._done_by(request)
        said = _words(fields, "verdict")
        verdict = next((known for known in get_args(Verdict) if known == said), None)
        return await self._told(
            partial(self._chat.judge, who, _known(fields, "turn"), verdict, _words(fields, "comment"))
        )

    async def _done_by(self, request: Request) -> tuple[Presence, Fields]:
        """Who does something else than asking, which has a pace of its own; raises as `_asked`."""
        who, fields = await _asked(request)
        if who.user.name and self._done.wait(who.user.name):
            raise Refused(429, "too much done in the chat")
        return who, fields

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


def _given_back(talk: int | None, sentence: str) -> Response:
    return JSONResponse(_plain(Step(talk, _failed(sentence))), headers=_STREAM)


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
    # Lone halves of characters, which a script can send, stand in no file.
    return value.encode("utf-8", "replace").decode("utf-8")


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
    if not isinstance(value, list) or len(value) > MOST_DOCUMENTS:
        raise Refused(400, "wrong documents")
    if not all(isinstance(key, str) and len(key) <= LONGEST_KEY for key in value):
        raise Refused(400, "wrong documents")
    return tuple(key.encode("utf-8", "replace").decode("utf-8") for key in value)
