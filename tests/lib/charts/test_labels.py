import pytest

from lib.charts import labels

from .conftest import HOSTILE


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A & B", "A &amp; B"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("a\n b\tc", "a b c"),
        (7, "7"),
        ("&lt;", "&amp;lt;"),
    ],
)
def test_text_is_shown_as_it_is(text: object, shown: str) -> None:
    assert labels.literal(text) == shown


def test_elided_text_is_cut_before_it_is_escaped() -> None:
    assert labels.elided("<<<<<<", 4) == "&lt;&lt;&lt;…"
    assert labels.elided("Lima", 4) == "Lima"


def test_wrapped_text_has_no_tag_but_the_line_break() -> None:
    lines = labels.wrapped(HOSTILE, 12).split("<br>")
    assert 1 < len(lines) <= 3
    assert not any("<" in line for line in lines)


def test_only_groups_carry_their_number() -> None:
    assert labels.with_count("2024", 1250, 40) == "2024 · 1,250"
    assert labels.with_count("Guatemala", 1, 40) == "Guatemala · 1"
    assert labels.with_count("Lima", float("nan"), 40) == "Lima"


def test_a_long_label_loses_letters_never_its_number() -> None:
    assert labels.with_count("All selected cities", 1250, 14) == "All s… · 1,250"


@pytest.mark.parametrize(
    ("text", "measured"),  # pixels of Source Sans at 13 px, as Chromium measures them
    [("GPA2 Can women work the same night hours as m…", 282), ("MWMWMWMWMW", 98), ("Campo Guaraúna das Araras", 153)],
)
def test_a_label_has_the_room_that_it_needs(text: str, measured: int) -> None:
    assert measured < labels.width_of([text], 13) < measured * 1.25 + 14


def test_markup_takes_no_room() -> None:
    assert labels.width_of(["<b>A &lt; B</b>"]) == labels.width_of(["A < B"])
