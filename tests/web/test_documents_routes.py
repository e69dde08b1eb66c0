"""Files in and out over HTTP, behind the gate: who may, what is refused, what a browser is told."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from handed_in import built_here, decision, examined_here, wait
from hostile import zip_bomb
from offices import RULES, folders, services

from policy_qa.office.users import LOCAL, Role
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web.access.gate import Gate
from policy_qa.web.documents.keeping import Keeping, keeping, token
from policy_qa.web.documents.routes import disposition, routes
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

KEY = "7/QĐ-UBND@2031-06-09"
HERE = Presence(LOCAL, "127.0.0.1")


def made(home: Path, encoder: Encoder) -> Services:
    """An office with one decision."""
    own, corpus = home / "official", home / "corpus"
    for folder in (own, corpus):
        folder.mkdir()
    (own / "7.txt").write_text(decision(), encoding="utf-8")
    build_index([own], home / "index", encoder, corpus=corpus)
    return replace(services(home, home / "index"), folders=folders(home, home / "index", corpus))


def kept_of(office: Services) -> Keeping:
    found = keeping(office)
    # In this process, which saves the start of another each time.
    found.holdings._build, found.holdings._examine = built_here, examined_here
    return found


def client_of(office: Services) -> TestClient:
    app = FastAPI()
    app.include_router(routes(office))
    app.add_middleware(Gate, access=office.access, audit=office.audit, seen=office.metrics.responded)
    return TestClient(app)


@pytest.fixture
def office(tmp_path: Path, encoder: Encoder) -> Services:
    return made(tmp_path, encoder)


@pytest.fixture
def kept(office: Services) -> Keeping:
    return kept_of(office)


@pytest.fixture
def client(office: Services) -> TestClient:
    return client_of(office)


@dataclass(frozen=True)
class Quiet:
    """An office in which nothing is to change."""

    office: Services
    kept: Keeping
    client: TestClient


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Quiet:
    office = made(tmp_path_factory.mktemp("quiet"), encoder)
    return Quiet(office, kept_of(office), client_of(office))


def as_user(office: Services, *roles: Role) -> dict[str, str]:
    """The headers of a user with these roles; from then on strangers stay outside."""
    office.access.users.add("hoa", roles, "một mật khẩu dài 7391")
    account = office.access.users.find("hoa")
    assert account
    return {"Authorization": f"Bearer {office.access.sessions.make_token(account, 'test')}"}


def sha256(kept: Keeping) -> str:
    entry = kept.catalogue().get(KEY)
    assert entry
    return entry.record.sha256


def events(office: Services) -> list[tuple[str, str]]:
    lines = (office.folders.data / "audit.log").read_text(encoding="utf-8").splitlines()
    return [(entry["who"], entry["what"]) for entry in map(json.loads, lines)]


def test_a_file_comes_in_and_its_page_is_shown_in_isolation(
    client: TestClient, office: Services, kept: Keeping
) -> None:
    answer = client.post("/van-ban/tai-len", params={"name": "../../x/Bến.txt"}, content=decision(8).encode())
    assert answer.status_code == 200
    assert answer.json()["name"] == "Bến.txt"
    wait(kept.holdings)
    page = client.get(f"/van-ban/cho/{answer.json()['id']}")
    assert page.status_code == 200 and "Giờ mở cửa" in page.text
    assert "sandbox allow-scripts" in page.headers["content-security-policy"]
    assert "no-store" in page.headers["cache-control"]
    assert events(office) == [("", "uploaded")]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.exe", b"MZ", "không thuộc loại đọc được"),
        ("", b"x", "không thuộc loại đọc được"),
        ("a.txt", b"", "rỗng"),
    ],
)
def test_a_file_that_is_not_taken_in_is_told_in_a_sentence(quiet: Quiet, name: str, content: bytes, told: str) -> None:
    answer = quiet.client.post("/van-ban/tai-len", params={"name": name}, content=content)
    assert answer.status_code == 400
    assert told in answer.json()["error"]
    assert quiet.kept.holdings.uploads.all() == []
    assert events(quiet.office)[-1] == ("", "refused")


def test_too_large_a_file_is_refused_before_it_has_come(quiet: Quiet) -> None:
    most = RULES.upload_mb * 1_000_000
    answer = quiet.client.post("/van-ban/tai-len?name=a.txt", content=b"x", headers={"content-length": str(most + 1)})
    assert answer.status_code == 413
    assert quiet.kept.holdings.uploads.all() == []


def test_only_keepers_hand_in_and_look_at_what_waits_and_strangers_get_nothing(
    client: TestClient, office: Services, kept: Keeping
) -> None:
    upload = client.post("/van-ban/tai-len?name=a.txt", content=decision(8).encode()).json()["id"]
    wait(kept.holdings)
    officer = as_user(office, "officer")
    query = {"key": KEY, "sha256": sha256(kept)}
    refused = client.post("/van-ban/tai-len?name=b.txt", content=b"x", headers=officer)
    assert refused.status_code == 403 and "không có quyền quản lý kho văn bản" in refused.json()["error"]
    assert client.get(f"/van-ban/cho/{upload}", headers=officer).status_code == 403
    assert client.get("/van-ban/tep", params=query, headers=officer).status_code == 200
    for route in ("/van-ban/tep", "/van-ban/trang", "/van-ban/cay", f"/van-ban/cho/{upload}"):
        assert client.get(route, params=query).status_code == 401
    assert client.post("/van-ban/tai-len?name=b.txt", content=b"x").status_code == 401
    assert len(kept.holdings.uploads.all()) == 1


def test_a_file_goes_out_as_it_is_to_be_saved_never_shown(quiet: Quiet) -> None:
    answer = quiet.client.get("/van-ban/tep", params={"key": KEY, "sha256": sha256(quiet.kept)})
    assert answer.content == decision().encode()
    assert answer.headers["content-disposition"].startswith('attachment; filename="7.txt"')
    assert answer.headers["content-type"] == "application/octet-stream"
    assert events(quiet.office)[-1] == ("", "exported")


@pytest.mark.parametrize("wanted", ["../../etc/passwd", "7/QĐ-UBND", "", KEY + "\x00", "noi-quy.txt"])
def test_a_file_is_named_by_key_and_hash_and_by_nothing_else(quiet: Quiet, wanted: str) -> None:
    client, kept = quiet.client, quiet.kept
    for route in ("tep", "trang", "cay"):
        assert client.get(f"/van-ban/{route}", params={"key": wanted, "sha256": sha256(kept)}).status_code == 404
        assert client.get(f"/van-ban/{route}", params={"key": KEY, "sha256": "0" * 64}).status_code == 404
    assert client.get("/van-ban/cho/..%2f..%2foffice.sqlite").status_code == 404
    assert client.get("/van-ban/cho/" + "0" * 32).status_code == 404


def test_a_file_that_has_changed_is_not_given_out_for_the_one_that_was_indexed(
    client: TestClient, office: Services, kept: Keeping
) -> None:
    query = {"key": KEY, "sha256": sha256(kept)}
    (office.folders.official / "7.txt").write_text("khác", encoding="utf-8")
    for route in ("tep", "trang"):
        answer = client.get(f"/van-ban/{route}", params=query)
        assert answer.status_code == 404 and "đã thay đổi" in answer.text
    assert client.get("/van-ban/cay", params=query).status_code == 200


def test_the_page_about_a_document_is_made_once(client: TestClient, office: Services, kept: Keeping) -> None:
    query = {"key": KEY, "sha256": sha256(kept)}
    first = client.get("/van-ban/trang", params=query)
    assert "Giờ mở cửa" in first.text and "sandbox" in first.headers["content-security-policy"]
    (page,) = (office.folders.cache / "pages").iterdir()
    page.write_text("kept", encoding="utf-8")
    assert client.get("/van-ban/trang", params=query).text == "kept"


def test_the_tree_comes_branch_by_branch(quiet: Quiet) -> None:
    client, query = quiet.client, {"key": KEY, "sha256": sha256(quiet.kept)}
    assert "<b>Điều 1</b> Giờ mở cửa" in client.get("/van-ban/cay", params=query).text
    for strange in ("-1", "x", "9" * 10, "1 or 1"):
        assert client.get("/van-ban/cay", params={**query, "parent": strange}).status_code == 404


def test_a_name_cannot_leave_its_quotation_marks() -> None:
    said = disposition('a";\r\nSet-Cookie: x=1; filename="b.html\u202e')
    assert "\r" not in said and "\n" not in said and said.isascii()
    assert said.count('"') == 2


# --- orders -------------------------------------------------------------------------------------------------------


def test_orders_are_recorded_and_carried_out(office: Services, kept: Keeping) -> None:
    kept.remove(HERE, KEY)
    wait(kept.holdings)
    assert kept.catalogue().get(KEY) is None and len(kept.catalogue()) == 0
    (file,) = kept.holdings.removed.all()
    shown = kept.listing("", "removed", "date", 0)
    assert token(file) in shown and file.path not in shown
    kept.restore(HERE, token(file))
    wait(kept.holdings)
    assert kept.catalogue().get(KEY) is not None
    assert events(office) == [("", "removed"), ("", "indexed"), ("", "added"), ("", "indexed")]


def test_answers_under_way_are_not_disturbed_by_a_change(office: Services, kept: Keeping) -> None:
    with office.desk.assistant() as asked:
        before = asked.index.manifest.generation
        kept.remove(HERE, KEY)
        wait(kept.holdings)
        assert "Giờ mở cửa" in asked.index.text(KEY), "the old generation is open as long as it is lent"
        assert asked.ask("Bến thuyền mở cửa từ mấy giờ?").citations
    with office.desk.assistant() as later:
        assert later.index.manifest.generation != before


def test_there_is_one_keeping_for_an_office(quiet: Quiet) -> None:
    found = [quiet.kept]
    threads = [threading.Thread(target=lambda: found.append(keeping(quiet.office))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(one) for one in found}) == 1


@pytest.mark.slow
def test_a_bomb_is_one_refused_file_and_is_recorded(client: TestClient, office: Services, kept: Keeping) -> None:
    client.post("/van-ban/tai-len?name=bom.docx", content=zip_bomb(600 * 2**20))
    client.post("/van-ban/tai-len?name=a.txt", content=decision(8).encode())
    wait(kept.holdings)
    assert {upload.name: upload.state for upload in kept.holdings.uploads.all()} == {
        "bom.docx": "refused",
        "a.txt": "ready",
    }
    assert sorted(events(office)) == [("", "refused"), ("", "uploaded"), ("", "uploaded")]
