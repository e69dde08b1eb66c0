"""`serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from policy_qa.cli.options import EncoderOption, IndexOption


def serve(
    index: IndexOption = None,
    host: Annotated[
        str | None, typer.Option("--host", metavar="ĐỊA-CHỈ", help="Địa chỉ máy chủ (mặc định 127.0.0.1: chỉ máy này).")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="CỔNG", min=1, max=65535, help="Cổng (mặc định 7860).")
    ] = None,
    encoder: EncoderOption = None,
) -> None:
    """Mở trang hỏi đáp trong trình duyệt."""
    from policy_qa.settings import load_settings
    from policy_qa.web.access.rules import Rules, networks
    from policy_qa.web.app import serve as serve_app
    from policy_qa.web.services import Folders

    settings = load_settings()
    rules = Rules(
        session_hours=settings.session_hours,
        idle_minutes=settings.session_idle_minutes,
        ask_per_minute=settings.ask_per_minute,
        upload_mb=settings.max_upload_mb,
        proxies=networks(settings.trusted_proxy or ""),
        mcp=settings.mcp,
    )
    serve_app(
        Folders(index or settings.index, settings.corpus, settings.official, settings.cache, settings.data),
        host or settings.host,
        port or settings.port,
        encoder or settings.encoder,
        settings.reranker,
        settings.model(),
        rules,
        settings.audit_questions,
    )
