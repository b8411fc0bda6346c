"""The page for leadership: what is due, overdue, without an owner or a figure."""
