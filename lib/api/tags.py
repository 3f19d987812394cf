"""Entity tags: two answers have the same tag only where they have the same bytes."""

import hashlib
import json
import sys
import zlib

import duckdb
import pyarrow as pa

from lib.api.asking import Asked
from lib.exports.receipt import EXPORTS_VERSION, address


def tag_of(asked: Asked, version: str, encoding: str) -> str:
    """A strong tag of what was asked, of this data version as this viewer sees it, written by this code."""
    code = (EXPORTS_VERSION, pa.__version__, duckdb.__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION)
    told = address(asked.request, asked.selection, asked.choices)
    digest = hashlib.sha256(json.dumps([version, asked.form, told, code], sort_keys=True).encode()).hexdigest()
    return f'"{digest[:32]}{f"-{encoding}" if encoding else ""}"'


def names(header: str, tag: str) -> bool:
    """Does an If-None-Match name this tag?"""
    return header.strip() == "*" or tag in (known.strip().removeprefix("W/") for known in header.split(","))
