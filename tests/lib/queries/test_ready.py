"""Once a version was made ready, no reader of any cycle and stage waits for the database to read what pages keep."""

from pathlib import Path

import pytest

from lib.queries.choices import read_choices
from lib.queries.kept import codes_of, kept_answers
from lib.queries.peers_assessed import read_assessed
from lib.queries.ready import make_ready
from lib.queries.selected import assessed
from lib.queries.steps import steps_near
from lib.selection import Selection
from lib.ui import server
from lib.warehouse import Warehouse


def read_all(warehouse: Warehouse) -> int:
    """How many cycles and stages there are, having asked for what is kept of each."""
    standard = read_choices(warehouse).standards[0]
    asked = [Selection(standard.id, cycle.label, stage) for cycle in standard.cycles for stage in cycle.stages]
    for selection in asked:
        assert assessed(warehouse, selection) == len(read_assessed(warehouse, selection).rows) > 0
        assert kept_answers(warehouse, selection).kind.any()
        assert not steps_near(warehouse, selection, 50, 100).empty
    assert codes_of(warehouse, ["nobody"]).tolist() == [-1]
    return len(asked)


def test_what_is_ready_is_not_asked_for_again(demo_database: Path) -> None:
    warehouse = Warehouse(demo_database)
    read_choices(warehouse)
    make_ready(warehouse)
    warehouse._connection.close()
    assert read_all(warehouse) > 2


def test_without_a_database_the_server_waits_for_one(
    demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = tmp_path / "cohort.duckdb"
    monkeypatch.setenv("COHORT_DATABASE", str(public))
    assert not server._made_ready("")
    public.symlink_to(demo_database)
    assert server._made_ready("") == Warehouse(public).version
