"""Who is asking: whatever is missing, unreadable or unknown means a public reader and no uploads."""

from pathlib import Path

import pytest

import lib.viewer
from lib.viewer import PROGRAMME, SETTINGS, Viewer, may_upload, outsider, viewer

GIVEN = '[viewer]\nrole = "programme"\ncities = ["lima"]\n[intake]\nuploads = true\n[publishing]\nversions_kept = 5\n'


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COHORT_VIEWER", raising=False)
    monkeypatch.delenv("COHORT_CITIES", raising=False)
    path = tmp_path / "settings.toml"
    monkeypatch.setattr(lib.viewer, "SETTINGS", path)
    return path


def test_the_settings_say_who_it_is(settings: Path) -> None:
    settings.write_text(GIVEN)
    assert viewer() == Viewer(PROGRAMME, ("lima",))
    assert may_upload()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml at all [",
        "viewer = 1\nintake = true",
        '[viewer]\nrole = "Programme"',
        '[viewer]\nrole = ["programme"]',
        "[viewer]\nrole = true",
        '[viewer]\nrole = "programme"\ncities = "lima"',
        '[viewer]\nrole = "programme"\ncities = [1]',
        "\x00",
    ],
)
def test_what_it_does_not_understand_means_the_public(settings: Path, text: str) -> None:
    settings.write_text(text)
    assert viewer() == Viewer("public", ())
    assert not may_upload()


def test_no_settings_at_all_mean_the_public(settings: Path) -> None:
    assert not settings.exists()
    assert viewer() == Viewer()
    assert not may_upload()


def test_settings_that_are_no_text_mean_the_public(settings: Path) -> None:
    settings.write_bytes(b"\xff\xfe[viewer]")
    assert viewer() == Viewer()
    settings.unlink()
    settings.mkdir()
    assert viewer() == Viewer()


@pytest.mark.parametrize("uploads", ["false", "1", '"true"', "[true]"])
def test_anything_but_true_is_no(settings: Path, uploads: str) -> None:
    settings.write_text(GIVEN.replace("uploads = true", f"uploads = {uploads}"))
    assert viewer().role == PROGRAMME
    assert not may_upload()


@pytest.mark.parametrize(
    "text",
    [
        '[viewer]\nrole = "city"',
        '[viewer]\nrole = "city"\ncities = []',
        '[viewer]\nrole = "city"\ncities = [""]',
        '[viewer]\nrole = "city"\ncities = "lima"',
    ],
)
def test_a_citys_viewer_without_a_city_is_the_public(settings: Path, text: str) -> None:
    settings.write_text(text)
    assert viewer() == Viewer()


def test_cities_are_those_of_the_settings_or_of_the_environment(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.write_text('[viewer]\nrole = "city"\ncities = ["quito", "lima", "lima"]')
    assert viewer() == Viewer("city", ("lima", "quito"))
    monkeypatch.setenv("COHORT_CITIES", " cusco ,, lima")
    assert viewer() == Viewer("city", ("cusco", "lima"))
    monkeypatch.setenv("COHORT_CITIES", " , ")
    assert viewer() == Viewer("city", ("lima", "quito"))
    monkeypatch.setenv("COHORT_VIEWER", "researcher")
    assert viewer() == Viewer("researcher")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ('[api]\nrole = "researcher"', "researcher"),
        ('[api]\nrole = "public"', "public"),
        ('[api]\nrole = "city"', "public"),
        ('[api]\nrole = "Researcher"', "public"),
        ("api = 1", "public"),
        ('[viewer]\nrole = "programme"', "public"),
        ("", "public"),
    ],
)
def test_outsiders_are_who_the_settings_say_or_the_public(
    settings: Path, monkeypatch: pytest.MonkeyPatch, text: str, role: str
) -> None:
    settings.write_text(text)
    monkeypatch.setenv("COHORT_VIEWER", "programme")
    monkeypatch.setenv("COHORT_CITIES", "lima")
    assert outsider() == Viewer(role)


@pytest.mark.parametrize(("given", "role"), [("city", "city"), ("programme", "programme"), ("admin", "public")])
def test_the_environment_overrides_the_role(
    settings: Path, monkeypatch: pytest.MonkeyPatch, given: str, role: str
) -> None:
    settings.write_text(GIVEN.replace('"programme"', '"researcher"'))
    monkeypatch.setenv("COHORT_VIEWER", given)
    assert viewer().role == role
    assert may_upload() is (role == PROGRAMME)


def test_the_environment_alone_opens_no_uploads(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COHORT_VIEWER", "programme")
    assert not settings.exists()
    assert viewer().role == PROGRAMME
    assert not may_upload()


def test_the_settings_of_the_repository_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COHORT_VIEWER", raising=False)
    assert SETTINGS.is_file()
    assert viewer().role == PROGRAMME
    assert outsider().role == "researcher"
