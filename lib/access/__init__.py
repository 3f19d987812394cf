"""Who may see what: makes the database that a viewer's pages, files and routes read. The only room that hides or masks."""
