"""`report` on the command line: one card or all, under names that any disk takes, and only what a city may know."""

from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader

from lib.report.files import file_name
from lib.warehouse import open_current
from tests.conftest import MakeCohort
from tests.lib.report.conftest import answers, towns, uncertified
from tests.pipelines.test_cli import run


def report(database: Path, out: Path, *options: str | Path) -> tuple[int, str, str]:
    return run("report", "--out", out, "--database", database, *options)


def cities(database: Path) -> list[str]:
    rows = open_current(database).fetch(
        "select city_id::text as city from city_score where cycle::text = '2025' and stage = 'validated' order by 1"
    )
    ids: list[str] = rows["city"].tolist()
    return ids


def test_one_card_in_each_form(demo_database: Path, tmp_path: Path) -> None:
    city = cities(demo_database)[0]
    for form in ("pdf", "pptx", "html"):
        code, told, wrong = report(demo_database, tmp_path, "--city", city, "--format", form, "--paper", "Letter")
        assert (code, wrong) == (0, "")
        assert told == f"{tmp_path / file_name(city, '2025', form)}: 1 report card\n"
    (pdf,) = tmp_path.glob("*.pdf")
    (pptx,) = tmp_path.glob("*.pptx")
    pages = PdfReader(pdf).pages
    assert (len(pages), round(float(pages[0].mediabox.width))) == (2, 612)
    assert len(Presentation(str(pptx)).slides) > 5


def test_a_card_holds_what_the_city_may_know_unless_asked_otherwise(demo_database: Path, tmp_path: Path) -> None:
    city, exact = cities(demo_database)[0], "figures of peers are exact"
    report(demo_database, tmp_path / "city", "--city", city, "--format", "html")
    report(demo_database, tmp_path / "whole", "--city", city, "--format", "html", "--whole")
    (as_city,), (whole,) = (list((tmp_path / name).glob("*")) for name in ("city", "whole"))
    assert exact not in as_city.read_text(encoding="utf-8")
    assert "so that nobody’s answers show" in as_city.read_text(encoding="utf-8")
    assert exact in whole.read_text(encoding="utf-8")


def test_a_card_names_nobody_who_is_not_certified(demo_database: Path, tmp_path: Path) -> None:
    """As an attacker would: every byte of every form, for the names and ids of those who take part in confidence."""
    city = cities(demo_database)[3]
    hidden = uncertified(demo_database, city)
    for form in ("pdf", "pptx", "html"):
        report(demo_database, tmp_path, "--city", city, "--format", form)
    (pdf,), (pptx,), (html,) = (list(tmp_path.glob(f"*.{form}")) for form in ("pdf", "pptx", "html"))
    slides = Presentation(str(pptx)).slides
    sent = " ".join(page.extract_text() for page in PdfReader(pdf).pages)
    sent += " ".join(part.blob.decode("latin-1") for part in slides.part.package.iter_parts())
    sent += html.read_text(encoding="utf-8")
    assert len(hidden) > 9
    assert [name for name in hidden if name in sent or name.lower().replace(" ", "-") in sent] == []


@pytest.mark.slow
def test_all_of_them_in_processes(demo_database: Path, tmp_path: Path) -> None:
    code, told, wrong = report(demo_database, tmp_path / "new", "--all", "--format", "html")
    assert (code, wrong) == (0, "")
    names = {file_name(city, "2025", "html") for city in cities(demo_database)}
    assert {path.name for path in (tmp_path / "new").iterdir()} == names
    assert told == f"{tmp_path / 'new'}: {len(names)} report cards\n"


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ((), "Error: say whose card: --city ID, or --all"),
        (("--all", "--city", "x"), "Error: say whose card: --city ID, or --all"),
        (("--city", "atlantis"), "Error: nobody has the id atlantis"),
        (("--all", "--cycle", "1999"), "Error: --cycle 1999 is nothing that can be selected in this database"),
        (("--all", "--standard", "x"), "Error: --standard x is nothing that can be selected in this database"),
        (("--all", "--peers", "shoe size"), "Error: --peers shoe size is no rule; there are class, size"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    demo_database: Path, tmp_path: Path, options: tuple[str, ...], fault: str
) -> None:
    code, _, wrong = report(demo_database, tmp_path / "out", *options)
    assert code == 1
    assert fault in wrong
    assert not (tmp_path / "out").exists()


def test_who_sat_the_cycle_out_is_told_and_exit_code_1(cohort: MakeCohort, tmp_path: Path) -> None:
    database = cohort([*answers(towns(8), cycle="2024"), *answers(towns(7))])
    code, told, wrong = report(database, tmp_path / "out", "--city", "c007", "--whole")
    assert (code, wrong) == (1, "Error: c007 has no validated answers in 2025.\n")
    assert told.endswith("0 report cards\n")


def test_without_a_database_it_is_one_sentence(tmp_path: Path) -> None:
    code, _, wrong = report(tmp_path / "none.duckdb", tmp_path / "out", "--all")
    assert code == 1
    assert wrong.startswith("Error: There is no cohort database none.duckdb yet.")


@pytest.mark.parametrize(
    ("city", "plain"),
    [
        ("alder-falls", "alder-falls"),
        ("São Aurélio", "Sao-Aurelio-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("=cmd|'/c calc'!A1", "cmd-c-calc-A1-"),
        ("CON", "CON-"),
        ("東京", ""),
        ("x" * 300, "x" * 80 + "-"),
        ("\u202egpj.exe", "gpj-exe-"),
    ],
)
def test_names_of_files_are_plain_and_their_own(city: str, plain: str) -> None:
    name = file_name(city, "2025", "pdf")
    assert name.startswith(f"report-card_2025_{plain}")
    assert name.isascii()
    assert len(name) < 130
    assert not set(name) & set('/\\:*?"<>| ')
    assert file_name(f"{city}!", "2025", "pdf") != name
