"""What a new colleague needs first, made from a library: terms, who does what, a reading path, questions, a self-test."""
