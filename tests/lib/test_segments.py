"""Segments: what a URL and a file may say, and that nothing hostile comes through."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import segments_file
from lib.segments import LONGEST_NAME, LONGEST_URL, MOST, Segment, clean_name, distinct, from_url, to_url
from lib.segments_file import SegmentsRefused
from lib.strict_toml import TomlError

VOCABULARY = {
    "country": ("Brazil", "Chile", "a~b", "100 %7E", ".", "~~", "x.y"),
    "level": ("No level", "Gold"),
    "participation": ("First time",),
}
names = st.text(min_size=1, max_size=LONGEST_NAME).map(clean_name).filter(bool)
ids = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
conditions = st.dictionaries(st.sampled_from(sorted(VOCABULARY)), st.just(()), min_size=1).flatmap(
    lambda keys: st.fixed_dictionaries(
        {key: st.lists(st.sampled_from(VOCABULARY[key]), min_size=1).map(tuple) for key in keys}
    )
)
filtered = st.builds(lambda name, where: Segment(name, tuple(where.items())), names, conditions)
listed = st.builds(
    lambda name, cities: Segment(name, cities=tuple(cities)), names, st.lists(ids, min_size=1, max_size=20)
)
some = st.lists(filtered | listed, max_size=MOST).map(distinct)


@given(some)
def test_a_url_gives_back_what_was_put_into_it(segments: tuple[Segment, ...]) -> None:
    assert from_url(to_url(segments), VOCABULARY) == segments or len(to_url(segments)) > LONGEST_URL


@given(some)
def test_a_file_gives_back_what_was_put_into_it(segments: tuple[Segment, ...]) -> None:
    assert segments_file.parsed(segments_file.to_toml(segments)) == segments


@given(st.text(max_size=300))
def test_no_text_is_an_accident(text: str) -> None:
    assert all(segment.known(VOCABULARY) for segment in from_url(text, VOCABULARY))


NOT_UNDERSTOOD = (
    "",
    "Name",
    "Name~",
    "~country.Brazil",
    "Name~country",
    "Name~country.",
    "Name~country.Atlantis",
    "Name~country.Brazil~country.Atlantis",
    "Name~country.Brazil~planet.Earth",
    "Name~country.Brazil~city.lima",
    "\n~country.Brazil",
    "N\x00~country.Brazil",
    "N" * (LONGEST_NAME + 1) + "~country.Brazil",
    "Name~city." + "x" * LONGEST_URL,
)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_not_understood_as_a_whole_is_left_out_as_a_whole(text: str) -> None:
    assert from_url(text, VOCABULARY) == ()


def test_there_are_no_more_than_four_and_each_name_is_there_once() -> None:
    many = "~~".join(f"S{number}~country.Brazil" for number in range(9))
    assert [segment.name for segment in from_url(f"s0~country.Chile~~{many}", VOCABULARY)] == ["s0", "S1", "S2", "S3"]


def test_a_segment_says_what_it_is_made_of() -> None:
    assert Segment("x", (("level", ("Gold",)), ("country", ("Chile", "Brazil")))).words == "Brazil or Chile, Gold"
    assert Segment("x", cities=("lima", "cusco", "lima")).words == "2 picked by hand"


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "segments.toml"
    monkeypatch.setenv("COHORT_SEGMENTS", str(path))
    monkeypatch.setenv("COHORT_VIEWER", "programme")
    return path


BRAZIL, OURS = Segment("Brazil", (("country", ("Brazil",)),)), Segment("Ours “é”", cities=("lima",))


def test_what_a_person_wrote_stays_when_a_segment_is_added(file: Path) -> None:
    written = '# ours\n[[segment]]\nname = "Ours “é”" # all of them\ncities = [\n  "lima",\n]\n'
    file.write_text(written, encoding="utf-8")
    segments_file.add(BRAZIL)
    assert file.read_text(encoding="utf-8").startswith(written.rstrip())
    assert segments_file.read(VOCABULARY) == segments_file.Kept((OURS, BRAZIL))
    assert [path.name for path in file.parent.iterdir()] == ["segments.toml"]


def test_without_a_file_there_are_none_and_the_first_one_makes_it(file: Path) -> None:
    assert segments_file.read(VOCABULARY) == segments_file.Kept()
    segments_file.add(BRAZIL)
    assert segments_file.read(VOCABULARY).segments == (BRAZIL,)


def test_a_name_that_is_taken_leaves_the_file_as_it_is(file: Path) -> None:
    segments_file.add(BRAZIL)
    before = file.read_bytes()
    with pytest.raises(SegmentsRefused, match="two segments have the same name"):
        segments_file.add(Segment("BRAZIL", cities=("lima",)))
    assert file.read_bytes() == before


@pytest.mark.parametrize("role", ["public", "city", "researcher", "nonsense"])
def test_only_the_programme_writes(file: Path, monkeypatch: pytest.MonkeyPatch, role: str) -> None:
    monkeypatch.setenv("COHORT_VIEWER", role)
    with pytest.raises(SegmentsRefused, match="Only the programme"):
        segments_file.add(BRAZIL)
    assert not file.exists()


def test_a_file_that_cannot_be_written_is_one_sentence(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COHORT_SEGMENTS", str(file.parent / "missing" / "segments.toml"))
    with pytest.raises(SegmentsRefused, match="Not kept in the file: No such file or directory"):
        segments_file.add(BRAZIL)


def test_what_this_database_does_not_have_is_told_and_the_others_are_used(file: Path) -> None:
    file.write_text(segments_file.to_toml([Segment("Peru", (("country", ("Peru",)),)), BRAZIL]), encoding="utf-8")
    kept = segments_file.read(VOCABULARY)
    assert kept.segments == (BRAZIL,)
    assert kept.faults == ("“Peru” of segments.toml asks for what this database does not have.",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[segment", "cannot be read"),
        ('[[segment]]\nname = "x"', "where or else cities must say who is in it"),
        ('[[segment]]\ncities = ["a"]', "name is missing or empty"),
        ('[[segment]]\nname = "x\\ny"\ncities = ["a"]', "name must be one short line"),
        ('[[segment]]\nname = "x"\ncities = ["a"]\ncolour = "red"', "colour is not a known key"),
        ('[[segment]]\nname = "x"\nwhere = { country = "Brazil" }', "country must be a list of texts"),
        ('[[segment]]\nname = "x"\ncities = [1]', "cities must be a list of texts"),
        ('[[segments]]\nname = "x"', "segments is not a known key"),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence_that_names_it(file: Path, text: str, why: str) -> None:
    with pytest.raises(TomlError, match=why):
        segments_file.parsed(text)
    file.write_text(text, encoding="utf-8")
    kept = segments_file.read(VOCABULARY)
    assert not kept.segments
    assert why in kept.faults[0]
