"""What officers of each department expect, in Chinese."""
