"""The field as records: metrics, bases, areas, references, indicators and rules."""
