"""What a formula measures: powers of base units; percent, points and times are unlike pure numbers.

Said in words it is what an error shows: `VND/day`, `%`, `a plain number`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sonla_cli.core.unit import Unit, UnitError


class Dimension(NamedTuple):
    """Powers of base units, and for a pure number which of %, points or times it is (`None`: any)."""

    powers: Mapping[str, int]
    ratio: str | None

    def __str__(self) -> str:
        names = {None: "a plain number", "percent": "%"}
        if not self.powers:
            return names.get(self.ratio) or str(self.ratio if self.ratio != "points" else "percentage points")
        above, below = (
            " × ".join(base for base, power in self.powers.items() for _each in range(sign * power))
            for sign in (1, -1)
        )
        return f"{above or 1}/{below}" if below else above

    def product(self, other: Dimension, sign: int) -> Dimension:
        """Return the dimension of a product (`sign` 1) or a quotient (-1)."""
        powers = dict(self.powers)
        for base, power in other.powers.items():
            powers[base] = powers.get(base, 0) + sign * power
        return Dimension({base: power for base, power in powers.items() if power}, None)

    def sum(self, other: Dimension, sign: str) -> Dimension:
        """Return the dimension of a sum or difference; raise `UnitError` for unlike ones."""
        if self.powers != other.powers:
            raise UnitError(f"cannot combine {self} and {other} by {sign}")
        if self.ratio is None or other.ratio is None:
            return Dimension(self.powers, self.ratio or other.ratio)
        if self.ratio == other.ratio:
            return Dimension(self.powers, "points" if sign == "-" and self.ratio == "percent" else self.ratio)
        if (self.ratio, other.ratio) == ("percent", "points"):
            return self
        raise UnitError(f"cannot combine {self} and {other} by {sign}")

    def fits(self, unit: Unit) -> bool:
        """Whether a result of this dimension may be printed in `unit`."""
        wanted = dimension_of(unit)
        return self.powers == wanted.powers and (self.ratio in (None, wanted.ratio))


def dimension_of(unit: Unit) -> Dimension:
    """Return the dimension of a figure in `unit`."""
    if unit.dimension in ("percent", "points", "times"):
        return Dimension({}, unit.dimension)
    above, _, below = unit.dimension.partition("/")
    return Dimension({above: 1, below: -1} if below else {above: 1}, None)
