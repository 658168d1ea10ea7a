"""Cases on each side of every line that the shipped rulebook draws."""
