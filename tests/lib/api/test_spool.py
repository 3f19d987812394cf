"""Answers on their way out: written once, shared, in turns, given up where nobody waits, and never too many."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from lib.api import turns
from lib.api.problems import Problem
from lib.api.spool import Spool
from lib.api.turns import Turn
from lib.pages_first import busy, drawing

Made = Callable[[Turn], Iterator[bytes]]
SOON = 30.0  # seconds for what is to come: nothing waits longer than that takes, and a busy machine may halt a thread


def of(*pieces: bytes) -> Made:
    return lambda _: iter(pieces)


def test_an_answer_is_written_once_for_all_who_ask() -> None:
    spool, begun = Spool(), []
    both = [spool.get("key", lambda _: begun.append(1) or iter([b"a" * 10, b"b" * 10])) for _ in range(2)]
    assert both[0] is both[1]
    assert both[0].done.wait(SOON)
    assert (begun, both[0].size, both[0].fault) == ([1], 20, "")


def test_what_nobody_waits_for_is_not_written_to_its_end() -> None:
    spool = Spool()

    def endless(_: Turn) -> Iterator[bytes]:
        while True:
            time.sleep(0.01)
            yield b"x"

    spooled = spool.get("key", endless)
    spool.let_go(spooled)
    assert spooled.done.wait(SOON)
    assert spooled.fault


def test_an_answer_given_up_in_the_queue_costs_nothing_more() -> None:
    spool, begun, come, given_up, told = Spool(), *(threading.Event() for _ in range(3)), []

    def long(_: Turn) -> Iterator[bytes]:
        for number in range(3):
            told.append(number)
            begun.set()
            assert come.wait(SOON)
            yield b"x"

    def newcomer(_: Turn) -> Iterator[bytes]:
        assert given_up.wait(SOON)
        yield b"x"

    other = spool.get("long", long)
    assert begun.wait(SOON)
    first = spool.get("newcomer", newcomer)
    come.set()
    while not other.size:
        time.sleep(0.01)
    spool.let_go(other)
    given_up.set()
    assert first.done.wait(SOON)
    assert other.done.wait(SOON)
    assert told == [0]


def test_nothing_is_left_of_an_answer_when_the_process_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    answer = Spool().get("key", of(b"x"))
    assert answer.done.wait(SOON)
    assert os.pread(answer.file.fileno(), 9, 0) == b"x"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limits", [{"most": 25}, {"files": 2}])
def test_old_answers_make_room(limits: dict[str, int]) -> None:
    spool = Spool(**limits)
    for key in "abc":
        spooled = spool.get(key, of(b"x" * 10))
        assert spooled.done.wait(SOON)
        spool.let_go(spooled)
    spool.let_go(spool.get("c", of()))
    assert set(spool._kept) <= {"b", "c"}


def test_too_many_at_once_are_refused_and_then_let_in() -> None:
    spool, go_on = Spool(waiting=1), threading.Event()
    slow = spool.get("slow", lambda _: (b"x" for _ in range(3) if go_on.wait(SOON)))
    with pytest.raises(Problem) as refused:
        spool.get("other", of(b"x"))
    assert refused.value.status == HTTPStatus.SERVICE_UNAVAILABLE
    go_on.set()
    assert slow.done.wait(SOON)
    assert spool.get("other", of(b"x")).done.wait(SOON)


def test_what_is_still_being_read_is_not_dropped_and_has_a_bound() -> None:
    spool = Spool(most=25)
    read = spool.get("read", of(b"x" * 24))
    assert read.done.wait(SOON)
    more = spool.get("more", of(b"x" * 20, b"x" * 20))
    assert more.done.wait(SOON)
    assert (read.fault, bool(more.fault)) == ("", True)
    assert not read.file.closed


def test_newcomers_begin_first_and_then_it_goes_round() -> None:
    """“b” comes while “a” is in the middle of a block, and is done before “a” goes on; two long ones alternate."""
    spool, told, in_hand, come = Spool(), [], threading.Event(), threading.Event()

    def long(name: str) -> Made:
        def pieces(turn: Turn) -> Iterator[bytes]:
            for number in range(3):
                told.append(f"{name}{number}")
                if told == ["a0"]:
                    in_hand.set()
                    assert come.wait(SOON)
                yield b"within a block"
                turn.resting = True
                yield b"at its end"

        return pieces

    first = spool.get("a", long("a"))
    assert in_hand.wait(SOON)
    answers = [first, spool.get("b", of(b"short")), spool.get("c", long("c"))]
    come.set()
    assert all(answer.done.wait(SOON) and not answer.fault for answer in answers)
    assert answers[1].size == 5
    assert told == ["a0", "c0", "c1", "a1", "c2", "a2"]


def polite(turn: Turn) -> Iterator[bytes]:
    turn.pause()
    yield b"x"


def test_pages_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 10 * SOON)
    spool = Spool()
    with drawing():
        assert busy()
        answer = spool.get("key", polite)
        assert not answer.done.wait(0.1)
    assert not busy()
    assert answer.done.wait(SOON)
    assert answer.size == 1


def test_pages_do_not_go_first_for_ever() -> None:
    with drawing():
        assert Spool().get("key", polite).done.wait(SOON)
