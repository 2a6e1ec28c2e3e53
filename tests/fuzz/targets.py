"""What is fuzzed: every way bytes come in, each with valid seeds and the words of its format.

A target takes bytes and a scratch folder and raises only for a bug: an internal error, an output unsafe to show, or
what `campaign` adds – too long, too much memory, the network.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sonla_cli.core.figure import Figure
from sonla_cli.core.notation import NotationError, parse_formula, parse_integers, parse_rule
from sonla_cli.core.problem import SonlaError
from tests.fuzz import seeds
from tests.fuzz.figures import figures
from tests.fuzz.session import command

Run = Callable[[bytes, Path], None]


@dataclass(frozen=True, slots=True)
class Target:
    """One way in."""

    run: Run
    seeds: Callable[[], Sequence[bytes]]
    words: Sequence[bytes] = ()


def words(text: str) -> tuple[bytes, ...]:
    """Return the words of a text, parted by two blanks or lines."""
    return tuple(each.encode() for line in text.splitlines() for each in line.split("  ") if each)


TABLE = words(
    "area  metric  measure  basis  period  value  unit  hedge  status  source  note  boundaries  entity  id  title  url"
    "  published_on  kind  Sơn La  Việt Nam  revenue.local  investment.capital  actual  plan  attainment  growth  multiple"
    "  central  council  same_period_last_year  2020  average_2021_2025  2025-10M  2025-Q3  2025-11-13  2025@2026-01-31"
    "  2026-2030  tỷ đồng  nghìn tỷ đồng  triệu USD  %  lần  dự án  about  over  estimate  old  1.234,5  12,5  25.188  –  …"
    "  Đơn vị: triệu đồng  STT  Chỉ tiêu  Dự toán  Thực hiện  So sánh  Lũy kế  Cùng kỳ  10 tháng năm 2025  A  B  1=2/3"
)
XML = words(
    'r="A1"  r="XFD1048576"  r="ZZZ99999999"  t="e"  t="s"  t="inlineStr"  s="9"  <c r="B2"  </row>  <f>  <v>  1e999'
    '  <!DOCTYPE a [<!ENTITY b "c">]>  &b;  &#0;  &#x110000;  <mergeCell ref="A1:XFD9"/>  spans="1:9"'
    '  table:number-rows-repeated="1048576"  table:number-columns-repeated="-1"  office:value-type="percentage"'
    '  office:value-type="date"  office:date-value="2025-99-99"  office:value="x"  <table:table table:name="x">  <text:p>'
)
JSON = words(
    '[  ]  {  }  ,  :  "  null  true  -0.0  1E400  "observations"  "sources"  "decimal"  "point"  \\ud800  \\u0000  NaN'
)
TOML = words(
    '[  ]  [[  ]]  {  }  =  "  """  \'  #  .  [columns]  [rows]  [areas]  [[rules]]  [[indicator]]  ignore = {}  = []  = 1'
    "  = 1.5  = true  = 2025-10-31  = 0x7f  = inf  = [[1],{a=1}]  area  period  unit  decimal  source  metric  rounding  data"
    '  target  color  lang  "\\u0000"  "\\U0010ffff"  id  label  formula  plan:council  attainment:council@2025-10M'
)
PACKAGE = words(
    '"resources"  "path"  "schema"  "fields"  "dialect"  "delimiter"  "encoding"  "utf-16"  "hex"  "idna"  "compression"'
    '  "format"  "xlsx"  "parquet"  "decimalChar"  "groupChar"  "../x"  "/etc/passwd"  "http://x/y.csv"  ""  ";;"  "name"'
)
RULES = words(
    "==  <=  >=  <  >  !=  +  -  *  /  (  )  #  ,  integer  revenue.local  revenue.local.plan@council  a  0  0.0  1e9  .5  ::@"
)
PRESS = words(
    "tỷ đồng  triệu USD  %  lần  dự án  hơn  gần  khoảng  trên  dưới  ước đạt  bằng  tăng  giảm  so với cùng kỳ  dự toán"
    "  HĐND tỉnh giao  Trung ương giao  kế hoạch  trong đó  lần lượt  10 tháng năm 2025  quý III/2025  đến ngày 13/11/2025"
    "  ngày 31/02/2025  năm 2024  Sơn La  thu nội địa  giải ngân  vốn đầu tư công  tổng thu ngân sách  mười lăm  một nghìn"
    "  rưỡi  1.234,5  25.188  4,5%  (  )  ;  :  –  -  /  |  \t  .  \n\n  Đơn vị: tỷ đồng  một phần ba  gấp đôi  điểm phần trăm"
)
HTML = words(
    "<  >  </  <!--  -->  <![CDATA[  ]]>  <!  <?  &  &#  &#x  ;  <svg>  </svg>  <script>  </script>  <table>  <tr>  <td>  <p>  <head>  <body>  &nbsp  &#1114112;  &#55296;"
)
PDF = words(
    "obj  endobj  stream  endstream  <<  >>  [  ]  (  )  /Filter  /FlateDecode  /LZWDecode  /ASCIIHexDecode  /Length  /Kids  /Count  /Parent 3 0 R  R  xref  trailer  startxref  /Prev  /ObjStm  /XRef  /Encrypt  BT  ET  Tj  TJ  Td  Do  q  Q  /ToUnicode  -1  1e9"
)
JINJA = words(
    "{{  }}  {%  %}  {#  #}  for  in  endfor  range(9)  if  endif  set  macro  endmacro  |  ~  *  **  %  loop  self  cycler()  figure(  document  .parts  __class__  | map  | format  | center(9)  | xmlattr  | tojson  | indent(9)  lipsum()  namespace()  _("
)

