"""`python -m policy_qa`: the same as the command `policy-qa`."""

from __future__ import annotations

from policy_qa.cli import main

if __name__ == "__main__":
    main()
