"""What people leave behind: accounts, conversations, verdicts on answers. One SQLite file beside the library, and no part of it."""
