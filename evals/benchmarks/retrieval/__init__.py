"""How well passages are found, by words, by meaning and by both: python -m evals.benchmarks.retrieval --help."""
