"""What a request says of itself, and how far that is believed: its address, its host, the page it comes from."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from policy_qa.web.access.rules import Network

HEARSAY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-forwarded-prefix", "x-real-ip", "x-gradio-server")  # fmt: skip
"""Headers by which a proxy speaks for a visitor. Gradio believes some of them from anyone."""


def speaks_for_another(scope: Scope) -> bool:
    """Whether a proxy stands between the visitor and this server."""
    headers = Headers(scope=scope)
    return any(name in headers for name in HEARSAY[:-1])


def cleared(scope: Scope, proxies: Sequence[Network]) -> Scope:
    """The scope with address and scheme as a trusted proxy tells them, and without what anyone could have told."""
    headers = Headers(scope=scope)
    client = scope.get("client") or ("", 0)
    clean = {**scope, "headers": [(n, v) for n, v in scope["headers"] if n.decode("latin-1").lower() not in HEARSAY]}
    if not _within(client[0], proxies):
        return clean
    told = [part.strip() for line in headers.getlist("x-forwarded-for") for part in line.split(",")]
    # From the right: what stands further left is what the visitor claims.
    clean["client"] = (next((a for a in reversed(told) if a and not _within(a, proxies)), client[0])[:100], 0)
    if headers.get("x-forwarded-proto", "").strip().lower() == "https":
        clean["scheme"] = "wss" if scope["type"] == "websocket" else "https"
    return clean


def called_by(scope: Scope, hosts: frozenset[str]) -> bool:
    """Whether the Host header names one of `hosts` (all names where there are none)."""
    return not hosts or _hostname(Headers(scope=scope).get("host", "")) in hosts


def from_elsewhere(scope: Scope) -> bool:
    """Whether another site's page made the browser send this; following a link to a page of ours is all right."""
    headers = Headers(scope=scope)
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site in ("same-origin", "none"):
        return False
    if site is None:
        # Over plain http browsers leave Sec-Fetch-* out; they send Origin with whatever changes something.
        return origin is not None and _authority(origin) != _authority("//" + headers.get("host", ""))
    followed = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    return not (followed and scope.get("method") in ("GET", "HEAD"))


def wants_page(scope: Scope) -> bool:
    """Whether a person is behind this who can be shown the login page."""
    return scope.get("method") in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", "")


def _within(address: str, networks: Sequence[Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)


def _hostname(authority: str) -> str:
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""


def _authority(url: str) -> tuple[str, int | None]:
    """Host and port; a scheme's own port counts as none, for a Host header names no scheme."""
    try:
        parts = urlsplit(url)
        return parts.hostname or url, None if parts.port in (80, 443) else parts.port
    except ValueError:
        return url, None
