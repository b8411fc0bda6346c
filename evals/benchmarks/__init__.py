"""Benchmarks of speed, of retrieval and of finding times; run by hand, never timed in tests."""
