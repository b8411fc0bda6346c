"""Log-in: one's own account, everybody's for an admin, and identity providers of the office."""
