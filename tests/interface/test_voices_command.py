"""`onrecord voices` and `onrecord speakers`, on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from index import SearchIndex
from retrieval import find_voices, list_speakers, speakers_as_json, voices_as_json
from tests.interface.conftest import Command, fake_encoder
from tests.retrieval.debate import DEBATE, DEBATE_TEXTS

Write = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture
def debate(onrecord: Command, write: Write) -> Path:
    """The collection DEBATE, indexed in the default place with the fake encoder."""
    folder = write(DEBATE)
    assert onrecord("--corpus", folder, "build").code == 0
    return folder


def test_voices_as_text(onrecord: Command, debate: Path) -> None:
    """The count, what was searched, who spoke when, and each with their words."""
    outcome = onrecord("voices", "night fishing", "--speaker", "Holt")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(
        "1 speaker, 2 utterances in 4 articles, 3 distinct texts, on “night fishing”\n"
        "Searched 4 articles, 10 April 2018 to May 2018\n"
    )
    assert (
        "Who spoke when, by the dates of the articles:\n"
        "    10 April 2018  Mara Holt\n"
        "    12 April 2018  Mara Holt\n"
        "    May 2018       Mara Holt\n"
        "\n"
        "Mara Holt\n"
    ) in outcome.out
    assert (
        "    there: Night fishing must [-stop-] {+end+} before somebody drowns off the pier,\n"
        "    In 3 articles, 2 distinct texts\n"
    ) in outcome.out


def test_voices_as_json(onrecord: Command, debate: Path) -> None:
    """--json prints the documented object."""
    index = SearchIndex(Path(".onrecord"))
    encoder = fake_encoder("all-MiniLM-L6-v2")
    expected = voices_as_json(find_voices("night fishing", index, encoder))
    index.close()
    outcome = onrecord("voices", "night fishing", "--json")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json == json.loads(json.dumps(expected))


def test_json_by_value(onrecord: Command, debate: Path) -> None:
    """Each key that docs/voices.md lists, and no other; offsets count in the article's text."""
    found = onrecord("voices", '"end before"', "--json").json
    text = DEBATE_TEXTS["courier"]
    words = "Night fishing must end before somebody drowns off the pier,"
    start = text.index(f"“{words}")
    shown = "said Mara Holt, the harbour master"
    (voice,) = found.pop("voices")
    (utterance,) = voice.pop("utterances")
    (place,) = utterance.pop("places")
    assert sorted(found.pop("index")) == ["built", "generation"]
    assert found == {
        "format": 1,
        "subject": '"end before"',
        "by_words": found["by_words"],
        "passages": 1,
        "more": False,
        "people": 1,
        "utterances": 1,
        "articles": 1,
        "texts": 1,
        "scope": found["scope"],
    }
    assert voice["person"]["name"] == "Mara Holt"
    assert sorted(voice["person"]) == ["name", "organisations", "roles"]
    assert utterance == {"number": 1, "indirect": False, "texts": 1}
    assert place.pop("article")["article_id"] == "courier"
    assert text[place["attribution"][0] : place.pop("attribution")[1]].startswith(shown[:14])
    context = place.pop("context")
    assert text[context[0] : context[1]] == f"“{words}” {shown}."
    assert place == {
        "text": f"“{words}”",
        "start": start,
        "end": start + len(words) + 2,
        "kind": "direct",
        "direct": True,
        "quoted": [[start + 1, start + 1 + len(words)]],
        "speaker": "Mara Holt",
        "role": place["role"],
        "organisation": place["organisation"],
        "told": [],
        "nested": False,
        "page": None,
        "is_theirs": True,
        "differences": [],
    }


def test_csv_has_every_place(onrecord: Command, debate: Path) -> None:
    """One line for each speaker, article and utterance, cut from the texts."""
    outcome = onrecord("voices", "night fishing", "--csv", "--to", "2018-04")
    assert (outcome.code, outcome.err) == (0, "")
    lines = list(csv.DictReader(io.StringIO(outcome.out, newline="")))
    assert [(line["speaker"], line["utterance"], line["article_id"]) for line in lines] == [
        ("Mara Holt", "1", "herald"),
        ("Mara Holt", "1", "post"),
        ("Tobias Renn", "2", "herald"),
        ("Tobias Renn", "2", "post"),
    ]
    for line in lines:
        text = DEBATE_TEXTS[line["article_id"]]
        assert line["words"] == text[int(line["start"]) : int(line["end"])]
        assert line["context"] in text


