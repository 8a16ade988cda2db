"""What fields of content hold: ids, sentences, prose, numbers."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

Id = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$",
        max_length=60,
        description="Explicit and stable: lower case, digits, dots and hyphens.",
    ),
]
Line = Annotated[str, Meta(min_length=1, max_length=400, description="One sentence or two.")]
Prose = Annotated[
    str, Meta(min_length=1, max_length=6000, description="Markdown: paragraphs, lists, emphasis.")
]
Expr = Annotated[str, Meta(min_length=1, max_length=300, description="An expression.")]
Number = int | float


class Content(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of all content: frozen, and a misspelt field is an error."""
