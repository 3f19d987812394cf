"""The frame around every page, run by Streamlit's own test harness on real databases."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.ui import sidebar
from lib.ui.reading import now
from tests.conftest import MakeCohort

FRAME = Path(__file__).parents[2] / "lib" / "ui" / "frame.py"
Open = Callable[..., AppTest]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    """A function: database (and URL parameters) → the app after its first run on the method page."""

    def run(database: Path, **params: str | list[str]) -> AppTest:
        monkeypatch.setenv("COHORT_DATABASE", str(database))
        app = AppTest.from_file(str(FRAME), default_timeout=30)
        app.query_params.update(params)
        app.switch_page("../../pages/method.py")
        return app.run()

    return run


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def sentence(app: AppTest) -> str:
    return next(element.proto.body for element in app.get("html") if 'role="status"' in element.proto.body)


def labels(app: AppTest) -> list[str]:
    return [widget.label for widget in (*app.sidebar.selectbox, *app.sidebar.multiselect)]


def test_without_a_database_the_reader_learns_the_command(opened: Open, tmp_path: Path) -> None:
    app = opened(tmp_path / "nothing-here.duckdb")
    assert not app.exception
    assert app.header[0].value == "There is no data yet"
    assert app.code[0].value == "python -m pipelines demo"
    assert "nothing-here" not in str(app)


def test_an_unreadable_database_is_said_to_be_so_without_its_path(opened: Open, tmp_path: Path) -> None:
    broken = tmp_path / "secret-place.duckdb"
    broken.write_bytes(b"not a database")
    app = opened(broken)
    assert not app.exception
    assert app.header[0].value == "The published database cannot be read"
    assert "secret-place" not in str(app)


def test_every_category_attribute_is_a_filter_and_no_other(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database)
    assert not app.exception
    assert {"Country", "Region", "Population band", "Form of government", "Level", "Participation"} <= set(labels(app))
    assert "Population" not in labels(app)


def test_attributes_and_nouns_are_data(opened: Open, cohort: MakeCohort, economies: Path) -> None:
    answers = [{"city": name, "criterion_id": "A1"} for name in ("Aland", "Boland")]
    where = [{"city": "Aland", "income_group": "High"}, {"city": "Boland", "income_group": "Low"}]
    app = opened(cohort(answers, where, standard="economies", standards=economies), income_group="Low")
    assert not app.exception
    assert "Income group" in labels(app)
    assert "Country" not in labels(app)
    assert sentence(app).startswith("<p") and "<b>1 economy of 2</b>" in sentence(app)
    assert "Which economies" in html(app)
    assert "Level" not in labels(app)


def test_the_link_chooses_and_says_what_it_chose(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database, country=["Brazil", "Chile"], cycle="2024", stage="Self-reported", versus="Nothing")
    assert app.sidebar.multiselect(key="country").value == ["Brazil", "Chile"]
    assert app.sidebar.selectbox(key="cycle").value == "2024"
    assert "in the 2024 cycle, self-reported answers, Brazil or Chile</p>" in sentence(app)


def test_a_nonsense_link_means_the_defaults(opened: Open, demo_database: Path) -> None:
    plain = sentence(opened(demo_database))
    nonsense = {"country": "Atlantis", "cycle": "1999", "stage": "x", "versus": "<b>", "level": ["", "Gold "]}
    app = opened(demo_database, **nonsense)
    assert not app.exception
    assert sentence(app) == plain


def test_the_comparison_moves_with_the_cycle(opened: Open, demo_database: Path) -> None:
    app = opened(demo_database)
    assert "compared with 2024" in sentence(app)
    app.sidebar.selectbox(key="cycle").set_value("2024").run()
    assert "compared with 2023" in sentence(app)
    app.sidebar.selectbox(key="cycle").set_value("2023").run()
    assert "compared with" not in sentence(app)
    app.sidebar.selectbox(key="versus").set_value("2025").run()
    assert "compared with 2025" in sentence(app)


def test_reset_restores_every_choice(opened: Open, demo_database: Path) -> None:
    plain = sentence(opened(demo_database))
    app = opened(
        demo_database, country="Brazil", level="Gold", participation="Returning", cycle="2024", versus="Nothing"
    )
    assert sentence(app) != plain
    app.button(key="_reset").click().run()
    assert sentence(app) == plain
    assert app.sidebar.selectbox(key="versus").value == sidebar.BEFORE
    assert not [button for button in app.button if button.key == "_reset"]


def test_a_cycle_with_one_stage_has_no_choice_of_stage(opened: Open, cohort: MakeCohort) -> None:
    rows = [("2023", "validated"), ("2023", "self_reported"), ("2024", "self_reported")]
    database = cohort(
        [{"city": "Lima", "criterion_id": "DM1", "cycle": cycle, "stage": stage} for cycle, stage in rows]
    )
    app = opened(database)
    assert not app.sidebar.radio
    assert "self-reported answers" in sentence(app)
    app.sidebar.selectbox(key="cycle").set_value("2023").run()
    assert app.sidebar.radio(key="stage").value == "Validated"
    assert ", validated answers" in sentence(app)


def test_demonstration_data_say_so_and_real_data_do_not(opened: Open, demo_database: Path, cohort: MakeCohort) -> None:
    assert "Demonstration data" in html(opened(demo_database))
    assert "Demonstration data" not in html(opened(cohort([{"city": "Lima", "criterion_id": "DM1"}])))


def test_names_from_the_data_stay_text(opened: Open, cohort: MakeCohort) -> None:
    cities = [{"city": "Lima", "country": "<img src=x> & Co"}]
    app = opened(cohort([{"city": "Lima", "criterion_id": "DM1"}], cities), country="<img src=x> & Co")
    assert "&lt;img src=x&gt; &amp; Co" in sentence(app)
    assert "<img src=x>" not in sentence(app)


def test_the_footer_names_the_version_and_the_standard(opened: Open, demo_database: Path) -> None:
    footer = html(opened(demo_database)).partition("<footer")[2]
    assert "What Works Cities Certification" in footer
    assert "Data version" in footer
    assert " UTC" in footer


def test_outside_the_frame_there_is_no_reading() -> None:
    with pytest.raises(RuntimeError, match=r"streamlit run dashboard\.py"):
        now()