ARGUMENTS = tuple(
    b"\n" + each
    for each in words(
        "--json  --format  markdown  --data  figures.csv  -  --no-embedded  --area  Sơn La  son la  --period  2025-10M  9999  --source"
        "  --rounding  exact  --ids  --quiet  --strict  --color  always  --lang  vi  -o  out  --force  --by  2025-12-31  0001-01-01"
        "  --target  1e9%  nan%  95%  --set  revenue.local=4800  x+=1e999%  --entity  --boundaries  old  --within  366  --metric  -h"
        "  COLUMNS=1  COLUMNS=999999999  COLUMNS=²  SONLA_TARGET=x  SONLA_COLOR=x  SONLA_DATA=figures.csv  SONLA_LANG=vi  LC_ALL=x"
        "  --decimal  comma  --to  csv  --mapping  --encoding  utf-16  hex  --separator  ;;  --unit  %  --trust  a=1e999  --revision  -5"
    )
)


def reading(suffix: str, *options: str) -> Run:
    """Return the target that reads a file: inspected, and converted where it can be."""

    def run(data: bytes, folder: Path) -> None:
        path = folder / f"in{suffix}"
        path.write_bytes(data)
        status, _ = command("data", "inspect", path.name, *options)
        if status == 0:
            for form in ("csv", "jsonl"):
                command("data", "convert", path.name, "-", "--to", form, *options, shown=False)

    return run


def table(form: str, *more: bytes) -> Callable[[], Sequence[bytes]]:
    """Return the seeds of a table format."""
    return lambda: [seeds.tables()[form], *more]


def using(name: str, *commands: tuple[str, ...]) -> Run:
    """Return the target that writes its bytes to a file of this name and runs commands on it."""

    def run(data: bytes, folder: Path) -> None:
        (folder / name).write_bytes(data)
        try:
            for each in commands:
                command(*each)
        finally:
            (folder / name).unlink()

    return run


def package(data: bytes, folder: Path) -> None:
    """Read a package of a descriptor and one table."""
    descriptor, _, rows = data.partition(seeds.SPLIT)
    inside = folder / "package"
    inside.mkdir(exist_ok=True)
    (inside / "datapackage.json").write_bytes(descriptor)
    (inside / "observations.csv").write_bytes(rows)
    (inside / "sources.csv").write_bytes((seeds.EXAMPLES / "lao-cai" / "sources.csv").read_bytes())
    command("data", "inspect", "package")


