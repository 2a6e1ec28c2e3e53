"""Frictionless Data Packages: a folder, its `datapackage.json`, or a zip of it.

Only what the standard needs is read here: resources with a relative path inside the package, their schema and
dialect. Nothing is fetched: a package that points outside itself is a problem, not a download.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sonla_cli.core import archive
from sonla_cli.core.numeral import Mark
from sonla_cli.core.problem import Code, Place, Problem, SonlaError
from sonla_cli.sources.sheet import Sheet, unreadable

DESCRIPTOR = "datapackage.json"

_lenient = ConfigDict(extra="ignore", populate_by_name=True)


class FieldDescriptor(BaseModel):
    """One column of a resource."""

    model_config = _lenient

    name: str
    type: str = "any"
    decimal_char: str = Field(default=".", alias="decimalChar")
    group_char: str = Field(default="", alias="groupChar")


class SchemaDescriptor(BaseModel):
    """The columns of a resource."""

    model_config = _lenient

    fields: list[FieldDescriptor] = Field(default_factory=list)


class Dialect(BaseModel):
    """How a delimited resource is written."""

    model_config = _lenient

    delimiter: str = ""


class Resource(BaseModel):
    """One table of a package; `path` is relative to the descriptor."""

    model_config = _lenient

    name: str
    path: str | list[str] = ""
    format: str = ""
    encoding: str = ""
    compression: str = ""
    # `schema` and `dialect` may be paths or addresses by the standard; those are not followed
    table: SchemaDescriptor = Field(default_factory=SchemaDescriptor, alias="schema")
    dialect: Dialect = Field(default_factory=Dialect)


class Package(BaseModel):
    """A package as far as it is read."""

    model_config = _lenient

    resources: list[Resource] = Field(min_length=1)


Opener = Callable[[], IO[bytes]]
#: what a package's folder or archive gives for a path inside it: `None` if there is no such file
Store = Callable[[str], Opener | None]


def folder(path: Path) -> tuple[str, bytes, Store]:
    """Return the name and text of the descriptor in a folder, and its store."""
    descriptor = path / DESCRIPTOR
    try:
        text = descriptor.read_bytes()
    except FileNotFoundError as error:
        raise unreadable(path, "the folder holds no data package") from error
    except OSError as error:
        raise unreadable(descriptor, error.strerror or str(error)) from error
    root = path.resolve()

    def store(inner: str) -> Opener | None:
        found = (path / inner).resolve()
        # a symbolic link may lead out of the package as well
        if not found.is_relative_to(root):
            raise _unsafe(str(descriptor), inner)
        return (lambda: found.open("rb")) if found.is_file() else None

    return str(descriptor), text, store


def zipped(name: str, opened: zipfile.ZipFile) -> tuple[str, bytes, Store]:
    """Return the name and text of the descriptor in a checked archive, and its store."""
    names = opened.namelist()
    descriptors = sorted((each for each in names if PurePosixPath(each).name == DESCRIPTOR), key=len)
    if not descriptors:
        raise unreadable(name, f"no {DESCRIPTOR} in the archive")
    base = PurePosixPath(descriptors[0]).parent

    def store(inner: str) -> Opener | None:
        entry = str(base / inner)
        return (lambda: io.BytesIO(content(entry))) if entry in names else None

    def content(entry: str) -> bytes:
        try:
            return opened.read(entry)
        except archive.BROKEN as error:  # it was whole when it was opened
            raise unreadable(name, f"{entry}: {error}") from error

    return f"{name}/{descriptors[0]}", content(descriptors[0]), store


def sheets(descriptor: str, text: bytes, store: Store) -> list[Sheet]:
    """Return the tables of a package; raise `SonlaError` with everything wrong with its descriptor."""
    package = parsed(descriptor, text)
    found: list[Sheet] = []
    problems: list[Problem] = []
    for resource in package.resources:
        paths = [resource.path] if isinstance(resource.path, str) else resource.path
        for path in paths:
            try:
                found += _resource(descriptor, resource, path, store)
            except SonlaError as error:
                problems += error.problems
    if problems:
        raise SonlaError(problems)
    return found


def parsed(descriptor: str, text: bytes) -> Package:
    """Return the descriptor of a package; raise `SonlaError` with everything wrong with it."""
    try:
        return Package.model_validate(json.loads(text))
    except ValidationError as error:
        problems = [
            Problem(
                Code.INVALID_PACKAGE,
                place=Place(descriptor),
                values={"where": ".".join(str(part) for part in each["loc"]) or "/", "why": each["msg"]},
            )
            for each in error.errors()
        ]
        raise SonlaError(problems) from error
    except (ValueError, RecursionError) as error:
        raise unreadable(descriptor, str(error)) from error


def _resource(descriptor: str, resource: Resource, path: str, store: Store) -> list[Sheet]:
    from sonla_cli.sources import delimited, records, workbook

    if not archive.is_inside(path):
        raise _unsafe(descriptor, path)
    opened = store(path)
    if opened is None:
        raise unreadable(f"{_parent(descriptor)}{path}", "no such file in the package")
    if resource.compression:
        raise unreadable(
            f"{_parent(descriptor)}{path}", f"compression {resource.compression} inside a package"
        )
    kind = (resource.format or PurePosixPath(path).suffix.lstrip(".")).lower()
    file = f"{_parent(descriptor)}{path}"
    role = _role(resource)
    if kind in ("csv", "tsv", "txt"):
        separator = resource.dialect.delimiter or ("\t" if kind == "tsv" else "")
        encoding = "utf-8-sig" if resource.encoding.lower() in ("", "utf-8") else resource.encoding
        declared = _declared(descriptor, resource)
        return [
            delimited.sheet(
                file, opened, encoding=encoding, separator=separator, declared=declared, role=role
            )
        ]
    if kind == "json":
        return records.from_json(file, opened)
    if kind in ("jsonl", "ndjson"):
        return records.from_json_lines(file, opened)
    with opened() as raw:
        content = raw.read()
    if kind == "parquet":
        return [records.from_parquet(file, content)]
    if kind in ("xlsx", "xls", "ods"):
        return workbook.sheets(file, content)
    return []


def _role(resource: Resource) -> str:
    if resource.name in ("observations", "sources"):
        return resource.name
    names = {each.name for each in resource.table.fields}
    return "observations" if {"metric", "measure", "value"} <= names else ""


def _declared(descriptor: str, resource: Resource) -> Mark | None:
    """Return the decimal mark of the value column, where the package declares it a number."""
    for each in resource.table.fields:
        if each.name == "value" and each.type in ("number", "integer"):
            marks = {mark.sign: mark for mark in Mark}
            if each.decimal_char not in marks or each.group_char not in (
                "",
                marks[each.decimal_char].other.sign,
            ):
                where = f"resources.{resource.name}.schema.fields.value"
                why = f"decimalChar {each.decimal_char!r} with groupChar {each.group_char!r}"
                values = {"where": where, "why": why}
                raise SonlaError([Problem(Code.INVALID_PACKAGE, place=Place(descriptor), values=values)])
            return marks[each.decimal_char]
    return None


def _parent(descriptor: str) -> str:
    return descriptor.removesuffix(DESCRIPTOR)


def _unsafe(descriptor: str, path: str) -> SonlaError:
    return SonlaError(
        [Problem(Code.UNSAFE_PATH, place=Place(descriptor, excerpt=path), values={"path": path})]
    )


def is_descriptor(data: Any) -> bool:
    """Whether parsed JSON looks like a package descriptor."""
    return isinstance(data, dict) and isinstance(data.get("resources"), list)
