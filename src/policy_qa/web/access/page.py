"""The login page: plain HTML of ours, without scripts, so that it works in every browser and nothing of Gradio's is open."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from policy_qa.office.passwords import LONGEST
from policy_qa.office.users import LOCAL, LONGEST_NAME, ROLE_WORDS, Role, User
from policy_qa.web import texts
from policy_qa.web.markup import escaped

HERE = Path(__file__).parent
ACCESS_STYLESHEET = HERE / "access.css"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What the login page may load: its style sheet."""


def login_page(ticket: str, target: str, name: str = "", problem: str = "") -> str:
    """The page with the form; `ticket` ties the form to the browser, `target` is where to go afterwards."""
    alert = f'<p class="alert" role="alert" id="problem">{escaped(problem)}</p>' if problem else ""
    described = ' aria-describedby="problem"' if problem else ""
    first, second = ("", " autofocus") if name else (" autofocus", "")
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(texts.LOG_IN)} – {escaped(texts.TITLE)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/login.css">
</head>
<body>
<main>
<h1>{escaped(texts.TITLE)}</h1>
<p>{escaped(texts.LOG_IN_HEAD)}</p>
{alert}
<form method="post" action="/login">
<input type="hidden" name="ticket" value="{escaped(ticket)}">
<input type="hidden" name="next" value="{escaped(target)}">
<label for="name">{escaped(texts.USER_NAME)}</label>
<input id="name" name="name" value="{escaped(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="{LONGEST_NAME}" required{first}{described}>
<label for="password">{escaped(texts.PASSWORD)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="{LONGEST}" required{second}{described}>
<button type="submit">{escaped(texts.LOG_IN)}</button>
</form>
<p class="help">{escaped(texts.LOG_IN_HELP)}</p>
</main>
</body>
</html>
"""


@cache
def login_styles() -> str:
    """The style sheet of the login page."""
    return (HERE / "login.css").read_text(encoding="utf-8")


TAB_ROLES: dict[str, Role] = {"chat": "officer", "documents": "keeper", "packs": "trainer", "review": "evaluator"}
"""Who is shown which tab. Handlers check for themselves: what is not shown can still be called."""


def shown(user: User, tab: str) -> bool:
    """Whether the tab of this id is shown to `user`; one that is not listed is for keepers."""
    return user.may(TAB_ROLES.get(tab, "keeper"))


def session_script() -> str:
    """Tells a visitor whose session has ended how to go on without losing what is on the page."""
    words = json.dumps([texts.SESSION_ENDED, texts.LOG_IN], ensure_ascii=True).replace("<", "\\u003c")
    return (HERE / "session.js").read_text(encoding="utf-8").replace("WORDS", words)


def account_line(user: User) -> str:
    """For the head of the page: who is logged in, with which roles, and the button to log out; empty without users.

    It also hides the tabs that are not the user's: Gradio 6.31 pays no heed to an update of a tab's `visible`.
    """
    if user is LOCAL:
        return ""
    roles = ", ".join(words for role, words in ROLE_WORDS.items() if role in user.roles)
    hidden = ", ".join(f'#pq-tabs [data-tab-id="{tab}"]' for tab in TAB_ROLES if not shown(user, tab))
    rule = f"<style>{hidden} {{ display: none !important; }}</style>" if hidden else ""
    return rule + (
        f'<form class="pq-account" method="post" action="/logout"><span title="{escaped(roles)}">'
        f"{escaped(texts.LOGGED_IN_AS.format(name=user.name))}</span> "
        f'<button type="submit">{escaped(texts.LOG_OUT)}</button></form>'
    )
