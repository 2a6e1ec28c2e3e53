"""The sentence and the hint of every problem code, in the language in use.

One sentence, no full stop, backticks round names; the hint stands apart and says what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from sonla_cli.catalogue.areas import AREAS, WHICH
from sonla_cli.core.problem import Code, Problem
from sonla_cli.core.text import N_
from sonla_cli.language import _
from sonla_cli.render.reasons import reason, word

#: code → (sentence, hint); the names in braces are the values of the problem
TEXTS: dict[str, tuple[str, str]] = {
    Code.UNREADABLE: (N_("cannot read the file: {why}"), N_("check the path, the format and the encoding")),
    Code.UNWRITABLE: (N_("cannot write the file: {why}"), N_("check that the folder exists and may be written to")),
    Code.FILE_EXISTS: (N_("the file exists"), N_("add `--force` to overwrite it")),
    Code.EMPTY: (N_("the file is empty"), N_("check that it was saved or downloaded whole")),
    Code.NO_ROWS: (N_("there is a header and no figure below it"), N_("see `sonla data inspect` for what the table was taken for")),
    Code.NO_TABLE: (N_("no table of figures was recognised"), N_("see `sonla data template` for a form, and the documentation for the report tables that are read")),
    Code.NOT_TEXT: (N_("the file has NUL bytes, so it is no text"), N_("if it is a spreadsheet or a Parquet file, give it the ending of its format")),
    Code.ENCODING: (N_("the text is not {encoding}"), N_("save it as UTF-8, or name its encoding with `--encoding`")),
    Code.UNKNOWN_ENCODING: (N_("no encoding `{name}`"), N_("names look like utf-16, windows-1258 or cp1252")),
    Code.OTHER_FORMAT: (N_("the name says {said}, the content is {found}"), N_("give the file the ending of its format, or convert it to one that `sonla` reads")),
    Code.TOO_LARGE: (N_("too large: {what}, at most {most} are read"), N_("check that this is the file you meant; leave out what is not a table of figures")),
    Code.MISSING_EXTRA: (N_("this format needs the package `{package}`"), N_("install the extra that reads it, such as `pip install 'sonla[xlsx]'` or `'sonla[parquet]'`")),
    Code.UNSAFE_PATH: (N_("`{path}` leads outside the package"), N_("paths of a package are relative and stay inside it; nothing is downloaded")),
    Code.UNSAFE_ARCHIVE: (N_("the archive is not safe to unpack: {why}"), N_("unpack it with a tool you trust and give the folder")),
    Code.INVALID_PACKAGE: (N_("`{where}` of the package is wrong: {why}"), N_("see https://specs.frictionlessdata.io for what a descriptor holds")),
    Code.INVALID_MAPPING: (N_("`{value}` cannot be used for `{name}` in the mapping"), N_("see the documentation of the mapping file")),
    Code.UNKNOWN_SHEET: (N_("no sheet `{name}`"), ""),
    Code.MORE_PROBLEMS: (N_("{count} more problems of this table are not shown"), N_("repair those shown first")),
    Code.AMBIGUOUS_NUMBER: (N_("`{value}` has one mark with three digits after it: thousands or decimals"), N_("add `--decimal comma` if 25.188 means twenty-five thousand, `--decimal point` if it means twenty-five")),
    Code.MIXED_DECIMALS: (N_("the decimal mark of `{value}` is not the one of line {line}"), N_("a table has one decimal mark: repair the numbers that use the other one")),
    Code.OTHER_DECIMAL: (N_("`{value}` cannot be read with the decimal mark that was declared"), N_("check `--decimal`, the mapping or the package; a table has one decimal mark")),
    Code.NOT_A_NUMBER: (N_("`{value}` is no number"), N_("a figure has digits, one decimal mark and no words; hedges go into the column `hedge`")),
    Code.NEGATIVE: (N_("`{value}` is below zero, which `{measure}` of `{metric}` cannot be"), N_("check the sign; a decrease is measure `growth`")),
    Code.ERROR_CELL: (N_("the cell shows the error `{value}`"), N_("repair the formula in the spreadsheet")),
    Code.NOT_CALCULATED: (N_("the cell is a formula that was never calculated"), N_("open the workbook in a spreadsheet and save it")),
    Code.DATE_CELL: (N_("the cell is the date {value}"), N_("format the column as text and type the value again")),
    Code.PERCENT_CELL: (N_("`{value}` is a percentage where the unit is none"), N_("write the unit `%`, or repair the format of the cell")),
    Code.PERCENT_UNKNOWN: (N_("the numbers of `{name}` look like fractions, and this format does not say how they are displayed"), N_('save the workbook as XLSX, or add `percent = "fraction"` or `percent = "percent"` to the mapping')),
    Code.CONTROL_CHARACTER: (N_("`{name}` has control characters"), N_("delete them; they can rewrite what a terminal shows")),
    Code.BLANK_VALUE: (N_("no value, so no figure: a blank or `-` is not zero"), ""),
    Code.DUPLICATE_COLUMN: (N_("the column `{name}` stands twice"), N_("rename or delete one of them")),
    Code.DUPLICATE_ROW: (N_("the row is `{name}`, as line {line} is already"), N_("say in the mapping which row is which, or `ignore` one")),
    Code.DUPLICATE: (N_("already there: {name} = {value} ({source})"), N_("leave it out; a revised figure has another value, status or source")),
    Code.DUPLICATE_SOURCE: (N_("the source `{name}` stands on line {line} already"), N_("ids of sources are unique")),
    Code.REVISED: (N_("both are kept: {name} = {value}, and {old} before ({source})"), ""),
    Code.NOT_UNDERSTOOD_COLUMN: (N_("the heading `{name}` was not understood; the column is left out"), N_("say what it is, or `ignore`, in a mapping file")),
    Code.NOT_UNDERSTOOD_ROW: (N_("the row `{name}` was not understood; it is left out"), N_("say which metric it is, or `ignore`, in a mapping file")),
    Code.NO_AREA: (N_("the table does not say which area it is about"), N_("add `area` to a mapping file, or `--area` to `sonla data convert`")),
    Code.NO_PERIOD: (N_("nothing says which period `{name}` is about"), N_("add `period` to a mapping file, or `--period` to `sonla data convert`")),
    Code.AMBIGUOUS_PERIOD: (N_("the period of `{name}` may be that part of the year or the year so far"), N_("add `period` to a mapping file, or `--period` to `sonla data convert`: 2025-9M is cumulative, 2025-Q3 is not")),
    Code.NO_UNIT: (N_("nothing says in which unit `{name}` is"), N_("add a line such as `Đơn vị tính: triệu đồng`, or `unit` to a mapping file")),
    Code.FORM_YEAR: (N_("form {name} is not an execution report of budget year {year}"), N_("forms 59–61 hold for budget years to 2025, forms 54–56 from 2026")),
    Code.PACKAGE_LAYOUT: (N_("the package is not laid out as `sonla` writes it"), N_("make one with `sonla data convert`")),
    Code.LOCKED: (N_("another process has been writing for {seconds} seconds"), N_("try again when it is done")),
    Code.UNDECLARED_DECIMAL: (N_("the values do not prove that their decimal mark is a point"), N_("read the file back with `--decimal point`, or write a data package, JSON or XLSX, which say it")),
    Code.SOURCES_LEFT_OUT: (N_("{form} has no place for the publications; only their ids are kept"), N_("write a data package, JSON or XLSX to keep them")),
    Code.UNKNOWN_FORMAT: (N_("no format `{said}`: {formats} can be written"), N_("give the file one of these endings, or add `--to`")),
    Code.MISSING_LIBRARY: (N_("`{package}` is not installed"), N_("install the extra that has it: `pip install 'sonla[report]'`")),
    Code.MISSING_PROGRAM: (N_("`{name}` was not found, which turns the report into PDF"), N_("install LibreOffice, or write `.docx` or `.html` and print that")),
    Code.PROGRAM_FAILED: (N_("`{name}` could not make the PDF: {why}"), N_("close LibreOffice and try again, or write `.docx`")),
    Code.TEMPLATE: (N_("the template cannot be filled: {why}"), N_("see docs/templates.md for the names a template can use")),
    Code.INVALID_ROW: (N_("cannot read the row: {why}"), ""),
    Code.INVALID_VALUE: (N_("`{value}` is no `{name}`"), N_("see `sonla data schema` for what a column takes")),
    Code.INVALID_UNIT: (N_("no unit `{name}`"), ""),
    Code.INVALID_PERIOD: (N_("no period `{name}`"), N_("periods look like 2025, 2025-10M, 2025-Q3, 2025-11-13, 2025@2026-01-31 or 2026-2030")),
    Code.MISSING_COLUMN: (N_("the row has no `{name}`"), N_("every observation needs area, metric, measure, period, value and unit")),
    Code.UNKNOWN_COLUMN: (N_("no column `{name}`"), N_("see `sonla data schema` for the columns")),
    Code.UNIT_MISMATCH: (N_("`{unit}` is no unit of `{metric}`"), N_("money is in đồng or dollars, a rate in %, a multiple in `lần`, a count in what it counts: see `sonla help units`")),
    Code.BASIS_MISSING: (N_("a figure of measure `{measure}` needs a basis"), N_("name it, or say `unspecified`")),
    Code.UNKNOWN_BASIS: (N_("no basis `{name}` goes with `{measure}`"), ""),
    Code.UNKNOWN_AREA: (N_("no area `{name}`"), WHICH),
    Code.UNKNOWN_METRIC: (N_("no metric `{name}`"), N_("`sonla indicators --search TEXT` finds metrics by a word of their name")),
    Code.UNKNOWN_INDICATOR: (N_("no indicator `{name}`"), N_("see `sonla indicators`")),
    Code.UNKNOWN_SOURCE: (N_("no source `{name}`"), N_("see `sonla data sources`")),
    Code.UNKNOWN_SETTING: (N_("no setting `{name}`"), N_("the settings are area, lang, data, rounding, target and color")),
    Code.INVALID_SETTING: (N_("`{value}` is no value of the setting `{name}`"), ""),
    Code.UNKNOWN_ENGINE: (N_("no engine `{name}`"), N_("an engine is `duckdb://`, `postgres://…`, `spark://…`, `sc://…` or `trino://…`")),
    Code.UNKNOWN_ENGINE_OPTION: (N_("no option `{name}` of DuckDB"), N_("a DuckDB URL may set `memory_limit`, `threads`, `temp_directory` and `max_temp_directory_size`")),
    Code.ENGINE_LOGIN: (N_("the login in the URL of an engine has a `/`, `?`, `#` or `@` as it is"), N_("write such signs of a password as `%2F`, `%3F`, `%23`, `%40`, or keep it in `~/.pgpass` or `PGPASSWORD`")),
    Code.ENGINE_PACKAGE: (N_("the engine needs `{package}`: `pip install 'sonla[{extra}]'`"), ""),
    Code.ENGINE_UNREACHABLE: (N_("cannot reach the engine {engine}: {why}"), N_("check the host, the port and that the engine runs")),
    Code.ENGINE_REFUSED: (N_("the engine {engine} refused the login: {why}"), N_("check the user and the password; `~/.pgpass` and `PGPASSWORD` keep it out of the command")),
    Code.ENGINE_FAILED: (N_("the engine {engine} failed: {why}"), ""),
    Code.LEDGER_TABLE: (N_("no table `{name}`"), N_("name a file, a folder, a pattern of files, or a table of the engine")),
    Code.LEDGER_FORMAT: (N_("no format is known for `{name}`"), N_("tables end in `.parquet`, `.csv`, `.tsv`, `.json`, `.jsonl` or `.ndjson`")),
    Code.LEDGER_MIXED: (N_("`{name}` holds tables in several formats: {names}"), N_("name the files of one format by a pattern, such as `'folder/*.csv'`, or put each into a folder of its own")),
    Code.LEDGER_COLUMN: (N_("the table has no column `{name}`"), N_("say in a mapping (`--map`) which column is what")),
    Code.LEDGER_KEY: (N_("a mapping has no `{key}`"), N_("see `docs/scale.md` for what a mapping may say")),
    Code.LEDGER_MAPPING: (N_("`{key}` cannot be `{value}`"), N_("see `docs/scale.md` for what a mapping may say")),
    Code.LEDGER_INCOMPLETE: (N_("nothing says the {what} of a row"), N_("name its column or its constant in a mapping (`--map`)")),
    Code.LEDGER_INEXACT: (N_("`{name}` is {type}: a number is counted whole, as a decimal or as its text"), N_("write the column as BIGINT, DECIMAL or text; a double has already lost digits")),
    Code.LEDGER_NO_DATE: (N_("`{name}` is {type}, which no date can be read from"), N_("a date is DATE, TIMESTAMP or text such as 2025-10-31; a year or month is a whole number or its text")),
    Code.LEDGER_UNREADABLE: (N_("no {what} that can be read in `{name}` (rows: {rows})"), N_("amounts are digits with a decimal point, dates are 2025-10-31; a sign is one of those in the mapping")),
    Code.LEDGER_SPELLINGS: (N_("{area} is spelled {names} in the table"), N_("give the spellings one name under `[areas]` in the mapping")),
    Code.LEDGER_NO_METRIC: (N_("left out because no rule gives a metric: {amounts} (rows: {rows})"), ""),
    Code.LEDGER_NO_AREA: (N_("left out because no area is given: {amounts} (rows: {rows})"), ""),
    Code.LEDGER_OUTSIDE: (N_("left out because outside the months of their budget year: `{metric}`, {amounts} (rows: {rows})"), ""),
    Code.LEDGER_SAMPLE: (N_("only a sample was read, so the totals are not totals (rows: {rows})"), ""),
    Code.LEDGER_NO_RATE: (N_("the table has none of {rates} beside the columns it is recomputed from"), N_("a check needs `actual`, `plan` and `attainment`, or `actual`, `previous` and `growth`, `index` or `multiple`")),
    Code.LEDGER_EMPTY: (N_("the table gives no observations"), N_("try the mapping with `--sample` and look at what was left out")),
    Code.UNKNOWN_ID: (N_("nothing is called `{name}`"), N_("take an id from `--ids` or `--json`, or a name from `sonla indicators`")),
    Code.NO_DATA: (N_("nothing was published for {area}{period}"), N_("see `sonla data show` for what there is")),
    Code.TARGET_DAY_PAST: (N_("`--by {value}` is not after the figures, which reach to {end}"), N_("name a later day")),
    Code.NOT_PUBLISHED: (N_("not published: {metric} {period}"), ""),
    Code.CONTRADICTORY: (N_("set aside: `{id}` = {value} ({source}), which contradicts {against}"), ""),
    Code.INVALID_RULE: (N_("`{found}` stands where {expected} is expected"), N_("a rule is two formulas of names, numbers, `+ - * /` and brackets with `==`, `<=`, `>=`, `<` or `>` between them, a decimal point in numbers, and a label after `#`")),
    Code.UNKNOWN_NAME: (N_("no figure is called `{name}`"), N_("write a metric, or a metric, its measure and basis: `revenue.local.plan@council`; names of your own go with a table of `name,value`")),
    Code.DUPLICATE_NAME: (N_("`{name}` is defined twice"), N_("give one of the two another name; `sonla indicators` lists those of the catalogue")),
    Code.INVALID_INDICATOR: (N_("`{name}` is no definition of an indicator: {why}"), N_("an indicator has `id`, `label`, `formula` and `unit`")),
    Code.NO_SOLUTION: (N_("these have no solution, whatever the figures: {names}"), ""),
    Code.NOT_SCORED: (N_("not scored: {indicator} needs its heads in three years"), ""),
    Code.OLD_BOUNDARIES_ONLY: (N_("{area} was merged on 1 July 2025; only figures on its old boundaries are compared"), ""),
    Code.NEW_BOUNDARIES_ONLY: (N_("{area} was merged on 1 July 2025; only figures on its new boundaries are compared"), ""),
    Code.CHANGE_UNREADABLE: (N_("`{value}` is no change"), N_("write it like revenue.local=4800 or disbursement:plan@prime_minister+=500")),
    Code.CHANGE_OF_WHAT: (N_("`{value}` does not say of which metric"), N_("name the metric, as in disbursement:plan@prime_minister+=500")),
    Code.CHANGE_HAS_BASIS: (N_("`{value}` names a basis, which an actual does not have"), N_("write `METRIC:plan@BASIS` for a plan")),
    Code.CHANGE_PERCENT: (N_("`{value}` sets a percentage"), N_("a percentage goes with `+=` or `-=`")),
    Code.CHANGE_NOT_KNOWN: (N_("`{value}` moves what is not known for the period"), N_("set it with `=`")),
    Code.SEASON_FROM: (N_("the season of {metric} is that of {area} in {year} ({basis})"), ""),
    Code.HINDSIGHT: (N_("the season of {metric} was not known at the time: it is of {year} itself"), ""),
    Code.NO_SEASON: (N_("no series says how {metric} ({basis}) goes through a year"), ""),
    Code.TARGET_REACHED: (N_("{metric} has reached {rate} % of the {basis}"), ""),
    Code.YEAR_CLOSED: (N_("the year of {metric} is closed at {period}: nothing is left to project"), ""),
    Code.PLAN_MOVED: (N_("the rate of {metric} ({basis}) fell while the amount rose: the plan was raised between the two dates"), ""),
    Code.NO_COMMON_BASIS: (N_("the rates of {metric} stand on different plans ({earlier}; {later}) and are not compared"), ""),
    Code.PARTS_MISSING: (N_("{area} took in other provinces: not compared, since {missing} is not known for {period}"), ""),
    Code.PARTS_EXCEED: (N_("the units of {area} add up to more than the whole: {metric} {period}"), ""),
    Code.PART_EXCEEDS: (N_("{metric} would be above {whole}, of which it is a part: {period}"), ""),
    Code.RANKED_OF: (N_("{count} of {total} were published for {metric} ({basis}), {period}"), ""),
    Code.OTHER_DATE: (N_("of another date than {period}: {names}"), ""),
    Code.ONLY_WHAT_IS_SET: (N_("only what is set changes: {names}"), ""),
}  # fmt: skip


#: what a file of another kind than observations has, where its problem says `of` which kind it is
HINTS_OF = {
    "heads": N_("a table of heads has the columns year, head, kind (function, economic, contingency, interest or revenue), budget and actual, and unit where it is not tỷ đồng"),
    "values": N_("a table of named values has the columns name and value, and where wanted unit, hedge and source"),
    "indicator": N_("an indicator has `id`, `label`, `formula` and `unit`, and where wanted `note`"),
    "form": N_("give the file one of these endings"),
}  # fmt: skip

#: what a rule can lack, as `core.notation` names it
EXPECTED = {
    "comparison": N_("a comparison (`==`, `<=`, `>=`, `<`, `>`)"),
    "name": N_("a name"),
    "name or number": N_("a name or a number"),
    "operator": N_("an operator or the end of the line"),
    "closing bracket": N_("a closing bracket"),
    "fewer brackets": N_("a formula with fewer brackets"),
    "shorter formula": N_("a shorter formula"),
    "shorter line": N_("a shorter line"),
    "fewer rules": N_("a file with fewer rules"),
}


#: the values that are words of our own
_OWN_WORDS: dict[str, tuple[str, ...]] = {
    Code.OTHER_FORMAT: ("found",), Code.LEDGER_INCOMPLETE: ("what",),
    Code.LEDGER_UNREADABLE: ("what",),
}  # fmt: skip


def sentence(code: str, values: Mapping[str, str]) -> str:
    """Return the sentence of a code with its values."""
    shown = {name: safe(value) for name, value in values.items()}
    if code == Code.INVALID_RULE:
        wanted = EXPECTED[shown["expected"]]
        shown["expected"] = _(wanted)
        shown["found"] = shown["found"] or _("end of the line")
    if code == Code.NO_DATA and shown.get("period"):
        shown["period"] = _(", period {period}").format(period=shown["period"])
    if code == Code.TOO_LARGE:
        shown["what"] = reason(f"{shown['count']} {shown['what']}")
    if "why" in shown:
        shown["why"] = reason(shown["why"])
    for name in _OWN_WORDS.get(code, ()):
        shown[name] = word(shown[name])
    if code == Code.UNIT_MISMATCH:
        shown["unit"] = _(shown["unit"])
    return _(TEXTS[code][0]).format(**shown)


def hint(problem: Problem) -> str:
    """Return what to do about a problem: the nearest names if there are any, else the hint of its code."""
    if problem.suggestions:
        names = ", ".join(f"`{safe(each)}`" for each in problem.suggestions)
        if problem.code == Code.AMBIGUOUS_NUMBER:
            large, small = problem.suggestions
            return _(
                "write `{large}` if the mark groups thousands, `{small}` if it is the decimal mark"
            ).format(large=large, small=small)
        if problem.code == Code.NO_DATA and problem.suggestions[0] in AREAS:
            return _("figures were published for {names}; choose with `--area`").format(names=names)
        if problem.code == Code.NO_DATA:
            return _("published periods: {names}").format(names=names)
        return _("did you mean {names}?").format(names=names)
    kind = problem.values.get("of", "")
    return _(HINTS_OF.get(kind) or TEXTS[problem.code][1])


def lines(problems: Sequence[Problem]) -> Iterable[str]:
    """Yield the lines that report `problems`: place, sentence, excerpt, hint; equal hints are said once."""
    said: set[str] = set()
    for problem in problems:
        where = f"{safe(str(problem.place))}: " if problem.place else ""
        yield f"{_(problem.severity)}: {where}{sentence(problem.code, problem.values)}"
        if problem.place and problem.place.excerpt:
            yield f"    {safe(problem.place.excerpt)}"
        advice = hint(problem)
        if advice and advice not in said:
            said.add(advice)
            heading = _("hint")
            yield ""
            yield f"{heading}: {advice}"


def printable(text: str, *, lines: bool = False) -> str:
    """Return `text` with control and bidirectional characters shown as escapes, safe for a terminal.

    Line ends stay where `lines` of the text are wanted; elsewhere they could pass for lines of our own.
    """
    if text.isprintable():
        return text
    from unicodedata import category

    return "".join(
        each
        if each.isprintable() or (lines and each == "\n") or category(each) == "Zs"
        else each.encode("unicode_escape").decode()
        for each in text
    )


#: a login in front of a host, and a password given by its name: both may stand wherever a user wrote them
_LOGIN = re.compile(r"(?<=://)[^`\n]*(?=@)")
_PASSWORD = re.compile(
    r"(\w*(?:password|passwd|pwd|secret|token)\w*\s*=\s*)('[^']*'|\"[^\"]*\"|[^\s&;,`'\"]+)", re.I
)


def safe(text: str, *, lines: bool = False) -> str:
    """Return `text` printable and without passwords: what may be said of what a user or another program wrote."""
    return printable(masked(text), lines=lines)


def masked(text: str) -> str:
    """Return `text` without the passwords of URLs and of settings, whoever wrote them where."""
    if "://" in text:
        text = _LOGIN.sub(_user_only, text)
    return _PASSWORD.sub(r"\1***", text) if "=" in text else text


def _user_only(login: re.Match[str]) -> str:
    user, colon, _password = login[0].partition(":")
    plain = user.replace(".", "").replace("-", "").replace("_", "").isalnum()
    return user + (colon and ":***") if plain else "***"


#: the words that are looked up by value: kept here so that the catalogue of messages has them
_SEVERITIES = (N_("error"), N_("warning"), N_("note"))
