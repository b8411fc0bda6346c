"""The guide for new colleagues: terms, who does what, a reading path, a self-test."""
