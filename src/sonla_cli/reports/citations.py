"""Publications as they are cited in a report."""

from __future__ import annotations

from sonla_cli.models.observation import Source
from sonla_cli.models.report import Cited


def citation(source_id: str, source: Source | None) -> Cited:
    """Return the citation of a publication, or its bare id if it is not described."""
    if source is None:
        return Cited.model_construct(id=source_id)
    return Cited.model_construct(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published_on=source.published_on,
        url=source.url,
        kind=source.kind,
    )
