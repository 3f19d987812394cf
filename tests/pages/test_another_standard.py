"""Nothing on the pages knows our programme: another noun, other areas, no levels, a score that is a mean."""

import re
from pathlib import Path

import pytest

from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen

SCHOOLS = """
id = "schools"
name = "Good Schools"
version = "3"
source = "made for a test"
noun = "school"
noun_plural = "schools"
aggregation = "mean_of_areas"

[[area]]
id = "T"
name = "Teaching"

[[area.criterion]]
id = "T1"
short_name = "Is there a library?"
text = "Does the school have a library?"

[[area.criterion]]
id = "T2"
short_name = "Is there a garden?"
text = "Does the school have a garden?"

[[area]]
id = "H"
name = "Health"

[[area.criterion]]
id = "H1"
short_name = "Is there a nurse?"
text = "Does the school have a nurse?"
"""


@pytest.fixture
def schools(cohort: MakeCohort, tmp_path: Path) -> Path:
    """Six schools: all have a nurse, half a library, none a garden; so each area's mean, and the score, is known."""
    folder = tmp_path / "standards"
    folder.mkdir()
    (folder / "schools.toml").write_text(SCHOOLS, encoding="utf-8")
    answers = [
        {"city": f"School {n}", "criterion_id": id_, "response": "Yes" if met else "No"}
        for n in range(6)
        for id_, met in (("T1", n < 3), ("T2", False), ("H1", True))
    ]
    return cohort(answers, standard="schools", standards=folder)


@pytest.mark.parametrize("page", ["overview", "heatmap", "criteria", "change", "city", "export", "method"])
def test_pages_speak_of_what_the_standard_assesses(opened: Open, schools: Path, page: str) -> None:
    words = screen(opened(schools, page)).lower()
    assert "6 schools" in words
    if page != "method":  # the method page explains the programme's own words, cities among them
        assert not re.search(r"\b(city|cities|43|silver|gold|platinum|level)\b", words)


def test_the_score_is_a_mean_of_areas(opened: Open, schools: Path) -> None:
    assert "Median score 62.5 of 100" in screen(opened(schools, "overview"))
    one = screen(opened(schools, "city", city="school-0"))
    assert "School 0 meets 2 of 3 criteria, 1 more than the median of 5 schools like it." in one
    assert "Standing 2 of 3 score 75 of 100" in one
    assert "Place among peers 1–3 of 6" in one
    assert "Level" not in one


def test_rates_are_those_of_the_schools(opened: Open, schools: Path) -> None:
    assert "Pass rate 50 % 3 of 6 schools" in screen(opened(schools, "criteria", criterion="T1"))
    assert "Teaching: 3 of 6 (50 %) meet “Is there a library?”, 0 of 6 (0 %) meet “Is there a garden?”" in screen(
        opened(schools, "heatmap", area="T")
    )
