"""A standard that is not ours: another noun, no levels."""

from pathlib import Path

import pytest

ECONOMIES = """
id = "economies"
name = "Economies"
version = "1"
source = "made for a test"
noun = "economy"
noun_plural = "economies"

[[area]]
id = "A"
name = "Area"

[[area.criterion]]
id = "A1"
short_name = "First"
text = "Is it so?"
"""


@pytest.fixture
def economies(tmp_path: Path) -> Path:
    """A folder of standards with `economies` only."""
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "economies.toml").write_text(ECONOMIES, encoding="utf-8")
    return folder
