from __future__ import annotations

from pathlib import Path

import pytest

from policy_qa.office.attempts import BY_ADDRESS, BY_NAME, FORGOTTEN_AFTER, LONGEST_WAIT, Attempts
from policy_qa.office.database import Database


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(tmp_path: Path, clock: Clock) -> Attempts:
    return Attempts(Database(tmp_path), clock)


def test_a_name_waits_longer_and_longer_from_any_address(attempts: Attempts, clock: Clock) -> None:
    assert [attempts.begin("lan", f"10.0.0.{n}") for n in range(BY_NAME.free)] == [0] * BY_NAME.free
    waits = []
    for n in range(14):
        wait = attempts.begin("LAN", f"10.0.1.{n}")
        waits.append(wait)
        clock.time += wait
        assert attempts.begin("Lan", f"10.0.2.{n}") == 0
    assert waits[:4] == [1, 2, 4, 8] and waits[-1] == LONGEST_WAIT
    assert attempts.begin("huệ", "10.0.3.1") == 0


def test_waiting_is_not_made_longer_by_knocking_meanwhile(attempts: Attempts, clock: Clock) -> None:
    for _ in range(BY_NAME.free + 3):
        clock.time += attempts.begin("lan", "a")
    for _ in range(50):
        wait = attempts.begin("lan", "a")
    clock.time += wait
    assert 0 < wait <= 16 and attempts.begin("lan", "a") == 0


def test_an_address_that_tries_many_names_waits(attempts: Attempts) -> None:
    assert all(attempts.begin(f"n{n}", "6.6.6.6") == 0 for n in range(BY_ADDRESS.free))
    assert attempts.begin("another", "6.6.6.6") == 1
    assert attempts.begin("another", "7.7.7.7") == 0


def test_the_second_half_of_an_ipv6_address_is_nobodys(attempts: Attempts) -> None:
    assert all(attempts.begin(f"n{n}", f"2001:db8:1:2::{n:x}") == 0 for n in range(BY_ADDRESS.free))
    assert attempts.begin("another", "2001:db8:1:2:ffff::1") == 1
    assert attempts.begin("another", "2001:db8:1:3::1") == 0


def test_success_frees_the_name_but_not_what_others_failed_from_there(attempts: Attempts, clock: Clock) -> None:
    for n in range(BY_ADDRESS.free - 1):
        attempts.begin(f"n{n}", "a")
    for _ in range(3):
        assert attempts.begin("lan", "a") == 0
        attempts.succeeded("lan", "a")
    attempts.begin("x", "a")
    assert attempts.begin("lan", "a") > 0


def test_a_restart_does_not_forgive_and_a_day_does(tmp_path: Path, clock: Clock) -> None:
    for _ in range(BY_NAME.free):
        Attempts(Database(tmp_path), clock).begin("lan", "a")
    again = Attempts(Database(tmp_path), clock)
    assert again.begin("lan", "a") == 1
    clock.time += FORGOTTEN_AFTER + 1
    assert all(again.begin("lan", "a") == 0 for _ in range(BY_NAME.free))


def test_a_clock_set_back_locks_nobody_out_for_longer_than_the_longest_wait(attempts: Attempts, clock: Clock) -> None:
    for _ in range(BY_NAME.free):
        attempts.begin("lan", "a")
    clock.time -= 1_000_000
    assert attempts.begin("lan", "a") <= LONGEST_WAIT
