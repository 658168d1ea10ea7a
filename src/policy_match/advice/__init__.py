"""What helps a firm along: what would change an answer, what to ask, an interview."""