def mapping(data: bytes, folder: Path) -> None:
    """Read a report with a mapping."""
    (folder / "report.csv").write_text(seeds.REPORT, "utf-8")
    (folder / "map.toml").write_bytes(data)
    command("data", "inspect", "report.csv", "--mapping", "map.toml")


def ledger_mapping(data: bytes, folder: Path) -> None:
    """Read what the columns of a ledger mean."""
    from sonla_cli.ledger import mapping as ledger

    (folder / "ledger.toml").write_bytes(data)
    try:
        ledger.read("ledger.toml")
    except SonlaError as error:
        from sonla_cli.render.problems import lines

        list(lines(error.problems))


def rules(data: bytes, folder: Path) -> None:
    """Hold a table of values against rules."""
    text, _, values = data.partition(seeds.SPLIT)
    (folder / "rules.txt").write_bytes(text)
    (folder / "values.csv").write_bytes(values)
    command("check", "values.csv", "--rules", "rules.txt", "--all-figures")


def extracting(suffix: str) -> Run:
    """Return the target that reads the figures out of a document."""

    def run(data: bytes, folder: Path) -> None:
        path = folder / f"in{suffix}"
        path.write_bytes(data)
        status, _ = command("extract", path.name, "--format", "text", "--explain")
        if status == 0:
            command("extract", path.name, "--format", "json", shown=False)
            command("extract", path.name, "--format", "csv", shown=False)

    return run


def pdf(data: bytes, _folder: Path) -> None:
    """Read a PDF as its own process does, which may refuse it."""
    from sonla_cli.press.pdf import _read

    with contextlib.suppress(ValueError, OverflowError):
        _read(data)


def arguments(data: bytes, folder: Path) -> None:
    """Run a command line: a line for each argument, variables first; nothing outside the folder is named."""
    lines = [
        each for each in data.decode("utf-8", "surrogateescape").replace("\x00", "").split("\n") if each
    ][:40]
    if any(each.startswith(("/", "~")) or ".." in each or "=/" in each or "://" in each for each in lines):
        return
    (folder / "figures.csv").write_text(seeds.FIGURES, "utf-8")
    given = {
        name: value for name, _, value in (each.partition("=") for each in lines if _VARIABLE.match(each))
    }
    outer = {name: os.environ.get(name) for name in given}
    os.environ |= given
    try:
        command(*(each for each in lines if not _VARIABLE.match(each)), shown=False)
    finally:
        for name, value in outer.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
        for each in folder.iterdir():
            shutil.rmtree(each) if each.is_dir() else each.unlink()


_VARIABLE = re.compile(r"(?:SONLA_[A-Z]+|COLUMNS|LC_ALL|NO_COLOR|TERM)=")


def notation(data: bytes, _folder: Path) -> None:
    """Parse a line as a rule, a formula and a line of integers; show and evaluate what it is."""
    text = data.decode("utf-8", "replace")
    for parse in (parse_rule, parse_formula, parse_integers):
        try:
            found = parse(text)
        except NotationError as error:
            str(error)
            continue
        if parse is parse_formula:
            from sonla_cli.core.interval import Interval

            str(found)
            given = {name: Interval.of(place + 1) for place, name in enumerate(found.names())}  # type: ignore[union-attr]
            found.evaluate(given)  # type: ignore[union-attr]


def parsers(data: bytes, _folder: Path) -> None:
    """Read a text as a period, a unit, a numeral, a figure, an area and a day."""
    from sonla_cli.catalogue import areas
    from sonla_cli.core import numeral, period, spelling, unit
    from sonla_cli.render import people
    from sonla_cli.sources.phrases import unit_of

    text = data.decode("utf-8", "replace")
    try:
        found = period.parse(text)
        assert str(period.parse(found.text)) == found.text
        people.period(text)
        found.year_earlier, found.days, found.elapsed_days, found.closing  # noqa: B018
    except ValueError:
        people.period(text)
        people.day(text)
    people.basis(text)
    read = numeral.read(text)
    for mark in (*numeral.Mark, None):
        digits = read.digits(mark) if read else None
        if digits is not None:
            float(digits)
    numeral.plain(text)
    spelling.key(text)
    areas.find(text)
    unit_of(text)
    for printed in (text, "1.50"):
        try:
            figure = Figure(printed, unit.parse(text) or unit.BILLION_VND)
            figure.interval()
        except ValueError:
            continue


