"""Programs of others that read what is exported, in Node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, NoReturn

import pytest

PACKAGES = ("gift-pegjs@1.0.2", "@learninglocker/xapi-validation@3.0.0")
#: A folder with `node_modules`; and whether a test may do without it.
FOLDER, MUST_RUN = "TUTOR_TESTS_NODE", "TUTOR_TESTS_MUST_RUN"

_GIFT = """
const parse = require("gift-pegjs").parse;
const text = require("fs").readFileSync(process.argv[1], "utf8");
console.log(JSON.stringify(parse(text)));
"""
_XAPI = """
const factory = require("@learninglocker/xapi-validation/dist/factory");
const text = require("fs").readFileSync(process.argv[1], "utf8");
const warnings = JSON.parse(text).map((one) => factory.statement(one, ["statement"]));
console.log(JSON.stringify(warnings.map((found) => found.map(String))));
"""


def gift_parsed(file: Path) -> list[dict[str, Any]]:
    """The questions of a GIFT file as gift-pegjs parses it."""
    return _run(_GIFT, "gift-pegjs", file)


def xapi_warnings(file: Path) -> list[list[str]]:
    """What the xAPI validator has against each statement of a file."""
    return _run(_XAPI, "@learninglocker/xapi-validation", file)


def _run(script: str, package: str, file: Path) -> Any:
    folder = Path(os.environ.get(FOLDER, "nowhere"))
    if shutil.which("node") is None:
        _without(f"there is no node, and {package} is what reads this file elsewhere")
    if not (folder / "node_modules" / package).is_dir():
        install = f"npm install --prefix DIR {' '.join(PACKAGES)}"
        _without(f"{package} is not there: {install}, then set {FOLDER}=DIR")
    done = subprocess.run(
        ["node", "-e", script, file], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def _without(reason: str) -> NoReturn:
    if os.environ.get(MUST_RUN):
        pytest.fail(f"NOT TESTED AGAINST ITS CONSUMER: {reason}")
    pytest.skip(f"NOT TESTED AGAINST ITS CONSUMER: {reason}")
