"""The JSON schema of a question says what the loader says: of the shipped sets, and of lines with a slip."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.evaluation.questions import BadQuestionSet, load

EVALS = Path(__file__).parents[2] / "evals"
SCHEMA = json.loads((EVALS / "schema.json").read_text(encoding="utf-8"))
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
LINE = {
    "id": "t-1", "question": "Ai ký?", "kind": "who", "style": "plain", "gold": [["1/A@2020-01-01#điều=1;khoản=2"]],
    "key_facts": ["Lê Thị Nước Mặn"], "unanswerable": False, "reason": None, "author": "tests", "state": "draft",
}  # fmt: skip
REFUSED = {**LINE, "gold": [], "key_facts": [], "unanswerable": True, "reason": "opinion"}


KNOWN = {"$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "if",
         "then", "else", "enum", "const", "pattern", "minItems", "maxItems", "propertyNames"}  # fmt: skip


def breaches(value: object, schema: dict[str, object], at: str = "") -> Iterator[str]:
    """What of `value` the schema forbids: those words of JSON Schema that ours uses, and no others."""
    assert schema.keys() <= KNOWN
    if "type" in schema and not isinstance(value, TYPES[schema["type"]]):
        yield f"{at}: type"
        return
    yield from of_itself(value, schema, at)
    if isinstance(value, list):
        for n, item in enumerate(value):
            yield from breaches(item, schema.get("items", {}), f"{at}[{n}]")
    if isinstance(value, dict):
        yield from of_fields(value, schema, at)
    if "if" in schema:
        branch = "else" if any(breaches(value, schema["if"], at)) else "then"
        yield from breaches(value, schema[branch], at)


def of_itself(value: object, schema: dict[str, object], at: str) -> Iterator[str]:
    if "enum" in schema and not any(value is one or (value == one and isinstance(one, str)) for one in schema["enum"]):
        yield f"{at}: enum"
    if "const" in schema and value is not schema["const"]:
        yield f"{at}: const"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: pattern"
    if isinstance(value, list) and not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 1_000):
        yield f"{at}: count"


def of_fields(value: dict[str, object], schema: dict[str, object], at: str) -> Iterator[str]:
    properties, other = schema.get("properties", {}), schema.get("additionalProperties", {})
    yield from (f"{at}.{name}: missing" for name in schema.get("required", []) if name not in value)
    for name, item in value.items():
        yield from breaches(name, schema.get("propertyNames", {}), f"{at}.{name}")
        if name not in properties and other is False:
            yield f"{at}.{name}: unknown"
        yield from breaches(item, properties.get(name, other or {}), f"{at}.{name}")


def loads(folder: Path, record: object) -> bool:
    path = folder / "q.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    try:
        load(path)
    except BadQuestionSet:
        return False
    return True


@pytest.mark.parametrize("name", sorted(path.name for path in EVALS.glob("*.jsonl")))
def test_every_shipped_line_keeps_to_the_schema(name: str) -> None:
    for line in (EVALS / name).read_text(encoding="utf-8").strip().split("\n"):
        record = json.loads(line)
        assert list(breaches(record, SCHEMA)) == [], record["id"]


SLIPS = [
    LINE,
    REFUSED,
    {**LINE, "files": {"pdf/a b.pdf": "0f" * 32}, "versions": {"1/A@2020-01-01": "0f" * 32}},
    [],
    "x",
    {},
    *({k: v for k, v in LINE.items() if k != name} for name in LINE),
    {**LINE, "extra": 1},
    *({**LINE, name: value} for name in ("id", "question", "author") for value in ("", "  ", 5, None)),
    *({**LINE, name: value} for name in ("kind", "style", "state", "reason") for value in ("lạ", 5, True, [])),
    {**LINE, "kind": None},
    {**LINE, "reason": "no_text"},
    {**REFUSED, "reason": None},
    {**REFUSED, "gold": LINE["gold"]},
    {**REFUSED, "key_facts": ["x"]},
    {**LINE, "unanswerable": 0},
    {**LINE, "unanswerable": "false"},
    *({**LINE, "gold": gold} for gold in ([], [[]], "x", [["x"]], ["x"], [["k#"]], [["#điều=1"]], [["k#điều"]], [[5]])),
    *({**LINE, "gold": [[gold]]} for gold in ("k#điều=1;", "k#điều= ", "k#điều=1;khoản=", "k#=1", "k#điều=1", "k#điều khoản=1", "k#x=1")),
    *({**LINE, "key_facts": facts} for facts in ("x", [""], [5], [[]], None)),
    *({**LINE, "files": files} for files in ([], {"a": 5}, {"a": "0F" * 32}, {"": "0f" * 32}, {"a": "0f" * 31})),
    *(
        {**LINE, "files": {path: "0f" * 32}}
        for path in ("../a", "a/../b", "a/..", "/a", "a//b", "a\\b", "c:a", "..", "a/..b", "..a")
    ),
    *({**LINE, "versions": versions} for versions in ([], {"k": 5}, {" ": "0f" * 32}, {"k": "x" * 64}, {})),
]  # fmt: skip


@pytest.mark.parametrize("record", SLIPS, ids=range(len(SLIPS)))
def test_schema_and_loader_agree(record: object, tmp_path: Path) -> None:
    assert (not any(breaches(record, SCHEMA))) == loads(tmp_path, record)


values = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]) | st.just([["k#điều=1"]])


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from([*LINE, "files", "versions"]), value=values, base=st.sampled_from([LINE, REFUSED]))
def test_schema_and_loader_agree_on_any_change(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: object, base: dict[str, object]
) -> None:
    record = {**base, name: value}
    assert (not any(breaches(record, SCHEMA))) == loads(tmp_path_factory.getbasetemp(), record)
