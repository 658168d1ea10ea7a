"""What differs between two laws, and whom it touches."""
