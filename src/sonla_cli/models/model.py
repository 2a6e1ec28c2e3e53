"""A model: fields with types and limits, which Pydantic checks when somebody hands values in.

Models are dataclasses, a form that Pydantic checks, copies and describes natively; their methods are named as
Pydantic names them. It is imported at the first check: what was computed here, or was proved before it was
shipped, is constructed without one (`model_construct`), and a run that reads no file needs no Pydantic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from functools import cached_property, partial
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    NamedTuple,
    NoReturn,
    Self,
    TypeVar,
    dataclass_transform,
    get_type_hints,
)

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core.core_schema import CoreSchema

T = TypeVar("T")


class Text(NamedTuple):
    """The limits of a text, as an annotation: `Annotated[str, Text(most=200)]`; a number is not taken for text."""

    least: int | None = None
    most: int | None = None
    pattern: str | None = None

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core.core_schema import str_schema

        return str_schema(min_length=self.least, max_length=self.most, pattern=self.pattern, strict=True)


class JsonNumber:
    """A decimal that JSON shows as a number, with all its digits."""

    @staticmethod
    def __get_pydantic_json_schema__(_schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, str]:
        return {"type": "number"}


class Model:
    """The base of every model; instances are never changed."""

    __slots__ = ()

    #: how Pydantic checks the fields; a name that Python or a class already has ends with `_`, and loses it in JSON
    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid", "serialize_by_alias": True, "validate_by_name": True,
        "alias_generator": lambda name: name.removesuffix("_"),
    }  # fmt: skip
    _known: ClassVar[Any]
    #: the names of the fields, in order
    model_fields: ClassVar[tuple[str, ...]]
    _puts: ClassVar[tuple[Callable[[Any, Any], None], ...]]
    #: defaults by name, and what makes a default that must be an instance's own
    model_defaults: ClassVar[dict[str, Any]]
    _factories: ClassVar[dict[str, Callable[[], Any]]]

    def __init__(self, **values: Any) -> None:
        """Check `values`; raise `pydantic.ValidationError` with everything that is wrong."""
        from pydantic_core import ArgsKwargs

        self._adapter().validator.validate_python(ArgsKwargs((), values), self_instance=self)

    @classmethod
    def model_validate(cls, values: Any) -> Self:
        """Return the model of `values`, checked; raise `pydantic.ValidationError` with everything that is wrong."""
        found: Self = cls._adapter().validator.validate_python(values)
        return found

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> Self:
        """Return the model of a JSON object, checked; see `model_validate`."""
        found: Self = cls._adapter().validator.validate_json(text)
        return found

    @classmethod
    def _adapter(cls) -> Any:
        from pydantic import TypeAdapter

        if "_known" not in vars(cls):
            cls._known = TypeAdapter(cls)
        return cls._known

    @classmethod
    def model_construct(cls, **values: Any) -> Self:
        """Return the model of `values` that were computed or checked already."""
        values = cls.model_defaults | values
        for name, factory in cls._factories.items():
            if name not in values:
                values[name] = factory()
        return cls.model_row([values[name] for name in cls.model_fields])

    @classmethod
    def model_row(cls, values: Iterable[Any]) -> Self:
        """Return the model of `values` in the order of the fields; see `model_construct`."""
        made = object.__new__(cls)
        for put, value in zip(cls._puts, values, strict=True):
            put(made, value)
        return made

    @classmethod
    def model_types(cls) -> dict[str, Any]:
        """Return the annotation of every field, with its limits."""
        return {
            name: hint
            for name, hint in get_type_hints(cls, include_extras=True).items()
            if name in cls.model_fields
        }

    @classmethod
    def model_json_schema(cls, *, mode: Any = "validation") -> dict[str, Any]:
        """Return the JSON Schema of the model."""
        found: dict[str, Any] = cls._adapter().json_schema(mode=mode)
        return found

    def model_copy(self, *, update: dict[str, Any]) -> Self:
        """Return a copy with other values, which are not checked."""
        return self.model_construct(**self.model_values() | update)

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """Return plain Python values; `mode`, `include` and the other options are Pydantic's."""
        found: dict[str, Any] = self._adapter().dump_python(self, **options)
        return found

    def model_dump_json(self, **options: Any) -> str:
        """Return JSON text, numbers as texts of their digits; the options are Pydantic's."""
        found: bytes = self._adapter().dump_json(self, **options)
        return found.decode()

    def model_values(self) -> dict[str, Any]:
        """Return the values of the fields by name, as they are."""
        return {name: getattr(self, name) for name in self.model_fields}

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.model_values().items())})"

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self).model_construct, **self.model_values()), ()

    def _values(self) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in self.model_fields])


@dataclass_transform(frozen_default=True, kw_only_default=True)
def model(made: type[T]) -> type[T]:
    """Make a class of annotations a model; one with cached properties keeps a dictionary for them."""
    slots = not any(isinstance(each, cached_property) for each in vars(made).values())
    found: Any = dataclass(init=False, repr=False, eq=False, match_args=False, slots=slots)(made)
    described = {each.name: each for each in fields(found)}
    found.model_fields = tuple(described)
    found._puts = tuple(getattr(found, name).__set__ if slots else _putter(name) for name in described)
    found.model_defaults = {
        name: each.default for name, each in described.items() if each.default is not MISSING
    }
    found._factories = {
        name: each.default_factory for name, each in described.items() if each.default_factory is not MISSING
    }
    return found  # type: ignore[no-any-return]


def _putter(name: str) -> Callable[[Any, Any], None]:
    return lambda made, value: object.__setattr__(made, name, value)
