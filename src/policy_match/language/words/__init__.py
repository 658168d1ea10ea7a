"""Labels of reports, by topic and language."""
