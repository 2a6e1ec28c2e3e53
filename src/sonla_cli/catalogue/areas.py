"""The country, its 34 provinces and cities since 1 July 2025, and the 29 others they took in.

Names are matched exactly, apart from case, against an explicit list of spellings; nothing is guessed. A
province that took in others keeps its name, so a figure says whether it stands on old or new boundaries.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import NamedTuple

from sonla_cli.core.text import N_

#: the day the provinces were merged
MERGED_ON = date(2025, 7, 1)

COUNTRY = "Việt Nam"


class Area(NamedTuple):
    """An area: `parts` are the provinces it took in, `into` the one it went into, on 1 July 2025."""

    name: str
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    into: str | None = None

    @property
    def is_merged(self) -> bool:
        """Whether the name means different boundaries before and after 1 July 2025."""
        return bool(self.parts)


_KEPT = {
    "Hà Nội": ("Ha Noi", "Hanoi", "TP Hà Nội", "TP. Hà Nội", "Thành phố Hà Nội", "Thủ đô Hà Nội"),
    "Huế": ("Hue", "Thừa Thiên Huế", "Thừa Thiên - Huế", "Thừa Thiên-Huế", "Thua Thien Hue", "TP Huế", "TP. Huế", "Thành phố Huế"),
    "Lai Châu": ("Lai Chau",),
    "Điện Biên": ("Dien Bien", "Ðiện Biên"),
    "Sơn La": ("Son La", "SonLa"),
    "Cao Bằng": ("Cao Bang",),
    "Lạng Sơn": ("Lang Son",),
    "Quảng Ninh": ("Quang Ninh",),
    "Thanh Hóa": ("Thanh Hoá", "Thanh Hoa"),
    "Nghệ An": ("Nghe An",),
    "Hà Tĩnh": ("Ha Tinh",),
}  # fmt: skip

_MERGED = {
    "Tuyên Quang": (("Tuyen Quang",), ("Hà Giang",)),
    "Lào Cai": (("Lao Cai",), ("Yên Bái",)),
    "Thái Nguyên": (("Thai Nguyen",), ("Bắc Kạn",)),
    "Phú Thọ": (("Phu Tho",), ("Vĩnh Phúc", "Hòa Bình")),
    "Bắc Ninh": (("Bac Ninh",), ("Bắc Giang",)),
    "Hưng Yên": (("Hung Yen",), ("Thái Bình",)),
    "Hải Phòng": (("Hai Phong", "TP Hải Phòng", "TP. Hải Phòng", "Thành phố Hải Phòng"), ("Hải Dương",)),
    "Ninh Bình": (("Ninh Binh",), ("Hà Nam", "Nam Định")),
    "Quảng Trị": (("Quang Tri",), ("Quảng Bình",)),
    "Đà Nẵng": (("Da Nang", "TP Đà Nẵng", "TP. Đà Nẵng", "Thành phố Đà Nẵng"), ("Quảng Nam",)),
    "Quảng Ngãi": (("Quang Ngai",), ("Kon Tum",)),
    "Gia Lai": ((), ("Bình Định",)),
    "Khánh Hòa": (("Khánh Hoà", "Khanh Hoa"), ("Ninh Thuận",)),
    "Lâm Đồng": (("Lam Dong",), ("Đắk Nông", "Bình Thuận")),
    "Đắk Lắk": (("Đắc Lắc", "Đăk Lăk", "Dak Lak", "Daklak"), ("Phú Yên",)),
    "Thành phố Hồ Chí Minh": (
        ("TP.HCM", "TP. HCM", "TP HCM", "TPHCM", "TP. Hồ Chí Minh", "TP Hồ Chí Minh", "Hồ Chí Minh", "Ho Chi Minh City", "HCMC"),
        ("Bình Dương", "Bà Rịa - Vũng Tàu"),
    ),
    "Đồng Nai": (("Dong Nai",), ("Bình Phước",)),
    "Tây Ninh": (("Tay Ninh",), ("Long An",)),
    "Cần Thơ": (("Can Tho", "TP Cần Thơ", "TP. Cần Thơ", "Thành phố Cần Thơ"), ("Sóc Trăng", "Hậu Giang")),
    "Vĩnh Long": (("Vinh Long",), ("Bến Tre", "Trà Vinh")),
    "Đồng Tháp": (("Dong Thap",), ("Tiền Giang",)),
    "Cà Mau": (("Ca Mau",), ("Bạc Liêu",)),
    "An Giang": ((), ("Kiên Giang",)),
}  # fmt: skip

_FORMER_ALIASES = {
    "Hòa Bình": ("Hoà Bình", "Hoa Binh"),
    "Bà Rịa - Vũng Tàu": (
        "Bà Rịa–Vũng Tàu",
        "Bà Rịa-Vũng Tàu",
        "Bà Rịa – Vũng Tàu",
        "Ba Ria - Vung Tau",
        "BR-VT",
    ),
    "Đắk Nông": ("Đắc Nông", "Đăk Nông", "Dak Nong"),
    "Kon Tum": ("Kontum",),
    "Bắc Kạn": ("Bắc Cạn", "Bac Kan"),
}


def _build() -> dict[str, Area]:
    found = [Area(COUNTRY, ("Cả nước", "Toàn quốc", "Viet Nam", "Vietnam"))]
    found += [Area(name, aliases) for name, aliases in _KEPT.items()]
    for name, (aliases, parts) in _MERGED.items():
        found.append(Area(name, aliases, parts))
        found += [Area(part, _FORMER_ALIASES.get(part, ()), into=name) for part in parts]
    return {area.name: area for area in found}


AREAS: dict[str, Area] = _build()

#: what there is to know of their names, where none is near
WHICH = N_(
    "an area is one of the 34 provinces and cities, one of the 29 merged into them on 1 July 2025, or `Việt Nam`"
)

#: the 34 provinces and cities there are since 1 July 2025
PROVINCES = tuple(area.name for area in AREAS.values() if not (area.into or area.name == COUNTRY))


@cache
def _spellings() -> dict[str, Area]:
    return {spelling.casefold(): area for area in AREAS.values() for spelling in (area.name, *area.aliases)}


def find(name: str) -> Area | None:
    """Return the area spelled `name`, with or without "tỉnh" before it, or `None`."""
    folded = " ".join(name.split()).casefold()
    return _spellings().get(folded) or _spellings().get(folded.removeprefix("tỉnh "))


def like(name: str) -> tuple[str, ...]:
    """Return the names of the areas whose spellings look like `name`, best first."""
    from sonla_cli.core.problem import near

    close = near(name, [spelling for area in AREAS.values() for spelling in (area.name, *area.aliases)], 9)
    return tuple(dict.fromkeys(_spellings()[each.casefold()].name for each in close))[:3]


def default_boundaries(name: str, end: date, printed: str = "") -> str:
    """Return which boundaries a figure of area `name` stands on: what it says, else by its last day."""
    area = AREAS.get(name)
    if area is None or not area.is_merged:
        return ""
    return printed or ("old" if end < MERGED_ON else "new")
