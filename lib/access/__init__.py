"""Who may see what: makes the database that a viewer reads, pages and routes alike. Only this room hides or masks."""
