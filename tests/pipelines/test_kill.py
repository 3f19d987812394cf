"""A load that is killed at any moment has published all of itself or nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from pipelines.history import read_history
from pipelines.publish import published_version, versions
from tests.pipelines.loads import ask

ROOT = Path(__file__).parent.parent.parent
KILLS = 30  # of each way to build
CITIES = 30
# Forks a process for each load: the moments then fall on the load and not on the start of Python.
SERVER = """
import os, sys
from pathlib import Path
from pipelines import adding
from pipelines.load import Options, load
adding.WORTH = int(sys.argv[1])
import python_calamine
for line in sys.stdin:
    path, database = map(Path, line.rstrip().split("|"))
    child = os.fork()
    if child == 0:
        load([path], Options("wwc-2022"), database)
        os._exit(0)
    print(child, flush=True)
    print(os.waitpid(child, 0)[1], flush=True)
"""
WHOLE = """
    select
        (select count(*) from city),
        (select count(*) from response where status = 'met'),
        (select sum(met) from city_score),
        (select sum(met) from area_score),
        (select sum(met) from criterion_rate),
        (select sum(accepted) from source),
        (select count(*) from source),
        (select string_agg(city_id::text, ' ' order by city_id::text) from city)
"""


class Server:
    """Loads one file after the other, each in a process of its own that can be killed."""

    def __init__(self, process: subprocess.Popen[str], database: Path) -> None:
        self.process, self.database = process, database

    def load(self, number: int, killed_after: float | None) -> bool:
        """Load the file of that number; whether it ended by itself."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        path = self.database.with_name(f"{number}.csv")
        path.write_text(text(number), encoding="utf-8")
        print(f"{path}|{self.database}", file=self.process.stdin, flush=True)
        child = int(self.process.stdout.readline())
        if killed_after is not None:
            time.sleep(killed_after)
            with suppress(ProcessLookupError):  # it may have ended a moment ago
                os.kill(child, signal.SIGKILL)
        status = int(self.process.stdout.readline())
        assert os.WIFSIGNALED(status) or status == 0
        return status == 0


def text(number: int) -> str:
    """Every file brings cities of its own, two answers each. (The x: names are matched by letters and digits alone.)"""
    names = [f"City {number}x{city}" for city in range(CITIES)]
    rows = (f"{name},2025,{criterion},yes\n" for name in names for criterion in ("DM1", "EVAL2"))
    return "city,cycle,criterion_id,response\n" + "".join(rows)


def state(files: int) -> tuple[Any, ...]:
    """What `WHOLE` must give when so many files are loaded."""
    cities = sorted(f"city-{number}x{city}" for number in range(files) for city in range(CITIES))
    answers = 2 * len(cities)
    return (len(cities), *(answers,) * 5, files, " ".join(cities))


@pytest.fixture(params=[("0", ""), ("1000", "size")], ids=["added", "built"])
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    """One that adds every file to what is published, and one that builds everything each time."""
    worth, why = request.param
    command = [sys.executable, "-c", SERVER, worth]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        server = Server(process, tmp_path / "cohort.duckdb")
        yield server
        assert process.stdin is not None
        process.stdin.close()
    built = [event.rebuilt for event in read_history(server.database, None)]
    assert set(built[1:]) == {why}


@pytest.mark.slow
def test_killed_at_thirty_random_moments(server: Server) -> None:
    assert server.load(0, None)
    started = time.perf_counter()
    assert server.load(1, None)
    duration = time.perf_counter() - started
    moments = random.Random(7)  # noqa: S311 - a test, not a secret
    files, kills = 2, 0
    while kills < KILLS:
        started = time.perf_counter()
        ended = server.load(files, moments.uniform(0, 1.05) * duration)
        if ended:  # the first load may have taken much longer, on a machine that was busy then
            duration = min(duration, time.perf_counter() - started)
        kills += not ended
        found = ask(server.database, WHOLE)[0]
        assert found in (state(files), state(files + 1)), f"after {kills} kills"
        files = found[6]
    assert server.load(files, None)
    assert ask(server.database, WHOLE)[0] == state(files + 1)
    assert list(server.database.parent.glob(".building-*")) == []
    noted = [event.version for event in read_history(server.database, None)]
    assert noted[-1] == published_version(server.database)
    assert len(noted) == len(set(noted)) == files + 1
    assert set(versions(server.database)) >= set(noted[-2:])
