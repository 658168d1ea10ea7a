"""Views as text for a terminal, Markdown and HTML."""
