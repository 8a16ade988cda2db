"""What commands have in common."""

from __future__ import annotations

import click

FOUND_PROBLEMS = 1
WRONG_USE = 2

#: What a question may be; named here, as the content's own types take time to load.
QUESTION_KINDS = (
    "single",
    "multi",
    "ordering",
    "matching",
    "numeric",
    "calculation",
    "text",
    "point",
    "interval",
    "experiment",
)

#: For commands that print lines of text anyway, so that `--plain` may stand on any of them.
plain_anyway = click.option("--plain", is_flag=True, expose_value=False, hidden=True)

#: For commands that use the register.
register_option = click.option(
    "--register",
    "where",
    metavar="FILE|URL",
    help="The register; left out, TUTOR_REGISTER, or the one beside your journal.",
)
