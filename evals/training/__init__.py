"""Training of what the assistant has learned: `python -m evals.training`."""
