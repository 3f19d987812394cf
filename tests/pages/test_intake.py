"""The page Intake: coverage and rejected cells for everybody, files only from those who may bring them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import lib.viewer
from lib.standard import load_standards
from tests.conftest import MakeCohort
from tests.pages.conftest import Open, screen, table_in

MAY = '[viewer]\nrole = "programme"\n[intake]\nuploads = true\n'
CLOSED = "Files are loaded by the programme's managers; here, loading is switched off."
NOT_THEIRS = "“Intake” is not among the pages that you may open."
FILE = (
    "city,cycle,stage,criterion_id,response\n"
    "Lima,2025,validated,DM1,Yes\nLima,2025,validated,DM2,Yess\nPuno,2025,validated,DM1,No\n"
)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COHORT_VIEWER", raising=False)
    path = tmp_path / "settings.toml"
    path.write_text(MAY)
    monkeypatch.setattr(lib.viewer, "SETTINGS", path)
    return path


@pytest.fixture
def real(cohort: MakeCohort) -> Path:
    everyone = [{"city": "Lima", "criterion_id": f"DM{number}"} for number in range(1, 10)]
    return cohort(
        [
            *everyone,
            {"city": "Cusco", "criterion_id": "DM1"},
            {"city": "Cusco", "criterion_id": "DM2", "response": "Yess"},
        ]
    )


def bring(app: AppTest, name: str, content: str | bytes) -> AppTest:
    body = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].upload(name, body, "text/csv").run()
    assert not app.exception
    return app


def click(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_coverage_names_who_has_not_answered_what(opened: Open, real: Path) -> None:
    app = opened(real, "intake")
    table = table_in(app, "coverage")
    assert table["City"].tolist() == ["Cusco", "Lima"]
    assert table["Answered"].tolist() == ["1 of 43 (2 %)", "9 of 43 (21 %)"]
    assert table["Not answered"].tolist() == [42, 34]
    assert table["Criteria not answered"][1].startswith("EVAL1, ")
    assert "All 2 cities have left criteria unanswered" in screen(app)


def test_who_was_there_before_and_is_not_now(opened: Open, cohort: MakeCohort) -> None:
    both = [{"city": city, "criterion_id": "DM1", "cycle": "2024"} for city in ("Lima", "Cusco")]
    app = opened(cohort([*both, {"city": "Lima", "criterion_id": "DM1"}]), "intake")
    assert table_in(app, "silent")["City"].tolist() == ["Cusco"]
    assert "1 city of 2024 has no answer in 2025" in screen(app)


def test_a_file_is_inspected_proposed_and_published_on_confirmation(opened: Open, real: Path) -> None:
    before = real.readlink()
    app = bring(opened(real, "intake"), "clerk.csv", FILE)
    assert "1 of 3 answers would be set aside, because the answer is not understood." in screen(app)
    assert table_in(app, "columns-0")["Read as"].tolist()[:2] == ["city", "cycle"]
    app = click(app, "_wanted")
    assert table_in(app, "proposed")["Accepted"].tolist() == [2]
    assert table_in(app, "proposed-rejected")["Found"].tolist() == ["Yess"]
    assert "Cities added 1 Puno" in " ".join(screen(app).split())
    assert not app.warning
    assert real.readlink() == before
    app = click(app, "_publish")
    assert real.readlink() != before
    assert "Published." in app.success[0].value
    assert table_in(app, "coverage")["City"].tolist() == ["Cusco", "Puno", "Lima"]


def test_a_new_city_that_resembles_a_known_one_is_warned_about(opened: Open, cohort: MakeCohort) -> None:
    database = cohort([{"city": "Birchmont", "criterion_id": "DM1"}], [{"city_id": "birchmont", "city": "Birchmont"}])
    app = click(bring(opened(database, "intake"), "new.csv", FILE.replace("Lima", "Birchmnt")), "_wanted")
    (warning,) = [each.value.replace("\\", "") for each in app.warning]
    assert warning.startswith(
        "new.csv: 'Birchmnt' may be Birchmont (birchmont); if it is, correct the name in the file"
    )


def test_many_files_are_looked_at_by_their_layout(opened: Open, real: Path) -> None:
    app = opened(real, "intake")
    others = [(f"city {n}.csv", FILE.replace("Lima", f"City {n}").encode(), "text/csv") for n in range(5)]
    doubtful = ("unsure.csv", b"Where are you,When,DM1,DM2\nLima,2025,Yes,No\n", "text/csv")
    for files, kinds in ((others, [5]), ([*others, doubtful], [5, 1])):
        app.file_uploader[0].set_value(files).run()
        assert not app.exception
        table = table_in(app, "kinds")
        assert table["Files"].tolist() == kinds
    assert table["Ready to load"].tolist() == ["yes", "no, see below"]
    assert "Load unsure.csv separately" in app.warning[0].value.replace("\\", "")
    assert "_wanted" not in {button.key for button in app.button}
    broken = ("broken.xlsx", b"PK\3\4 not a workbook", "text/csv")
    app.file_uploader[0].set_value([*others, broken]).run()
    assert "Take it out, and the others can be loaded" in app.error[0].value
    app = click(app.file_uploader[0].set_value(others).run(), "_wanted")
    assert len(table_in(app, "proposed")) == 5


def test_of_two_readers_the_second_is_told_and_may_try_again(opened: Open, real: Path) -> None:
    """The later proposal is the only one; whoever comes too late sees what has changed since, and then decides."""
    one = click(bring(opened(real, "intake"), "one.csv", FILE), "_wanted")
    two = click(bring(opened(real, "intake"), "two.csv", FILE.replace("Puno", "Ica")), "_wanted")
    one = click(one, "_publish")
    assert one.error[0].value == "This proposal is gone; propose the files again"
    assert "Published" in click(two, "_publish").success[0].value
    one = click(click(one, "_again-propose"), "_publish")
    assert "Published" in one.success[0].value
    assert sorted(table_in(one, "sources")["File"]) == ["answers-0.csv", "one.csv", "two.csv"]
    assert {"Ica", "Puno"} < set(table_in(one, "coverage")["City"])


def test_discarding_changes_nothing(opened: Open, real: Path) -> None:
    before = real.readlink()
    app = click(click(bring(opened(real, "intake"), "clerk.csv", FILE), "_wanted"), "_discard")
    assert "Nothing has changed." in app.success[0].value
    assert real.readlink() == before
    assert not list(real.parent.glob(".proposed-*"))


def test_a_hostile_file_is_one_sentence_and_changes_nothing(opened: Open, real: Path) -> None:
    before = real.readlink()
    app = bring(opened(real, "intake"), "<b>x</b>.xlsx", b"PK\3\4 not a workbook")
    assert len(app.error) == 1
    assert "is not a workbook that can be opened" in app.error[0].value
    assert str(real.parent) not in app.error[0].value
    assert real.readlink() == before


def test_what_is_in_doubt_is_decided_by_a_mapping_that_somebody_has_read(opened: Open, real: Path) -> None:
    doubtful = "Where are you,When,DM1,DM2\nLima,2025,Yes,No\nPuno,2025,No,Yes\n"
    app = bring(opened(real, "intake"), "unsure.csv", doubtful)
    assert "no column names the city" in app.warning[0].value
    assert "_wanted" not in {button.key for button in app.button}
    app.text_area[0].set_value('city = "Where are you"\ncycle = "When"\n').run()
    assert "_wanted" not in {button.key for button in app.button}
    app = click(app.checkbox[0].check().run(), "_wanted")
    assert table_in(app, "proposed")["Accepted"].tolist() == [4]


def test_levels_that_would_change_are_named(opened: Open, real: Path) -> None:
    every = [criterion.id for area in load_standards()["wwc-2022"].areas for criterion in area.criteria]
    rows = [f"Lima,2025,validated,{criterion},Yes" for criterion in every[:22]]
    content = "\n".join(["city,cycle,stage,criterion_id,response", *rows, ""])
    app = click(bring(opened(real, "intake"), "more.csv", content), "_wanted")
    assert table_in(app, "proposed-levels").to_dict("records") == [
        {
            "City": "Lima",
            "Cycle": "2025",
            "Answers are": "Validated",
            "Level now": "No level",
            "Level then": "Silver",
        }
    ]


def test_the_same_file_again_would_change_nothing(opened: Open, real: Path) -> None:
    app = click(click(bring(opened(real, "intake"), "clerk.csv", FILE), "_wanted"), "_publish")
    app = click(bring(app, "clerk.csv", FILE), "_wanted")
    assert "Publishing would change nothing" in screen(app)
    assert "_publish" not in {button.key for button in app.button}


@pytest.mark.parametrize("text", [MAY.replace("true", "false"), '[viewer]\nrole = "programme"\n'])
def test_without_permission_there_is_no_place_for_files(opened: Open, real: Path, settings: Path, text: str) -> None:
    settings.write_text(text)
    app = opened(real, "intake")
    assert CLOSED in screen(app)
    assert not app.file_uploader
    assert len(table_in(app, "coverage")) == 2


@pytest.mark.parametrize("text", [None, "", MAY.replace("programme", "public"), MAY.replace("programme", "researcher")])
def test_only_the_programme_sees_the_page(opened: Open, real: Path, settings: Path, text: str | None) -> None:
    settings.unlink()
    if text is not None:
        settings.write_text(text)
    app = opened(real, "intake")
    assert NOT_THEIRS in screen(app)
    assert not app.file_uploader
    assert not app.dataframe


def test_a_permission_that_ends_while_the_page_is_open_ends_there(opened: Open, real: Path, settings: Path) -> None:
    before = real.readlink()
    app = click(bring(opened(real, "intake"), "clerk.csv", FILE), "_wanted")
    settings.write_text("")
    app = click(app, "_publish")
    assert NOT_THEIRS in screen(app)
    assert real.readlink() == before
