"""Vietnamese report and press text → observations, by a grammar: no model, no network, every decision explained.

How a text flows through the modules, in order:

`documents`   a file (text, HTML, DOCX, PDF) becomes text; `pdf` is what it runs apart
`sentences`   lines become blocks and sentences, each with its place
`normalise`   NFC, lower case, no invisible characters, and the way back to the original
`tokens`      words, numerals and marks
`scan`        one pass that finds windows of time (`windows`, `resolved`), figures (`numbers`, `words`,
              `quantities`) and the phrases of the field (`vocabulary`, `lexicon`)
`hints`       whether a sentence is worth that pass at all
`clauses`     one pass over those marks: `before` (with `subjects`, `plans` and `time_and_place`) notes what is
              said before a figure, `head` gathers what is said after it, `statements` and `relations` decide what
              it states, `measured` and `levels` what it is compared with, `unnamed` what belongs to nothing that is
              known; `figures` keeps what stays in force (`state`)
`pairing`     "lần lượt": two lists paired in order
`tables`      rows of a table, where the line above declares the unit
`settle`      years, shared bases and flags; drafts become `Mention`s (`models.mention`)
`reader`      the whole flow, sentence by sentence, with the little `context` that goes on to the next
`found`       the figures of a text as one value, for scripts

    >>> from sonla_cli.press import read
    >>> [found] = read("Năm 2025, thu nội địa của tỉnh Sơn La đạt 4.100 tỷ đồng.")
    >>> found.metric, found.measure, found.period, found.value, found.unit
    ('revenue.domestic', 'actual', '2025', '4100', 'tỷ đồng')
"""

from __future__ import annotations

from sonla_cli.models.mention import Mention, Why
from sonla_cli.press.reader import read, read_lines

__all__ = ["Mention", "Why", "read", "read_lines"]
