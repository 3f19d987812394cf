"""The process that answers one question of the query window and ends. What a question does, it does to it alone.

Its database is the viewer's (lib.access), its environment is empty, its memory and time are limited from outside. Reads
one JSON object from its input, writes an Arrow stream to its output or one sentence to its complaints. It does
without pandas, which would be half of its start and 40 MB of what it may have.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import duckdb
import pyarrow as pa

from lib.exports.table import plain
from lib.viewer import PROGRAMME, Viewer
from lib.warehouse import Warehouse, WarehouseError
from lib.window.statement import Refused, check, told, unended

_TOO_LARGE = "The answer is larger than {:,} MB: ask for fewer columns or rows."


def main() -> int:
    """Answer the question on the input. The exit code is 0 only where there is an answer."""
    asked = json.load(sys.stdin)
    try:
        with _faults():
            _answer(asked, sys.stdout.buffer)
    except Refused as refusal:
        sys.stderr.write(str(refusal))
        return 1
    return 0


def opened(viewer: Viewer, path: Path, seconds: float) -> Warehouse:
    """The database that this viewer may read, and no other. Raises WarehouseError."""
    if viewer.role == PROGRAMME:
        return Warehouse(path, seconds)
    from lib.access.door import open_for  # noqa: PLC0415  (most questions need none of it, and each pays for imports)

    return open_for(viewer, path)


def _answer(asked: dict[str, Any], output: IO[bytes]) -> None:
    """At most `rows` + 1 rows, the last to tell that there are more."""
    warehouse = opened(Viewer(asked["role"], tuple(asked["cities"])), Path(asked["path"]), asked["seconds"])
    _without_pandas()
    _confine(asked["in_all"], asked["room"])
    check(warehouse, asked["sql"])
    statement = _printable(warehouse, unended(asked["sql"]))
    rows = plain(warehouse.arrow(f"from (\n{statement}\n) limit $most", {"most": asked["rows"] + 1}))
    if rows.nbytes > asked["bytes"]:
        raise Refused(_TOO_LARGE.format(asked["bytes"] >> 20))
    with pa.ipc.new_stream(output, rows.schema) as stream:
        stream.write_table(rows)


def _without_pandas() -> None:
    """DuckDB imports it at the first value that it is given, to see whether that is one of pandas' own."""
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # Python's own sign for: there is none


def _confine(in_all: int, room: int) -> None:
    """From here on the process may have `in_all` bytes, or `room` more than it has, whichever is more.

    DuckDB's own limit does not count all that it takes.
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    told = {name: rest.split()[0] for name, _, rest in (line.partition(":") for line in lines) if rest.endswith("kB")}
    data, resident = (int(told[name]) << 10 for name in ("VmData", "VmRSS"))
    most = data + max(in_all - resident, room)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _printable(warehouse: Warehouse, sql: str) -> str:
    """The statement with a name of its own for each column, and lists, structures and intervals as text."""
    fields = list(warehouse.arrow(f"from (\n{sql}\n) limit 0").schema)
    names = _distinct([field.name for field in fields])
    if names == [field.name for field in fields] and all(_simple(field.type) for field in fields):
        return sql
    places = [f"c{number}" for number in range(len(fields))]
    columns = (
        f"{place}{'' if _simple(field.type) else '::varchar'} as {_quoted(name)}"
        for place, field, name in zip(places, fields, names, strict=True)
    )
    return f"select {', '.join(columns)} from (\n{sql}\n) as answer({', '.join(places)})"  # noqa: S608 (it is SQL)


def _simple(kind: pa.DataType) -> bool:
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = (pa.types.is_primitive, pa.types.is_string, pa.types.is_large_string, pa.types.is_null)
    return any(test(kind) for test in tests) and not pa.types.is_interval(kind) and not pa.types.is_duration(kind)


def _distinct(names: list[str]) -> list[str]:
    """The names with a number behind those that came before, whatever the case."""
    given: list[str] = []
    for name in names:
        number, tried = 1, name
        while tried.lower() in (known.lower() for known in given):
            number, tried = number + 1, f"{name}_{number}"
        given.append(tried)
    return given


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


@contextmanager
def _faults() -> Iterator[None]:
    """Every fault that a question can cause, as one sentence."""
    try:
        yield
    except (duckdb.OutOfMemoryException, MemoryError, pa.ArrowMemoryError) as fault:
        raise Refused("The question needs more memory than it may have: ask for less at once.") from fault
    except WarehouseError as fault:
        raise Refused(str(fault)) from fault
    except (duckdb.Error, pa.ArrowException) as fault:
        raise Refused(told(fault)) from fault


if __name__ == "__main__":
    sys.exit(main())
