"""The tab of quality: question sets, runs and their comparison, answers that people judged."""
