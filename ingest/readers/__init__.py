"""One file a format: from bytes to canonical text with its layout."""
