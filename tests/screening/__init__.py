"""Screening, as its users run it: the real command on small registers."""
