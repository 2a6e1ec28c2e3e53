"""Observations → files, in every format they are read from but XLS and ODS; no digit is lost on the way.

CSV cannot say which decimal mark it uses. What `sonla` writes has a point; where its values do not prove that,
a warning says how to read them back. All other formats declare it or hold numbers.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import IO, Any

from sonla_cli.core import numeral
from sonla_cli.core.atomic import ending_tidily, replacing
from sonla_cli.core.problem import Code, Place, Problem, Severity, SonlaError
from sonla_cli.core.spelling import FORMULA_SIGNS
from sonla_cli.models.observation import COLUMNS, SOURCE_COLUMNS, Dataset, Observation, Source
from sonla_cli.sources.descriptor import descriptor, dumps
from sonla_cli.sources.package import DESCRIPTOR

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx", "parquet", "package", "zip")
_SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".xlsx": "xlsx",
    ".parquet": "parquet", ".zip": "zip", "": "package",
}  # fmt: skip
SCHEMA = {"name": "sonla.observations", "version": 1}
_JSON_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?\Z", re.ASCII)
_EXCEL_ROWS = 1_048_576
_BATCH = 50_000


def write(dataset: Dataset, output: str, *, form: str = "", force: bool = False) -> list[Problem]:
    """Write a dataset to a file, a folder or stdout (`-`) and return warnings.

    Raises `SonlaError` if the target exists without `force`, or cannot be written; nothing is left half done.
    """
    form = form or _form(output)
    warnings = _warnings(dataset, output, form)
    if form == "xlsx":
        from sonla_cli.sources.workbook_writing import needed

        needed("stdout" if output == "-" else output)
    if output == "-":
        _to_stdout(dataset, form)
        return warnings
    try:
        if form == "package":
            _write_folder(dataset, _folder(output), force=force)
        else:
            with replacing(Path(output), force=force) as temporary:
                _WRITERS[form](dataset, temporary)
    except FileExistsError:
        raise SonlaError([Problem(Code.FILE_EXISTS, place=Place(output))]) from None
    except OSError as error:
        values = {"why": error.strerror or str(error)}
        raise SonlaError([Problem(Code.UNWRITABLE, place=Place(output), values=values)]) from error
    return warnings


def _form(output: str) -> str:
    if output == "-":
        return "csv"
    if PurePath(output).name == DESCRIPTOR or Path(output).is_dir():
        return "package"
    suffix = PurePath(output).suffix.lower()
    if suffix not in _SUFFIXES:
        values = {"said": suffix.lstrip("."), "formats": ", ".join(FORMATS)}
        raise SonlaError([Problem(Code.UNKNOWN_FORMAT, place=Place(output), values=values)])
    return _SUFFIXES[suffix]


def _folder(output: str) -> Path:
    path = Path(output)
    return path.parent if path.name == DESCRIPTOR else path


def _warnings(dataset: Dataset, output: str, form: str) -> list[Problem]:
    place = Place("stdout" if output == "-" else output)
    found = []
    if form in ("csv", "tsv"):
        proved, ambiguous = numeral.proof(each.value for each in dataset.observations)
        if ambiguous and not proved:
            found.append(Problem(Code.UNDECLARED_DECIMAL, Severity.WARNING, place))
    if form in ("csv", "tsv", "jsonl", "parquet") and any(each.title or each.url for each in dataset.sources):
        found.append(Problem(Code.SOURCES_LEFT_OUT, Severity.WARNING, place, {"form": form}))
    return found


def _to_stdout(dataset: Dataset, form: str) -> None:
    if form == "package":
        form = "zip"
    with ending_tidily(), tempfile.TemporaryDirectory(prefix="sonla-") as folder:
        path = Path(folder) / "out"
        _WRITERS[form](dataset, path)
        sys.stdout.flush()
        with path.open("rb") as written:
            shutil.copyfileobj(written, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula; reading takes the apostrophe off again."""
    return f"'{text}" if text.lstrip("'")[:1] in FORMULA_SIGNS and text.lstrip("'") else text


def rows(records: Iterable[Observation | Source], columns: tuple[str, ...]) -> Iterator[list[str]]:
    """Yield the fields of records as texts, guarded but for values, which are numbers."""
    for each in records:
        fields = each.model_values()
        yield [fields[name] if name == "value" else guarded(fields[name]) for name in columns]


def table(
    stream: IO[str], records: Iterable[Observation | Source], columns: tuple[str, ...], separator: str = ","
) -> None:
    """Write records as delimited text with a header."""
    writer = csv.writer(stream, delimiter=separator, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows(records, columns))


