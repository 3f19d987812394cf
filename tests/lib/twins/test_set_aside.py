"""What was set aside, in words: one reason and several, one answer and whole rows, another noun than city."""

import pandas as pd
import pytest

from lib.standard import Standard, load_standards
from lib.twins.set_aside import fitting, places_table, suggested, title, why, words_table

WWC = load_standards()["wwc-2022"]
OTHER = Standard("s", "S", "1", "", "count", WWC.areas, levels=(), noun="economy", noun_plural="economies")
PLACE = {"source_id": 1, "file": "a.csv", "column": "City", "expected": "the name of the city"}


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([("unknown response", 1)], "1 answer was set aside: the answer is not understood"),
        (
            [("unknown response", 2), ("unknown response", 1200)],
            "1,202 answers were set aside: the answer is not understood",
        ),
        (
            [("blank city", 43), ("invalid date", 2)],
            "45 answers were set aside, 43 of them because no city is named",
        ),
    ],
)
def test_the_title_gives_the_number_and_the_most_frequent_reason(counts: list[tuple[str, int]], sentence: str) -> None:
    assert title(pd.DataFrame(counts, columns=["reason", "rows"]), WWC) == sentence


def test_reasons_use_the_noun_of_the_standard_and_an_unknown_one_stands_as_it_is() -> None:
    assert why("unknown city", OTHER) == "the economy is not known"
    assert why("something new", OTHER) == "something new"


def test_a_whole_row_says_so_and_a_blank_is_not_an_empty_cell() -> None:
    data = pd.DataFrame(
        [
            PLACE | {"row": 7, "value": "", "reason": "blank city", "answers": 43},
            PLACE | {"row": 9, "value": "Yess", "reason": "unknown response", "answers": 1},
        ]
    )
    table = places_table(suggested(data, {(1, 9, "City"): "yes"}), WWC)
    assert table[["Row", "Found", "Why it was set aside", "Perhaps", "Answers"]].to_numpy().tolist() == [
        [7, "(blank)", "no city is named: the whole row", "", 43],
        [9, "Yess", "the answer is not understood", "yes", 1],
    ]


def test_what_was_found_is_counted_over_files() -> None:
    data = pd.DataFrame(
        [{"reason": "unknown response", "value": "n.b.", "expected": "yes", "answers": 120, "files": 3}]
    )
    assert words_table(data, WWC).to_dict("records") == [
        {
            "Found": "n.b.",
            "Why it was set aside": "the answer is not understood",
            "Expected": "yes",
            "Answers": 120,
            "Files": 3,
        }
    ]


def test_a_header_that_is_a_whole_question_is_cut_on_the_screen_only() -> None:
    table = pd.DataFrame({"Column": ["Q39. RDC7: Your local government embeds opening and sharing data", None, "City"]})
    assert fitting(table)["Column"].tolist() == ["Q39. RDC7: Your local…", "", "City"]
