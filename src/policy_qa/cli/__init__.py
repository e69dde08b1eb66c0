"""The command `policy-qa`: Typer commands, each a few lines over the library."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point. Exit status: 0 done, 1 could not, 2 wrong usage."""
    try:
        from policy_qa.cli.app import app
        from policy_qa.cli.console import use_utf8

        use_utf8()
        app()
    except KeyboardInterrupt:  # pressed while modules were still loading
        sys.stderr.write("Đã dừng theo yêu cầu.\n")
        sys.exit(1)
