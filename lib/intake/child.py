"""One command of the pipeline as a child process, with limits of its own.

The application never imports the pipeline: a hostile file can take the child's memory or time, and nothing else.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

ROOT = Path(__file__).parents[2]
SECONDS = 120.0
MEMORY = 3 * 2**30  # addresses, not pages: DuckDB reserves far more than the 500 MB it uses
FILE_BYTES = 2 * 2**30  # the largest file it may write
ANSWER_BYTES = 4 * 2**20
SENTENCE_SIGNS = 600
UNKNOWN = "The file could not be read, and nothing has changed."
TOO_LONG = f"This took longer than {SECONDS:.0f} seconds and was stopped; nothing has changed."
_one_at_a_time = threading.Lock()


class IntakeRefused(Exception):  # noqa: N818  (reads as the sentence it carries)
    """The pipeline did not do it; one sentence for the reader.

    `mapping`: what would settle it, as TOML, where a person has to decide something about the file.
    """

    def __init__(self, sentence: str, mapping: str = "") -> None:
        super().__init__(sentence)
        self.mapping = mapping


def pipeline(*words: str, seconds: float = SECONDS) -> dict[str, Any]:
    """What `python -m pipelines <words>` says as JSON. One runs at a time. Raises IntakeRefused."""
    with _one_at_a_time, TemporaryFile() as answer, TemporaryFile() as complaint:
        code = _run(words, answer, complaint, seconds)
        if code:
            raise _refusal(_text(complaint))
        try:
            told = json.loads(_text(answer))
        except (ValueError, RecursionError) as fault:
            raise IntakeRefused(UNKNOWN) from fault
    return told if isinstance(told, dict) else {}


def _run(words: Sequence[str], answer: IO[bytes], complaint: IO[bytes], seconds: float) -> int:
    """The exit code. The child's own children end with it. Raises IntakeRefused when its time is over."""
    child = subprocess.Popen(  # noqa: S603 (our own interpreter, and no shell)
        [sys.executable, "-m", "pipelines", *words],
        cwd=ROOT,
        env={name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ},
        stdin=subprocess.DEVNULL,
        stdout=answer,
        stderr=complaint,
        start_new_session=True,
    )
    try:
        _limit(child.pid)
        return child.wait(timeout=seconds)
    except subprocess.TimeoutExpired as fault:
        raise IntakeRefused(TOO_LONG) from fault
    finally:
        _end(child)


def _limit(process: int) -> None:
    """Set before the child has imported anything, long before it opens a file."""
    try:
        resource.prlimit(process, resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
        resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))
    except ProcessLookupError:  # it has ended already
        return


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(ANSWER_BYTES).decode("utf-8", errors="replace")


def _refusal(complaint: str) -> IntakeRefused:
    """The pipeline's one sentence. Whatever else a child says when it dies is for no reader."""
    sentence, _, rest = complaint.partition("\n\n")
    if not sentence.startswith("Error: "):
        return IntakeRefused(UNKNOWN)
    return IntakeRefused(sentence.removeprefix("Error: ").strip()[:SENTENCE_SIGNS], rest.partition("\n\n")[2])
