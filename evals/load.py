"""Many users asking a server at once, through the gate and the chat, while a long document goes into the index.

    python evals/load.py --users 50 --seconds 180 --pauses 5 0 0

Everything lies in a temporary folder, the server listens on 127.0.0.1. All users are logged in and have opened the chat before
the clock starts: an office does not log in within one second (how long 50 logins take is printed). Then, for every number
of --pauses, a round: each user asks a question of `core.jsonl`, as the page does, waits for the whole answer, pauses for so
many seconds (the mean of an exponential distribution; 0: asks again at once, as no person does) and asks the next one. Every
fifth question begins a new conversation. Meanwhile a document of --pages pages is put into the index by the very process that
the server starts when a keeper accepts a file. The limit on questions a minute is lifted.

An answer's time is from the question's first byte to the last byte of the answer, met by one process that plays all users and
shares the cores with the server; what it takes of them is printed.

Target on two cores that do nothing else: no error in any round; 95 of 100 answers within 1.5 s in the rounds with a pause (without
one the time is only the number of users over what the server answers in a second); the memory after the last round at most
a tenth above that after the first. The exit status tells whether all of it is met.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from policy_qa.office.building import Order, build_apart
from policy_qa.office.users import Users

HERE = Path(__file__).parent
QUESTIONS = HERE / "core.jsonl"
CORPUS = HERE.parent / "corpus"
PASSWORD = secrets.token_urlsafe(16)
WORDS = "vườn ươm cây giống đất nước phân bón chăm sóc tưới tiêu cấp xã hộ gia đình kinh phí hỗ trợ kiểm tra báo cáo thời hạn".split()
LINES_OF_A_PAGE = 40
QUESTIONS_OF_A_CONVERSATION = 5
LOGINS_AT_ONCE = 4
SECONDS_TO_SETTLE = 5
MOST_GROWTH = 1.1
"""The server's memory after the last round, by that after the first."""


@dataclass
class Tally:
    """What the users met."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def within(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        return sorted(self.seconds)[int(share * (len(self.seconds) - 1))] if self.seconds else 0.0


def long_document(pages: int, edition: int) -> str:
    """A decree of invented words: `pages` of forty lines, other words for each `edition`."""
    chance = random.Random(edition)  # noqa: S311 - invented words
    lines = ["CHÍNH PHỦ", "Số: 999/2031/NĐ-CP", "NGHỊ ĐỊNH", "Quy định về vườn ươm cấp xã"]
    for article in range(1, pages * LINES_OF_A_PAGE // 5 + 1):
        lines.append(f"Điều {article}. {' '.join(chance.choices(WORDS, k=8)).capitalize()}")
        lines += [f"{n}. {' '.join(chance.choices(WORDS, k=16)).capitalize()}." for n in range(1, 5)]
    return "\n".join(lines)


# --- one user -----------------------------------------------------------------------------------------------------


async def visitor(server: str, name: str, doors: asyncio.Semaphore) -> httpx.AsyncClient:
    """A browser in which the user has logged in and opened the chat; raises RuntimeError."""
    client = httpx.AsyncClient(base_url=server, timeout=60)
    async with doors:
        ticket = re.search(r'name="ticket" value="([^"]+)"', (await client.get("/login")).text)
        fields = {"ticket": ticket[1] if ticket else "", "name": name, "password": PASSWORD}
        if (await client.post("/login", data=fields)).status_code != 303:
            raise RuntimeError("a login was refused")
    started = await client.post("/chat/start", json={})
    if started.status_code != 200:
        raise RuntimeError("the chat does not open")
    return client


async def visit(client: httpx.AsyncClient, chance: random.Random, pause: float, until: float, tally: Tally) -> None:
    """One user's questions until the time is over."""
    # Nobody begins in the same instant as all the others.
    await asyncio.sleep(chance.uniform(0, pause or 1))
    conversation: int | None = None
    asked = 0
    while time.monotonic() < until:
        if asked % QUESTIONS_OF_A_CONVERSATION == 0:
            conversation = None
        asked += 1
        start = time.monotonic()
        try:
            conversation = await answer(client, chance.choice(questions()), conversation)
        except (httpx.HTTPError, ValueError) as error:
            tally.errors.append(str(error) or repr(error))
        tally.seconds.append(time.monotonic() - start)
        await asyncio.sleep(chance.expovariate(1 / pause) if pause else 0)


async def answer(client: httpx.AsyncClient, question: str, conversation: int | None) -> int:
    """Asks as the page does; the conversation in which the whole answer came. Raises ValueError where it did not."""
    body = {"question": question, "documents": [], "conversation": conversation}
    async with client.stream("POST", "/chat/ask", json=body) as told:
        if told.status_code != 200:
            raise ValueError(f"status {told.status_code}")
        steps = [json.loads(line) async for line in told.aiter_lines() if line]
    if not steps or steps[-1]["busy"] or "pq-error" in steps[-1]["log"]:
        raise ValueError("no answer" if not steps or steps[-1]["busy"] else "an error in the chat")
    return int(steps[0]["conversation"])


