"""Speed and retrieval benchmarks; run by hand, never timed in tests."""
