"""What is read off an assessment, in no language: amounts, groups, days, grounds."""
