"""Whatever a file is and whatever the disk does: one clear sentence, bounded memory, nothing changed."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.load import LoadError, Options, load
from tests.pipelines.commands import Commands, ready
from tests.pipelines.hostile import FILES, SOUND, cell, sheet, with_sheet, workbook
from tests.pipelines.loads import ask, load_text, loaded_once, tables

GIGABYTE = 1_000_000  # kilobytes, as the kernel counts
TEXT = "city,cycle,criterion_id,response\nAlder Falls,2025,DM1,yes\n"


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    with ready() as running:
        yield running


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return loaded_once(tmp_path / "cohort.duckdb", TEXT)


def command(database: Path, path: Path) -> list[str]:
    return ["load", str(path), "--standard", "wwc-2022", "--cycle", "2025", "--database", str(database)]


def left(database: Path) -> list[Path]:
    return [*database.parent.glob(".building-*"), *database.with_suffix(".sources").glob(".incoming-*")]


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_one_sentence_bounded_memory_and_no_change(
    database: Path, commands: Commands, name: str
) -> None:
    before = (database.readlink(), database.read_bytes())
    path = database.with_name(name)
    FILES[name](path)
    done = commands.run(command(database, path))
    assert done.code == 1
    assert re.fullmatch(rf"Error: {re.escape(name)}: [^\n]+\n", done.stderr), done.stderr
    assert done.peak < GIGABYTE
    assert (database.readlink(), database.read_bytes()) == before
    assert left(database) == []


def test_a_formula_with_its_result_is_read_and_one_with_an_empty_result_is_blank(database: Path) -> None:
    path = database.with_name("formula.xlsx")
    header = cell("A1", b"city") + cell("B1", b"DM1") + cell("C1", b"DM2")
    yes = b'<c r="B2" t="str"><f>IF(1&gt;0,"yes","no")</f><v>yes</v></c>'
    blank = b'<c r="C2" t="str"><f>""</f><v></v></c>'
    rows = b'<row r="1">' + header + b'</row><row r="2">' + cell("A2", b"Birchmont") + yes + blank + b"</row>"
    path.write_bytes(with_sheet(sheet(rows)))
    load([path], Options("wwc-2022", cycle="2025"), database)
    found = "select criterion_id::text, status::text from response where city_id = 'birchmont' order by all"
    assert ask(database, found) == [("DM1", "met"), ("DM2", "not_answered")]


def test_a_sound_workbook_of_the_same_kind_loads(database: Path) -> None:
    path = database.with_name("sound.xlsx")
    path.write_bytes(SOUND)
    assert load([path], Options("wwc-2022", cycle="2025"), database).changed
    path.write_bytes(workbook({"A1": "city", "B1": "DM1", "A2": "B", "B2": "yes", "Z9000": "far, but not too far"}))
    assert load([path], Options("wwc-2022", cycle="2025"), database).changed


@pytest.mark.parametrize(("name", "sentence"), [("pipe", "pipe: is not a file"), ("gone", "gone: No such file")])
def test_what_is_no_file_is_refused_at_once(database: Path, name: str, sentence: str) -> None:
    os.mkfifo(database.with_name("pipe"))
    with pytest.raises(LoadError, match=sentence):
        load([database.with_name(name)], Options("wwc-2022"), database)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable for root")
def test_an_unreadable_file_is_told(database: Path) -> None:
    path = database.with_name("secret.csv")
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(LoadError, match=r"secret\.csv: Permission denied"):
        load([path], Options("wwc-2022"), database)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells who writes")
def test_a_file_that_is_still_being_written_is_refused_until_it_is_complete(database: Path) -> None:
    path = database.with_name("growing.csv")
    stop = threading.Event()

    def write() -> None:
        with path.open("w", encoding="utf-8") as file:
            file.write(TEXT.replace("Alder Falls", "Birchmont"))
            number = 0
            while not stop.is_set():
                number += 1
                file.write(f"City {number},2025,DM1,yes\n")
                file.flush()
                time.sleep(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not path.exists():
            time.sleep(0.01)
        with pytest.raises(LoadError, match=r"growing\.csv: is still being written"):
            load([path], Options("wwc-2022"), database)
    finally:
        stop.set()
        writer.join()
    assert load([path], Options("wwc-2022"), database).changed
    lines = path.read_text(encoding="utf-8").count("\n") - 1
    assert ask(database, "select count(*) from response") == [(lines + 1,)]


def test_a_file_that_somebody_only_has_open_is_taken(database: Path) -> None:
    path = database.with_name("open.csv")
    path.write_text(TEXT.replace("DM1", "DM2"), encoding="utf-8")
    with path.open("r+", encoding="utf-8"):
        assert load([path], Options("wwc-2022"), database).changed


@pytest.mark.slow
def test_files_may_not_grow_changes_nothing_at_whatever_size(database: Path, commands: Commands) -> None:
    """The same as a full disk for whoever writes, and the system means it: every write past the limit fails."""
    before = (database.readlink(), tables(database))
    path = database.with_name("more.csv")
    rows = "".join(f"City {number},2025,DM1,yes\n" for number in range(3000))
    path.write_text(TEXT + rows, encoding="utf-8")
    size = database.stat().st_size
    for limit in (0, 64, 1000, 40_000, size // 4, size // 2, size - 300_000, size - 4096):
        done = commands.run(command(database, path), limit)
        assert (done.code, done.stderr.count("\n")) == (1, 1), (limit, done.stderr)
        assert done.stderr.startswith("Error: ")
        assert (database.readlink(), tables(database)) == before
        assert left(database) == []
    load([path], Options("wwc-2022"), database)
    assert ask(database, "select count(*) from response") == [(3001,)]


# Its own process unmounts it: that sees the pipe end also when the tests are killed, and nothing stays behind.
DISK = 'mount -t tmpfs -o size=24m tmpfs "$0" || exit; echo mounted; cat; umount --lazy "$0"'


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB, where this machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(["sh", "-c", DISK, folder], start_new_session=True, **pipes) as keeper:
        assert keeper.stdout is not None
        if not keeper.stdout.readline():
            pytest.skip("mounting takes rights that this process does not have")
        yield folder
    assert keeper.returncode == 0


@pytest.mark.slow
def test_a_full_disk_changes_nothing_and_when_there_is_room_the_load_works(
    small_disk: Path, tmp_path: Path, commands: Commands
) -> None:
    database = small_disk / "cohort.duckdb"
    load_text(database, TEXT)
    before = (database.readlink(), tables(database))
    path = tmp_path / "more.csv"
    path.write_text(TEXT + "".join(f"City {number},2025,DM1,yes\n" for number in range(3000)), encoding="utf-8")
    filler = small_disk / "filler"
    for free in (0, 100, 1000, 3000, 5000):
        filler.unlink(missing_ok=True)
        room = os.statvfs(small_disk)
        filler.write_bytes(b"x" * max(0, room.f_bavail * room.f_frsize - free * 1000))
        done = commands.run(command(database, path))
        if done.code == 0:
            break
        assert done.stderr.startswith("Error: "), done.stderr
        assert done.stderr.count("\n") == 1, done.stderr
        assert (database.readlink(), tables(database)) == before
        assert left(database) == []
    assert free > 0
    filler.unlink()
    load([path], Options("wwc-2022"), database)
    assert ask(database, "select count(*) from response") == [(3001,)]
