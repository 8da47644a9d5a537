"""`onrecord evaluate`: what it prints, writes and leaves behind."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, R, nDCG

from index import build_index_of
from interface.commands.evaluate import _cache_folder
from interface.workspace import Workspace
from retrieval import METHODS, read_beir
from tests.beir import DOCUMENTS, LEXICAL, lines, qrels, write_beir
from tests.hash_encoder import HashEncoder
from tests.interface.conftest import Command, fake_encoder

TITLED = "Ferry aground\nA ferry ran aground off Skerry Point in fog."


@pytest.fixture(autouse=True)
def cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder of these tests; not made yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    return folder / "cache"


@pytest.fixture
def data(folder: Path) -> Path:
    return write_beir(folder / "tiny")


@pytest.fixture
def encoders(monkeypatch: pytest.MonkeyPatch, onrecord: Command) -> list[HashEncoder]:
    """Every encoder that commands of this test make."""
    made: list[HashEncoder] = []

    def make(name: str, *_: str | None) -> HashEncoder:
        made.append(fake_encoder(name))
        return made[-1]

    workspace = functools.partial(Workspace, make_encoder=make)
    monkeypatch.setattr("interface.commands.group.Workspace", workspace)
    return made


def test_a_table_by_method(onrecord: Command, data: Path) -> None:
    """Measures of every method on stdout, with how many questions they are means of."""
    outcome = onrecord("evaluate", data)
    assert outcome.code == 0
    head, empty, names, lexical, *others = outcome.out.splitlines()
    assert head == "tiny: 2 questions with a relevant judgement, 4 documents"
    assert empty == ""
    assert names.split() == ["nDCG@10", "R@100", "RR@10"]
    assert lexical.split() == ["lexical", "0.380", "0.250", "0.500"]
    assert [line.split()[0] for line in others] == ["dense", "rrf", "hybrid"]
    assert len({len(line) for line in (names, lexical, *others)}) == 1


def test_as_json(onrecord: Command, data: Path) -> None:
    """One object in the shape that was promised; `measures` are hybrid's."""
    measured = onrecord("evaluate", data, "--json").json
    assert list(measured) == ["dataset", "queries", "measures", "by_method"]
    assert (measured["dataset"], measured["queries"]) == ("tiny", 2)
    assert list(measured["by_method"]) == list(METHODS)
    for measures in measured["by_method"].values():
        assert list(measures) == ["nDCG@10", "R@100", "RR@10"]
    assert measured["by_method"]["lexical"] == pytest.approx(LEXICAL, abs=1e-6)
    assert measured["measures"] == measured["by_method"]["hybrid"]


def test_the_measures_of_another_method(onrecord: Command, data: Path) -> None:
    """--method says whose the measures are."""
    measured = onrecord("evaluate", data, "--json", "--method", "lexical").json
    assert measured["measures"] == pytest.approx(LEXICAL, abs=1e-6)
    assert onrecord("evaluate", data, "--method", "bm25").code == 2


