"""Which SQL the query window runs: one statement that only reads, from the tables of this database.

DuckDB's own parser takes the statement apart, so comments, quoting and odd spacing hide nothing. The database is locked
besides (lib.warehouse), and runs in a process of its own (lib.window.child): three walls, not one.
"""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from lib.warehouse import LOCKED, Warehouse

LONGEST = 20_000
"""Characters of a statement."""

# Everything else that stands for rows reads files, settings, logs or the catalogue.
_ROW_MAKERS = {"range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree"}
# Functions that tell about the process, or that would run text as SQL behind the parser's back.
_UNTOLD = {
    "getenv",
    "getvariable",
    "current_setting",
    "write_log",
    "query",
    "query_table",
    "json_execute_serialized_sql",
    "json_serialize_plan",
    "sleep_ms",
    "pg_sleep",
}
_TABLES = """
select lower(table_name) as name from duckdb_tables() where not internal and database_name = current_database()
union
select lower(view_name) as name from duckdb_views() where not internal and database_name = current_database()
"""
# Where a step's name does not reach, it would mean one of these: settings, logs, the paths of files.
_OF_THE_SYSTEM = """
select distinct lower(view_name) as name from duckdb_views() where internal and schema_name <> 'information_schema'
"""
_TREE = "select json_serialize_sql($sql::varchar, skip_null := true, skip_empty := true) as tree"


class Refused(Exception):  # noqa: N818  (reads as the sentence it carries)
    """The statement is not run, or was stopped; one sentence for the reader."""


def check(warehouse: Warehouse, sql: str) -> None:
    """Say nothing of a statement that may run. Raises Refused."""
    _one_that_reads(sql)
    tables = set(warehouse.arrow(_TABLES)["name"].to_pylist())
    nodes = list(_nodes(_tree(warehouse, sql)))
    steps = {name.lower() for node in nodes for name in _named_steps(node)}
    for name in sorted(steps & set(warehouse.arrow(_OF_THE_SYSTEM)["name"].to_pylist())):
        raise Refused(f"No step may be called “{name}”, which is a name of the system's: choose another.")
    for node in nodes:
        _allowed(node, tables | steps)


def unended(sql: str) -> str:
    """The one statement without the semicolons behind it, and without comments behind these."""
    sql = sql.strip()
    before, sign, after = sql.rpartition(";")
    while sign and _statements(after) == 0 and _statements(before) == 1:
        sql = before.rstrip()
        before, sign, after = sql.rpartition(";")
    return sql


def _statements(text: str) -> int | None:
    """How many statements a part of one that was checked holds; None where it is cut within a text or a comment."""
    try:
        with duckdb.connect(":memory:", config=dict(LOCKED)) as parser:
            return len(parser.extract_statements(text))
    except duckdb.Error:
        return None


def _one_that_reads(sql: str) -> None:
    if len(sql) > LONGEST:
        raise Refused(f"A question may have {LONGEST:,} characters; this one has {len(sql):,}.")
    if "\0" in sql:
        raise Refused("The question contains a character that SQL does not have.")
    try:
        # On a locked connection: “import database” makes the parser itself read files.
        with duckdb.connect(":memory:", config=dict(LOCKED)) as parser:
            statements = parser.extract_statements(sql)
    except (duckdb.Error, RecursionError) as fault:
        raise Refused(told(fault)) from fault
    if not statements:
        raise Refused("There is no question yet: write a statement that begins with select.")
    if len(statements) > 1 and not any(statement.query for statement in statements):  # which no reader wrote
        raise Refused("“pivot” asks for its values first: name them, as in pivot city on country in ('Brazil').")
    if len(statements) > 1:
        raise Refused(f"One statement at a time, please: these are {len(statements)}.")
    if statements[0].type != duckdb.StatementType.SELECT:
        raise Refused(f"Only questions are answered here (select …), not {_word(statements[0])}.")


def _tree(warehouse: Warehouse, sql: str) -> dict[str, Any]:
    try:
        tree = json.loads(warehouse.arrow(_TREE, {"sql": sql})["tree"][0].as_py())
    except RecursionError as fault:
        raise Refused("The question is nested too deeply.") from fault
    if tree.get("error"):
        raise Refused("Only questions are answered here: a statement that begins with select.")
    return dict(tree)


def _nodes(tree: object) -> Iterator[dict[str, Any]]:
    """Every object of the tree, without recursion."""
    waiting = [tree]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict):
            yield thing
            waiting.extend(thing.values())
        elif isinstance(thing, list):
            waiting.extend(thing)


def _named_steps(node: dict[str, Any]) -> Iterator[str]:
    """The names that a `with` gives."""
    steps = node.get("cte_map")
    if isinstance(steps, dict):
        yield from (str(step["key"]) for step in steps.get("map", ()))


def _allowed(node: dict[str, Any], tables: set[str]) -> None:
    """Raises Refused where a node reads what is not a table of this database."""
    kind = node.get("type")
    if kind == "BASE_TABLE":
        _a_table(node, tables)
    elif kind == "TABLE_FUNCTION" and _name(node["function"]) not in _ROW_MAKERS:
        raise Refused(f"Rows come from the tables beside the question only, not from {_name(node['function'])}().")
    elif kind == "SHOW_REF" and "query" not in node:
        raise Refused("The tables and their columns stand beside the question; “describe city” tells one of them.")
    elif node.get("class") == "FUNCTION" and _name(node) in _UNTOLD:
        raise Refused(f"{_name(node)}() is not available here.")
    elif node.get("class") == "PARAMETER":
        raise Refused("A question has no blanks to fill in: write the values themselves in place of ? or $name.")


def _a_table(node: dict[str, Any], tables: set[str]) -> None:
    name = str(node.get("table_name", ""))
    elsewhere = node.get("catalog_name") or node.get("schema_name", "main").lower() != "main"
    if elsewhere or name.lower() not in tables:
        raise Refused(f"There is no table “{name[:60]}” here; those that there are stand beside the question.")


def _name(function: dict[str, Any]) -> str:
    return str(function.get("function_name", "")).lower()


def _word(statement: duckdb.Statement) -> str:
    return f"“{statement.type.name.replace('_', ' ').lower()}”"


def told(fault: BaseException) -> str:
    """What a reader needs of a fault of DuckDB's: its first line, which names columns and places in the question."""
    if isinstance(fault, duckdb.InternalException | RecursionError):
        return "The question could not be understood: it may be nested too deeply."
    if isinstance(fault, duckdb.IOException | duckdb.PermissionException):
        return "Rows come from the tables beside the question only."
    line = next(iter(str(fault).splitlines()), "").partition(' Use "SET')[0].strip()
    return line[:300] or "The question could not be answered."
