"""Asks a Policy QA server from a program: `python ask_client.py "Câu hỏi?"`.

Needs `pip install gradio_client`. `POLICY_QA_SERVER` is the server's address, `POLICY_QA_TOKEN` a token that
`policy-qa user token NAME` printed (none where the office has no users).
"""

from __future__ import annotations

import os
import sys
from typing import Any

from gradio_client import Client


def connect(server: str, token: str | None) -> Client:
    """A client of the server at `server`."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client(server, headers=headers, verbose=False)


def ask(client: Client, question: str, documents: list[str] | None = None) -> dict[str, Any]:
    """The answer as docs/formats.md describes it; `documents` narrow it (NUMBER or NUMBER@DATE)."""
    answer: dict[str, Any] = client.predict(question, documents or [], [], api_name="/ask")
    return answer


def main() -> None:
    """Prints the answer with its citations."""
    client = connect(os.environ.get("POLICY_QA_SERVER", "http://127.0.0.1:7860"), os.environ.get("POLICY_QA_TOKEN"))
    answer = ask(client, " ".join(sys.argv[1:]))
    forms = {citation["id"]: citation["formatted"] for citation in answer["citations"]}
    for statement in answer["statements"]:
        print(f"{statement['text']} [{'; '.join(forms[id_] for id_ in statement['citations'])}]")  # noqa: T201
    if answer["message"]:
        print(answer["message"])  # noqa: T201


if __name__ == "__main__":
    main()
