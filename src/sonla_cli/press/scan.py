"""One pass over the tokens of a sentence, which finds its windows of time, its figures and its phrases.

The one convention: the pass never goes back. At each token the first of window, figure and phrase that begins
there takes all its tokens; what none of them knows is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sonla_cli.catalogue.areas import COUNTRY
from sonla_cli.models.mention import SPLIT_DIGITS
from sonla_cli.press import quantities, windows
from sonla_cli.press import words as number_words
from sonla_cli.press.lexicon import NUMBER, NUMERAL, WINDOW, Node, is_capitalised, tree
from sonla_cli.press.marks import Kind, Mark
from sonla_cli.press.quantities import FRACTION, PART, PERCENT, TIMES, Quantity
from sonla_cli.press.tokens import Tokens

#: multiples and parts that are words of their own
_MULTIPLES = {"đôi": "2", "rưỡi": "1.5", "đôi rưỡi": "2.5", "hai rưỡi": "2.5", "ba rưỡi": "3.5"}
_PARTS_OF = {"hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "mười": 10}
_PART_FOLLOWERS = frozenset({
    "dự", "kế", "so", "cùng", "mức", "của", "chỉ", "kh", "dt", "số", "tổng", "năm", "tháng", ",", ".", ")", "", "nhiệm", "quy", "con",
})  # fmt: skip
#: what a part is a part of, and what may stand before a part that names no whole
_WHOLES = frozenset({"dự", "kế", "so", "cùng", "mức", "chỉ", "kh", "dt", "nhiệm"})
_PART_LEADERS = frozenset({"bằng", "gần", "khoảng", "hơn", "được", "đạt", "trên", "xỉ", "còn", "quá", "chưa"})
#: a number word glued to one of these is part of a name or an order, not a count
_ORDINAL = frozenset({"thứ", "số", "khóa", "đầu", "tháng", "điều", "khoản", "mục", "lần"})


def scan(tokens: Tokens, text: str) -> list[Mark]:
    """Return every mark of a sentence, in order; `text` has its original case."""
    words = tokens.words
    openings = _openings()
    marks: list[Mark] = []
    free, count = 0, len(words)
    for at, word in enumerate(words):
        if at < free:
            continue
        node = openings.get(word)
        if node is None:
            if not "0" <= word[0] <= "9":
                continue
            node = _NUMERAL
        if node.opens:
            mark = _number_or_window(tokens, at, node.opens, marks)
            if mark is not None:
                marks.append(mark)
                if mark.last < count and words[mark.last] in _JOINS and words[mark.first] in windows.LISTED:
                    marks.extend(_further_windows(words, mark))
                free = marks[-1].last
                continue
        meaning, last, end = node.meaning, at + 1, at + 1
        while end < count and (longer := node.next.get(words[end])) is not None:
            node = longer
            end += 1
            if node.meaning is not None:
                meaning, last = node.meaning, end
        if meaning is None:
            continue
        if meaning[0] in _HOLD_SUBJECTS and last - at > 1 and words[last - 1] in _SHARED:
            last -= _begins_subject(words, last - 1)
        mark = Mark(meaning[0], at, last, meaning[1])
        if mark.kind in _NAMES:
            mark = _name(tokens, text, mark)
            if mark is None:
                continue
        marks.append(mark)
        free = mark.last
        if mark.kind == Kind.ENTITY and mark.value:
            marks.extend(_further_names(tokens, text, mark))
            free = marks[-1].last
        if mark.value == "times" and last < count:
            multiple = _multiple(words, last)
            if multiple is not None:
                marks.append(_figure(multiple))
                free = multiple.last
    return marks


#: the last word of "hụt thu" may be the first of "thu nội địa"
_SHARED = ("thu", "chi")
_HOLD_SUBJECTS = (Kind.RELATION, Kind.PLAN, Kind.GOAL)


def _begins_subject(words: list[str], at: int) -> bool:
    """Whether a longer subject begins at a word ("thu nội địa"), so that the phrase before ends there."""
    node: Node | None = tree().next[words[at]]
    for word in words[at + 1 : at + 1 + _LONGEST_SUBJECT]:
        node = node.next.get(word) if node is not None else None
        if node is None:
            return False
        if node.meaning is not None and node.meaning[0] == Kind.METRIC and node.meaning[1]:
            return True
    return False


_LONGEST_SUBJECT = 12


def _figure(figure: Quantity) -> Mark:
    return Mark(Kind.QUANTITY, figure.first, figure.last, "", figure)


def _number_or_window(tokens: Tokens, at: int, opens: int, marks: list[Mark]) -> Mark | None:
    """Return the window of time or the figure that begins at a token."""
    words = tokens.words
    figure: Quantity | None = None
    if opens & NUMERAL:
        plain = at + 1 < len(words) and words[at + 1] in _UNITS
        window = None if plain else windows.window_at(words, at)
        if window is None:
            figure = quantities.quantity_at(tokens, at) or _part(words, at)
            if figure is None and _is_tally(words, at):
                return Mark(Kind.NOT_FIGURE, at, at + 1, "tally")
    else:
        window = windows.window_at(words, at) if opens & WINDOW else None
        ordinal = at > 0 and words[at - 1] in _ORDINAL and not (marks and marks[-1].last == at)
        if window is None and opens & NUMBER and not ordinal:
            figure = _part(words, at) or quantities.quantity_at(tokens, at)
    if figure is None:
        return window
    if at:
        figure = _as_printed(tokens, figure, marks)
        if marks and marks[-1].first == figure.first:
            marks.pop()  # the dash is the figure's minus
    return _figure(figure)


@cache
def _openings() -> dict[str, Node]:
    """Return every word that something may begin with, and its node in the tree of phrases."""
    openings = dict(tree().next)
    for opens, begin in ((WINDOW, windows.STARTS), (NUMBER, number_words.STARTS)):
        for word in begin:
            openings.setdefault(word, Node()).opens |= opens
    for word, node in openings.items():
        if "0" <= word[0] <= "9":
            node.opens = NUMERAL
    return openings


#: a numeral that no phrase begins with
_NUMERAL = Node(NUMERAL)
#: a numeral before one of these is a figure, whatever else it could be
_UNITS = frozenset({"%", "tỷ", "tỉ", "nghìn", "ngàn", "triệu"})
#: what joins the items of a list
_JOINS = (",", "và")
_NAMES = (Kind.AREA, Kind.ENTITY, Kind.PLACE)
#: words of more than one commune
_PLURALS = number_words.STARTS | {"các", "những", "nhiều"}
#: a name of a firm or a project has no more words, and no more of them in lower case in a row
_LONGEST_NAME, _LONGEST_GAP = 10, 2


def _is_tally(words: list[str], at: int) -> bool:
    """Whether a number counts the members of a group, of whom something is said."""
    above, slash, below = words[at].partition("/")
    if slash:
        return above.isdigit() and below.isdigit() and (at == 0 or words[at - 1] != "thứ")
    return (above.isdigit() and " ".join(words[at + 1 : at + 3]) in GROUPS) or (
        words[at + 1 : at + 2] or [""]
    )[0] in GROUPS


#: members of groups that are counted
GROUPS = frozenset({
    "đơn vị", "chủ đầu", "bộ", "cơ quan", "địa phương", "tỉnh", "ngành", "huyện", "xã", "phường", "sở", "khoản thu", "sắc thuế", "chỉ tiêu", "nhà thầu",
})  # fmt: skip


def _as_printed(tokens: Tokens, figure: Quantity, marks: list[Mark]) -> Quantity:
    """Give a figure the minus glued to its digits, and a flag where loose digits stand before it ("7 8,96%")."""
    words, first = tokens.words, figure.first
    if (
        words[first - 1] in ("-", "–")
        and tokens.ends[first - 1] == tokens.starts[first]
        and figure.low is None
    ):
        if first == 1:
            return figure._replace(first=0, value=f"-{figure.value}")
        if tokens.ends[first - 2] != tokens.starts[first - 1] or words[first - 2] == "(":
            first -= 1
            figure = figure._replace(first=first, value=f"-{figure.value}")
    before = words[first - 1]
    if before.isdigit() and len(before) <= 3 and not (marks and marks[-1].last >= first):
        return figure._replace(flags=(*figure.flags, SPLIT_DIGITS))
    return figure


def _name(tokens: Tokens, text: str, found: Mark) -> Mark | None:
    """Return an area or the unit of an area if it is written as a name."""
    if found.kind == Kind.AREA:
        span = tokens.starts[found.first], tokens.ends[found.last - 1]
        return found if found.value == COUNTRY or is_capitalised(text, *span) else None
    start = tokens.starts[found.first]
    if found.kind == Kind.PLACE:
        last = _end_of_name(tokens, text, found.last)
        return (
            Mark(Kind.PLACE, found.first, last, text[start : tokens.ends[last - 1]])
            if last > found.last
            else found
        )
    if found.value == "office":
        return Mark(Kind.ENTITY, found.first, found.last, text[start : tokens.ends[found.last - 1]])
    last = _capitals(tokens, text, found.last)
    if last == found.last:
        return Mark(Kind.NOT_FIGURE, found.first, found.last, found.value)
    return Mark(Kind.ENTITY, found.first, last, text[start : tokens.ends[last - 1]])


def _is_upper(tokens: Tokens, text: str, at: int) -> bool:
    return text[tokens.starts[at]].isupper()


def _capitals(tokens: Tokens, text: str, first: int) -> int:
    """Return the token after up to four that begin with a capital."""
    last = first
    while last < min(len(tokens.words), first + 4) and _is_upper(tokens, text, last):
        last += 1
    return last


def _end_of_name(tokens: Tokens, text: str, first: int) -> int:
    """Return the token after the name of a firm or a project ("Mía đường Sơn La", "Hòa Bình - Mộc Châu")."""
    last = first
    for at in range(first, min(len(tokens.words), first + _LONGEST_NAME)):
        if _is_upper(tokens, text, at):
            last = at + 1
        elif at - last >= _LONGEST_GAP or not (tokens.words[at].isalpha() or tokens.words[at] == "-"):
            break
    return last


def _further_windows(words: list[str], mark: Mark) -> Iterator[Mark]:
    """Yield the months or quarters of a list after its first ("quý I, II, III/2025", "các tháng 8, 9 và 10")."""
    last, read = mark.last, windows.LISTED[words[mark.first]]
    plural = mark.first > 0 and words[mark.first - 1] in _PLURALS
    while last + 1 < len(words) and words[last] in _JOINS:
        said = words[last + 1].partition("/")[0]
        is_count = " ".join(words[last + 2 : last + 3]) in windows.UNITS_AFTER
        if not (said in number_words.ROMAN or (plural and said.isdigit() and not is_count)):
            return
        found = read(words, last)
        if found is None:
            return
        yield Mark(Kind.PERIOD, last + 1, found.last, found.value)
        last = found.last


def _further_names(tokens: Tokens, text: str, mark: Mark) -> Iterator[Mark]:
    """Yield the communes of a list after its first ("các xã Mường La, Bắc Yên và Phù Yên")."""
    words, last = tokens.words, mark.last
    before = words[mark.first - 1] if mark.first else ""
    if before not in _PLURALS and not before.isdigit():
        return
    while last < len(words) and words[last] in _JOINS:
        end = _capitals(tokens, text, last + 1)
        if end == last + 1:
            return
        name = text[tokens.starts[last + 1] : tokens.ends[end - 1]]
        yield Mark(Kind.ENTITY, last + 1, end, f"{words[mark.first]} {name}")
        last = end


def _multiple(words: list[str], at: int) -> Quantity | None:
    """Return the multiple after "gấp": `đôi`, `rưỡi`, `hai rưỡi`, `ba [lần]`."""
    following = words[at + 1] if at + 1 < len(words) else ""
    for last, said in ((at + 2, f"{words[at]} {following}"), (at + 1, words[at])):
        if said in _MULTIPLES:
            return Quantity(at, last, _MULTIPLES[said], "lần", TIMES)
    if (
        words[at] in number_words.DIGITS
        and following not in number_words.SCALES
        and following not in ("trăm", "mươi", "chục", "lần", "phẩy")
    ):
        return Quantity(at, at + 1, str(number_words.DIGITS[words[at]]), "lần", TIMES)
    return None


def _part(words: list[str], at: int) -> Quantity | None:
    """Return a part of a whole: `3/4`, `một nửa`, `một phần ba`, `hai phần ba`; its value is times the whole."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else ""
    if "/" in word:
        above, _, below = word.partition("/")
        if not (above.isdigit() and below.isdigit() and 0 < int(above) < int(below) <= 10):
            return None
        top, bottom, last = int(above), int(below), at + 1
    elif following == "nửa" and word == "một":
        top, bottom, last = 1, 2, at + 2
    elif word == "nửa" and following not in number_words.SCALES:
        top, bottom, last = 1, 2, at + 1
    elif following == "phần" and at + 2 < len(words) and words[at + 2] in _PARTS_OF:
        top, bottom, last = number_words.DIGITS.get(word, 0), _PARTS_OF[words[at + 2]], at + 3
    else:
        return None
    after = words[last] if last < len(words) else ""
    if not top or after not in _PART_FOLLOWERS or words[last : last + 2] == ["dự", "án"]:
        return None
    if "/" in word and after not in _WHOLES and (at == 0 or words[at - 1] not in _PART_LEADERS):
        return None  # a day of the year
    value = f"{top / bottom:.3f}".rstrip("0")
    return Quantity(at, last, value, "lần", PART, (FRACTION,))


def as_percent(figure: Quantity) -> Quantity:
    """Return a part of a plan as the percentage it is: `3/4` is 75 %."""
    value = f"{float(figure.value) * 100:.1f}".removesuffix(".0")
    return figure._replace(value=value, unit="%", sort=PERCENT)
