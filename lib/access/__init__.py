"""Who may see what: makes the database that a viewer reads, pages and routes alike. Only this room hides or masks."""

from lib.access.door import open_for, opened_once
from lib.access.pages import PAGES_FOR, may_open

__all__ = ["PAGES_FOR", "may_open", "open_for", "opened_once"]
