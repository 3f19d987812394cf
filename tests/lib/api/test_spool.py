"""Answers on their way out: written once, shared, given up where nobody waits, and never too many."""

import time
from http import HTTPStatus

import pytest

from lib.api.problems import Problem
from lib.api.spool import Spool


def test_an_answer_is_written_once_for_all_who_ask() -> None:
    spool, begun = Spool(), []
    both = [spool.get("key", lambda: begun.append(1) or iter([b"a" * 10, b"b" * 10])) for _ in range(2)]
    assert both[0] is both[1]
    assert both[0].done.wait(5)
    assert (begun, both[0].size, both[0].fault) == ([1], 20, "")


def test_what_nobody_waits_for_is_not_written_to_its_end() -> None:
    spool = Spool()

    def endless() -> object:
        while True:
            time.sleep(0.01)
            yield b"x"

    spooled = spool.get("key", endless)  # type: ignore[arg-type]
    spool.let_go(spooled)
    assert spooled.done.wait(5)
    assert spooled.fault


def test_old_answers_make_room_and_too_many_at_once_are_refused() -> None:
    spool = Spool(most=25, waiting=1)
    for key in "abc":
        spooled = spool.get(key, lambda: iter([b"x" * 10]))
        assert spooled.done.wait(5)
        spool.let_go(spooled)
    time.sleep(0.05)
    assert len(spool._kept) == 2
    slow = spool.get("slow", lambda: (time.sleep(0.2) or b"x" for _ in range(3)))
    with pytest.raises(Problem) as refused:
        spool.get("other", lambda: iter([b"x"]))
    assert refused.value.status == HTTPStatus.SERVICE_UNAVAILABLE
    spool.let_go(slow)
