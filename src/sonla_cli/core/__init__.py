"""Figures, units, periods, formulas and the solver; the standard library only."""
