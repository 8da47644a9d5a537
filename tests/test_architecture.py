"""The house: which names exist, who may import whom, and what is installed."""

from __future__ import annotations

import ast
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

import corpus
import index
import interface
import retrieval

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "retrieval", "interface")


def _sources() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize("package", [corpus, index, retrieval, interface], ids=PACKAGES)
def test_a_package_exports_exactly_what_it_lists(package: object) -> None:
    """`__all__` is sorted, complete, and everything in it exists."""
    listed = list(package.__all__)  # type: ignore[attr-defined]
    assert sorted(listed, key=str.swapcase) == sorted(set(listed), key=str.swapcase)
    assert [name for name in listed if not hasattr(package, name)] == []


def test_packages_import_only_what_others_export() -> None:
    """Across a package's border only its public names are imported, never its modules.

    The exceptions are entry points: the command line for `python -m index`, and the rendering
    and page packages inside interface.
    """
    strayed = []
    for path in _sources():
        own = path.relative_to(ROOT).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            package, _, inner = node.module.partition(".")
            if package in PACKAGES and package != own and inner:
                strayed.append(f"{path.relative_to(ROOT)}: from {node.module}")
    assert strayed == []


def test_nothing_imports_the_entry_point() -> None:
    """app.py is the top of the house; the layers below it do not know it."""
    imports = [
        str(path)
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(a.name == "app" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "app")
    ]
    assert imports == []


@pytest.mark.parametrize("name", [*PACKAGES, "app"])
def test_no_other_distribution_claims_our_import_names(name: str) -> None:
    """The packages have plain names, so a clash with an installed library must be noticed."""
    assert set(packages_distributions().get(name, [])) <= {"on-the-record"}


def test_no_cuda_package_is_installed_without_a_gpu() -> None:
    """A looser pin of torch brings gigabytes of nvidia-* packages that nothing here can use."""
    if Path("/proc/driver/nvidia").exists():
        pytest.skip("this machine has an NVIDIA GPU")
    installed = {distribution.metadata["Name"].lower() for distribution in distributions()}
    assert sorted(name for name in installed if name.startswith("nvidia-")) == []


def test_every_runtime_dependency_has_its_reason_and_a_pin() -> None:
    """Each line of `dependencies` ends with a comment, and constraints.txt pins its package."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    assert [line for line in lines if "  # " not in line] == []
    names = [line.split('"')[1].split(">")[0].split("=")[0].lower() for line in lines]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    pinned = {line.split("==")[0] for line in pins.splitlines()}
    assert [name for name in names if name.replace("_", "-") not in pinned] == []


def test_no_file_holds_what_was_promised_never_to_be_there() -> None:
    """No pickle, no code from models, no evaluation of strings, no unsanitised HTML."""
    forbidden = (
        "allow_pickle=True",
        "import pickle",
        "trust_remote_code=True",
        "sanitize_html=False",
        "shell=True",
        "eval(",
    )
    found = [
        f"{path.relative_to(ROOT)}: {words}"
        for path in _sources()
        for words in forbidden
        if words in path.read_text(encoding="utf-8")
    ]
    assert found == []
