"""What a reader clicks on a page that is open, as their browser would say it to the server."""

from collections.abc import Mapping, Sequence

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

CLICKS: Mapping[str, tuple[str, str]] = {  # page: the kind of widget that a reader clicks, and how its key begins
    "gaps": ("button_group", "_effort "),
    "road": ("checkbox", "_tick "),
}


def clickable(element: Element, page: str) -> bool:
    """Is it one that a reader of the page clicks?"""
    kind, key = CLICKS.get(page, ("", ""))
    return element.WhichOneof("type") == kind and f"-{key}" in getattr(element, kind).id


def clicked(page: str, seen: Sequence[Element]) -> WidgetState:
    """The last of these as a click leaves it: an effort of 2, or a tick, which the address gives to earlier ones."""
    kind, _ = CLICKS[page]
    if kind == "checkbox":
        return WidgetState(id=seen[-1].checkbox.id, bool_value=True)
    state = WidgetState(id=seen[-1].button_group.id)
    state.string_array_value.data.append("2")
    return state
