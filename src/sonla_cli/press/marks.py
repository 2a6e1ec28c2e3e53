"""Marks: the words of a sentence that the grammar knows, each with its kind and its place among the tokens."""

from __future__ import annotations

from dataclasses import dataclass

from sonla_cli.press.quantities import Quantity


class Kind:
    """What a recognised word or phrase does in a sentence; plain numbers, which are compared at every mark."""

    QUANTITY = 1  # a number and its unit
    PERIOD = 2  # a window of time
    METRIC = 3  # what is measured
    AREA = 4
    ENTITY = 5  # a commune, a district: a unit of an area
    RELATION = 6  # bằng, đạt, tăng, vượt, chiếm, gấp …
    CHANGE_BASE = 7  # cùng kỳ, năm trước, bình quân cả nước
    PLAN = 8  # dự toán, kế hoạch, chỉ tiêu
    ASSIGNER = 9  # Trung ương, HĐND, Thủ tướng
    ASSIGNS = 10  # giao, quyết định
    AGAINST = 11  # so với
    HEDGE = 12
    STATUS = 13  # ước, sơ bộ, quyết toán
    GOAL = 14  # phấn đấu, mục tiêu, yêu cầu
    REQUEST = 15  # đề nghị … bố trí
    COMMA = 16
    JOIN = 17  # và, cùng
    BREAK = 18  # ; : –
    OPEN = 19  # (
    CLOSE = 20  # )
    INSIDE = 21  # trong đó, gồm
    OUTSIDE = 22  # ngoài ra, bên cạnh đó
    RESPECTIVELY = 23  # lần lượt, tương ứng
    FROM = 24  # từ
    REACH = 25  # lên, xuống còn
    TERRITORY = 26  # trên địa bàn
    EXCEPT = 28  # không kể, loại trừ
    ATTRACTS = 29  # chấp thuận, cấp mới: makes a count of projects a figure
    ADJUSTS = 30  # điều chỉnh tăng vốn
    CUMULATIVE = 31  # lũy kế
    CARRYOVER = 32  # kể cả vốn kéo dài
    PRICES = 33  # giá so sánh, giá hiện hành
    UPWARDS = 34  # trở lên
    AVERAGE = 35  # bình quân (a year)
    NOT_FIGURE = 36  # a noun whose number is no fiscal figure
    SOURCE_OF_CAPITAL = 37  # vốn ngân sách trung ương, vốn nước ngoài
    PLACE = 38  # what follows is part of the name of a road, a plant, a paper
    PER_YEAR = 39  # /năm
    COMPOUND = 40  # giao thông, tiến độ: holds a word of the field and means nothing of it


@dataclass(slots=True, eq=False)
class Mark:
    """A recognised stretch of tokens `first`…`last` (the last not included)."""

    kind: int
    first: int
    last: int
    value: str
    #: the figure that the stretch is, of kind `QUANTITY`
    figure: Quantity | None = None