_questions: list[str] = []


def questions() -> list[str]:
    """The questions of the set."""
    if not _questions:
        _questions.extend(json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines())
    return _questions


# --- the server ---------------------------------------------------------------------------------------------------


def start_server(home: Path) -> tuple[subprocess.Popen[str], str]:
    """A server over the shipped digests."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    index = [sys.executable, "-m", "policy_qa", "index", "--quiet", str(CORPUS)]
    subprocess.run(index, env=variables(home), check=True, capture_output=True)
    command = [sys.executable, "-m", "policy_qa", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=variables(home), stderr=subprocess.PIPE, text=True, encoding="utf-8")
    if not any("http://" in line for line in server.stderr or ()):
        raise SystemExit("the server does not start")
    return server, f"http://127.0.0.1:{port}"


def variables(home: Path) -> dict[str, str]:
    """Settings that keep everything in `home`."""
    places = {f"POLICY_QA_{name.upper()}": str(home / name) for name in ("index", "official", "cache", "data")}
    return {**os.environ, **places, "POLICY_QA_ASK_PER_MINUTE": "10000"}


def worked(process: psutil.Process) -> float:
    """Seconds of processor time so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def megabytes(process: psutil.Process) -> float:
    """What the server itself holds; readers of documents are processes of their own."""
    return process.memory_info().rss / 1e6


async def indexed(home: Path, pages: int, edition: int) -> float:
    """Seconds that putting the long document into the index takes beside the users."""
    file = home / "dài.txt"
    file.write_text(long_document(pages, edition), encoding="utf-8")
    order = Order(str(home / "index"), str(CORPUS), str(home / "data"), str(home / "cache"), sources=(str(file),))
    start = time.monotonic()
    await asyncio.to_thread(build_apart, order, lambda *_: None)
    return time.monotonic() - start


# --- rounds -------------------------------------------------------------------------------------------------------


async def load(home: Path, server: str, process: psutil.Process, options: argparse.Namespace) -> bool:
    """All rounds; whether the target is met in each."""
    start, doors = time.monotonic(), asyncio.Semaphore(LOGINS_AT_ONCE)
    clients = await asyncio.gather(*(visitor(server, f"user{n}", doors) for n in range(options.users)))
    print(f"{options.users} logins: {time.monotonic() - start:.1f} s, {LOGINS_AT_ONCE} at a time")
    print(f"memory of the server: {megabytes(process):.0f} MB")
    met, held = [], []
    for edition in range(len(options.pauses)):
        met.append(await round_of(home, clients, process, options, edition))
        held.append(megabytes(process))
    for client in clients:
        await client.aclose()
    flat = held[-1] <= MOST_GROWTH * held[0]
    print(f"\ntarget: {sum(met)} of {len(met)} rounds; memory {'flat' if flat else 'has grown'}")
    return all(met) and flat


async def round_of(
    home: Path, clients: list[httpx.AsyncClient], process: psutil.Process, options: argparse.Namespace, edition: int
) -> bool:
    """One round, printed; whether the target is met."""
    pause, tally, me = options.pauses[edition], Tally(), psutil.Process()
    before, mine, start = worked(process), worked(me), time.monotonic()
    visits = [
        visit(client, random.Random(f"{edition} {n}"), pause, start + options.seconds, tally)  # noqa: S311
        for n, client in enumerate(clients)
    ]
    *_, building = await asyncio.gather(*visits, indexed(home, options.pages, edition))
    taken, answers = time.monotonic() - start, len(tally.seconds)
    busy, played = worked(process) - before, worked(me) - mine
    await asyncio.sleep(SECONDS_TO_SETTLE)
    print(
        f"\nround {edition + 1}: {len(clients)} users, pause {pause:g} s, {taken:.0f} s: {answers} answers, {answers / taken:.1f} a second"
    )
    print(f"errors: {len(tally.errors)} {sorted(set(tally.errors))[:5]}")
    print(
        f"answer: median {statistics.median(tally.seconds):.2f} s, p95 {tally.within(0.95):.2f} s, longest {max(tally.seconds):.2f} s"
    )
    print(
        f"processor time: server {1000 * busy / answers:.0f} ms an answer, users {1000 * played / answers:.0f} ms; indexing {options.pages} pages took {building:.1f} s"
    )
    print(f"memory of the server: {megabytes(process):.0f} MB")
    if hasattr(os, "getloadavg"):
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    return not tally.errors and (not pause or tally.within(0.95) <= options.most)


def main() -> None:
    """Runs it; exit status 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=180, help="of each round")
    parser.add_argument("--pauses", type=float, nargs="+", default=[5, 0, 0], help="a round for each, in seconds")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--most", type=float, default=1.5, help="seconds for 95 of 100 answers, with a pause")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        users = Users(home / "data")
        for n in range(options.users):
            users.add(f"user{n}", [], PASSWORD)
        server, address = start_server(home)
        try:
            met = asyncio.run(load(home, address, psutil.Process(server.pid), options))
        finally:
            server.terminate()
            server.wait(20)
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    main()
