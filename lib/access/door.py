"""The one door to the data for pages and routes alike: the database that a viewer may see, made once per version."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from lib.access.making import LEAST, NotSafeError, made
from lib.release import release_of
from lib.selection import MINIMUM_N
from lib.viewer import CITY, PROGRAMME, Viewer
from lib.warehouse import Warehouse, WarehouseMissing, WarehouseRefused, located, open_current

MOST = 24
"""Databases of different viewers kept in memory; whoever has not asked for longest has theirs made anew."""
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Kept:
    """One viewer's database of one public name; two who ask at once wait for one making."""

    making: threading.Lock = field(default_factory=threading.Lock)
    identity: Hashable = None
    warehouse: Warehouse | None = None


_kept: OrderedDict[tuple[Path, Viewer], _Kept] = OrderedDict()
_keeping = threading.Lock()


def open_for(viewer: Viewer, public: Path) -> Warehouse:
    """What this viewer may see of the version that the public name points at now; call it anew for every run.

    For the programme that is the published database itself, for everybody else one in memory that holds nothing else.
    Raises WarehouseMissing, WarehouseUnreadable or WarehouseRefused, each one sentence for the reader.
    """
    if viewer.role == PROGRAMME:
        return open_current(public)
    open_current(public)  # says so where there is none, or none that can be read
    target, identity = located(public)
    identity = (identity, _state(release_of(target)))
    kept = _place(public, viewer)
    with kept.making:
        if kept.warehouse is None or kept.identity != identity:
            kept.warehouse = None  # the old one closes before the new one is made
            kept.warehouse, kept.identity = _made(viewer, target), identity
        return kept.warehouse


def opened_once(viewer: Viewer, public: Path) -> Warehouse:
    """The same for one file that nobody comes back to: nothing is remembered, and only a codebook would lack a word.

    Raises as `open_for` does.
    """
    if viewer.role == PROGRAMME:
        return open_current(public)
    target, _ = located(public)
    return _made(viewer, target, told=False)


def _place(public: Path, viewer: Viewer) -> _Kept:
    with _keeping:
        kept = _kept.setdefault((public, viewer), _Kept())
        _kept.move_to_end((public, viewer))
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return kept


def _state(release: Path) -> Hashable:
    """What tells one release from the next; none is a state too, in which nobody limited is shown anything."""
    try:
        state = release.stat()
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns


def _made(viewer: Viewer, target: Path, *, told: bool = True) -> Warehouse:
    try:
        minimum = MINIMUM_N if viewer.role == CITY else LEAST[viewer.role]
        return Warehouse(target, made=made(viewer, target, told=told), viewer=viewer, minimum_n=minimum)
    except (duckdb.Error, NotSafeError, OSError, WarehouseMissing) as fault:
        # Neither the log nor the reader is told more: DuckDB's words may quote what the viewer must not know.
        log.error("The database of a viewer (%s) could not be made: %s", viewer.role, type(fault).__name__)  # noqa: TRY400
    raise WarehouseRefused(
        "What you may see could not be prepared, so nothing is shown. The people who run this dashboard will find the "
        "reason in its settings or its log."
    )
