"""How fast press text is read: beside a bare search for numbers, and beside what a user would otherwise install.

    python benchmarks/extract.py [--quick] [--markdown FILE]

The text is generated from a seed, so that every run reads the same: speeches (no sentence states figures),
articles (one in eight states three), reports (one in three) and dense reports (every one). Memory is that of a child process that
reads 100 MB. Peers are measured where they are installed (`pip install quantulum3 underthesea`), on a part of
the text, because they need minutes for all of it.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from sonla_cli.press import read, read_lines

#: a bare number in the Vietnamese convention, the least that any reader of figures must search for
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
PUBLISHED = date(2025, 11, 18)

AREAS = ("Sơn La", "Lào Cai", "Điện Biên", "Hải Phòng", "Nghệ An", "Thanh Hóa", "Đắk Lắk", "TP.HCM")
ITEMS = (
    "thu nội địa",
    "thu từ đất",
    "thu xuất nhập khẩu",
    "chi thường xuyên",
    "chi đầu tư phát triển",
    "thu ngân sách trên địa bàn",
)
PLANS = (
    "dự toán Trung ương giao",
    "dự toán HĐND tỉnh giao",
    "kế hoạch Thủ tướng Chính phủ giao",
    "dự toán năm",
)
TALK = (
    "Các sở, ngành, địa phương đã chủ động rà soát, tháo gỡ vướng mắc cho nhà thầu và người dân trong vùng dự án.",
    "Lãnh đạo tỉnh yêu cầu các đơn vị nêu cao trách nhiệm, kịp thời báo cáo những khó khăn vượt thẩm quyền.",
    "Nhiều ý kiến tại hội nghị đề xuất đẩy mạnh cải cách thủ tục hành chính và chuyển đổi số trong quản lý.",
    "Thời tiết cực đoan, giá vật liệu biến động làm ảnh hưởng đến việc thi công ở vùng sâu, vùng xa.",
    "Công tác tuyên truyền được triển khai sâu rộng, tạo sự đồng thuận cao trong nhân dân.",
    "Đại biểu cũng trao đổi về việc bảo tồn bản sắc văn hóa gắn với phát triển du lịch cộng đồng.",
)  # fmt: skip


def number(random_: random.Random, most: int) -> str:
    return f"{random_.randrange(10, most):,}".replace(",", ".")


def percent(random_: random.Random) -> str:
    return f"{random_.randrange(1, 140)},{random_.randrange(1, 100)}%"


def statement(r: random.Random) -> str:
    first = f"{r.choice(('10 tháng năm 2025', 'Tính đến 13/11/2025', 'Năm 2024', 'Quý III/2025'))}, {r.choice(ITEMS)} của {r.choice(AREAS)}"
    second = f"{r.choice(('ước đạt', 'đạt', 'đạt gần', 'là'))} {number(r, 30_000)} tỷ đồng, bằng {percent(r)} {r.choice(PLANS)}"
    third = f"{r.choice(('tăng', 'giảm'))} {percent(r)} so với cùng kỳ năm trước"
    return f"{first} {second}, {third}."


def generated(size: int, figures: float, seed: int = 20251118) -> str:
    """Return about `size` characters in which a share of the sentences states figures."""
    r = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < size:
        sentences = [statement(r) if r.random() < figures else r.choice(TALK) for _ in range(4)]
        paragraphs.append(" ".join(sentences) + "\n")
        length += len(paragraphs[-1])
    return "".join(paragraphs)


def best(work: Callable[[], object], times: int = 3) -> float:
    def once() -> float:
        begin = time.process_time()
        work()
        return time.process_time() - begin

    return min(once() for _ in range(times))


class Row(NamedTuple):
    """One measurement, as it is written in a table."""

    text: str
    size: str
    figures: str
    #: of the processor, for the text
    seconds: str
    #: how that compares with a bare search for numbers, or how much longer a peer takes
    beside: str


COLUMNS = Row("text", "size", "figures", "seconds", "beside")


def paced(name: str, text: str) -> Row:
    found = sum(1 for _ in read(text, published_on=PUBLISHED))
    bare = best(lambda: sum(1 for _ in NUMBER.finditer(text)))
    ours = best(lambda: sum(1 for _ in read(text, published_on=PUBLISHED)))
    size = f"{len(text) / 1e6:.1f} M chars"
    return Row(name, size, f"{found:,}", f"{ours:.3f}", f"×{ours / bare:.1f} a bare search ({bare:.3f} s)")


def quantulum(text: str) -> None:
    from quantulum3 import parser

    parser.parse(text)


def underthesea(text: str) -> None:
    from underthesea import word_tokenize

    word_tokenize(text)


def peers(text: str) -> Iterator[Row]:
    ours = best(lambda: sum(1 for _ in read(text, published_on=PUBLISHED)))
    for name, work in (("quantulum3", quantulum), ("underthesea", underthesea)):
        try:
            work(text[:200])
        except ImportError as error:
            yield Row(name, "", "", "", f"not measured: {error}")
            continue
        taken = best(lambda work=work: work(text), 1)  # type: ignore[misc]
        size = f"{len(text):,} chars"
        yield Row(
            name, size, "", f"{taken:.3f}", f"{taken / ours:,.0f} times as long as `read` ({ours:.4f} s)"
        )


def lines(size: int) -> Iterator[str]:
    part = generated(1_000_000, 1 / 3).splitlines(keepends=True)
    length = 0
    while length < size:
        for line in part:
            yield line
            length += len(line.encode())


def memory(megabytes: int) -> Row:
    """Return what a child process needs at most that reads so much text."""
    command = [sys.executable, __file__, "--child", str(megabytes)]
    peak, found, seconds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    held = f"at most {int(peak) / 1024:.0f} MB of memory"
    return Row("reports, line by line", f"{megabytes} MB", f"{int(found):,}", seconds, held)


def child(megabytes: int) -> None:
    found = sum(1 for _ in read_lines(lines(megabytes * 1_000_000), published_on=PUBLISHED))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes on Linux
    print(peak, found, f"{time.process_time():.1f}")


def hostile() -> Iterator[Row]:
    for piece in ("7", "tỷ ", "(", "1/", "5% "):
        text = piece * (1_000_000 // len(piece))
        found = sum(1 for _ in read(text))
        taken = best(lambda text=text: sum(1 for _ in read(text)), 1)  # type: ignore[misc]
        yield Row(
            f"`{piece}` again and again", f"{len(text) / 1e6:.1f} M chars", f"{found:,}", f"{taken:.2f}", ""
        )


def rows(megabytes: int) -> Iterator[Row]:
    """Measure one thing after the other."""
    yield memory(1)  # before anything large is held: a child begins with its parent's peak
    yield memory(megabytes)
    list(read(generated(20_000, 1)))  # tables are built on first use
    yield paced("speeches", generated(2_000_000, 0))
    yield paced("articles", generated(2_000_000, 1 / 8))
    yield paced("reports", generated(2_000_000, 1 / 3))
    yield paced("dense reports", generated(1_000_000, 1))
    yield from hostile()
    yield from peers(generated(20_000, 1 / 3))


def markdown(measured: Iterable[Row]) -> str:
    table = [COLUMNS, Row("---", "--:", "--:", "--:", "---"), *measured]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in table)
    return f"## Extraction\n\nSeconds of processor time; a bare search is one `re.finditer` for numbers over the same text.\n\n{lines}"


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--megabytes", type=int, default=100, help="text to read for the memory figure")
    options.add_argument("--markdown", type=Path, metavar="FILE", help="write the table to a file as well")
    options.add_argument("--quick", action="store_true", help="a megabyte for the memory figure")
    options.add_argument("--child", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.child:
        child(chosen.child)
        return
    print(f"Python {sys.version.split()[0]}, processor time")
    measured = []
    for row in rows(2 if chosen.quick else chosen.megabytes):
        print(f"{row.text:<22} {row.size:>13} {row.figures:>9} {row.seconds:>8}  {row.beside}", flush=True)
        measured.append(row)
    if chosen.markdown:
        chosen.markdown.write_text(markdown(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
