"""Whether a version may go out: the figures of a run against thresholds written down in a TOML file.

    failed = 0            # for every set
    [core]                # for the set core.jsonl
    cited = 0.72
    p95 = 2000

A figure must be at least its threshold; one that is better when low (times, wrong refusals) at most.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_qa.errors import PolicyQAError, reason
from policy_qa.evaluation.metrics import NAMED, Figure


class BadThresholds(PolicyQAError):
    """A file of thresholds that cannot be read, or with a threshold that can hold nothing back."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A threshold, and the figure that it was held against; None where the metric could not be measured."""

    metric: str
    threshold: float
    figure: Figure | None

    @property
    def passed(self) -> bool:
        """Whether the figure is good enough; what was not measured never is."""
        if self.figure is None:
            return False
        value = self.figure.value
        return value <= self.threshold if NAMED[self.metric].lower else value >= self.threshold


def read_thresholds(path: Path, questions: str) -> dict[str, float]:
    """The thresholds for a set, named as its file without `.jsonl`: those for every set, and its own, which go first.

    Raises:
        BadThresholds: the file cannot be read, or names a metric or value that there is none of.
    """
    try:
        with path.open("rb") as file:
            tables = tomllib.load(file)
    except OSError as error:
        raise BadThresholds(f"{path}: không mở được tệp ngưỡng ({reason(error)}); hãy kiểm tra đường dẫn.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadThresholds(f"{path}: tệp ngưỡng không phải TOML hợp lệ ({error}).") from error
    for table in [tables, *(value for value in tables.values() if isinstance(value, Mapping))]:
        _check(path, {name: value for name, value in table.items() if table is not tables or name in NAMED})
    strange = [name for name, value in tables.items() if name not in NAMED and not isinstance(value, Mapping)]
    if strange:
        raise BadThresholds(_unknown(path, strange[0]))
    own = tables.get(questions, {})
    return {name: float(value) for name, value in {**tables, **own}.items() if name in NAMED}


def judge(thresholds: Mapping[str, float], figures: Mapping[str, Figure]) -> list[Judged]:
    """Every threshold with the figure that it is held against."""
    return [Judged(name, threshold, figures.get(name)) for name, threshold in thresholds.items()]


def passes(judged: Sequence[Judged]) -> bool:
    """Whether every figure is good enough."""
    return all(item.passed for item in judged)


def _check(path: Path, thresholds: Mapping[str, object]) -> None:
    for name, value in thresholds.items():
        if name not in NAMED:
            raise BadThresholds(_unknown(path, name))
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not value >= 0:
            raise BadThresholds(f"{path}: ngưỡng {name} là {value!r}, phải là một số không âm.")
        if NAMED[name].unit != "milliseconds" and value > 1:
            raise BadThresholds(f"{path}: ngưỡng {name} là {value!r}, phải từ 0 đến 1 (0.9 là 90 %).")


def _unknown(path: Path, name: str) -> str:
    return f"{path}: không có chỉ số nào tên {name!r}; có các chỉ số: {', '.join(NAMED)}."