def test_no_voice_is_a_result(onrecord: Command, debate: Path) -> None:
    """As with every other search."""
    outcome = onrecord("voices", "zeppelins")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Nobody is quoted on “zeppelins”\n")
    assert "The word “zeppelins” occurs nowhere in the collection\n" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("voices", " "), "There is no question."),
        (("voices", "fishing", "--speaker", "Al Dente"), "Nobody named Al Dente speaks"),
        (("voices", "fishing", "--csv", "--json"), "Leave one of them out."),
        (("voices", "fishing", "--from", "soon"), "is not a date"),
        (("speakers", " "), "NAME is empty."),
        (("speakers", "-n", "0"), "0 is not in the range"),
    ],
)
def test_wrong_usage_is_told(
    onrecord: Command, debate: Path, arguments: tuple[str, ...], told: str
) -> None:
    """One sentence on stderr, exit code 2."""
    outcome = onrecord(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


def test_speakers_as_text(onrecord: Command, debate: Path) -> None:
    """Most quoted first, with what is told of them and where they speak."""
    outcome = onrecord("speakers", "-n", 2)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0] == "Mara Holt"
    assert lines[1].startswith("    harbour master")
    assert lines[2] == (
        "    4 quotations (4 direct) in 4 articles, 3 distinct texts, 10 April 2018 to May 2018"
    )
    assert lines[-2:] == ["4 speakers.", "There are more: -n 4"]


def test_speakers_of_a_name_are_told_with_their_articles(onrecord: Command, debate: Path) -> None:
    """What a rule in speakers.toml needs: ids, and the names as they are written there."""
    lines = onrecord("speakers", "renn").out.splitlines()
    assert lines[0] == "Tobias Renn"
    assert [line.split(" · ")[:2] for line in lines[3:6]] == [
        ["    herald", "10 April 2018"],
        ["    post", "12 April 2018"],
        ["    brief", "3 February 2019"],
    ]
    assert lines[6:] == ["1 speaker."]
    outcome = onrecord("speakers", "Al Dente")
    assert (outcome.code, outcome.out) == (
        0, "Nobody named Al Dente speaks in this collection.\n",
    )  # fmt: skip


def test_quotations_of_nobody_certain_are_counted(onrecord: Command, write: Write) -> None:
    """So that nobody takes the list for all that is said."""
    folder = write({"a.txt": "Later they read: “The ferry was never ours to sell or to give.”\n"})
    assert onrecord("--corpus", folder, "build").code == 0
    assert onrecord("speakers").out == (
        "Nobody is quoted in this collection.\n"
        "1 more quotation has no speaker who is certain and has no place in this list.\n"
    )


def test_speakers_as_json(onrecord: Command, debate: Path) -> None:
    """--json prints the documented object, with every form in which an article names them."""
    index = SearchIndex(Path(".onrecord"))
    expected = speakers_as_json(list_speakers(index, "renn", limit=30))
    index.close()
    found = onrecord("speakers", "renn", "--json").json
    assert found == json.loads(json.dumps(expected))
    (renn,) = found["speakers"]
    assert sorted(found) == ["format", "index", "named", "people", "speakers", "unresolved"]
    assert sorted(renn) == [
        "appearances", "articles", "direct", "first", "indirect", "last", "mixed", "name",
        "organisations", "quotations", "roles", "texts",
    ]  # fmt: skip
    assert (renn["first"], renn["last"], renn["articles"], renn["texts"]) == (
        "2018-04-10", "2019-02-03", 3, 2,
    )  # fmt: skip
    assert sorted(renn["appearances"][0]) == [
        "article_id", "date", "direct", "indirect", "mixed", "name", "organisation", "role",
    ]  # fmt: skip


def test_rules_on_names_are_taken_up_by_a_build(
    onrecord: Command, debate: Path, write: Write
) -> None:
    """Readers are told that the folder has changed; a broken file is told and changes nothing."""
    write({"speakers.toml": '[[join]]\nnames = ["Mara Holt", "Tobias Renn"]\n'})
    assert "has changed since the build" in onrecord("speakers").err
    assert onrecord("build").code == 0
    outcome = onrecord("speakers", "-n", 1)
    assert (outcome.err, outcome.out.splitlines()[0]) == ("", "Mara Holt")
    assert "7 quotations" in outcome.out
    write({"speakers.toml": "[[join]]\nname = 3\n"})
    broken = onrecord("build")
    assert broken.code == 2
    assert "speakers.toml [[join]] number 1 has names, and no “name”" in broken.err
    assert onrecord("speakers", "-n", 1).out == outcome.out
