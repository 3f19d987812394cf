"""Who asks, and all that nobody but the programme may find in what they are sent."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import lib.access.key
from lib.access import open_for
from lib.viewer import CITY, Viewer
from lib.warehouse import Warehouse, open_current


class Hidden(NamedTuple):
    """The cities of a database that were never announced as certified, the viewer's own left out."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    files: tuple[str, ...]

    def found_in(self, text: str) -> list[str]:
        """What of it stands in a text, whatever the case, and with signs written as an address or a script does."""
        plain = unescaped(text).casefold()
        return [word for word in (*self.names, *self.ids, *self.files) if word.casefold() in plain]


def unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of the test's own, not the one of this checkout."""
    monkeypatch.setattr(lib.access.key, "SECRETS", tmp_path / "none.toml")
    monkeypatch.setattr(lib.access.key, "FILE", tmp_path / "secret.key")
    lib.access.door._kept.clear()


@pytest.fixture
def own(demo_database: Path) -> str:
    """The id of a city that sat every cycle and was never certified."""
    return quiet_city(demo_database)


@pytest.fixture
def seen(demo_database: Path, own: str) -> Iterator[Warehouse]:
    """What the viewer of that city may see."""
    yield open_for(Viewer(CITY, (own,)), demo_database)


@pytest.fixture
def hidden(demo_database: Path, own: str) -> Hidden:
    return hidden_from(demo_database, own)


def hidden_from(database: Path, *own: str) -> Hidden:
    """What a viewer with these cities must not find."""
    whole = open_current(database)
    rows = whole.fetch(
        "select city_id, name from city where city_id::text not in (select city_id::text from certification)"
    )
    rows = rows[~rows["city_id"].isin(own)]
    return Hidden(tuple(rows["name"]), tuple(rows["city_id"]), tuple(whole.fetch("select file from source")["file"]))


def quiet_city(database: Path) -> str:
    """The id of a city with as many assessments as any, among those that were never certified."""
    sql = (
        "select city_id from assessment where city_id::text not in (select city_id::text from certification)"
        " group by city_id order by count(*) desc, city_id::text limit 1"
    )
    return str(open_current(database).fetch(sql).iloc[0, 0])
