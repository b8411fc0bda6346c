"""The tab of the library: what was taken in, and what may be done to it."""
