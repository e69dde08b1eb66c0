"""The endpoints as tools of an MCP server, where the setting asks for it; Gradio serves them at `/gradio_api/mcp/`."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING

from policy_qa.errors import CannotServe
from policy_qa.web import texts

if TYPE_CHECKING:
    import gradio as gr


def demand_mcp() -> None:
    """Raises CannotServe where the package is not installed."""
    if importlib.util.find_spec("mcp") is None:
        raise CannotServe(texts.NO_MCP)


def speak_json(blocks: gr.Blocks) -> None:
    """Lets the tools of mounted `blocks` give JSON; Gradio writes what they give as Python would.

    Raises:
        CannotServe: Gradio could not make a server with the package that is installed, and went on without one.
    """
    server = blocks.mcp_server_obj
    if server is None:
        raise CannotServe(texts.NO_MCP)

    def as_json(given: list[object], root_url: str) -> list[object]:
        content = server.types.TextContent
        return [content(type="text", text=json.dumps(one, ensure_ascii=False)) for one in given]

    server.postprocess_output_data = as_json  # type: ignore[method-assign, assignment]
