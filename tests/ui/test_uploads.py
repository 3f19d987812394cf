"""Streamlit's upload route is shut for those who may not bring files, page or no page."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message

import lib.viewer
from lib.ui.server import middleware
from lib.ui.uploads import Uploads

MAY = '[viewer]\nrole = "programme"\n[intake]\nuploads = true\n'


def status(method: str, path: str) -> int:
    """What the route answers, with a server behind it that takes everything."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"x", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": []}
    with ThreadPoolExecutor(1) as thread:  # a browser test in the same process keeps a loop running in this one
        thread.submit(asyncio.run, Uploads(PlainTextResponse("taken"))(scope, receive, send)).result()
    return int(sent[0]["status"])


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("COHORT_VIEWER", raising=False)
    monkeypatch.setattr(lib.viewer, "SETTINGS", tmp_path / "settings.toml")
    return tmp_path / "settings.toml"


@pytest.mark.parametrize("path", ["/_stcore/upload_file/session/file", "/intake/_stcore/upload_file/session/file"])
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_files_are_taken_only_where_the_settings_say_so(settings: Path, path: str, method: str) -> None:
    assert status(method, path) == 403
    settings.write_text(MAY)
    assert status(method, path) == 200
    settings.write_text(MAY.replace("true", "false"))
    assert status(method, path) == 403


@pytest.mark.parametrize(("method", "path"), [("GET", "/intake"), ("DELETE", "/_stcore/upload_file/session/file")])
def test_everything_else_passes(settings: Path, method: str, path: str) -> None:
    assert not settings.exists()
    assert status(method, path) == 200


def test_the_server_has_it() -> None:
    assert Uploads in [layer.cls for layer in middleware()]
