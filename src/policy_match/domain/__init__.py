"""What the engine talks about: truth, possible values, facts, codes, money, texts.

Nothing here knows of YAML, of a backend or of a screen, and nothing here needs
a third party.
"""
