"""The pages of login and password: plain HTML of ours, without scripts, so that it works in every browser and nothing of Gradio's is open."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from policy_qa.office.passwords import LONGEST, SHORTEST
from policy_qa.office.users import LOCAL, LONGEST_NAME, ROLE_WORDS, Role, User
from policy_qa.web import texts
from policy_qa.web.access import words
from policy_qa.web.markup import escaped

HERE = Path(__file__).parent
ACCESS_STYLESHEET = HERE / "access.css"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""What these pages may load: their style sheet."""


def login_page(ticket: str, target: str, name: str = "", problem: str = "") -> str:
    """The page with the form; `ticket` ties the form to the browser, `target` is where to go afterwards."""
    described = _described(problem)
    first, second = ("", " autofocus") if name else (" autofocus", "")
    form = f"""<p>{escaped(texts.LOG_IN_HEAD)}</p>
{_alert(problem)}
<form method="post" action="/login">
<input type="hidden" name="ticket" value="{escaped(ticket)}">
<input type="hidden" name="next" value="{escaped(target)}">
<label for="name">{escaped(texts.USER_NAME)}</label>
<input id="name" name="name" value="{escaped(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="{LONGEST_NAME}" required{first}{described}>
<label for="password">{escaped(texts.PASSWORD)}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="{LONGEST}" required{second}{described}>
<button type="submit">{escaped(texts.LOG_IN)}</button>
</form>
<p class="help">{escaped(texts.LOG_IN_HELP)}</p>"""
    return _plain_page(texts.LOG_IN, texts.TITLE, form)


def password_page(ticket: str, name: str, problem: str = "") -> str:
    """The page on which the user `name` changes the password; `ticket` ties the form to the browser."""
    described = _described(problem)
    rules = words.PASSWORD_RULES.format(shortest=SHORTEST)
    form = f"""<p>{escaped(texts.LOGGED_IN_AS.format(name=name))}</p>
{_alert(problem)}
<form method="post" action="/password">
<input type="hidden" name="ticket" value="{escaped(ticket)}">
<input type="hidden" name="username" value="{escaped(name)}" autocomplete="username">
<label for="old">{escaped(words.OLD_PASSWORD)}</label>
<input id="old" name="old" type="password" autocomplete="current-password" maxlength="{LONGEST}" required autofocus{described}>
<label for="new">{escaped(words.NEW_PASSWORD)}</label>
<input id="new" name="new" type="password" autocomplete="new-password" maxlength="{LONGEST}" required aria-describedby="rules">
<p class="help" id="rules">{escaped(rules)}</p>
<label for="again">{escaped(words.NEW_PASSWORD_AGAIN)}</label>
<input id="again" name="again" type="password" autocomplete="new-password" maxlength="{LONGEST}" required>
<button type="submit">{escaped(words.CHANGE_PASSWORD)}</button>
</form>
<p class="help">{escaped(words.PASSWORD_HELP)}</p>
<p class="help"><a href="/">{escaped(words.BACK_TO_WORK)}</a></p>"""
    return _plain_page(words.CHANGE_PASSWORD, words.CHANGE_PASSWORD, form)


def password_changed_page() -> str:
    """What is told when it is done."""
    told = f"""<p class="done" role="status">{escaped(words.PASSWORD_CHANGED)}</p>
<p><a class="button" href="/">{escaped(words.BACK_TO_WORK)}</a></p>"""
    return _plain_page(words.CHANGE_PASSWORD, words.CHANGE_PASSWORD, told)


def _plain_page(title: str, head: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escaped(title)} – {escaped(texts.TITLE)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/login.css">
</head>
<body>
<main>
<h1>{escaped(head)}</h1>
{body}
</main>
</body>
</html>
"""


def _alert(problem: str) -> str:
    return f'<p class="alert" role="alert" id="problem">{escaped(problem)}</p>' if problem else ""


def _described(problem: str) -> str:
    return ' aria-describedby="problem"' if problem else ""


@cache
def login_styles() -> str:
    """The style sheet of these pages."""
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
    """For the head of the page: who is logged in, with which roles, the way to another password and the button to log out; empty without users.

    It also hides the tabs that are not the user's: Gradio 6.31 pays no heed to an update of a tab's `visible`.
    """
    if user is LOCAL:
        return ""
    roles = ", ".join(words for role, words in ROLE_WORDS.items() if role in user.roles)
    hidden = ", ".join(f'#pq-tabs [data-tab-id="{tab}"]' for tab in TAB_ROLES if not shown(user, tab))
    rule = f"<style>{hidden} {{ display: none !important; }}</style>" if hidden else ""
    return rule + (
        f'<form class="pq-account" method="post" action="/logout"><span title="{escaped(roles)}">'
        f'{escaped(texts.LOGGED_IN_AS.format(name=user.name))}</span> <a href="/password">{escaped(words.CHANGE_PASSWORD)}</a> '
        f'<button type="submit">{escaped(texts.LOG_OUT)}</button></form>'
    )