TARGETS: dict[str, Target] = {
    "csv": Target(reading(".csv"), table("csv", seeds.REPORT.encode()), TABLE),
    "tsv": Target(reading(".tsv", "--decimal", "point"), table("tsv"), TABLE),
    "json": Target(reading(".json"), table("json"), JSON + TABLE),
    "jsonl": Target(reading(".jsonl"), table("jsonl"), JSON + TABLE),
    "xlsx": Target(reading(".xlsx"), lambda: [seeds.tables()["xlsx"], (seeds.EXAMPLES / "monthly-report.xlsx").read_bytes()], XML + TABLE),
    "xls": Target(reading(".xls"), table("xls"), TABLE),
    "ods": Target(reading(".ods"), table("ods"), XML + TABLE),
    "parquet": Target(reading(".parquet"), table("parquet"), TABLE),
    "package": Target(package, lambda: [seeds.package()], PACKAGE + JSON + TABLE),
    "zip": Target(reading(".zip"), table("zip"), PACKAGE + JSON + TABLE),
    "mapping": Target(mapping, lambda: [MAPPING], TOML + TABLE),
    "ledger-mapping": Target(ledger_mapping, lambda: [(seeds.EXAMPLES / "vouchers.toml").read_bytes()], TOML + TABLE),
    "settings": Target(
        using("sonla.toml", ("config", "show"), ("data", "show", "--no-embedded")),
        lambda: [b'area = "S\xc6\xa1n La"\nlang = "vi"\ndata = ["a.csv"]\nrounding = "half"\ntarget = "95%"\ncolor = "auto"\n'],
        TOML,
    ),
    "rules": Target(rules, lambda: [RULES_AND_VALUES], RULES + TABLE),
    "values": Target(using("values.csv", ("check", "values.csv", "--all-figures")), lambda: [(seeds.EXAMPLES / "values.csv").read_bytes()], TABLE),
    "indicators": Target(
        using("own.toml", ("indicators", "--indicators", "own.toml"), ("budget", "--no-embedded", "--indicators", "own.toml")),
        lambda: [(seeds.EXAMPLES / "indicators.toml").read_bytes()], TOML + RULES,
    ),
    "pefa": Target(using("pefa.csv", ("pefa", "pefa.csv"), ("pefa", "pefa.csv", "--format", "markdown")), lambda: [(seeds.EXAMPLES / "pefa.csv").read_bytes()], TABLE),
    "html": Target(extracting(".html"), lambda: [seeds.html()], HTML + PRESS),
    "docx": Target(extracting(".docx"), lambda: [seeds.docx()], XML + PRESS),
    "pdf": Target(pdf, seeds.pdfs, PDF),
    "text": Target(extracting(".txt"), seeds.texts, PRESS),
    "notation": Target(notation, lambda: [b"revenue.total == revenue.local + 2 * (a - b.c@d) / 3.5", b"integer a, b", b"0 <= a / b <= 1"], RULES),
    "parsers": Target(parsers, lambda: [each for each in TABLE if each[:1].isdigit()] + [b"1.234,5", "−0,50".encode(), "nghìn tỷ đồng".encode()], TABLE),
    "arguments": Target(arguments, seeds.command_lines, ARGUMENTS),
    "figures": Target(figures, lambda: [bytes(range(40)), bytes(range(255, 0, -3)), b"sonla" * 40]),
}  # fmt: skip

MAPPING = """area = "Sơn La"
period = "2025-10M"
unit = "triệu đồng"
decimal = "comma"
source = "stc"
status = "estimate"
percent = "percent"
[columns]
"Dự toán HĐND giao" = "plan:council"
"E" = "attainment:council@2025-10M"
[rows]
"Thu từ DNNN" = "ignore"
"Thu nội địa" = "revenue.domestic"
""".encode()
RULES_AND_VALUES = b"".join(
    ((seeds.EXAMPLES / "rules.txt").read_bytes(), seeds.SPLIT, (seeds.EXAMPLES / "values.csv").read_bytes())
)
