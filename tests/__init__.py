"""Tests: features for officers, properties for the semantics, units for the rest."""