def test_the_name_of_the_current_folder(
    onrecord: Command, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative DIR is named as what it is."""
    monkeypatch.chdir(data)
    assert onrecord("evaluate", ".", "--json").json["dataset"] == "tiny"


@pytest.mark.skipif(sys.platform == "darwin", reason="names are UTF-8 there")
def test_a_folder_whose_name_is_not_utf_8(
    onrecord: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is printed with the odd byte written out."""
    monkeypatch.chdir(write_beir(folder / os.fsdecode(b"caf\xe9")))
    assert onrecord("evaluate", ".").out.startswith("caf\\udce9: 2 questions")


def test_a_run_file(onrecord: Command, data: Path, folder: Path) -> None:
    """--run writes what --method ranked, beside the usual output."""
    outcome = onrecord("evaluate", data, "--run", "a.run", "--method", "lexical")
    assert outcome.out.startswith("tiny: ")
    assert (folder / "a.run").read_text() == (
        "q1 Q0 ferry 1 1 on-the-record-lexical\nq2 Q0 barrier 1 1 on-the-record-lexical\n"
    )


@pytest.mark.parametrize("method", METHODS)
def test_a_run_file_measures_as_was_printed(
    onrecord: Command, data: Path, folder: Path, method: str
) -> None:
    """Whoever evaluates the run with the data's judgements gets the same figures."""
    printed = onrecord("evaluate", data, "--json", "--run", "a.run", "--method", method).json
    judged = [line.split("\t") for line in (data / "qrels/test.tsv").read_text().splitlines()[1:]]
    judgements = [ir_measures.Qrel(query, doc, int(score)) for query, doc, score in judged]
    run = list(ir_measures.read_trec_run(str(folder / "a.run")))
    asked = [judgement for judgement in judgements if judgement.query_id in ("q1", "q2")]
    again = ir_measures.calc_aggregate([nDCG @ 10, R @ 100, RR @ 10], asked, run)
    assert {str(measure): value for measure, value in again.items()} == pytest.approx(
        printed["measures"]
    )


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ("none/a.run", "onrecord: There is no folder {folder}/none for the run. Make it, or "),
        ("tiny", "Usage: onrecord evaluate [OPTIONS] DIR"),
    ],
    ids=["no such folder", "a folder"],
)
def test_a_run_file_that_cannot_be(
    onrecord: Command, data: Path, folder: Path, cache: Path, run: str, message: str
) -> None:
    """That is said before anything is computed."""
    outcome = onrecord("evaluate", data, "--run", run)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(message.format(folder=folder))
    assert not cache.exists()


def test_a_run_file_that_cannot_be_written(onrecord: Command, data: Path) -> None:
    """The measures are printed all the same, and the reason is told."""
    outcome = onrecord("evaluate", data, "--run", "n" * 300)
    assert outcome.code == 2
    assert outcome.out.startswith("tiny: ")
    assert outcome.err.endswith("nnn cannot be written: File name too long.\n")


def test_nothing_is_written_but_into_the_cache(
    onrecord: Command, data: Path, folder: Path, cache: Path
) -> None:
    """Neither the data nor the place of the usual index is touched."""
    before = {path: path.stat().st_mtime_ns for path in [data, *data.rglob("*")]}
    onrecord("--index", folder / "mine", "evaluate", data)
    assert {path: path.stat().st_mtime_ns for path in [data, *data.rglob("*")]} == before
    assert sorted(path.name for path in folder.iterdir()) == ["cache", "tiny"]
    (index,) = (cache / "on-the-record" / "evaluate").iterdir()
    assert len(index.name) == 64


def test_a_second_run_encodes_no_passage(
    onrecord: Command, data: Path, encoders: list[HashEncoder], folder: Path
) -> None:
    """Also from another place and with other queries: the documents are the same."""
    moved = write_beir(folder / "moved", {"qrels/test.tsv": qrels([("q3", "mill", 1)])})
    first, second, third = (onrecord("evaluate", place) for place in (data, data, moved))
    assert first.err.startswith("The index of tiny is kept in ")
    assert (second.out, second.err, third.err) == (first.out, "", "")
    assert [encoder.encoded.count(TITLED) for encoder in encoders] == [1, 0, 0]


def test_other_documents_have_another_index(
    onrecord: Command, data: Path, encoders: list[HashEncoder], cache: Path
) -> None:
    """A changed document is never answered from the index of the old one."""
    onrecord("evaluate", data)
    write_beir(data, {"corpus.jsonl": lines(DOCUMENTS).replace("fog", "mist")})
    onrecord("evaluate", data)
    assert TITLED.replace("fog", "mist") in encoders[1].encoded
    assert len(list((cache / "on-the-record" / "evaluate").iterdir())) == 2


