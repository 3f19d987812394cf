"""The only place that writes a name or a text into SQL: relations cannot be described with bound values."""

from pathlib import Path


def identifier(name: str) -> str:
    """A column's name in SQL, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in SQL, whatever is in it; NUL cannot stand in a query and is left out."""
    return "'" + text.replace("\0", "").replace("'", "''") + "'"


def file_name(path: Path) -> str:
    """A file's name in SQL. DuckDB reads *, ? and [ in it as a pattern, so each is wrapped to stand for itself."""
    return literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))
