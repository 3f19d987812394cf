"""The selection reads a stranger's URL, writes it back and says itself in one sentence."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.selection import NO_LEVEL, RESERVED, Attribute, Choices, Cycle, Selection, StandardChoice

BOTH = ("validated", "self_reported")
CHOICES = Choices(
    standards=(
        StandardChoice(
            id="wwc-2022",
            name="What Works Cities Certification",
            noun="city",
            noun_plural="cities",
            cycles=(Cycle("2023", BOTH), Cycle("2024", BOTH), Cycle("2025", BOTH), Cycle("2026", ("self_reported",))),
            levels=("Silver", "Gold", "Platinum"),
        ),
        StandardChoice("wbl", "Women, Business and the Law", "economy", "economies", (Cycle("2009", BOTH[:1]),), ()),
    ),
    attributes=(
        Attribute("country", "Country", ("Brazil", "Chile", "Peru")),
        Attribute("population_band", "Population", ("Under 100,000", "100,000 and more")),
    ),
)


def read(**params: str | list[str]) -> Selection:
    return Selection.from_params(params, CHOICES)


def test_an_empty_url_means_the_latest_cycle_and_the_stage_it_has() -> None:
    assert read() == Selection("wwc-2022", "2026", "self_reported", versus="2025")


def test_validated_answers_are_the_default_where_the_cycle_has_them() -> None:
    assert read(cycle="2025") == Selection("wwc-2022", "2025", "validated", versus="2024")


def test_the_first_cycle_is_compared_with_nothing() -> None:
    assert read(cycle="2023").versus is None


def test_the_cycle_before_is_one_that_has_the_stage() -> None:
    later = Choices((StandardChoice("s", "S", "city", "cities", (Cycle("1", BOTH), Cycle("2", BOTH[1:]),
                     Cycle("3", BOTH)), ()),))  # fmt: skip
    assert Selection.from_params({}, later).versus == "1"


def test_every_parameter_is_read() -> None:
    url = {
        "cycle": "2025",
        "stage": "Self-reported",
        "versus": "2023",
        "country": ["Chile", "Brazil"],
        "population_band": "Under 100,000",
        "level": ["Gold", NO_LEVEL],
        "participation": "First time",
    }
    assert read(**url) == Selection(
        "wwc-2022",
        "2025",
        "self_reported",
        versus="2023",
        attributes=(("population_band", ("Under 100,000",)), ("country", ("Chile", "Brazil"))),
        levels=(NO_LEVEL, "Gold"),
        participation=("first_time",),
    )


def test_another_standard_has_its_own_cycles_and_levels() -> None:
    assert read(standard="wbl", level="Gold", cycle="2025") == Selection("wbl", "2009", "validated")


@pytest.mark.parametrize("word", ["Nothing", "none"])
def test_a_comparison_can_be_refused(word: str) -> None:
    assert read(cycle="2025", versus=word).versus is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("standard", "'; drop table response; --"),
        ("cycle", "2025 "),
        ("cycle", ""),
        ("stage", "VALIDATED"),
        ("versus", "2026"),
        ("versus", ["x"] * 100_000),
        ("country", ["Atlantis"] * 100_000),
        ("country", "brazil"),
        ("level", "Bronze"),
        ("participation", "\x00"),
        ("nobody", "knows"),
    ],
)
def test_what_is_unknown_means_the_default(key: str, value: str | list[str]) -> None:
    assert read(**{key: value}) == read()


def test_the_first_known_value_of_a_repeated_single_parameter_counts() -> None:
    assert read(cycle=["1066", "2024", "2025"]).cycle == "2024"


@given(
    st.dictionaries(
        st.one_of(st.sampled_from([*RESERVED, "country", "population_band"]), st.text(max_size=5)),
        st.one_of(st.text(), st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=5), st.none()),
    )
)
def test_no_url_raises(params: dict[str, object]) -> None:
    read_back = Selection.from_params(params, CHOICES)  # type: ignore[arg-type]
    assert read_back.standard in {"wwc-2022", "wbl"}


def test_a_database_without_standards_has_an_empty_selection() -> None:
    assert Selection.from_params({"cycle": "2025"}, Choices()) == Selection("", "", "validated")


WORDS = st.sampled_from(
    ["wbl", "2009", "2023", "2024", "2025", "2026", "validated", "Self-reported", "Nothing", "Brazil", "Chile", "Peru",
     "Under 100,000", "Gold", "Silver", NO_LEVEL, "Returning", "First time", string.punctuation]
)  # fmt: skip
URLS = st.dictionaries(
    st.sampled_from([*RESERVED, "country", "population_band"]), st.lists(WORDS, max_size=4), max_size=8
)


@given(URLS)
def test_a_selection_survives_its_url(params: dict[str, list[str]]) -> None:
    selection = Selection.from_params(params, CHOICES)
    assert Selection.from_params(selection.to_params(CHOICES), CHOICES) == selection


@given(URLS)
def test_a_url_holds_no_defaults(params: dict[str, list[str]]) -> None:
    url = Selection.from_params(params, CHOICES).to_params(CHOICES)
    selection = Selection.from_params(url, CHOICES)
    for key in url:
        assert Selection.from_params({k: v for k, v in url.items() if k != key}, CHOICES) != selection


def test_the_default_selection_has_an_empty_url() -> None:
    assert read().to_params(CHOICES) == {}


def test_the_url_says_what_the_reader_sees() -> None:
    selection = read(cycle="2025", stage="self_reported", versus="none", participation="returning", level="Gold")
    assert selection.to_params(CHOICES) == {
        "cycle": ["2025"],
        "stage": ["Self-reported"],
        "versus": ["Nothing"],
        "level": ["Gold"],
        "participation": ["Returning"],
    }


def test_the_sentence_counts_cities_and_names_every_filter_in_the_order_of_the_choices() -> None:
    selection = read(
        cycle="2025", country=["Peru", "Chile", "Brazil"], level=["Gold", NO_LEVEL], participation="Returning"
    )
    assert selection.describe(CHOICES, 1062) == (
        "1,062 cities in the 2025 cycle, validated answers, Brazil, Chile or Peru, No level or Gold, returning, "
        "compared with 2024"
    )


@pytest.mark.parametrize(
    ("cities", "sentence"),
    [
        (None, "Economies in the 2009 cycle, validated answers"),
        (0, "0 economies in the 2009 cycle, validated answers"),
        (1, "1 economy in the 2009 cycle, validated answers"),
    ],
)
def test_the_sentence_uses_the_noun_of_the_standard(cities: int | None, sentence: str) -> None:
    assert read(standard="wbl").describe(CHOICES, cities) == sentence


def test_equal_questions_are_equal_however_they_were_asked() -> None:
    one = Selection("s", "c", "validated", attributes=(("b", ("2", "1", "2")), ("a", ("1",))), levels=("b", "a"))
    two = Selection(
        "s", "c", "validated", attributes=(("a", ("1",)), ("b", ("1", "2")), ("c", ())), levels=("a", "b", "a")
    )
    assert one == two
    assert hash(one) == hash(two)
