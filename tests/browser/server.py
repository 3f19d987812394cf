"""A real server on a free port of this machine, for as long as a test needs it."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "dashboard.py"
PATIENCE = 60.0  # seconds to start, and to end


@contextmanager
def serving(database: Path, log: Path, script: Path = DASHBOARD) -> Iterator[str]:
    """The address of `streamlit run <script>` on this database; what it prints goes to `log`.

    The system chooses the port when the server takes it: one that was looked for before may be another's by then.
    """
    own = {"COHORT_DATABASE": str(database), "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", "0"],
            cwd=log.parent,
            env=os.environ | own,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield _address(server, log)
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        finally:
            server.kill()


def _address(server: subprocess.Popen[bytes], log: Path) -> str:
    """Where it says that it is, once it answers there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        said = re.search(r"URL: http://\S+:(\d+)", log.read_text())
        if said and _answers(address := f"http://127.0.0.1:{said[1]}"):
            return address
        time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310 (our own address)
            return True
    except (urllib.error.URLError, OSError):
        return False
