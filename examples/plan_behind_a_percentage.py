"""The plan behind every published percentage of Lào Cai's revenue, from the data package beside this file.

Run: python examples/plan_behind_a_percentage.py
"""

from __future__ import annotations

from pathlib import Path

from sonla_cli import Query, budget, load

HERE = Path(__file__).parent


def main() -> None:
    """Print metric, basis and the bounds of each implied plan of 2024."""
    data = load([str(HERE / "lao-cai")], embedded=False)
    report = budget(Query(data, area="Lào Cai", period="2024-12-28"))
    for row in report.rows:
        if row.indicator == "implied_plan":
            print(f"{row.metric:<20} {row.basis:<10} {row.low:>12} … {row.high} {row.unit}")


if __name__ == "__main__":
    main()
