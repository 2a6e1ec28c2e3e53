"""Against what a figure is measured: who assigned the plan, or what the change is reckoned from."""

from __future__ import annotations

import re
from typing import NamedTuple

from sonla_cli.core.text import N_


class Basis(NamedTuple):
    """A basis; `label` completes "plan …" or "against …"."""

    id: str
    label: str


PLAN_BASES = {
    basis.id: basis
    for basis in (
        Basis("central", N_("assigned by the centre")),
        Basis("council", N_("set by the People's Council")),
        Basis("prime_minister", N_("assigned by the Prime Minister")),
        Basis("province", N_("set by the province")),
        Basis("total", N_("total, carry-over included")),
        Basis("allocated", N_("allocated in detail")),
        Basis("striving", N_("striving target")),
        Basis("unspecified", N_("assigned by an unnamed body")),
    )
}

CHANGE_BASES = {
    basis.id: basis
    for basis in (
        Basis("same_period_last_year", N_("same period of the year before")),
        Basis("previous_year", N_("year before")),
        Basis("previous_month", N_("month before")),
        Basis("previous_quarter", N_("quarter before")),
        Basis("start_of_year", N_("start of the year")),
        Basis("central_plan", N_("plan assigned by the centre")),
        Basis("council_plan", N_("plan set by the People's Council")),
        Basis("prime_minister_plan", N_("plan assigned by the Prime Minister")),
        Basis("province_plan", N_("plan set by the province")),
        Basis("striving_plan", N_("striving target")),
        Basis("unspecified_plan", N_("plan, assigned by an unnamed body")),
        Basis("national_average", N_("national average")),
    )
}

#: a base year (`2020`) or an average over a span (`average_2021_2025`)
OPEN_BASIS = re.compile(r"([12]\d{3}|average_[12]\d{3}_[12]\d{3})\Z")

CHANGES = ("growth", "index", "multiple", "change")
PLANS = ("plan", "attainment", "target", "remaining")


def is_known(measure: str, basis: str) -> bool:
    """Whether `basis` can go with `measure`; an actual has none."""
    if measure == "actual":
        return not basis
    if measure in PLANS:
        return basis in PLAN_BASES
    if measure in CHANGES:
        return basis in CHANGE_BASES or bool(OPEN_BASIS.match(basis))
    return True


def names(measure: str) -> tuple[str, ...]:
    """Return the bases that go with `measure`."""
    if measure in PLANS:
        return tuple(PLAN_BASES)
    return tuple(CHANGE_BASES) if measure in CHANGES else ()


def plan_of(change_basis: str) -> str | None:
    """Return the plan basis behind a change against a plan (`central_plan` → `central`), or `None`."""
    plan, found, _ = change_basis.rpartition("_plan")
    return plan if found and plan in PLAN_BASES else None
