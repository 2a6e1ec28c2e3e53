"""What `sonla check` found, in sentences: each contradiction, its members, and what would repair it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES
from sonla_cli.catalogue.indicators import INDICATORS
from sonla_cli.catalogue.indicators import label as indicator_label
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.catalogue.rules import RULES
from sonla_cli.core import unit as units
from sonla_cli.core.text import N_
from sonla_cli.language import _, ngettext
from sonla_cli.models.findings import (
    Advice,
    CheckedRow,
    Claim,
    Contradiction,
    Findings,
    Hint,
    Member,
    Revision,
    Tie,
)
from sonla_cli.render import people
from sonla_cli.render.problems import printable

#: one line: how far it is indented, whether it is a heading, and its text
Line = tuple[int, bool, str]

#: powers of ten beyond which a number is not written out
FARTHEST = 40

SLIPS = {
    "unit": N_("the unit may be {instead}"),
    "decimal_comma": N_("a decimal comma may have been read as grouping: {instead}"),
    "digit_missing": N_("a digit may be missing: {instead}"),
    "digit_doubled": N_("a digit may be doubled: {instead}"),
    "digits_transposed": N_("two digits may be exchanged: {instead}"),
    "digit_wrong": N_("one digit may be wrong: {instead}"),
    "sign": N_("the sign may be wrong: {instead}"),
    "growth_for_index": N_("“up by” may stand for “to”: an increase of {instead}"),
    "index_for_growth": N_("“to” may stand for “up by”: a ratio of {instead}"),
    "excess_for_attainment": N_("“above the plan by” may stand for “of the plan”: an excess of {instead}"),
    "other_basis": N_("the percentage may belong to another basis"),
    "swapped": N_("may have been exchanged with another figure"),
    "total_for_item": N_("a total, or a longer window, may stand for the item"),
    "two_dates": N_("the same figure under two dates"),
    "duplicate": N_("the same figure for two years, with others of the same table"),
    "magnitude": N_("larger than any such amount ever was: see the unit"),
    "pace": N_("the level it implies a year earlier, {span}, does not fit the pace of that year"),
    "parts": N_("its parts come near it and do not make it up: {span}"),
}
KINDS = {
    "within a publication": N_("within a publication"),
    "between publications": N_("between publications"),
    "rules alone": N_("rules alone"),
}
SAME = N_("publications of one figure agree, apart from a revision")


def lines(report: Findings, *, notes: bool = True) -> Iterator[Line]:
    """Yield what was found, in the order of its weight."""
    yield 0, True, _summary(report)
    for contradiction in report.contradictions:
        yield 0, False, ""
        yield from _contradiction(contradiction)
    if report.repair:
        yield 0, False, ""
        yield 0, True, _("The lightest repair: check these first (nothing was changed)")
        yield from ((1, False, claim(each)) for each in report.repair)
    if notes and report.revisions:
        yield 0, False, ""
        yield 0, True, _("Revised between publications, or published differently: no contradiction")
        for revision in report.revisions:
            yield from _revision(revision)
    if notes and report.hints:
        yield 0, False, ""
        yield 0, True, _("Worth a look: hints, not findings")
        for hint in report.hints:
            yield 1, False, f"{claim(hint.claim)}: {slip(hint)}"
    if report.advice:
        yield 0, False, ""
        yield 0, True, _("Decimals that would have made the plan recoverable to the nearest unit")
        yield from ((1, False, _advice(each)) for each in report.advice)
    yield from _rows(report.rows)
    yield from _ties(report.relations)


def _summary(report: Findings) -> str:
    counts = report.figures
    total = sum(counts.values())
    verdicts = ", ".join(f"{number} {_(people.VERDICTS[each])}" for each, number in counts.items() if number)
    wrong = len(report.contradictions)
    found = ngettext("{count} contradiction", "{count} contradictions", wrong).format(count=wrong)
    figures = ngettext("{count} figure", "{count} figures", total).format(count=total)
    return f"{figures}: {verdicts} · {found}"


def _contradiction(found: Contradiction) -> Iterator[Line]:
    count = len(found.members)
    if not count:
        yield 0, True, _("{id} These rules have no solution, whatever the figures").format(id=found.id)
    else:
        # said in two messages: a language without a plural has another sentence for one figure all the same
        sentence = (
            _("{id} This figure cannot be true")
            if count == 1
            else _("{id} These {count} figures cannot all be true")
        )
        yield 0, True, f"{sentence.format(id=found.id, count=count)} ({_(KINDS[found.kind])})"
    for place, member in enumerate(found.members, 1):
        yield 1, False, f"{place}. {claim(member.claim)}"
        needed = _needed(member)
        if needed:
            yield 3, False, needed
    ties = [relation(each) for each in found.relations]
    if ties:
        yield 1, False, _("because: {rules}").format(rules="; ".join(ties))
    if count:
        yield 1, False, _repairs(found)
    for hint in found.hints:
        yield 1, False, f"? {claim(hint.claim)}: {slip(hint)}"


def _needed(member: Member) -> str:
    span = span_of(member.claim, member.low, member.high)
    if not span:
        return ""
    text = _("the others leave {span}").format(span=span)
    if member.nearest and member.distance:
        far = ngettext(
            "nearest {digits}, {count} unit of the last digit away",
            "nearest {digits}, {count} units of the last digit away",
            member.distance,
        ).format(digits=people.printed(member.nearest), count=people.number(Decimal(member.distance)))
        text = f"{text} ({far})"
    return text


def _repairs(found: Contradiction) -> str:
    able = [str(place) for place, each in enumerate(found.members, 1) if each.repairs]
    proposed = [str(place) for place, each in enumerate(found.members, 1) if each.proposed]
    if not able:
        return _("none of them may be changed")
    if len(able) == len(found.members):
        text = _("changing any one of them repairs it")
    else:
        text = _("changing {places} repairs it").format(places=_(" or ").join(able))
    if proposed:
        text += "; " + _("lightest: {places}").format(places=", ".join(proposed))
    return text


def _revision(found: Revision) -> Iterator[Line]:
    first, *rest = found.claims
    same = all((each.id, each.area) == (first.id, first.area) for each in rest)
    if same:
        parts = [f"{people.printed(each.printed)} ({source(each)})" for each in found.claims]
        yield 1, False, f"{found.id} {label(first)}: {' → '.join(parts)}"
    else:
        yield 1, False, _("{id} these hold together only if one of them was revised:").format(id=found.id)
        yield from ((2, False, claim(each)) for each in found.claims)
    yield from ((2, False, f"? {slip(each)}") for each in found.hints)


def slip(hint: Hint) -> str:
    """Return a likely slip as a phrase."""
    span = span_of(hint.claim, hint.low, hint.high)
    text = _(SLIPS[hint.kind]).format(instead=people.printed(hint.instead), span=span)
    return f"{text} ({claim(hint.other)})" if hint.other else text


def _advice(found: Advice) -> str:
    span = span_of(found.amount, found.plan_low, found.plan_high)
    text = _("{claim}: the plan lies in {span}").format(claim=claim(found.claim), span=span)
    if found.needed is None:
        return "; ".join((text, _("no number of decimals would do")))
    if found.needed == found.decimals and found.amount_needed is None:
        return "; ".join((text, _("recoverable as printed")))
    needed = ngettext("{count} decimal of the percentage", "{count} decimals of the percentage", found.needed)
    text = f"{text}; {needed.format(count=found.needed)}"
    if found.amount_needed is not None:
        amount = ngettext(
            "{count} decimal of the amount", "{count} decimals of the amount", found.amount_needed
        )
        text = f"{text}, {amount.format(count=found.amount_needed)}"
    return text


def _rows(rows: Iterable[CheckedRow]) -> Iterator[Line]:
    rows = tuple(rows)
    if rows:
        yield 0, False, ""
        yield 0, True, _("Every figure")
    for row in rows:
        parts = [_(people.VERDICTS[row.verdict])]
        if row.recomputed:
            parts.append(_("recomputed {digits}").format(digits=people.printed(row.recomputed)))
        if row.distance:
            away = ngettext(
                "{count} unit of the last digit away", "{count} units of the last digit away", row.distance
            )
            parts.append(away.format(count=people.number(Decimal(row.distance))))
        if len(row.integers) > 1:
            parts.append(_("one of {numbers}").format(numbers=", ".join(map(str, row.integers))))
        shown = people.number(row.value) if row.value is not None else between(row.low, row.high)
        what = f"{named(row.id)}: {people.with_unit(shown, people.unit(row), ' ')}"
        yield (
            1,
            False,
            f"{what} · {'; '.join(parts)}" + (f" · {printable(row.sources[0])}" if row.sources else ""),
        )


def _ties(ties: Iterable[Tie]) -> Iterator[Line]:
    ties = tuple(ties)
    if ties:
        yield 0, False, ""
        yield 0, True, _("Every relation")
    for each in ties:
        names = ", ".join(named(one) for one in each.ids)
        yield 1, False, f"{relation(each.relation)}: {_(people.VERDICTS[each.verdict])} ({names})"


# words


def claim(found: Claim) -> str:
    """Return a claim as a phrase: what, how much, by whom."""
    where = source(found)
    text = f"{label(found)}: {hedged(found)}"
    return f"{text} ({where})" if where else text


def hedged(found: Claim) -> str:
    """Return the printed figure with its hedge in words."""
    shown = people.printed(found.printed)
    return _(people.HEDGES[found.hedge]).format(number=shown) if found.hedge in people.HEDGES else shown


def source(found: Claim) -> str:
    """Return the source of a claim, with its day where it is known."""
    if not found.source or found.published_on in found.source:
        return printable(found.source)
    return f"{printable(found.source)}, {people.day(found.published_on)}"


def label(found: Claim) -> str:
    """Return what a claim is about."""
    parts = [printable(found.area)] if found.area else []
    parts += [printable(found.entity)] if found.entity else []
    return ", ".join([*parts, named(found.id)])


def named(value_id: str) -> str:
    """Return the words of an id `metric:measure@basis:period`; a free name stays as it is."""
    metric, _colon, rest = value_id.partition(":")
    if metric not in METRICS or not rest:
        return printable(value_id)
    measure, _colon, period = rest.partition(":")
    measure, _at, basis = measure.partition("@")
    words = [people.metric(metric)]
    words.append(_(indicator_label(measure, metric)).lower() if measure in INDICATORS else measure)
    if basis:
        known = PLAN_BASES.get(basis) or CHANGE_BASES.get(basis)
        words.append(_(known.label) if known else people.basis(basis))
    return f"{', '.join(words)}, {people.period(period)}"


def relation(relation_id: str) -> str:
    """Return the words of a relation: a rule of the field, a definition, or the label of an own rule."""
    if relation_id in RULES:
        return _(RULES[relation_id].label)
    if relation_id in INDICATORS:
        return _("definition of {name}").format(name=_(INDICATORS[relation_id].label).lower())
    return _(SAME) if relation_id == "same_figure" else printable(relation_id)


def span_of(found: Claim, low: Decimal | None, high: Decimal | None) -> str:
    """Return bounds of a claim in words, in the unit it was printed in."""
    own = units.parse(found.printed.partition(" ")[2])
    factor = own.factor if own else Decimal(1)
    low, high = (None if each is None else each / factor for each in (low, high))
    span = between(low, high)
    return people.with_unit(span, people.spelled(found.printed.partition(" ")[2]), " ") if span else ""


def between(low: Decimal | None, high: Decimal | None) -> str:
    """Return bounds in words, rounded for reading to eight significant digits; empty if there are none."""
    if low is None and high is None:
        return ""
    if low is None or (low == 0 and high is not None):
        return f"≤ {_number(high)}"
    if high is None:
        return f"≥ {_number(low)}"
    return _number(low) if low == high else f"{_number(low)} … {_number(high)}"


def _number(value: Decimal | None) -> str:
    if value is None:
        return ""
    reduced = value.normalize(people.WIDE)
    if abs(reduced.adjusted()) > FARTHEST:
        return f"{reduced:.7E}"
    if len(reduced.as_tuple().digits) > 8:
        step = Decimal(1).scaleb(min(0, reduced.adjusted() - 7))
        reduced = reduced.quantize(step, context=people.WIDE).normalize(people.WIDE)
    return people.number(Decimal(f"{reduced:f}"))
