"""The house rules, held by reading every file: which room may use which, and what stands in no room.

A failure names the file, the line and the rule; docs/decisions.md says why the rules are there.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.arrows import ARROWS

ROOT = Path(__file__).parent.parent
MAX_LINES = 250
PAGE_LINES = range(10, 61)
KEPT_APART = {"streamlit", "duckdb", "plotly", "pandas", "pyarrow", "lib", "pages", "pipelines", "dashboard", "tests"}


class Source(NamedTuple):
    """A Python file: its path inside the repository, and its text."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    def faults(self, lines: Iterator[int], why: str) -> list[str]:
        return [f"{self.name}:{line}: {why}" for line in lines]


def sources(*rooms: str, ending: str = "py") -> list[Source]:
    paths = [*ROOT.glob(f"*.{ending}"), *(path for room in rooms for path in (ROOT / room).rglob(f"*.{ending}"))]
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(paths)]


HOUSE = sources("pages", "lib", "pipelines", "benchmarks")
EACH = pytest.mark.parametrize("source", HOUSE, ids=lambda source: source.name)


def trespasses(source: Source) -> list[str]:
    """One sentence for each import that the room of this file may not make."""
    room = room_of(source)
    allowed = (*ARROWS.get(room, ()), "lib.words", room.replace("/", "."))
    return [
        f"{source.name}:{line}: {room or 'a room without arrows'} may not import {module}"
        for line, module in imported(source)
        if module.partition(".")[0] in KEPT_APART and not any(within(module, name) for name in allowed)
    ]


def imported(source: Source) -> Iterator[tuple[int, str]]:
    """Line and full name of each import; `from a.b import c` gives a.b.c, as c may be a module."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = node.module if node.level == 0 else source.name.rpartition("/")[0].replace("/", ".")
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def room_of(source: Source) -> str:
    module = source.name.removesuffix(".py").replace("/", ".")
    return max((room for room in ARROWS if within(module, room.replace("/", "."))), key=len, default="")


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def session_state(source: Source) -> list[str]:
    found = (node.lineno for node in ast.walk(source.tree) if getattr(node, "attr", "") == "session_state")
    return source.faults(found, "session state is for lib/ui alone")


def clocks(source: Source) -> list[str]:
    found = (node.value.lineno for node in ast.walk(source.tree) if isinstance(node, ast.keyword) and node.arg == "ttl")
    return source.faults(found, "caches follow the data's version, never the clock (ttl=)")


def values_in_sql(source: Source) -> list[str]:
    """Where an f-string that is SQL puts something in a value's place: after an operator or inside quotes."""
    found = (node.lineno for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr) and splices(node))
    return source.faults(found, "a value is spliced into SQL; bind it")


def splices(text: ast.JoinedStr) -> bool:
    words = [str(part.value) if isinstance(part, ast.Constant) else "\0" for part in text.values]
    sql = re.search(r"\b(select|insert|update|delete|where|copy)\b.*\b(from|into|set|=|to)\b", "".join(words), re.S)
    return bool(sql and re.search(r"(?:[=<>]\s*|\blike\s+|\bin\s*\(\s*|')\0", "".join(words)))


@EACH
def test_arrows(source: Source) -> None:
    assert trespasses(source) == []


@EACH
def test_session_state_is_for_the_ui(source: Source) -> None:
    assert source.name.startswith("lib/ui/") or session_state(source) == []


@EACH
def test_no_cache_expires_by_the_clock(source: Source) -> None:
    assert clocks(source) == []


@EACH
def test_values_are_bound(source: Source) -> None:
    """Layouts are excused: they hand a SELECT on as text, quoted in one place, with nothing to bind to."""
    assert source.name.startswith("pipelines/layouts/") or values_in_sql(source) == []


@pytest.mark.parametrize("ending", ["py", "sql"])
def test_files_are_short(ending: str) -> None:
    files = sources("pages", "lib", "pipelines", "benchmarks", "tests", ending=ending)
    sizes = {source.name: len(source.text.splitlines()) for source in files}
    assert {name: size for name, size in sizes.items() if size >= MAX_LINES} == {}


def test_pages_read_aloud() -> None:
    sizes = {source.name: len(source.text.splitlines()) for source in HOUSE if source.name.startswith("pages/")}
    assert sizes
    assert {name: size for name, size in sizes.items() if size not in PAGE_LINES} == {}


@pytest.mark.parametrize("rule", ["level_position", "wilson_low", "wilson_high"])
def test_one_place_per_rule(rule: str) -> None:
    """Levels and intervals are macros of the database; whoever needs them calls them."""
    files = [*HOUSE, *sources("lib", "pipelines", ending="sql")]
    made = [source.name for source in files if re.search(rf"\bmacro\s+{rule}\b", source.text, re.I)]
    assert len(made) == 1, f"{rule} is made in {made}"


def test_the_rules_have_rooms() -> None:
    gone = [room for room in ARROWS if not (ROOT / room).is_dir() and not (ROOT / f"{room}.py").is_file()]
    assert gone == []


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("pages/odd.py", "import duckdb", "pages/odd.py:1: pages may not import duckdb"),
        ("pages/odd.py", "\nfrom plotly import io", "pages/odd.py:2: pages may not import plotly.io"),
        (
            "lib/queries/x.py",
            "from lib.charts import bar",
            "lib/queries/x.py:1: lib/queries may not import lib.charts.bar",
        ),
        ("lib/charts/odd.py", "from lib import queries", "lib/charts/odd.py:1: lib/charts may not import lib.queries"),
        ("lib/charts/odd.py", "import streamlit as st", "lib/charts/odd.py:1: lib/charts may not import streamlit"),
        ("lib/new.py", "import lib.ui.card", "lib/new.py:1: a room without arrows may not import lib.ui.card"),
        ("dashboard.py", "if x:\n import pipelines.cli", "dashboard.py:2: dashboard may not import pipelines.cli"),
    ],
)
def test_a_trespass_is_named(name: str, text: str, fault: str) -> None:
    assert trespasses(Source(name, text)) == [fault]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (session_state, "st.session_state['x'] = 1"),
        (clocks, "cache_data(ttl=600)"),
        (values_in_sql, "f'select a from b where city = {city}'"),
        (values_in_sql, "f\"select a from b where city in ('{city}')\""),
    ],
)
def test_a_broken_rule_is_named(rule: object, text: str) -> None:
    assert callable(rule)
    assert len(rule(Source("lib/odd.py", text))) == 1


def test_what_is_allowed_passes() -> None:
    sound = Source("lib/charts/odd.py", "from lib.words import percent\nimport json\nf'select {columns} from {table}'")
    assert trespasses(sound) == session_state(sound) == values_in_sql(sound) == []
