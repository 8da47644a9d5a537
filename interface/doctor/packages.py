"""Python and the installed packages, against what the program asks for and was tested with."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement

from interface.doctor.finding import Finding

_PROGRAM = "on-the-record"
_OLDEST_PYTHON = (3, 11)
_INSTALL = (
    "Install the program again, in its folder, with: pip install --constraint constraints.txt ."
)
# Packages that are named before the rest is only counted.
_NAMED = 5


def examine_packages(source: Path | None = None) -> Iterator[Finding]:
    """source: the folder of the program, whose constraints.txt has the versions that were tested;
    by default the one that it runs or was installed from, if it is still there."""
    constraints = (source or _source()) / "constraints.txt"
    yield _python()
    wanted = _wanted()
    if wanted is None:
        yield Finding(
            "packages",
            "warning",
            "The program runs from its folder and is not installed, so that nobody knows what it "
            "needs.",
            _INSTALL,
        )
    else:
        yield _packages(wanted)
        yield _tools(wanted)
    if constraints.is_file():
        yield _pinned(constraints.read_text(encoding="utf-8"))
    torch = _installed("torch")
    if torch is not None:
        yield Finding("torch", "ok", torch)


def _python() -> Finding:
    found = platform.python_version()
    oldest = ".".join(map(str, _OLDEST_PYTHON))
    if tuple(map(int, platform.python_version_tuple()[:2])) < _OLDEST_PYTHON:
        return Finding("Python", "problem", found, f"Install Python {oldest} or newer.")
    return Finding("Python", "ok", found)


def _source() -> Path:
    """The folder that the program was installed from, as pip noted it (PEP 610), else the one that
    its packages lie in."""
    try:
        noted = json.loads(distribution(_PROGRAM).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        noted = {}
    url = urlsplit(str(noted.get("url", "")))
    return Path(unquote(url.path)) if url.scheme == "file" else Path(__file__).parents[2]


def _wanted() -> list[Requirement] | None:
    """What the installed program names in its metadata, extras too; None where it is not
    installed."""
    try:
        return [Requirement(line) for line in requires(_PROGRAM) or []]
    except PackageNotFoundError:
        return None


def _packages(wanted: Sequence[Requirement]) -> Finding:
    needed = [each for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})]
    wrong = [told for each in needed if (told := _unfit(each)) is not None]
    if wrong:
        return Finding("packages", "problem", _listed(wrong), _INSTALL)
    return Finding("packages", "ok", f"all {len(needed)} that the program needs")


def _tools(wanted: Sequence[Requirement]) -> Finding:
    """The extra `mcp`, which need not be there."""
    install = "pip install --constraint constraints.txt '.[mcp]'"
    installed = _installed("mcp")
    if installed is None:
        return Finding("serve --mcp", "ok", f"not installed; where it is wanted: {install}")
    wrong = [told for each in wanted if each.name == "mcp" and (told := _unfit(each)) is not None]
    if wrong:
        return Finding("serve --mcp", "warning", wrong[0], f"Install the one meant with: {install}")
    return Finding("serve --mcp", "ok", f"mcp {installed}")


def _pinned(constraints: str) -> Finding:
    pins = [Requirement(line) for line in constraints.splitlines() if line.strip()]
    others = [told for each in pins if _installed(each.name) and (told := _unfit(each)) is not None]
    if others:
        return Finding("tested versions", "warning", _listed(others), _INSTALL)
    return Finding("tested versions", "ok", "as in constraints.txt")


def _unfit(wanted: Requirement) -> str | None:
    installed = _installed(wanted.name)
    if installed is None:
        return f"{wanted.name} is not installed"
    if wanted.specifier.contains(installed, prereleases=True):
        return None
    return f"{wanted.name} is {installed}, not {wanted.specifier}"


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _listed(told: Sequence[str]) -> str:
    more = len(told) - _NAMED
    return "; ".join([*told[:_NAMED], *([f"and {more} more"] if more > 0 else [])])
