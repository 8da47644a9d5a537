"""`onrecord ask`, and what all commands that read have in common."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval import answer_as_json, ask
from tests.interface.conftest import Command, fake_encoder
from tests.retrieval.invented import TOWN_TEXTS

Write = Callable[[dict[str, str | bytes | None]], Path]
READING = [
    ("articles",), ("show", "tram"), ("status",), ("ask", "Who closes the library?"),
    ("find", "library"), ("verify",),
]  # fmt: skip
QUESTION = "Who closes the library on Mondays?"


def test_an_answer_as_text(onrecord: Command, built: Path) -> None:
    """What was found and searched, then each passage after its source, then the promise."""
    outcome = onrecord("ask", QUESTION)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Likely answer: 1 passage from 1 article\n"
        "Searched 6 articles, 10 April 2018 to 4 February 2020\n"
        "\n"
        "[1] Library to close on Mondays\n"
        "    Wexcombe Courier, 10 April 2018 · likely answer\n"
        "    https://courier.example/library\n"
        "    news/library, characters 0 to 275\n"
        "    Reported words of: councillors\n"
        "    Words of: Hester Quill (Librarian)\n"
        "\n"
        f"{TOWN_TEXTS['news/library'].strip()}\n"
        "\n"
        "Quoted word for word from the articles. On the Record shows where words come from; it "
        "does not say whether they are true.\n"
    )


def test_no_answer_is_a_result(onrecord: Command, built: Path) -> None:
    """That nothing answers is said on stdout, with the words that are nowhere, and exits 0."""
    outcome = onrecord("ask", "Which zeppelin reached Kilimanjaro?")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Nothing in this collection answers that\n"
        "Searched 6 articles, 10 April 2018 to 4 February 2020\n"
        "The words “zeppelin”, “reached” and “Kilimanjaro” occur nowhere in the collection\n"
    )


def test_an_answer_as_json_is_the_canonical_one(onrecord: Command, built: Path) -> None:
    """--json prints the one object that the page and exports use too."""
    from index import SearchIndex

    index = SearchIndex(Path(".onrecord"))
    expected = answer_as_json(ask(QUESTION, index, fake_encoder("all-MiniLM-L6-v2"), limit=3))
    index.close()
    outcome = onrecord("ask", QUESTION, "--json", "-n", "3")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.json == json.loads(json.dumps(expected))


def test_earlier_questions_can_be_given(onrecord: Command, built: Path) -> None:
    """--after, oldest first: what was searched for and taken over stands above the passages."""
    after = ("--after", "Why did trams stop?", "--after", QUESTION)
    outcome = onrecord("ask", "And what will that save?", *after)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[1] == (
        "Searched for: And what will that save? — closes, library, Mondays "
        "(added from your earlier questions: closes, library, Mondays)"
    )
    answer = onrecord("ask", "And what will that save?", *after, "--json").json
    assert answer["question"] == "And what will that save?"
    assert answer["searched_for"] == "And what will that save? — closes, library, Mondays"
    assert answer["taken_over"] == ["closes", "library", "Mondays"]
    assert answer["citations"][0]["article"]["article_id"] == "news/library"


def test_a_question_that_stands_alone_is_answered_as_without_after(
    onrecord: Command, built: Path
) -> None:
    """Nothing is said of searching where nothing was taken over, odd earlier questions too."""
    alone = onrecord("ask", QUESTION)
    after = onrecord("ask", QUESTION, "--after", "Who runs the trams?", "--after", "")
    assert (after.code, after.out, after.err) == (0, alone.out, "")


def test_no_answer_as_json(onrecord: Command, built: Path) -> None:
    """Support none has no citations and exits 0."""
    outcome = onrecord("ask", "Which zeppelin reached Kilimanjaro?", "--json")
    assert (outcome.code, outcome.json["support"], outcome.json["citations"]) == (0, "none", [])


def test_the_number_of_citations_can_be_chosen(onrecord: Command, write: Write) -> None:
    """-n takes from 1 to 50; without it there are five."""
    town = write({f"{n:02}.txt": f"Warden {n} keeps the lighthouse." for n in range(9)})
    question = "Who keeps the lighthouse?"
    for options, count in [((), 5), (("-n", 1), 1), (("-n", 8), 8), (("-n", 50), 9)]:
        answer = onrecord("--corpus", town, "ask", question, *options, "--json").json
        assert [citation["number"] for citation in answer["citations"]] == [*range(1, count + 1)]


@pytest.mark.parametrize(
    ("options", "articles", "dates"),
    [
        (("--publisher", "wexcombe courier"), 2, ("2018-04-10", "2020-02-04")),
        (("--publisher", "Wardens Board"), 1, ("2019-05-02", "2019-05-02")),
        (("--from", "2020"), 2, ("2020-02-03", "2020-02-04")),
        (("--from", "2018-04", "--to", "2019-11-01"), 3, ("2018-04-10", "2019-11")),
        (("--to", "2018-04-10"), 1, ("2018-04-10", "2018-04-10")),
        (("--to", "2018-04-09"), 0, (None, None)),
        (("--to", "2020-02", "--publisher", "Skerry Herald"), 1, ("2020-02-03", "2020-02-03")),
    ],
    ids=["publisher", "original's publisher", "from a year", "from month to day", "to a day",
         "nothing", "both"],
)  # fmt: skip
def test_filters(
    onrecord: Command,
    built: Path,
    options: tuple[str, ...],
    articles: int,
    dates: tuple[str | None, str | None],
) -> None:
    """Date and publisher decide what is searched; a date may be a year, a month or a day."""
    scope = onrecord("ask", QUESTION, *options, "--json").json["scope"]
    assert (scope["articles"], (scope["from"], scope["to"])) == (articles, dates)


def test_filters_that_let_nothing_pass_are_told(onrecord: Command, built: Path) -> None:
    """An empty search is not told as a collection that does not answer."""
    outcome = onrecord("ask", QUESTION, "--publisher", "No Such Paper")
    assert (outcome.code, outcome.out.splitlines()[1]) == (0, "No article passes these filters")


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_reading_builds_where_there_is_no_index(
    onrecord: Command, town: Path, folder: Path, command: tuple[str, ...]
) -> None:
    """The first command of all says that it builds, on stderr, and then does what it is for."""
    outcome = onrecord("--corpus", town, *command)
    assert outcome.code == 0
    assert outcome.err == (
        f"There is no index in {folder / '.onrecord'} yet; building it from {town}.\n"
    )
    again = onrecord("--corpus", town, *command)
    assert (again.code, again.out, again.err) == (0, outcome.out, "")


@pytest.mark.parametrize("command", READING, ids=lambda command: command[0])
def test_reading_tells_that_the_folder_has_changed(
    onrecord: Command, built: Path, write: Write, command: tuple[str, ...]
) -> None:
    """One line on stderr names the command that brings the index up to date; the answer comes
    from the index as it is."""
    write({"mill.txt": "The mill opens on Friday."})
    outcome = onrecord(*command)
    assert outcome.code == 0
    assert outcome.err == (
        f"The collection {built} has changed since the build; bring the index up to date with: "
        "onrecord build\n"
    )
    assert onrecord("build").code == 0
    assert onrecord(*command).err == ""


def test_reading_goes_on_where_the_folder_is_gone(onrecord: Command, built: Path) -> None:
    """The index answers without its folder, and says so."""
    built.rename(built.with_name("elsewhere"))
    outcome = onrecord("ask", QUESTION)
    assert (outcome.code, outcome.out.splitlines()[3]) == (0, "[1] Library to close on Mondays")
    assert outcome.err == f"The collection {built} is gone; answers come from the index.\n"


def test_the_index_remembers_its_folder(onrecord: Command, built: Path) -> None:
    """--corpus may be left out, and may be the same folder in another spelling."""
    assert onrecord("articles").out == onrecord("--corpus", "./town/../town", "articles").out


def test_the_index_can_lie_elsewhere(onrecord: Command, town: Path, folder: Path) -> None:
    """--index names its folder, relative to the current one too."""
    assert onrecord("--corpus", town, "--index", "here/ix", "build").code == 0
    assert (folder / "here" / "ix" / "CURRENT").is_file()
    assert not (folder / ".onrecord").exists()
    assert onrecord("--index", folder / "here" / "ix", "status", "--json").json["articles"] == 6


def test_the_environment_can_name_the_index(
    onrecord: Command, town: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ONRECORD_INDEX takes the place of .onrecord, and --index that of both."""
    monkeypatch.setenv("ONRECORD_INDEX", str(folder / "env"))
    assert onrecord("--corpus", town, "status", "--json").json["index"] == str(folder / "env")
    assert onrecord("status", "--json").json["index"] == str(folder / "env")
    named = onrecord("--corpus", town, "--index", "named", "status", "--json").json
    assert named["index"] == str(folder / "named")
    assert not (folder / ".onrecord").exists()


def test_without_a_folder_the_starter_collection_is_read(onrecord: Command, folder: Path) -> None:
    """Asked in an empty folder, the program answers from the articles that come with it."""
    from interface.workspace import STARTER_COLLECTION

    status = onrecord("status", "--json").json
    assert status["collection"] == str(STARTER_COLLECTION)
    assert status["articles"] == len(list(STARTER_COLLECTION.glob("*.md")))


def test_the_encoder_of_the_index_is_used(onrecord: Command, town: Path) -> None:
    """Without --encoder a question is read by the encoder that the index was built with."""
    assert onrecord("--corpus", town, "--encoder", "tiny", "build").code == 0
    assert onrecord("ask", QUESTION, "--json").json["support"] == "strong"
    assert onrecord("--encoder", "tiny", "ask", QUESTION, "--json").json["support"] == "strong"
