"""What the program never says of its sources."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import interface

PACKAGE = Path(interface.__file__).parent
ROOT = PACKAGE.parent
# Whether articles came about apart, or which was written first, cannot be told from their words:
# an agency's copy may be rewritten. An "original" is what a brief is about.
NEVER = re.compile(r"\b(?:independen\w*|origins?|originat\w*)\b", re.IGNORECASE)
# Where a request comes from, in the words of the web's own standards.
OF_THE_WEB = re.compile(
    r"same-origin|cross-origin-\w+-policy|location\.origin|pages? of (?:an)?other origins?"
    r"|hosts and origins|whose origin a browser hides|names no origin|^origin$",
    re.IGNORECASE,
)


def test_no_text_of_the_interface_calls_a_source_independent_or_an_origin() -> None:
    """Neither strings and docstrings, which are help texts, nor static files, nor the guides."""
    said = {
        f"{path.relative_to(ROOT)}:{node.lineno}": node.value
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    written = [*PACKAGE.rglob("static/*"), ROOT / "README.md", *ROOT.glob("docs/*.md")]
    for path in written:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            said[f"{path.relative_to(ROOT)}:{number}"] = line
    assert len(said) > 1000
    assert [where for where, words in said.items() if NEVER.search(OF_THE_WEB.sub("", words))] == []
