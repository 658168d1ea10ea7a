"""What a page shows, before any layout."""
