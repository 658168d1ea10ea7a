"""The web face: HTTP, pages and the static site."""
