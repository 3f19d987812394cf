"""Adding files to what is published gives the database that building everything from all files gives."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from lib.standard import load_standards
from pipelines import adding
from pipelines.certified import certify_published
from pipelines.cli import app
from pipelines.history import read_history
from pipelines.load import LoadError, Options, load
from pipelines.proposing import confirm, discard, propose
from pipelines.returning import RollbackError, rollback
from tests.pipelines.test_scores import write_standard
from tests.pipelines.whole import built_at_once, content

HEADER = "city,cycle,stage,criterion_id,response,updated_at,Region,Size"
CITIES = {
    "first": "city,Country,Population\nAsh,Chile,1200000\nBirch,Peru,\nCedar,Peru,50000\n",
    "second": "city,Country,State\nAsh,Chile,RM\nElm,Brasil,SP\n",
}
ALIASES = {
    "first": "kind,from,to,reason\ncity,Ashh,Ash,typing\nanswer,aye,met,how they talk\n",
    "second": "kind,from,to,reason\ncity,Ashh,Birch,they say so now\ncriterion,Alpha one,A1,old name\n",
}
LISTS = {"first": "city,cycle,level\nAsh,Cycle 9,Bronze\nBirch,Cycle 10,Silver\n"}
FIXES = {"first": "file,row,column,from,to,reason\nanswers.csv,2,response,nope,no,typing\n"}
MAPPINGS = {"first": 'attributes = ["Region", "Size"]\n'}


class Step(NamedTuple):
    """One thing that people do, and what their file says."""

    action: str
    standard: str
    rows: Sequence[tuple[str, ...]]
    cycle: str | None
    stage: str | None
    beside: dict[str, str]


rows = st.lists(
    st.tuples(
        st.sampled_from(["Ash", "Birch", "Cedar", "Dogwood", "Elm", "ASH ", "Ashh", "Élm", "fir tree", ""]),
        st.sampled_from(["Cycle 9", "Cycle 10", "Cycle 8", ""]),
        st.sampled_from(["", "self_reported", "validated", "odd"]),
        st.sampled_from(["A1", "A1", "A2", "A3", "B1", "B2", "Alpha one", "ZZ9"]),
        st.sampled_from(["yes", "yes", "no", "partly", "n/a", "", "nope", "aye"]),
        st.sampled_from(["", "", "2024-05-01", "2030-01-01", "2024-13-45"]),
        st.sampled_from(["", "North", "South"]),
        st.sampled_from(["", "12", "900", "large"]),
    ),
    min_size=1,
    max_size=14,
)
beside = st.fixed_dictionaries(
    {},
    optional={
        "cities": st.sampled_from(["first", "first", "first", "second"]),
        "aliases": st.sampled_from(sorted(ALIASES)),
        "fixes": st.just("first"),
        "mapping": st.just("first"),
    },
)
steps = st.lists(
    st.builds(
        Step,
        st.sampled_from(["load", "load", "load", "load", "propose", "discard", "rollback", "certified"]),
        st.sampled_from(["count", "count", "count", "mean_of_areas"]),
        rows,
        st.sampled_from([None, "Cycle 9", "Cycle 11"]),
        st.sampled_from([None, None, "validated"]),
        beside,
    ),
    min_size=2,
    max_size=6,
)


@pytest.fixture(autouse=True)
def no_file_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "WORTH", 0)


@given(steps)
@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_any_sequence_of_loads_gives_what_building_everything_gives(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as name:
        world = World(Path(name))
        for step in steps:
            world.take(step)
        world.compare()


class World:
    """A folder with a database and the files that people bring."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database, self.standards = folder, folder / "cohort.duckdb", folder / "standards"
        self.standards.mkdir()
        for aggregation in ("count", "mean_of_areas"):
            write_standard(self.standards, aggregation)
        for kind, texts in {"cities": CITIES, "aliases": ALIASES, "fixes": FIXES, "mapping": MAPPINGS}.items():
            for name, text in texts.items():
                self.path(kind, name).write_text(text, encoding="utf-8")

    def path(self, kind: str, name: str) -> Path:
        return self.folder / f"{name}-{kind}.{'toml' if kind == 'mapping' else 'csv'}"

    def beside(self, step: Step) -> dict[str, Any]:
        return {kind: self.path(kind, name) for kind, name in step.beside.items()}

    def take(self, step: Step) -> None:
        """A file may be refused, and there may be nothing to return to; then nothing changes."""
        (self.folder / "answers.csv").write_text("\n".join([HEADER, *map(",".join, step.rows)]), encoding="utf-8")
        options = Options(step.standard, step.cycle, step.stage, **self.beside(step))
        files = [self.folder / "answers.csv"]
        with suppress(LoadError, RollbackError):
            if step.action == "rollback":
                rollback(self.database)
            elif step.action == "certified":
                listed = self.folder / "listed.csv"
                listed.write_text(LISTS["first"], encoding="utf-8")
                certify_published(listed, self.database, step.standard, standards=self.standards)
            elif step.action == "load":
                load(files, options, self.database, standards=self.standards)
            else:
                proposal = propose(files, options, self.database, standards=self.standards)
                (confirm if step.action == "propose" else discard)(proposal.id, self.database)

    def compare(self) -> None:
        if self.database.exists():
            assert content(self.database.resolve()) == built_at_once(self.database, load_standards(self.standards))

    def why(self) -> list[str]:
        """For each publish in a word, why everything was built; blank where the file was added."""
        return [event.rebuilt for event in read_history(self.database, None) if event.action == "load"]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Compared with building everything when the test is over."""
    world = World(tmp_path)
    yield world
    world.compare()


def step(*rows: str, standard: str = "count", **beside: str) -> Step:
    """A load of rows like `Ash 2024 A1 yes`."""
    cells = [
        (city, cycle, "", criterion, answer, "", "", "") for city, cycle, criterion, answer in map(str.split, rows)
    ]
    return Step("load", standard, cells, None, None, beside)


def test_why_everything_is_built_is_told_in_a_word(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.take(step("Ash 2024 A1 yes"))
    world.take(step("Birch 2024 A1 yes"))
    world.take(step("Birch 2024 A1 no"))
    world.take(step("Birch 2025 A1 yes", cities="first"))
    world.take(step("Birch 2025 A1 no", cities="first"))
    world.take(step("Birch 2025 A1 no", aliases="first", cities="first"))
    world.take(step("Ash 2025 B1 yes", standard="mean_of_areas"))
    world.take(step("Ash 2025 B2 yes", standard="mean_of_areas"))
    monkeypatch.setattr(adding, "WORTH", 1000)
    world.take(step("Ash 2025 A2 yes"))
    assert world.why() == ["first", "", "", "cities", "", "order", "rules", "", "size"]


def test_a_damaged_database_is_built_from_its_sources(world: World) -> None:
    world.take(step("Ash 2024 A1 yes"))
    with world.database.resolve().open("r+b") as file:
        file.truncate(file.seek(0, 2) // 2)
    world.take(step("Birch 2024 A1 yes"))
    world.database.resolve().unlink()
    world.take(step("Cedar 2024 A1 yes"))
    assert world.why() == ["first", "damaged", "damaged"]


def test_a_file_that_is_refused_is_told_as_ever(world: World) -> None:
    world.take(step("Ash 2024 A1 yes"))
    world.folder.joinpath("broken.csv").write_text(f"{HEADER}\nAsh,2024,,A1,nope,,,\n", encoding="utf-8")
    with pytest.raises(LoadError, match="not a single answer could be accepted"):
        load([world.folder / "broken.csv"], Options("count"), world.database, standards=world.standards)
    assert world.why() == ["first"]


def test_what_was_added_stays_in_proportion_to_what_was_built_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adding, "WORTH", 3)
    world.take(step(*(f"Ash 20{year} A1 yes" for year in range(10, 40))))
    for number in range(4):
        world.take(step(*(f"Ash 20{year} A1 no" for year in range(10 + number, 13 + number))))
    assert world.why() == ["first", "", "size", "", ""]


def test_a_corrected_workbook_is_built_with_everything(world: World) -> None:
    world.take(step("Ash 2024 A1 yes", "Ash 2024 A2 nope"))
    world.take(step("Ash 2024 A2 no", "Birch 2024 A1 yes"))
    marked = world.folder / "marked.xlsx"
    told = ["--xlsx", str(marked), "--database", str(world.database), "--standards", str(world.standards)]
    assert CliRunner().invoke(app, ["rejects", *told]).exit_code == 0
    book = openpyxl.load_workbook(marked)
    assert isinstance(book.worksheets[0], Worksheet)
    book.worksheets[0]["E3"] = "yes"
    book.save(marked)
    load([marked], Options("count"), world.database, standards=world.standards)
    world.take(step("Ash 2024 A1 no"))
    assert world.why() == ["first", "", "order", ""]


def test_a_blocked_answer_earns_again_when_what_it_requires_is_met(world: World) -> None:
    world.take(step("Ash 2024 A1 no", "Ash 2024 A2 yes", "Ash 2024 B1 partly", "Birch 2024 A1 yes"))
    world.take(step("Ash 2024 A1 yes"))
    assert world.why() == ["first", ""]


def test_a_later_blank_takes_an_assessment_away(world: World) -> None:
    world.take(step("Ash 2024 A1 yes", "Birch 2025 A1 yes"))
    world.take(Step("load", "count", [("Ash", "2024", "", "A1", "", "", "", "")], None, None, {}))
    world.take(step("Ash 2025 A1 yes"))
    assert world.why() == ["first", "", ""]


def test_a_city_that_was_only_set_aside_keeps_the_name_it_had_then(world: World) -> None:
    world.take(step("Ash 2024 A1 yes", "ELM 2024 A1 nope"))
    world.take(step("elm 2024 A1 yes"))
    assert world.why() == ["first", ""]