def test_another_encoder_is_used(
    onrecord: Command, data: Path, encoders: list[HashEncoder], cache: Path
) -> None:
    """The index is made right for it, in its place."""
    onrecord("evaluate", data)
    outcome = onrecord("--encoder", "other", "evaluate", data)
    assert outcome.code == 0
    assert [encoder.identity.name for encoder in encoders] == ["all-MiniLM-L6-v2", "other"]
    assert TITLED in encoders[1].encoded
    assert len(list((cache / "on-the-record" / "evaluate").iterdir())) == 1


def test_a_damaged_index_is_mended(onrecord: Command, data: Path, cache: Path) -> None:
    """What lies in the cache can be made again, and is."""
    first = onrecord("evaluate", data)
    for path in cache.rglob("catalogue.db"):
        path.write_bytes(b"nothing")
    assert onrecord("evaluate", data).out == first.out


def test_oddities_are_told(onrecord: Command, folder: Path) -> None:
    """What lowers the measures or leaves a query out is said on stderr."""
    data = write_beir(
        folder / "odd",
        {
            "corpus.jsonl": lines([*DOCUMENTS, {"_id": "none", "text": ""}]),
            "qrels/test.tsv": qrels([("q1", "gone", 1), ("q8", "mill", 1), ("q9", "mill", 1)]),
        },
    )
    outcome = onrecord("evaluate", data, "--json")
    assert outcome.err.splitlines()[:3] == [
        "1 document without text or title: in the collection, and never found.",
        "1 relevant judgement of documents that are not in corpus.jsonl: counted as not found.",
        "2 judged questions not in queries.jsonl: left out.",
    ]
    assert outcome.json["queries"] == 1
    assert outcome.json["measures"] == {"nDCG@10": 0, "R@100": 0, "RR@10": 0}


def test_a_mistake_in_the_data_is_one_line(onrecord: Command, data: Path, cache: Path) -> None:
    """With file and line, exit code 2, and nothing made."""
    write_beir(data, {"corpus.jsonl": '{"_id": "a", "text": "Mill."}\n{"_id"'})
    outcome = onrecord("evaluate", data, "--json")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        f"onrecord: {data}/corpus.jsonl, line 2: this is not JSON; the line may be cut off. "
        "Mend or delete it.\n"
    )
    assert not cache.exists()


def test_a_cache_that_cannot_be_written(
    onrecord: Command, data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line that names the place."""
    (folder / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "file"))
    outcome = onrecord("evaluate", data)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"onrecord: The build in {folder}/file/on-the-record/evaluate/")


@pytest.mark.parametrize(
    ("platform", "stated", "place"),
    [
        ("linux", "/var/cache/me", "/var/cache/me/on-the-record"),
        ("darwin", "/var/cache/me", "/var/cache/me/on-the-record"),
        ("linux", "", "/home/me/.cache/on-the-record"),
        ("linux", "relative", "/home/me/.cache/on-the-record"),
        ("darwin", "", "/home/me/Library/Caches/on-the-record"),
    ],
)
def test_the_cache_folder(
    monkeypatch: pytest.MonkeyPatch, platform: str, stated: str, place: str
) -> None:
    """XDG_CACHE_HOME where it is absolute, else where the system keeps such things."""
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("XDG_CACHE_HOME", stated)
    assert _cache_folder() == Path(place)


def test_a_build_that_is_going_on(onrecord: Command, data: Path, cache: Path) -> None:
    """Two commands do not build one index; the second is told to wait."""
    onrecord("evaluate", data)
    (index,) = (cache / "on-the-record" / "evaluate").iterdir()

    class Asking(HashEncoder):
        def encode(self, strings: object) -> object:  # type: ignore[override]
            outcome = onrecord("evaluate", data)
            assert (outcome.code, outcome.out) == (2, "")
            assert outcome.err.startswith(f"onrecord: The index in {index} is being built")
            return super().encode(strings)  # type: ignore[arg-type]

    build_index_of(read_beir(data).articles, index, Asking("other", "1" * 64))
