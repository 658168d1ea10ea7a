"""Every sentence and word of the program, by language, and how a locale writes."""
