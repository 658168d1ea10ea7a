"""Backends: the same program, answered by engines that do it in their own way.

A backend translates the nodes of a program for one engine and gives back what
the engine found; what a program means is the reference evaluator's to say, and
every backend must agree with it. `base` holds what callers may rely on. No
backend knows another, and none of them reads a rulebook or prints.
"""
