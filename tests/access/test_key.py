"""The key: from the secrets, else from a file of its own, else of this process; never a weak one."""

import logging
from pathlib import Path

import pytest

from lib.access import key as module
from lib.access.key import key

GOOD = "correct horse battery staple"


def test_the_secrets_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECRETS", tmp_path / "secrets.toml")
    module.SECRETS.write_text(f'[confidentiality]\nkey = "{GOOD}"\n')
    assert key() == GOOD
    assert not module.FILE.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[confidentiality]",
        "confidentiality = 1",
        '[confidentiality]\nkey = ""',
        '[confidentiality]\nkey = "short"',
        "[confidentiality]\nkey = 12345678901234567890",
        '[confidentiality]\nkey = "a secret that is not closed',
    ],
)
def test_a_key_that_is_none_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    monkeypatch.setattr(module, "SECRETS", tmp_path / "secrets.toml")
    module.SECRETS.write_text(text)
    with caplog.at_level(logging.DEBUG):
        assert key() == module.FILE.read_text()
    assert "not closed" not in caplog.text


def test_the_file_is_made_once_and_for_its_owner_alone() -> None:
    first = key()
    assert len(first) == 64
    assert key() == first == module.FILE.read_text()
    assert module.FILE.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in module.FILE.parent.iterdir()] == [module.FILE.name]


def test_without_a_place_for_it_the_key_is_of_this_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILE", tmp_path / "nowhere" / "secret.key")
    assert len(key()) == 64
    assert key() == key()
    module.FILE.parent.mkdir()
    module.FILE.write_text("short")
    assert len(key()) == 64
