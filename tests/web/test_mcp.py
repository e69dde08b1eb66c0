"""The MCP server, switched on by a setting: the three endpoints as tools, behind the same gate as everything else."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anyio
import httpx
import pytest
from offices import RULES, services
from served import served
from visits import PASSWORD, audited, refusals

from policy_qa.answering.chain import Assistant
from policy_qa.web.services import Services

pytest.importorskip("mcp", reason="the package mcp is not installed (pip install 'policy-qa[mcp]')")

if TYPE_CHECKING:
    from mcp import ClientSession

PLACE = "/gradio_api/mcp/"
QUESTION = "Đề án đặt mục tiêu gì?"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Services:
    rules = replace(RULES, mcp=True)
    made = services(tmp_path_factory.mktemp("office"), index_dir, Assistant.open(index_dir), rules=rules)
    made.access.users.add("lan", [], PASSWORD)
    return made


@pytest.fixture(scope="module")
def address(office: Services) -> Iterator[str]:
    with served(office) as started:
        yield started


@pytest.fixture(scope="module")
def token(office: Services) -> str:
    return office.access.sessions.make_token(office.access.users.known("lan"), "trợ lý")


def as_program(address: str, token: str, act: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """What `act` gives over a session of an MCP client with this token."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def run() -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with streamable_http_client(address + PLACE, http_client=httpx.AsyncClient(headers=headers)) as (read, write, _), ClientSession(read, write) as session:  # fmt: skip
            await session.initialize()
            return await act(session)

    return anyio.run(run)


def told(result: Any) -> Any:
    """What a tool gave, as JSON."""
    assert not result.isError, result
    return json.loads(result.content[0].text)


def test_the_three_endpoints_and_nothing_else_are_tools(address: str, token: str) -> None:
    tools = as_program(address, token, lambda session: session.list_tools()).tools
    assert {tool.name.rpartition("_")[2] for tool in tools} == {"ask", "search", "documents"} and len(tools) == 3
    (ask,) = (tool for tool in tools if tool.name.endswith("ask"))
    assert set(ask.inputSchema["properties"]) == {"question", "documents", "history"}


def test_a_program_asks_in_its_users_name(address: str, token: str, office: Services) -> None:
    async def talk(session: ClientSession) -> tuple[Any, Any, Any]:
        name = {tool.name.rpartition("_")[2]: tool.name for tool in (await session.list_tools()).tools}
        asked = await session.call_tool(name["ask"], {"question": QUESTION, "documents": [], "history": []})
        found = await session.call_tool(name["search"], {"question": QUESTION, "top_k": 2, "documents": []})
        return asked, found, await session.call_tool(name["documents"], {})

    asked, found, listed = map(told, as_program(address, token, talk))
    assert asked["status"] in ("answered", "not_found") and asked["question"] == QUESTION
    assert len(found) <= 2 and all(hit["document"] for hit in found)
    assert listed and all("/" not in record["file"] for record in listed)
    assert {r["who"] for r in audited(office) if r["what"] == "asked"} == {"lan"}


def test_nobody_is_heard_without_a_token_and_no_page_is_shown(address: str, token: str, office: Services) -> None:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"accept": "application/json, text/event-stream"}
    for headers in ({}, {"authorization": "Bearer pqa_x"}, {"x-gradio-user": "mcp"}):
        assert httpx.post(address + PLACE, json=call, headers={**accept, **headers}).status_code == 401
    assert refusals(office)[-3:] == ["not logged in"] * 3
    known = {"authorization": f"Bearer {token}"}
    assert httpx.get(address + PLACE, headers=known).status_code == 404
    elsewhere = {**known, **accept, "sec-fetch-site": "cross-site"}
    assert httpx.post(address + PLACE, json=call, headers=elsewhere).status_code == 403


def test_what_is_wrong_is_told_in_a_sentence(address: str, token: str) -> None:
    async def talk(session: ClientSession) -> Any:
        name = next(tool.name for tool in (await session.list_tools()).tools if tool.name.endswith("search"))
        return await session.call_tool(name, {"question": QUESTION, "top_k": 5000, "documents": []})

    result = as_program(address, token, talk)
    assert result.isError and "Tham số top_k không đúng dạng" in result.content[0].text
