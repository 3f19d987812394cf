"""The words of survey exports: what stands in the file, and how it is read."""

from dataclasses import replace
from pathlib import Path

import pytest

from lib.standard import Grade, Standard
from pipelines.vocabulary import VocabularyError, answer_words, fold, load_vocabulary


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["Yes", "MET", " sim ", "Sí", "si", "TRUE", "1", "x", "X", "Yes, we meet this", "yes,  we meet this "], "met"),
        (["No", "not met", "Not_Met", "não", "NAO", "false", "0", "No, not yet", "No, we don’t"], "not_met"),
        (["N/A", "n.a.", "Not applicable", "No aplica", "não se aplica"], "not_applicable"),
        (["-", "not answered", "Sin respuesta", "no response"], "not_answered"),
        (["Maybe?", "yess", "2", "partly", "50%"], None),
    ],
)
def test_default_words(small: Standard, words: list[str], answer: str | None) -> None:
    known = answer_words(small)
    assert {word: known.get(fold(word)) for word in words} == dict.fromkeys(words, answer)


def test_grades_add_their_names(small: Standard) -> None:
    graded = replace(small, grades=(Grade("Em parte", 0.5), Grade("X", 0.25)))
    assert answer_words(graded)["em parte"] == "Em parte"
    assert answer_words(graded)["x"] == "X"  # wins over the default set
    assert answer_words(small)["x"] == "met"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[answers]\nmet = ['Sí']\nnot_met = ['si']\n[columns]", "'si' stands under both met and not_met"),
        ("[answers]\nmaybe = ['x']\n[columns]", "answers.maybe is not one of met, not_met, "),
        ("[answers]\nmet = 'x'\n[columns]", "answers.met must be a list of words in quotes"),
        ("[answers]\nmet = ['']\n[columns]", "answers.met must be a list of words in quotes"),
        ("[answers]\n[columns]\ntown = ['x']", "columns.town is not one of city_id, city, "),
        ("[answers]", "columns is missing or not a table, written [columns]"),
        ("[answers]\n[columns]\n[more]", "more is not a table of the vocabulary"),
        ("[answers", "cannot be read: "),
    ],
)
def test_refused_in_one_sentence(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "vocabulary.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError) as refused:
        load_vocabulary(path)
    assert str(refused.value).startswith(f"vocabulary.toml: {fault}")
