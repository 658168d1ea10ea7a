"""The questions of an interview: as a document, and in words."""
