"""Visitors of the web app in tests: logged in through the form, as a browser does it."""

from __future__ import annotations

import json
import re

import httpx
from fastapi.testclient import TestClient

from policy_qa.office.audit import FILE_NAME
from policy_qa.web.services import Services

PASSWORD = "hoa-sen-núi-biển"
PAGE = {"Accept": "text/html"}


def ticket_of(page: str) -> str:
    """The ticket in the form of a login page."""
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, page
    return found[1]


def log_in(
    client: httpx.Client, name: str, password: str = PASSWORD, target: str = "/", **headers: str
) -> httpx.Response:
    """Fills in the form and sends it."""
    ticket = ticket_of(client.get("/login", headers=PAGE).text)
    fields = {"ticket": ticket, "name": name, "password": password, "next": target}
    return client.post("/login", data=fields, headers=headers, follow_redirects=False)


def audited(services: Services) -> list[dict[str, object]]:
    """The records of the audit log."""
    file = services.folders.data / FILE_NAME
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line] if file.exists() else []


def refusals(services: Services) -> list[str]:
    """Why requests were refused, in order."""
    return [str(record.get("why")) for record in audited(services) if record["what"] == "refused"]


def forget(services: Services) -> None:
    """Empties the audit log."""
    (services.folders.data / FILE_NAME).unlink(missing_ok=True)


def call(client: TestClient, name: str, *arguments: object, **headers: str) -> tuple[int, object]:
    """Calls a named endpoint: status 200 with what it returns, 500 with its error, or the status of the refusal."""
    joined = client.post(f"/gradio_api/call/{name}", json={"data": list(arguments)}, headers=headers)
    if joined.status_code != 200:
        return joined.status_code, joined.json()
    told = client.get(f"/gradio_api/call/{name}/{joined.json()['event_id']}", headers=headers).text
    kind, data = re.findall(r"event: (\w+)\ndata: (.*)", told)[-1]
    return (200, json.loads(data)[0]) if kind == "complete" else (500, json.loads(data))
