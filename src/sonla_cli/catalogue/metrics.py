"""What is measured. A metric is a dotted slug; every record reads as one line of the field's glossary.

`part_of` names the whole that a part never exceeds; it holds for actuals of one vintage and for plans of one
basis. `plan_moves` marks capital plans, which are topped up during the year, so that each date has its own.
"""

from __future__ import annotations

from typing import NamedTuple

from sonla_cli.core import unit as u
from sonla_cli.core.text import N_
from sonla_cli.core.unit import Unit


class Metric(NamedTuple):
    """A quantity that reports state; figures are compared in `unit`."""

    id: str
    label: str
    group: str
    unit: Unit = u.BILLION_VND
    part_of: str | None = None
    #: the plan is topped up during the year: one plan per date instead of one per budget year
    plan_moves: bool = False
    #: a level at a date, not a flow over a window
    is_stock: bool = False
    #: may be below zero
    is_signed: bool = False
    #: the metric whose plan this one is measured against, where it is not its own
    plan_of: str | None = None
    #: the metric whose growth this one is
    growth_of: str | None = None


REVENUE, EXPENDITURE, DISBURSEMENT = "revenue", "expenditure", "disbursement"
INVESTMENT, ECONOMY, COVERAGE = "investment", "economy", "coverage"

GROUPS = {
    REVENUE: N_("Revenue"),
    EXPENDITURE: N_("Expenditure"),
    DISBURSEMENT: N_("Public investment"),
    INVESTMENT: N_("Investment attraction"),
    ECONOMY: N_("Economy"),
    COVERAGE: N_("Coverage"),
}

