"""Files whose records differ in width, looked at as the loader reads them."""

from pathlib import Path

import pytest

from lib.standard import load_standards
from pipelines.inspect import Asked, inspect
from pipelines.layouts import LayoutError
from tests.pipelines.exports import answers, load_into, write
from tests.pipelines.hostile import FILES


def test_a_record_that_is_longer_than_the_others_is_seen_as_the_loader_sees_it(tmp_path: Path) -> None:
    rows = ["City,DM1,DM2", *(f"City {n},Yes,No" for n in range(300)), "Alder,Yes,No,,see the minutes", "Birch,No,No"]
    path = write(tmp_path / "ragged.csv", "\n".join(rows))
    found = inspect(path, Asked(cycle="2023"), load_standards())
    load_into(tmp_path / "c.duckdb", path)
    assert (found.answers, found.rejected) == (604, {})
    assert len(answers(tmp_path / "c.duckdb")) == found.answers


def test_what_no_scan_can_read_is_one_sentence(tmp_path: Path) -> None:
    FILES["late-columns.csv"](tmp_path / "late.csv")
    with pytest.raises(LayoutError, match=r"^late.csv: has 100,001 columns, more than the 4,096 that are read$"):
        inspect(tmp_path / "late.csv", Asked(), load_standards())
