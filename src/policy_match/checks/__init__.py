"""What is found in a rulebook beyond validity: lint, its examples, their coverage."""
