"""What is written: whole or not at all, and only where it was asked for."""