_ALL = (
    # revenue: three different totals come first
    Metric("revenue.total", N_("Total state budget revenue"), REVENUE),
    Metric("revenue.local", N_("Revenue in the territory"), REVENUE, part_of="revenue.total"),
    Metric("revenue.retained", N_("Local budget revenue as decentralised"), REVENUE, part_of="revenue.total"),
    Metric("revenue.domestic", N_("Domestic revenue"), REVENUE, part_of="revenue.local"),
    Metric("revenue.taxes_fees", N_("Taxes and fees"), REVENUE, part_of="revenue.domestic"),
    Metric("revenue.land", N_("Land-use fees"), REVENUE, part_of="revenue.domestic"),
    Metric("revenue.lottery", N_("Lottery"), REVENUE, part_of="revenue.domestic"),
    Metric("revenue.environment", N_("Environmental protection tax and fees"), REVENUE, part_of="revenue.domestic"),
    Metric("revenue.dividends", N_("Dividends and profits"), REVENUE, part_of="revenue.domestic"),
    Metric("revenue.customs", N_("Import and export revenue"), REVENUE, part_of="revenue.local"),
    Metric("revenue.crude_oil", N_("Crude oil revenue"), REVENUE, part_of="revenue.local"),
    Metric("revenue.grants", N_("Grants"), REVENUE, part_of="revenue.local"),
    Metric("revenue.balance", N_("Balance revenue"), REVENUE, part_of="revenue.local"),
    Metric("revenue.contributions", N_("Contributions"), REVENUE, part_of="revenue.local"),
    Metric("revenue.transfers", N_("Transfers from the central budget"), REVENUE, part_of="revenue.total"),
    Metric("revenue.carryover", N_("Revenue carried over"), REVENUE, part_of="revenue.total"),
    Metric("revenue.surplus", N_("Year-end balance"), REVENUE, part_of="revenue.total"),
    Metric("budget.sources", N_("Total sources of the local budget"), REVENUE),
    Metric("budget.deficit", N_("Deficit of the local budget"), REVENUE),
    # expenditure
    Metric("expenditure.total", N_("Total local budget expenditure"), EXPENDITURE),
    Metric("expenditure.balance", N_("Balance expenditure"), EXPENDITURE, part_of="expenditure.total"),
    Metric("expenditure.investment", N_("Development investment expenditure"), EXPENDITURE, part_of="expenditure.total"),
    Metric("expenditure.recurrent", N_("Recurrent expenditure"), EXPENDITURE, part_of="expenditure.total"),
    Metric("expenditure.interest", N_("Interest payments"), EXPENDITURE, part_of="expenditure.total"),
    Metric("expenditure.reserve_fund", N_("Addition to the financial reserve fund"), EXPENDITURE, part_of="expenditure.total"),
    Metric("expenditure.contingency", N_("Budget contingency"), EXPENDITURE, part_of="expenditure.total"),
    Metric("expenditure.programmes", N_("Target programme expenditure"), EXPENDITURE, part_of="expenditure.total"),
    Metric("expenditure.carryover", N_("Expenditure carried over"), EXPENDITURE, part_of="expenditure.total"),
    # public investment capital
    Metric("disbursement", N_("Public investment disbursed"), DISBURSEMENT, plan_moves=True),
    Metric("disbursement.incl_carryover", N_("Disbursed, carried-over capital included"), DISBURSEMENT, plan_moves=True),
    Metric("disbursement.prime_minister_plan", N_("Disbursed of the capital the Prime Minister assigned"), DISBURSEMENT, plan_moves=True, plan_of="disbursement"),
    Metric("disbursement.excluding_late_additions", N_("Disbursed, late additions excluded"), DISBURSEMENT, plan_moves=True),
    Metric("disbursement.central", N_("Disbursed of central capital"), DISBURSEMENT, part_of="disbursement", plan_moves=True),
    Metric("disbursement.local", N_("Disbursed of local capital"), DISBURSEMENT, part_of="disbursement", plan_moves=True),
    Metric("disbursement.foreign", N_("Disbursed of foreign capital"), DISBURSEMENT, part_of="disbursement", plan_moves=True),
    Metric("disbursement.programmes", N_("Disbursed by national target programmes"), DISBURSEMENT, plan_moves=True),
    Metric("disbursement.programmes.investment", N_("Programmes, investment capital"), DISBURSEMENT, part_of="disbursement.programmes", plan_moves=True),
    Metric("disbursement.programmes.recurrent", N_("Programmes, recurrent capital"), DISBURSEMENT, part_of="disbursement.programmes", plan_moves=True),
    Metric("disbursement.ministries", N_("Disbursed by ministries"), DISBURSEMENT, part_of="disbursement", plan_moves=True),
    Metric("disbursement.localities", N_("Disbursed by localities"), DISBURSEMENT, part_of="disbursement", plan_moves=True),
    Metric("allocation", N_("Capital allocated in detail"), DISBURSEMENT, plan_moves=True, is_stock=True, plan_of="disbursement"),
    Metric("allocation.prime_minister", N_("Allocated of the capital the Prime Minister assigned"), DISBURSEMENT, plan_moves=True, is_stock=True, plan_of="disbursement"),
    Metric("allocation.central", N_("Allocated of central capital"), DISBURSEMENT, part_of="allocation", plan_moves=True, is_stock=True),
    Metric("allocation.local", N_("Allocated of local capital"), DISBURSEMENT, part_of="allocation", plan_moves=True, is_stock=True),
    Metric("allocation.unallocated", N_("Capital not yet allocated"), DISBURSEMENT, plan_moves=True, is_stock=True, plan_of="disbursement"),
    Metric("carryover", N_("Capital carried over"), DISBURSEMENT, plan_moves=True, is_stock=True),
    Metric("additions.central", N_("Capital added from the central budget"), DISBURSEMENT, plan_moves=True),
    Metric("additions.local", N_("Capital added by localities"), DISBURSEMENT, plan_moves=True),
    Metric("late_additions", N_("Capital added after 30 September"), DISBURSEMENT, plan_moves=True),
    Metric("capital_request", N_("Capital requested"), INVESTMENT),
    # investment attraction
    Metric("investment.projects", N_("Projects approved"), INVESTMENT, u.PROJECT),
    Metric("investment.capital", N_("Registered capital"), INVESTMENT),
    Metric("investment.projects_adjusted", N_("Projects adjusted"), INVESTMENT, u.PROJECT),
    Metric("investment.capital_added", N_("Capital added by adjustment"), INVESTMENT),
    Metric("investment.fdi_projects", N_("Foreign-invested projects"), INVESTMENT, u.PROJECT, is_stock=True),
    Metric("investment.fdi_capital", N_("Foreign direct investment"), INVESTMENT, u.MILLION_USD, is_stock=True),
    Metric("investment.mou_projects", N_("Projects in memoranda"), INVESTMENT, u.PROJECT),
    Metric("investment.mou_capital", N_("Capital in memoranda"), INVESTMENT),
    Metric("investment.project_total", N_("Total investment of a project"), INVESTMENT),
    Metric("investment.social_total", N_("Total social investment"), INVESTMENT),
    Metric("enterprises", N_("Enterprises"), INVESTMENT, u.ENTERPRISE, is_stock=True),
    Metric("enterprises.capital", N_("Registered capital of enterprises"), INVESTMENT, is_stock=True),
    # the economy and the territory
    Metric("grdp.growth", N_("Growth of the gross regional product"), ECONOMY, u.PERCENT, is_signed=True, growth_of="grdp.constant"),
    Metric("grdp.constant", N_("Gross regional product, constant prices"), ECONOMY),
    Metric("grdp.current", N_("Gross regional product, current prices"), ECONOMY),
    Metric("grdp.per_capita", N_("Gross regional product per head"), ECONOMY, u.MILLION_VND_PER_HEAD),
    Metric("prices.consumer", N_("Consumer price index"), ECONOMY, u.PERCENT, is_signed=True),
    Metric("exports", N_("Exports"), ECONOMY, u.MILLION_USD),
    Metric("population", N_("Population"), ECONOMY, u.PERSON, is_stock=True),
    Metric("area_km2", N_("Area"), ECONOMY, u.SQUARE_KILOMETRE, is_stock=True),
    Metric("communes", N_("Communes, wards and special zones"), ECONOMY, u.COMMUNE, is_stock=True),
    Metric("key_targets", N_("Key targets of the term"), ECONOMY, u.TARGET, is_stock=True),
    Metric("coverage.villages_without_4g", N_("Villages without 4G"), COVERAGE, u.VILLAGE, is_stock=True),
    Metric("coverage.villages_without_signal", N_("Villages without any mobile signal"), COVERAGE, u.VILLAGE, part_of="coverage.villages_without_4g", is_stock=True),
)  # fmt: skip

METRICS: dict[str, Metric] = {metric.id: metric for metric in _ALL}


def of_group(*groups: str) -> tuple[Metric, ...]:
    """Return the metrics of the named groups, in the order of the catalogue."""
    return tuple(metric for metric in _ALL if metric.group in groups)
