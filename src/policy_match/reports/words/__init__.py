"""Conditions, formulas, figures and articles in a reader's words."""
