"""The form that `sonla data template` writes: what goes into each column, in both languages, and an example.

The example is a published figure of the embedded data, with its publication.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path, PurePath
from typing import get_args

from sonla_cli.catalogue.bases import CHANGE_BASES, PLAN_BASES
from sonla_cli.catalogue.metrics import METRICS
from sonla_cli.core.atomic import replacing
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.core.unit import SPELLINGS
from sonla_cli.models.observation import COLUMNS, HedgeWord, Measure, Observation, Status
from sonla_cli.sources import embedded

_EXAMPLE = ("Sơn La", "revenue.local", "attainment", "council", "2025-10M", "vietnamplus-2025-11-18")

#: Vietnamese and English side by side: the workbook goes to readers of either
INSTRUCTIONS = (
    ("Cách điền", "How to fill in"),
    ("Mỗi dòng của trang `observations` là một số liệu đúng như đã in.", "Each row of the sheet `observations` is one figure exactly as printed."),
    ("area: tỉnh, thành phố hoặc Việt Nam.", "area: province, city or Việt Nam."),
    ("metric: chọn trong danh sách, ví dụ revenue.local là thu NSNN trên địa bàn.", "metric: choose from the list; revenue.local, for one, is revenue in the territory."),
    ("measure: actual là số thực hiện, plan là dự toán hoặc kế hoạch, attainment là tỷ lệ đạt dự toán, index là bằng … % cùng kỳ, growth là tăng … %.", "measure: actual, plan, attainment (per cent of a plan), index (per cent of the same period), growth (per cent more)."),
    ("basis: ai giao dự toán (central, council, prime_minister …) hoặc so với gì; để trống khi là số thực hiện; không in thì ghi unspecified.", "basis: who assigned the plan (central, council, prime_minister …) or what the change is against; empty for an actual; unspecified where it is not printed."),
    ("period: 2025 · 2025-10M là lũy kế 10 tháng · 2025-Q3 · 2025-10 là riêng tháng 10 · 2025-11-13 là lũy kế đến ngày.", "period: 2025 · 2025-10M ten months cumulative · 2025-Q3 · 2025-10 October alone · 2025-11-13 cumulative to that day."),
    ("value: giữ nguyên chữ số, kể cả số 0 ở cuối; ô trống là chưa có số, không phải là 0.", "value: keep the digits, trailing zeros too; a blank cell means no figure, not zero."),
    ("unit: đơn vị như đã in, ví dụ tỷ đồng, triệu đồng, %, dự án.", "unit: as printed, such as tỷ đồng, triệu đồng, %, dự án."),
    ("hedge: about là khoảng, over là hơn hoặc trên, under là gần hoặc dưới; để trống khi không có.", "hedge: about, over, under; empty where the text has none."),
    ("status: estimate là ước, preliminary là sơ bộ, final là quyết toán; để trống khi không nói.", "status: estimate, preliminary, final; empty where nothing is said."),
    ("source: mã của nguồn; note: ghi chú.", "source: id of the publication; note: anything else."),
    ("boundaries, entity: chỉ dùng cho tỉnh sau sáp nhập và cho đơn vị trực thuộc.", "boundaries, entity: only for merged provinces and for units below the province."),
    ("Kiểm tra bằng lệnh: sonla data validate TỆP", "Check it with: sonla data validate FILE"),
)  # fmt: skip


def example() -> Observation:
    """Return the published figure that the form shows."""
    return next(
        each for each in embedded.dataset().observations
        if (each.area, each.metric, each.measure, each.basis, each.period, each.source) == _EXAMPLE
    )  # fmt: skip


def lists() -> dict[str, tuple[str, ...]]:
    """Return the words of the drop-down lists by column."""
    return {
        "metric": tuple(METRICS),
        "measure": get_args(Measure),
        "basis": tuple(dict.fromkeys((*PLAN_BASES, *CHANGE_BASES))),
        "unit": tuple(SPELLINGS),
        "hedge": tuple(filter(None, get_args(HedgeWord))),
        "status": tuple(filter(None, get_args(Status))),
    }


def text() -> str:
    """Return the form as CSV: the header and the worked example."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow([getattr(example(), name) for name in COLUMNS])
    return stream.getvalue()


def write(output: str, *, force: bool = False) -> None:
    """Write the form to an XLSX or CSV file; raise `SonlaError` if that cannot be done."""
    from sonla_cli.sources.workbook_writing import form, needed

    suffix = PurePath(output).suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        values = {"said": suffix.lstrip("."), "formats": "xlsx, csv", "of": "form"}
        raise SonlaError([Problem(Code.UNKNOWN_FORMAT, place=Place(output), values=values)])
    if suffix == ".xlsx":
        needed(output)
    try:
        with replacing(Path(output), force=force) as temporary:
            if suffix == ".xlsx":
                form(temporary, [getattr(example(), name) for name in COLUMNS], lists(), INSTRUCTIONS)
            else:
                temporary.write_text(text(), encoding="utf-8")
    except FileExistsError:
        raise SonlaError([Problem(Code.FILE_EXISTS, place=Place(output))]) from None
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise SonlaError([Problem(Code.UNWRITABLE, place=Place(output), values=values)]) from error
