"""Time of `check` on unrelated figures: about linear. Run: python benchmarks/check.py [OBSERVATIONS …]

Every table is honest (tests/honest.py), so that the run is also a test: nothing may contradict.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from sonla_cli.reports.check import check
from sonla_cli.reports.query import Query
from tests.honest import dataset

#: figures that one entity prints, about
EACH = 25


def main(sizes: list[int]) -> None:
    print(f"{'observations':>12} {'seconds':>9} {'ms each':>8} {'MB':>6} contradictions")
    for size in sizes:
        data = dataset(1, size // EACH)
        begun = time.perf_counter()
        report = check(Query(data, area=""))
        took = time.perf_counter() - begun
        count = len(data.observations)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count:12} {took:9.2f} {1000 * took / count:8.2f} {memory:6} {len(report.contradictions)}")


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1_000, 10_000, 100_000])
