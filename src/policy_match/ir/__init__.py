"""The program: what the law is on one day, ready to be evaluated.

Few kinds of node, all frozen, in closed unions. No node evaluates itself:
each backend translates them with `match`, and mypy names the node that one
of them forgot.
"""