def _csv(dataset: Dataset, path: Path, separator: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        table(stream, dataset.observations, COLUMNS, separator)


def _tsv(dataset: Dataset, path: Path) -> None:
    _csv(dataset, path, "\t")


def _json(dataset: Dataset, path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f'{{"schema": {json.dumps(SCHEMA)}, "decimal": "point", "observations": [')
        _array(stream, dataset.observations)
        stream.write('], "sources": [')
        _array(stream, cited(dataset))
        stream.write("]}\n")


def _array(stream: IO[str], records: Iterable[Observation | Source]) -> None:
    for place, each in enumerate(records):
        stream.write(("," if place else "") + "\n" + json.dumps(each.model_values(), ensure_ascii=False))


def _jsonl(dataset: Dataset, path: Path) -> None:
    # a line has no place to declare the decimal mark, so the value is a JSON number with all its digits
    with path.open("w", encoding="utf-8") as stream:
        for each in dataset.observations:
            fields = each.model_values()
            value = fields["value"]
            text = json.dumps({**fields, "value": None}, ensure_ascii=False)
            literal = value if _JSON_NUMBER.match(value) else json.dumps(value)
            stream.write(text.replace('"value": null', f'"value": {literal}', 1) + "\n")


def _parquet(dataset: Dataset, path: Path) -> None:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise _missing("pyarrow", "parquet", path) from None
    schema = pa.schema([(name, pa.string()) for name in COLUMNS], metadata={"sonla.decimal": "point"})
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for start in range(0, len(dataset.observations), _BATCH):
            part = dataset.observations[start : start + _BATCH]
            columns = [[getattr(each, name) for each in part] for name in COLUMNS]
            writer.write_batch(
                pa.record_batch([pa.array(column, pa.string()) for column in columns], schema=schema)
            )


def _xlsx(dataset: Dataset, path: Path) -> None:
    if len(dataset.observations) >= _EXCEL_ROWS:
        values = {"what": "rows", "count": str(len(dataset.observations)), "most": str(_EXCEL_ROWS - 1)}
        raise SonlaError([Problem(Code.TOO_LARGE, place=Place(path.name), values=values)])
    from sonla_cli.sources.workbook_writing import save

    save(path, {"observations": (COLUMNS, dataset.observations), "sources": (SOURCE_COLUMNS, cited(dataset))})


def _missing(package: str, extra: str, path: Path) -> SonlaError:
    values = {"package": package, "extra": extra}
    return SonlaError([Problem(Code.MISSING_EXTRA, place=Place(path.name), values=values)])


def cited(dataset: Dataset) -> list[Source]:
    """Return the sources of a dataset, with a bare entry for each that is cited but not listed."""
    known = dataset.source_by_id
    names = dict.fromkeys(each.source for each in dataset.observations if each.source)
    return [*dataset.sources, *(Source(id=each) for each in names if each not in known)]


def _parts(dataset: Dataset) -> dict[str, Callable[[IO[str]], Any]]:
    """Return the files of a package with what writes each."""
    sources = cited(dataset)
    text = dumps(descriptor(name="observations", title="Observations of provincial budgets"))
    return {
        "sources.csv": lambda stream: table(stream, sources, SOURCE_COLUMNS),
        "observations.csv": lambda stream: table(stream, dataset.observations, COLUMNS),
        DESCRIPTOR: lambda stream: stream.write(text),
    }


def _write_folder(dataset: Dataset, folder: Path, *, force: bool) -> None:
    parts = _parts(dataset)
    taken = [name for name in parts if (folder / name).exists()]
    if taken and not force:
        raise FileExistsError(folder / taken[0])
    with _undone(folder, taken) as placed:
        _fill_folder(dataset, folder, parts, placed, force=force)


@contextmanager
def _undone(folder: Path, taken: Sequence[str]) -> Iterator[list[str]]:
    """Take back what was placed and was not there, and a folder that was not, if the writing of a package fails.

    A file that another process placed meanwhile is not ours to take back.
    """
    placed: list[str] = []
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield placed
    except BaseException:
        with suppress(OSError):
            for name in placed:
                if name not in taken:
                    (folder / name).unlink(missing_ok=True)
            if made:
                folder.rmdir()
        raise


def _fill_folder(
    dataset: Dataset,
    folder: Path,
    parts: dict[str, Callable[[IO[str]], Any]],
    placed: list[str],
    *,
    force: bool,
) -> None:
    fills = list(parts.items())
    left_out = _sources_left_out(folder, dataset) if force else []
    if left_out:
        # until the old observations are replaced, the publications they cite stay as well
        name, fill = fills[0]
        both = [*cited(dataset), *left_out]
        fills = [(name, lambda stream: table(stream, both, SOURCE_COLUMNS)), *fills[1:], (name, fill)]
    # the descriptor comes after the tables: until it is there, the folder is no package
    for name, fill in fills:
        with (
            replacing(folder / name, force=force) as temporary,
            temporary.open("w", encoding="utf-8", newline="") as stream,
        ):
            fill(stream)
        placed.append(name)


def _sources_left_out(folder: Path, dataset: Dataset) -> list[Source]:
    """Return the publications of a package that its new content does not cite; none if they cannot be read."""
    known = {each.id for each in cited(dataset)}
    try:
        text = (folder / "sources.csv").read_text("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
    fields = ({name: _unguarded(row.get(name) or "") for name in SOURCE_COLUMNS} for row in rows)
    return [Source.model_construct(**each) for each in fields if each["id"] and each["id"] not in known]


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and guarded(text[1:]) == text else text


def _zip(dataset: Dataset, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, fill in _parts(dataset).items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            with (
                archive.open(entry, "w", force_zip64=True) as raw,
                io.TextIOWrapper(raw, "utf-8", newline="") as stream,
            ):
                fill(stream)


_WRITERS: dict[str, Callable[[Dataset, Path], None]] = {
    "csv": _csv, "tsv": _tsv, "json": _json, "jsonl": _jsonl, "xlsx": _xlsx, "parquet": _parquet, "zip": _zip,
}  # fmt: skip
