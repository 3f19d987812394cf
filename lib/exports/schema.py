"""The table's schema in two languages: Frictionless (Data Package 2.0) and Croissant (JSON-LD)."""

from typing import Any

import pyarrow as pa

from lib.exports.citing import Citation, author, sentence
from lib.exports.empties import STATUSES as FIGURE_STATUSES
from lib.exports.empties import WORDS
from lib.exports.statistical import STATUSES
from lib.exports.table import Export, Receipt

MISSING = {
    "not_answered": "not answered",
    "not_applicable": "not asked: it does not apply",
    "suppressed": "suppressed: too few share it",
    "blocked": "blocked: a criterion that it requires is not met",
}
"""Words that stand in place of an answer, as a reader says them."""
_STATUSES = "met, partly_met, not_met"
"""How the meaning of a column of statuses begins."""
_KEYS = {
    "responses": ["city_id", "criterion_id"],
    "area_scores": ["city_id", "area_id"],
    "family_scores": ["city_id", "family_id"],
    "city_scores": ["city_id"],
    "cities": ["city_id"],
    "criterion_rates": ["criterion_id"],
    "criterion_rates_by": ["criterion_id", "group_name"],
    "panel_changes": ["criterion_id"],
}
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def datapackage(export: Export, receipt: Receipt, citation: Citation, path: str, digest: str) -> dict[str, Any]:
    """datapackage.json. A status may be one of the words of `MISSING`: each reader knows what is no answer, and why."""
    facts = dict(receipt.facts)
    named = {"name": citation.licence, "path": citation.licence_url} if citation.licence else {}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": export.name.replace("_", "-"),
        "title": receipt.title,
        "description": f"{facts['selection']}. {facts.get('data', '')}".strip(),
        "version": facts["database version"],
        "created": f"{receipt.built_at:%Y-%m-%dT%H:%M:%SZ}",
        **({"licenses": [{key: text for key, text in named.items() if text}]} if named else {}),
        "contributors": [{"title": author(citation, receipt), "roles": ["creator"]}],
        "resources": [
            {
                "name": export.name.replace("_", "-"),
                "type": "table",
                "path": path,
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "hash": f"sha256:{digest}",
                "schema": _schema(export),
            }
        ],
    }


def croissant(export: Export, receipt: Receipt, citation: Citation, path: str, digest: str) -> dict[str, Any]:
    """croissant.json: the same for those who feed machines, Croissant 1.0."""
    facts, name = dict(receipt.facts), export.name.replace("_", "-")
    meanings = dict(zip(export.codebook["column"], export.codebook["description"], strict=True))
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": name,
        "description": f"{receipt.title}. {facts['selection']}. {facts.get('data', '')}".strip(),
        "license": citation.licence_url or citation.licence or "not stated",
        "url": export.link,
        "version": "1.0.0",
        "datePublished": f"{receipt.built_at:%Y-%m-%d}",
        "creator": {"@type": "sc:Organization", "name": author(citation, receipt)},
        "citeAs": sentence(export, receipt, citation),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": "table",
                "name": "table",
                "contentUrl": path,
                "encodingFormat": "text/csv",
                "sha256": digest,
            }
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": name,
                "name": name,
                "field": [_croissant_field(name, field, meanings[field.name]) for field in export.schema],
            }
        ],
    }


def _croissant_field(table: str, field: pa.Field, meaning: str) -> dict[str, Any]:
    kinds = {"integer": "sc:Integer", "number": "sc:Float", "datetime": "sc:DateTime", "boolean": "sc:Boolean"}
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{field.name}",
        "name": field.name,
        "description": meaning,
        "dataType": kinds.get(_type(field.type), "sc:Text"),
        "source": {"fileObject": {"@id": "table"}, "extract": {"column": field.name}},
    }


def _schema(export: Export) -> dict[str, Any]:
    words = zip(export.schema, export.codebook["description"], export.codebook["when_empty"], strict=True)
    fields = [_field(field, meaning, empty) for field, meaning, empty in words]
    wide = dict(export.receipt.facts).get("table", "").endswith("wide")
    key = ["city_id"] if wide else _KEYS[export.name]
    known = set(key) <= set(export.schema.names)
    return {"fields": fields, "missingValues": [""], **({"primaryKey": key} if known else {})}


def _field(field: pa.Field, meaning: str, empty: str) -> dict[str, Any]:
    told: dict[str, Any] = {"name": field.name, "type": _type(field.type), "description": meaning}
    if empty:
        told["missingValues"] = [{"value": "", "label": empty}]
    if field.name.endswith(FIGURE_STATUSES):
        told["categories"] = [{"value": word, "label": label} for word, label in WORDS.items()]
    if _STATUSES in meaning:
        told["categories"] = [word for word in STATUSES if word not in MISSING]
        words = [{"value": word, "label": label} for word, label in MISSING.items()]
        told["missingValues"] = [{"value": "", "label": "missing"}, *words]
    return told


def _type(kind: pa.DataType) -> str:
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "number"
    return "datetime" if pa.types.is_temporal(kind) else "boolean" if pa.types.is_boolean(kind) else "string"
