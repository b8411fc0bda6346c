"""From files to documents, sections and passages."""
