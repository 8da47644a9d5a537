"""The examples of README and docs/api.md, run as they stand against a running server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from index import SearchIndex, build_index
from interface.live import LiveIndex
from interface.server.settings import Settings
from interface.workspace import STARTER_COLLECTION
from retrieval import answer_as_json, ask
from tests.web.conftest import running

ROOT = Path(__file__).parents[3]
DOCUMENTED_ADDRESS = "http://127.0.0.1:7860/"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, SearchIndex]]:
    """A server over the starter collection, found by words alone."""
    folder = tmp_path_factory.mktemp("starter")
    build_index(STARTER_COLLECTION, folder, None)
    live = LiveIndex(SearchIndex(folder), None)
    settings = Settings(mcp=util.find_spec("mcp") is not None)
    with running(live, settings=settings) as address, live.reading() as index:
        yield address, index
    live.close()


def blocks(document: str, language: str, heading: str) -> list[str]:
    """The code blocks of a section."""
    text = (ROOT / document).read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)


def run(command: list[str]) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=True, encoding="utf-8"
    ).stdout


def curled(block: str, address: str) -> list[Any]:
    """What each command of a block prints, as JSON."""
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    commands = block.replace(DOCUMENTED_ADDRESS, address).replace("\\\n", " ").splitlines()
    return [json.loads(run(["bash", "-c", f"{command} --silent --fail"])) for command in commands]


def test_the_curl_example_of_the_readme(starter: tuple[str, SearchIndex]) -> None:
    """It prints an answer with citations, of 2018 or later."""
    address, index = starter
    (block,) = blocks("README.md", "console", "For programs")
    (answer,) = curled(block, address)
    assert answer["question"] == "How many arrests came from hunter groups?"
    assert len(answer["citations"]) == 3
    assert answer["index"]["generation"] == index.manifest.generation
    originals = [citation["article"]["original"] for citation in answer["citations"]]
    assert all(original["published"] >= "2018" for original in originals)


@pytest.mark.parametrize("example", [0, 1], ids=["http", "mcp"])
def test_the_python_examples_of_the_readme(starter: tuple[str, SearchIndex], example: int) -> None:
    """Each prints the passages with their titles."""
    if example == 1:
        pytest.importorskip("mcp", reason="the extra is not installed: pip install '.[mcp]'")
    address, index = starter
    program = blocks("README.md", "python", "For programs")[example]
    printed = run(
        [sys.executable, "-X", "utf8", "-c", program.replace(DOCUMENTED_ADDRESS, address)]
    )
    answer = answer_as_json(ask("How many arrests came from hunter groups?", index, None, limit=3))
    assert printed == "".join(
        f"{citation['text']} | {citation['article']['title']}\n" for citation in answer["citations"]
    )
    assert len(answer["citations"]) == 3


def test_the_examples_of_the_document(starter: tuple[str, SearchIndex]) -> None:
    """Each curl command is answered, and the program prints every article once."""
    address, index = starter
    answer, mentions, check, listed, article = curled(
        blocks("docs/api.md", "console", "Examples")[0], address
    )
    assert answer["taken_over"]
    assert mentions["phrases"] == ["hunter groups"]
    assert check["quotations"]
    assert (listed["total"], len(listed["articles"])) == (30, 10)
    assert article["article_id"] == "yougov-poll-september-2017"
    program = blocks("docs/api.md", "python", "Examples")[0]
    printed = run(
        [sys.executable, "-X", "utf8", "-c", program.replace(DOCUMENTED_ADDRESS, address)]
    )
    assert printed.splitlines() == [
        f"{entry.article_id} {entry.words}" for entry in index.catalogue.entries()
    ]


@pytest.mark.parametrize("document", ["README.md", "docs/api.md"])
def test_links_of_the_documents_lead_somewhere(document: str) -> None:
    """Every file that they link to is there."""
    folder = (ROOT / document).parent
    for target in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", (ROOT / document).read_text()):
        assert (folder / target).exists(), target
