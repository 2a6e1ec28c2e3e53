"""Indicators of Vietnamese provincial budgets and investment, with bounds, formulas and sources."""

__version__ = "0.1.0"
