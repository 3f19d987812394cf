"""`python -m pipelines` again and again, each in a process of its own, for the price of one start of Python."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
# Small, because the peak of a child counts from what its parent held.
SERVER = """
import json, os, resource, signal, sys
from pipelines.cli import app

def command(arguments, limit):
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        app(arguments, prog_name="python -m pipelines")
    except SystemExit as end:
        return end.code or 0

for line in sys.stdin:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(0, 1)
        os.dup2(writing, 2)
        code = 70  # of whatever is no end of a command
        try:
            code = command(*json.loads(line))
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(writing)
    with open(reading, encoding="utf-8") as told:
        words = told.read()
    _, status, used = os.wait4(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), words, used.ru_maxrss]), flush=True)
"""


class Ended(NamedTuple):
    """How a command ended; `peak`: the most memory that it held, in kilobytes."""

    code: int
    stderr: str
    peak: int


class Commands:
    """Runs one command after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, arguments: Sequence[str], limit: int | None = None) -> Ended:
        """`limit`: bytes past which no file that it writes may grow."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([arguments, limit]), file=self.process.stdin, flush=True)
        return Ended(*json.loads(self.process.stdout.readline()))


@contextmanager
def ready() -> Iterator[Commands]:
    """Commands that run in this repository."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, text=True, **pipes) as process:
        yield Commands(process)
