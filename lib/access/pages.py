"""Which pages each role may open. Whatever a page asks, it reads the viewer's own database: this keeps closed what
would have nothing to show there.
"""

from collections.abc import Mapping

from lib.viewer import CITY, PROGRAMME, PUBLIC, RESEARCHER, Viewer

EVERY = "*"
PAGES_FOR: Mapping[str, tuple[str, ...]] = {
    PROGRAMME: (EVERY,),
    CITY: ("city", "gaps", "road", "compare", "export", "query", "method"),
    RESEARCHER: ("overview", "heatmap", "criteria", "change", "export", "query", "method"),
    PUBLIC: ("method",),
}


def may_open(viewer: Viewer, page: str) -> bool:
    """May this viewer open `pages/<page>.py`? A role that is not listed may open nothing."""
    pages = PAGES_FOR.get(viewer.role, ())
    return page in pages or EVERY in pages
