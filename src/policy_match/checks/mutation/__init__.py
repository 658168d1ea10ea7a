"""How well a rulebook's own examples guard it: what slip would they notice?"""
