"""Many users asking a server at once, through the login and the chat, while a long document goes into the index.

    python evals/load.py --users 50 --seconds 180

Everything lies in a temporary folder, the server listens on 127.0.0.1. Each user logs in, asks, waits for the whole answer, pauses
(--pause, mean seconds; 0: asks again at once) and asks the next question of the set. Prints errors, the time of answers
(median, 95 of 100, longest), and the server's memory before, at the end, and when all is over.

Target on two cores that do nothing else: no error, 95 of 100 answers within 1.5 s, memory flat.
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

from policy_qa.office.users import Users

QUESTIONS = Path(__file__).parent / "core.jsonl"
PASSWORD = secrets.token_urlsafe(16)
WORDS = "vườn ươm cây giống đất nước phân bón chăm sóc tưới tiêu cấp xã hộ gia đình kinh phí hỗ trợ kiểm tra báo cáo thời hạn".split()
LINES_OF_A_PAGE = 40


@dataclass
class Tally:
    """What the users met."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def long_document(pages: int) -> str:
    """A decree of invented words: `pages` of forty lines."""
    chance = random.Random(7)  # noqa: S311 - invented words
    lines = ["CHÍNH PHỦ", "Số: 999/2031/NĐ-CP", "NGHỊ ĐỊNH", "Quy định về vườn ươm cấp xã"]
    for article in range(1, pages * LINES_OF_A_PAGE // 5 + 1):
        lines.append(f"Điều {article}. {' '.join(chance.choices(WORDS, k=8)).capitalize()}")
        lines += [f"{n}. {' '.join(chance.choices(WORDS, k=16)).capitalize()}." for n in range(1, 5)]
    return "\n".join(lines)


async def visit(server: str, name: str, questions: list[str], pause: float, until: float, tally: Tally) -> None:
    """One user, from the login to the end."""
    chance = random.Random(name)  # noqa: S311 - which question comes next
    async with httpx.AsyncClient(base_url=server, timeout=60) as client:
        page = (await client.get("/login")).text
        ticket = re.search(r'name="ticket" value="([^"]+)"', page)
        fields = {"ticket": ticket[1] if ticket else "", "name": name, "password": PASSWORD}
        if (await client.post("/login", data=fields)).status_code != 303:
            tally.errors.append("login")
            return
        config = (await client.get("/config")).json()
        ask = next(d["id"] for d in config["dependencies"] if d["api_name"] == "submit")
        session = secrets.token_hex(6)
        while time.monotonic() < until:
            start = time.monotonic()
            try:
                problem = await answer(client, ask, session, chance.choice(questions))
            except httpx.HTTPError as error:
                problem = repr(error)
            tally.seconds.append(time.monotonic() - start)
            if problem:
                tally.errors.append(problem)
            await asyncio.sleep(chance.expovariate(1 / pause) if pause else 0)


async def answer(client: httpx.AsyncClient, ask: int, session: str, question: str) -> str | None:
    """Asks as the page does; what went wrong, None where nothing did."""
    body = {"data": [question, [], None], "fn_index": ask, "session_hash": session, "trigger_id": 1}
    joined = await client.post("/gradio_api/queue/join", json=body)
    if joined.status_code != 200:
        return f"{joined.status_code} {joined.text[:120]}"
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as told:
        if told.status_code != 200:
            return str(told.status_code)
        finished = None
        async for line in told.aiter_lines():
            if '"process_completed"' in line:
                finished = '"success":true' in line
            if "pq-error" in line:
                return "an error in the chat"
    return None if finished else "no answer"


def start_server(home: Path) -> tuple[subprocess.Popen[str], str]:
    """A server over the shipped digests."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    run(home, "index", "--quiet")
    command = [sys.executable, "-m", "policy_qa", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=variables(home), stderr=subprocess.PIPE, text=True, encoding="utf-8")
    if not any("http://" in line for line in server.stderr or ()):
        raise SystemExit("the server does not start")
    return server, f"http://127.0.0.1:{port}"


def variables(home: Path) -> dict[str, str]:
    """Settings that keep everything in `home`."""
    places = {f"POLICY_QA_{name.upper()}": str(home / name) for name in ("index", "official", "cache", "data")}
    return {**os.environ, **places, "POLICY_QA_ASK_PER_MINUTE": "10000"}


def run(home: Path, *words: str) -> None:
    """One command of ours."""
    subprocess.run([sys.executable, "-m", "policy_qa", *words], env=variables(home), check=True, capture_output=True)


def worked(process: psutil.Process) -> float:
    """Seconds of processor time so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def megabytes(process: psutil.Process) -> float:
    """What the server itself holds; readers of documents are processes of their own."""
    return process.memory_info().rss / 1e6


async def indexed(home: Path, pages: int) -> float:
    """Seconds that indexing the long document takes beside the users."""
    file = home / "dài.txt"
    file.write_text(long_document(pages), encoding="utf-8")
    start = time.monotonic()
    await asyncio.to_thread(run, home, "index", str(file))
    return time.monotonic() - start


async def load(home: Path, server: str, process: psutil.Process, options: argparse.Namespace) -> bool:
    """The whole run; whether the target is met."""
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    tally = Tally()
    await visit(server, "user0", questions, 0, time.monotonic() + 3, Tally())
    before, idle = megabytes(process), worked(process)
    start = time.monotonic()
    until = start + options.seconds
    visits = [visit(server, f"user{n}", questions, options.pause, until, tally) for n in range(options.users)]
    *_, building = await asyncio.gather(*visits, indexed(home, options.pages))
    taken = time.monotonic() - start
    during, busy = megabytes(process), worked(process) - idle
    await asyncio.sleep(5)
    seconds = sorted(tally.seconds)
    p95 = seconds[int(0.95 * (len(seconds) - 1))] if seconds else 0
    print(
        f"{options.users} users, pause {options.pause} s, {taken:.0f} s: {len(seconds)} answers, {len(seconds) / taken:.1f} a second"
    )
    print(f"errors: {len(tally.errors)} {sorted(set(tally.errors))[:5]}")
    print(f"answer: median {statistics.median(seconds):.2f} s, p95 {p95:.2f} s, longest {seconds[-1]:.2f} s")
    print(f"processor time of the server: {1000 * busy / len(seconds):.0f} ms an answer, logins and pages counted")
    print(f"indexing {options.pages} pages meanwhile: {building:.1f} s")
    print(
        f"memory of the server: {before:.0f} MB before, {during:.0f} MB at the end, {megabytes(process):.0f} MB after"
    )
    if hasattr(os, "getloadavg"):
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return not tally.errors and p95 <= options.most


def main() -> None:
    """Runs it; exit status 1 where the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--pause", type=float, default=5)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--most", type=float, default=1.5, help="seconds for 95 of 100 answers")
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
