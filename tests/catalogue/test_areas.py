"""34 provinces and cities, 23 of them merged from 29 others, each found by exact spelling only."""

from __future__ import annotations

import unicodedata
from datetime import date

from sonla_cli.catalogue.areas import AREAS, COUNTRY, PROVINCES, default_boundaries, find


def test_the_country_before_and_after_the_mergers():
    former = [area for area in AREAS.values() if area.into]
    assert len(PROVINCES) == 34
    assert len(former) == 29
    assert len(PROVINCES) + len(former) == 63
    assert sum(AREAS[name].is_merged for name in PROVINCES) == 23
    for area in former:
        assert area.name in AREAS[area.into or ""].parts


def test_no_spelling_means_two_areas_and_all_are_composed():
    spellings = [s.casefold() for area in AREAS.values() for s in (area.name, *area.aliases)]
    assert len(spellings) == len(set(spellings))
    assert all(unicodedata.is_normalized("NFC", each) for each in spellings)


def test_names_are_matched_exactly():
    for name in ("Sơn La", "SƠN LA", "tỉnh Sơn La", "Son La"):
        found = find(name)
        assert found is not None
        assert found.name == "Sơn La"
    assert find("TP.HCM") is AREAS["Thành phố Hồ Chí Minh"]
    assert find("cả nước") is AREAS[COUNTRY]
    for wrong in ("Sơn", "Sơn Lá", "Giang", "Bac", ""):
        assert find(wrong) is None


def test_boundaries_follow_the_last_day_unless_printed():
    assert default_boundaries("Lào Cai", date(2025, 6, 30)) == "old"
    assert default_boundaries("Lào Cai", date(2025, 7, 31)) == "new"
    assert default_boundaries("Lào Cai", date(2026, 1, 31), "old") == "old"
    assert default_boundaries("Sơn La", date(2025, 7, 31)) == ""
