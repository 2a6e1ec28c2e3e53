"""Tables of rows on an engine (DuckDB, PostgreSQL, Spark, Trino) → observations and verdicts, through Ibis.

Nothing here writes to an engine, and no number of money ever becomes a double.
"""
