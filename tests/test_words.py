"""What a learner reads stands in tutor/words, once, and the rooms hold none of it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WORDS = sorted((ROOT / "tutor/words").glob("*.py"))
#: Where sentences for the learner are put together, none of which may stand there.
ROOMS = [
    "tutor/tui/**/*.py",
    "tutor/plain/*.py",
    "tutor/session/**/*.py",
    "tutor/plot/describe*.py",
    "tutor/grading/*.py",
    "tutor/course/bound/telling.py",
    # The other modules there hold markup of foreign formats, and no sentence.
    *(f"tutor/exchange/{name}.py" for name in ("cards", "ideas", "rendering", "pictures")),
]
#: Two words beside each other, or one that begins a sentence or a label.
PROSE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]{2,}")
#: Reads as prose, and is none that a learner reads.
NO_PROSE = {
    "TutorApp",  # types that are not loaded at run time
    "CableBinding[Any]",
    "bold reverse",  # a style of Textual
    "axes fraction",  # coordinates of Matplotlib
    "offset points",
    "Date",  # a field of an SVG file
    "ConEmuANSI",  # a variable of the environment
    "Edexcel",  # a board, as content files name it
    *("too sure", "not sure enough", "no answers"),  # what a calibration finds, as ids
    "sign and ten",  # a slip in a number, as an id
}


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every text in the code with its line, but for docstrings and what is raised.

    What is raised tells a programmer of a wrong use; an error that a learner reads comes from
    tutor/words as well, but no test can tell one from the other.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.Raise | ast.Assert):
            continue
        if isinstance(node, ast.FormattedValue):
            yield from literals(ast.Expression(node.value))  # not its format
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        else:
            yield from literals(node)


@pytest.mark.parametrize("room", ROOMS)
def test_no_sentence_stands_outside_the_words(room: str) -> None:
    files = sorted(ROOT.glob(room))
    assert files
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text!r}"
        for file in files
        for line, text in literals(ast.parse(file.read_text(encoding="utf-8")))
        if PROSE.search(text) and text not in NO_PROSE
    ]
    assert not found, "\n".join(found)


def test_labels_and_tips_of_keys_come_from_the_words() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sorted(ROOT.glob("tutor/tui/**/*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Binding"
        for shown in [*node.args[2:], *(k.value for k in node.keywords if k.arg == "tooltip")]
        if isinstance(shown, ast.Constant)
    ]
    assert not found


@pytest.mark.parametrize("file", WORDS, ids=lambda file: file.stem)
def test_words_are_constants_alone(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    logic = [node for node in ast.walk(tree) if isinstance(node, ast.Call | ast.JoinedStr)]
    assert not logic, [node.lineno for node in logic]
    other = [
        node.lineno
        for node in tree.body
        if not isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr)
        and not (isinstance(node, ast.ImportFrom) and str(node.module).startswith("tutor.words"))
        and not (isinstance(node, ast.FunctionDef) and file.name == "__init__.py")
    ]
    assert not other


def test_no_sentence_stands_twice() -> None:
    texts = Counter(
        text
        for file in WORDS
        for _, text in literals(ast.parse(file.read_text(encoding="utf-8")))
        if PROSE.search(text)
    )
    assert not [text for text, times in texts.items() if times > 1]
