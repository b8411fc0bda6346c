"""Judges: question sets, measures, reports, benchmarks."""
