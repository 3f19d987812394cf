"""What there is, as an OpenAPI 3.1 document for programs."""

from typing import Any

from lib.api.described import ABOUT, REPEATED, Described, described
from lib.exports.asking import values_of
from lib.exports.formats import PLAIN
from lib.segments import LONGEST_URL
from lib.warehouse import Warehouse


def openapi(warehouse: Warehouse) -> dict[str, Any]:
    """The OpenAPI document; the values of the parameters are those of this database."""
    known = described(warehouse)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{known.standard.name}: tables",
            "version": f"1+{known.version}",
            "summary": "Tables of the assessment that can be cited, repeated and joined. For reading only.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/": {"get": _operation("listTables", "What tables there are", {"200": _json("The tables.")})},
            "/{table}.{form}": {
                "parameters": [
                    _path("table", [table.name for table in known.tables]),
                    _path("form", list(PLAIN)),
                    *_parameters(known),
                ],
                "get": _operation("getTable", "The rows of a table", _answers({"content": _kinds()})),
                "head": _operation("headTable", "The headers only", _answers({})),
            },
        },
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _path(name: str, values: list[str]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "enum": values}}


def _parameters(known: Described) -> list[dict[str, Any]]:
    """Values of the selection in its own words; those of a cycle are the union over cycles, as a document is one."""
    single = {"standard", "cycle", "stage", "versus"}
    selection = [
        _query(key, {"type": "string", "enum": list(values)}, repeated=key not in single)
        for key, values in ({**known.values, **_of_all_cycles(known)}).items()
        if values and key in known.values
    ]
    whole = {"type": "integer", "minimum": 0, "maximum": 10**12 - 1}
    columns = {"type": "array", "items": {"type": "string"}}
    return [
        *selection,
        *([_query("by", {"type": "string", "enum": list(known.groupings)})] if known.groupings else []),
        *([_query("segment", {"type": "string", "maxLength": LONGEST_URL})] if known.groupings else []),
        _query("shape", {"type": "string", "enum": ["long", "wide"], "default": "long"}),
        {**_query("columns", columns), "style": "form", "explode": False},
        _query("limit", whole),
        _query("offset", whole),
        _query("cursor", {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}),
    ]


def _of_all_cycles(known: Described) -> dict[str, tuple[str, ...]]:
    choices, standards = known.choices, known.choices.standards
    cycles = [cycle.label for standard in standards for cycle in standard.cycles]
    stages = [
        word
        for standard in standards
        for cycle in standard.cycles
        for word in values_of(choices, standard.id, cycle.label, "")["stage"]
    ]
    levels = [level for standard in standards for level in choices.levels(standard.id)]
    return {
        "cycle": tuple(dict.fromkeys(cycles)),
        "stage": tuple(dict.fromkeys(stages)),
        "versus": (*dict.fromkeys(cycles), *known.values["versus"][-1:]),
        "level": tuple(dict.fromkeys(levels)),
    }


def _query(key: str, schema: dict[str, Any], *, repeated: bool = False) -> dict[str, Any]:
    about = ABOUT.get(key, "Only these.")
    if repeated:
        schema, about = {"type": "array", "items": schema}, f"{about} {REPEATED}"
    return {"name": key, "in": "query", "required": False, "description": about, "schema": schema}


def _operation(id_: str, summary: str, answers: dict[str, Any]) -> dict[str, Any]:
    problems = {status: _problem(text) for status, text in _PROBLEMS.items()}
    return {"operationId": id_, "summary": summary, "responses": answers | problems}


def _kinds() -> dict[str, Any]:
    return {form.media_type.partition(";")[0]: {} for form in PLAIN.values()}


def _answers(body: dict[str, Any]) -> dict[str, Any]:
    part = _HEADERS | {"Content-Range": {"description": "Which bytes, of how many.", "schema": {"type": "string"}}}
    return {
        "200": {"description": "The rows, all of them or those asked for.", "headers": _HEADERS, **body},
        "206": {"description": "The bytes asked for (Range).", "headers": part, **body},
        "304": {"description": "You have these very bytes (If-None-Match).", "headers": _HEADERS},
    }


def _json(text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": {"type": "object"}}}}


def _problem(text: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": schema}}}


_HEADERS = {
    name: {"description": text, "schema": {"type": "string"}}
    for name, text in {
        "ETag": "Tells these bytes from all others.",
        "Link": "The first and the next rows, where limit was given.",
        "X-Rows-Total": "Rows of the whole table.",
        "X-Data-Version": "The version of the data, as this address shows them.",
    }.items()
}
_PROBLEMS = {
    "400": "A parameter or a value that there is not; tells which, and what there is.",
    "404": "There is no such table or format.",
    "410": "The data have changed since the cursor was given.",
    "414": "The address is too long.",
    "416": "The file has no such bytes.",
    "429": "Too many requests; Retry-After tells when to come again.",
    "500": "The question failed; the log of the server tells why.",
    "503": "Not just now.",
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
        "value": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
    },
}
