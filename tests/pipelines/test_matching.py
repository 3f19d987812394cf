"""Which criterion a text names."""

import pytest

from lib.standard import STANDARDS, Area, Criterion, Standard, load_standard
from pipelines.layouts.matching import Match, Matcher


def standard_of(*criteria: tuple[str, str, str]) -> Standard:
    """One area with criteria of an id, a short name and a text."""
    area = Area("A", "Area", tuple(Criterion(*criterion) for criterion in criteria))
    return Standard(id="s", name="S", version="1", source="tests", aggregation="count", areas=(area,), levels=())


NUMBERED = standard_of(
    ("1.1", "Plan", "Is there a plan?"), ("11", "Budget", "Is there a budget?"), ("A", "All", "A city?")
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.1", Match("1.1", exact=True)),
        ("11", Match("11", exact=True)),
        ("1.1 Is there a plan?", Match("1.1", exact=True)),
        ("3. Is there a budget", Match("11", exact=True)),
        ("1.1: something else", Match("1.1", exact=False)),
        ("a", Match("A", exact=True)),
        ("A: something else", Match("A", exact=False)),
        ("A sentence that begins with a word", None),
        ("", None),
        ("?", None),
    ],
)
def test_ids_that_look_like_numbers_and_words(text: str, found: Match | None) -> None:
    assert Matcher(NUMBERED).match(text) == found


def test_a_name_of_two_criteria_names_neither() -> None:
    shared = standard_of(("A1", "Plan", "Is there a plan?"), ("A2", "Plan", "Is there a plan!"))
    assert Matcher(shared).match("Plan") is None
    assert Matcher(shared).match("is there a plan") is None
    assert Matcher(shared).match("A2 Plan") == Match("A2", exact=True)


def test_every_criterion_of_the_programme_is_known_by_each_of_its_names() -> None:
    standard = load_standard(STANDARDS / "wwc-2022.toml")
    matcher = Matcher(standard)
    for criterion in standard.criteria:
        for text in (
            criterion.id,
            criterion.text,
            f"{criterion.id}: {criterion.text}",
            f"Q9. {criterion.text.upper()}",
        ):
            assert matcher.match(text) == Match(criterion.id, exact=True)


@pytest.mark.parametrize(
    ("text", "code"), [("DM10", True), ("eval-9", True), ("DM1", False), ("DM", False), ("ZZ1", False)]
)
def test_codes_of_the_standard_that_do_not_exist(text: str, code: bool) -> None:
    assert Matcher(load_standard(STANDARDS / "wwc-2022.toml")).looks_like_code(text) is code
