"""The query window: one statement, over the tables that a viewer may read."""
