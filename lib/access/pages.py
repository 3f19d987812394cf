"""Which pages each role may open. Whatever a page asks, it reads the viewer's own database: this keeps closed what
would have nothing to show there.
"""

from collections.abc import Mapping

from lib.viewer import CITY, PROGRAMME, PUBLIC, RESEARCHER, Viewer

_ABOUT_ALL = ("overview", "heatmap", "criteria", "change")
_ABOUT_ONE = ("city", "gaps", "road", "compare")
_DATA = ("certified", "export", "query", "method")
PAGES_FOR: Mapping[str, tuple[str, ...]] = {
    PROGRAMME: (*_ABOUT_ALL, "near", "workshops", "next_step", *_ABOUT_ONE, "intake", *_DATA),
    CITY: (*_ABOUT_ONE, *_DATA),
    RESEARCHER: (*_ABOUT_ALL, *_DATA),
    PUBLIC: ("rates", "certified", "export", "method"),
}


def may_open(viewer: Viewer, page: str) -> bool:
    """May this viewer open `pages/<page>.py`? A role or a page that is not listed may not."""
    return page in PAGES_FOR.get(viewer.role, ())
