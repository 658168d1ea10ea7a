"""What a rule means for one firm: truth, evidence, selection, the whole answer."""
