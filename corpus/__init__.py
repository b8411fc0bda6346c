"""What was said, and where it is kept: documents, passages, the catalogue and its two indexes."""
