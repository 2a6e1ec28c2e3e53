from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.console import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))


HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """The engines' own clients warn of each other's newest versions; that is theirs to mend."""
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"))


@pytest.fixture(scope="session")
def ledger(tmp_path_factory) -> Path:
    """A folder with a national ledger of a few thousand vouchers over two years, its mapping and its totals."""
    import make_ledger

    folder = tmp_path_factory.mktemp("ledger")
    chunk = make_ledger.CHUNK
    make_ledger.CHUNK = 2_000
    try:
        make_ledger.write(6_000, folder, seed=5, years=(2024, 2025))
    finally:
        make_ledger.CHUNK = chunk
    return folder


@pytest.fixture(scope="session")
def vouchers(ledger) -> list[dict]:
    import pyarrow.parquet as pq

    return pq.read_table(ledger / "ledger.parquet").to_pylist()


@pytest.fixture(scope="session")
def names() -> dict[str, str]:
    import make_ledger

    return dict(zip(make_ledger.codes(), make_ledger.PROVINCES, strict=True))
