"""Whether citations still hold."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from index import Filter, IndexDamaged, SearchIndex, build_index
from retrieval import (
    CitationCheck,
    IndexCheck,
    answer_as_json,
    ask,
    exported_citations,
    verify_citation,
    verify_index,
)
from tests.retrieval.invented import TOWN, TOWN_TEXTS

FINES = """Wardens in Harrowmere issued 40 fines in May. Chief Warden Bram Ockley called it a start.

The council wants 60 by winter.
"""
MERCURY = "---\ntitle: Forty fines\npublisher: Pellbrook Mercury\npublished: 2019-03\n---\n" + FINES
FERRY = "A ferry ran aground off Skerry Point. Nobody was hurt."


@dataclass
class Desk:
    """A collection that changes, its index, and citations of it that were exported before."""

    folder: Path
    opened: list[SearchIndex] = field(default_factory=list)

    def publish(self, files: Mapping[str, str | None], day: str | None = None) -> SearchIndex:
        """Write files (None deletes one) and build; `day` is then the day of that build."""
        collection = self.folder / "collection"
        for name, content in files.items():
            path = collection / name
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content)
        build_index(collection, self.folder / "index", None)
        if day is not None:
            history = self.folder / "index" / "history"
            lines = [json.loads(line) for line in history.read_text().splitlines()]
            lines[-1]["built"] = f"{day}T10:00:00+00:00"
            del lines[-1]["sha256"]  # as an earlier version wrote it
            history.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return self.open()

    def open(self) -> SearchIndex:
        self.opened.append(SearchIndex(self.folder / "index"))
        return self.opened[-1]

    def alter(self, database: str, statement: str, *parameters: object) -> None:
        """Change a database of the index by hand, in whatever folder of it that lies."""
        connection = sqlite3.connect(self.file(database))
        with connection:
            assert connection.execute(statement, parameters).rowcount > 0
        connection.close()

    def sign(self, part: str) -> None:
        """Make the manifest say that an altered part is what was written."""
        manifest, pointer = self.file("manifest.json"), self.folder / "index" / "CURRENT"
        content = json.loads(manifest.read_text())
        [entry] = [entry for entry in content["parts"] if entry["path"] == part]
        altered = self.file(part).read_bytes()
        entry |= {"bytes": len(altered), "sha256": hashlib.sha256(altered).hexdigest()}
        manifest.write_text(json.dumps(content))
        generation, _ = pointer.read_text().split()
        pointer.write_text(f"{generation} {hashlib.sha256(manifest.read_bytes()).hexdigest()}\n")

    def file(self, name: str) -> Path:
        [path] = (self.folder / "index").rglob(name)
        return path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    for index in desk.opened:
        index.close()


def export(index: SearchIndex, question: str = "How many fines did wardens issue?") -> Any:
    """One citation of an answer, as JSON gives it back."""
    return json.loads(json.dumps(answer_as_json(ask(question, index, None, limit=1))))


def check(answer: Any, index: SearchIndex) -> CitationCheck:
    [claimed] = exported_citations(json.dumps(answer))
    return verify_citation(claimed, index)


def test_an_untouched_citation_is_verified(desk: Desk) -> None:
    """Words that stand where the citation says, with the source it names, are verified."""
    index = desk.publish({"mercury.md": MERCURY})
    assert check(export(index), index) == CitationCheck(
        1, "mercury", "verified", "the cited words stand in the article"
    )


def test_every_citation_of_every_answer_is_verified(wordy_town: SearchIndex) -> None:
    """What asking gives always verifies against the same index."""
    for text in TOWN_TEXTS.values():
        answer = answer_as_json(ask(text.split("\n")[0], wordy_town, None))
        claims = exported_citations(json.dumps(answer))
        assert claims
        assert {verify_citation(claim, wordy_town).verdict for claim in claims} == {"verified"}


def test_a_citation_survives_a_change_of_other_articles(desk: Desk) -> None:
    """A later generation verifies what an earlier one cited, if the article is the same."""
    answer = export(desk.publish({"mercury.md": MERCURY}))
    assert check(answer, desk.publish({"ferry.txt": FERRY})).verdict == "verified"


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("title: Forty fines", "title: Fines", "differs now in: title"),
        ("published: 2019-03", "published: 2019-04", "differs now in: published"),
        ("title: Forty fines\n", "author: Ines Marl\n", "differs now in: title, author"),
        ("title:", "kind: brief\ntitle:", "differs now in: kind"),
    ],
    ids=["title", "date", "author", "kind"],
)
def test_changed_details_are_told(desk: Desk, before: str, after: str, reason: str) -> None:
    """Words that stand in an article whose source is now described otherwise are told as such."""
    answer = export(desk.publish({"mercury.md": MERCURY}))
    index = desk.publish({"mercury.md": MERCURY.replace(before, after)})
    assert check(answer, index) == CitationCheck(1, "mercury", "details changed", reason)


def test_a_forged_source_is_told(desk: Desk) -> None:
    """An export whose publisher was rewritten does not pass as verified."""
    index = desk.publish({"mercury.md": MERCURY})
    answer = export(index)
    answer["citations"][0]["article"]["publisher"] = "The Guardian Angel"
    assert check(answer, index) == CitationCheck(
        1, "mercury", "altered", "the article never had the source that the citation names"
    )


def test_an_earlier_version_is_superseded(desk: Desk) -> None:
    """Words of an earlier version of the article still verify, with the day of the new one."""
    answer = export(desk.publish({"mercury.md": MERCURY}, "2019-03-14"))
    index = desk.publish({"mercury.md": MERCURY.replace("40", "41")}, "2019-04-01")
    assert check(answer, index) == CitationCheck(
        1, "mercury", "superseded", "a new version of the article came on 2019-04-01"
    )


@pytest.mark.parametrize(
    "later",
    [
        {"mercury.md": MERCURY.replace("40", "42")},
        {"mercury.md": MERCURY.replace("40", "41").replace("Forty", "Some")},
    ],
    ids=["a further version", "new details"],
)
def test_the_day_is_that_of_the_version_after_the_cited_one(
    desk: Desk, later: dict[str, str]
) -> None:
    """What changed later still does not move the day on which the cited version went."""
    answer = export(desk.publish({"mercury.md": MERCURY}, "2019-03-14"))
    desk.publish({"mercury.md": MERCURY.replace("40", "41")}, "2019-04-01")
    index = desk.publish(later, "2019-05-09")
    assert check(answer, index).reason == "a new version of the article came on 2019-04-01"


def test_a_removed_article_still_verifies(desk: Desk) -> None:
    """Words of an article that was taken out are told as removed, with the day."""
    answer = export(desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY}, "2019-03-14"))
    index = desk.publish({"mercury.md": None}, "2019-06-02")
    assert check(answer, index) == CitationCheck(
        1, "mercury", "removed", "the article was removed on 2019-06-02"
    )


def test_an_article_that_came_back_is_verified(desk: Desk) -> None:
    """Removing an article and adding it again leaves no mark on its citations."""
    answer = export(desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY}))
    desk.publish({"mercury.md": None})
    assert check(answer, desk.publish({"mercury.md": MERCURY})).verdict == "verified"


def test_an_article_that_came_back_changed_is_superseded(desk: Desk) -> None:
    """The day is that of the new version, not that of the removal before it."""
    answer = export(desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY}, "2019-03-14"))
    desk.publish({"mercury.md": None}, "2019-06-02")
    index = desk.publish({"mercury.md": MERCURY.replace("40", "41")}, "2019-07-03")
    assert check(answer, index).reason == "a new version of the article came on 2019-07-03"


def test_a_removal_that_no_build_saw_gets_no_day(desk: Desk) -> None:
    """Where the index was damaged when an article went, no other day is given for it."""
    answer = export(desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY}, "2019-03-14"))
    shutil.rmtree(desk.folder / "index" / "generations")
    index = desk.publish({"mercury.md": None}, "2019-06-02")
    assert check(answer, index) == CitationCheck(1, "mercury", "removed", "the article was removed")


def test_a_renamed_article_is_removed_under_its_old_name(desk: Desk) -> None:
    """The same text under another id is another article."""
    answer = export(desk.publish({"mercury.md": MERCURY}))
    index = desk.publish({"mercury.md": None, "archive/mercury.md": MERCURY})
    assert check(answer, index).verdict == "removed"


def words_changed(citation: dict[str, Any]) -> None:
    citation["text"] = citation["text"].replace("40", "90")


def moved(by_start: int, by_end: int) -> Callable[[dict[str, Any]], None]:
    def move(citation: dict[str, Any]) -> None:
        citation["start"] += by_start
        citation["end"] += by_end

    return move


def highlight(start: int, end: int) -> Callable[[dict[str, Any]], None]:
    return lambda citation: citation.update(highlights=[[start, end]])


NOT_THERE = "the cited words do not stand at that place of the article"
OUTSIDE = "a highlight lies outside the cited words"
ANOTHER = "the cited words stand in another article, never in this one"


@pytest.mark.parametrize(
    ("alter", "reason"),
    [
        (words_changed, NOT_THERE),
        (lambda citation: citation.update(text=citation["text"] + " "), NOT_THERE),
        (lambda citation: citation.update(text=citation["text"].upper()), NOT_THERE),
        (lambda citation: citation.update(text=""), NOT_THERE),
        (moved(1, 1), NOT_THERE),
        (moved(1, 0), NOT_THERE),
        (moved(0, -1), NOT_THERE),
        (moved(0, 1), NOT_THERE),
        (moved(0, 10**9), NOT_THERE),
        (moved(10**9, 10**9), NOT_THERE),
        (highlight(0, 10**6), OUTSIDE),
        (highlight(10**6, 10**6 + 1), OUTSIDE),
        (lambda citation: citation["article"].update(article_id="ferry"), ANOTHER),
        (lambda citation: citation["article"].update(article_id="no/such"), ANOTHER),
    ],
    ids=[
        "a digit of the text", "a space more", "case", "no text", "span moved by one",
        "start moved by one", "end too early", "end too late", "end beyond the text",
        "span beyond the text", "highlight around the passage", "highlight elsewhere",
        "attributed to another article", "attributed to no article",
    ],
)  # fmt: skip
def test_an_altered_citation_is_found(
    desk: Desk, alter: Callable[[dict[str, Any]], None], reason: str
) -> None:
    """Words, place, highlight or attribution that were tampered with are told as altered."""
    index = desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY})
    answer = export(index)
    alter(answer["citations"][0])
    checked = check(answer, index)
    assert (checked.verdict, checked.reason) == ("altered", reason)


PAGED = "Wardens met in May.\f\nThey issued 40 fines in June.\f\n"
OTHER_PAGE = "the cited words stand on another page than it says"


@pytest.mark.parametrize("text", [PAGED, PAGED.replace("\f", "\n")], ids=["paged", "unpaged"])
def test_the_page_is_checked(desk: Desk, text: str) -> None:
    """A page other than the one where the words stand is altered: no page on a text that has
    pages, and any page on a text that has none."""
    index = desk.publish({"minutes.txt": text})
    answer = export(index, "How many fines?")
    page = 1 if "\f" in text else None
    assert answer["citations"][0]["page"] == page
    assert check(answer, index).verdict == "verified"
    for claimed in {1, 2, None} - {page}:
        answer["citations"][0]["page"] = claimed
        checked = check(answer, index)
        assert (checked.verdict, checked.reason) == ("altered", OTHER_PAGE)


@pytest.mark.parametrize("text", [PAGED, PAGED.replace("\f", "\n")], ids=["paged", "unpaged"])
def test_an_export_that_says_nothing_of_pages_is_verified(desk: Desk, text: str) -> None:
    """As one from before there were pages."""
    index = desk.publish({"minutes.txt": text})
    answer = export(index, "How many fines?")
    del answer["citations"][0]["page"]
    assert check(answer, index).verdict == "verified"


def test_a_highlight_that_leaves_the_passage_by_one_is_altered(desk: Desk) -> None:
    """One character beyond the cited words is already outside."""
    index = desk.publish({"ferry.txt": FERRY + " " + "The harbour is open. " * 40})
    answer = export(index, "Which ferry ran aground?")
    citation = answer["citations"][0]
    citation["highlights"] = [[citation["start"], citation["end"] + 1]]
    assert check(answer, index).reason == OUTSIDE


def test_words_of_another_text_are_altered(desk: Desk) -> None:
    """A citation that names the version of another article does not stand there."""
    index = desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY})
    answer = export(index)
    answer["citations"][0]["article"]["sha256"] = index.article("ferry").sha256
    assert check(answer, index).verdict == "altered"


@pytest.mark.parametrize("sha256", ["0" * 64, "", "no hash", "%"], ids=repr)
def test_a_version_that_was_never_held_is_unknown(desk: Desk, sha256: str) -> None:
    """About a text that this index never held, nothing can be said."""
    index = desk.publish({"mercury.md": MERCURY})
    answer = export(index)
    answer["citations"][0]["article"]["sha256"] = sha256
    assert check(answer, index) == CitationCheck(
        1, "mercury", "unknown",
        "this index never held the version of the article that is cited",
    )  # fmt: skip


def test_a_citation_is_never_verified_by_an_altered_text(desk: Desk) -> None:
    """Where the stored text was altered to fit a forged citation, verifying fails."""
    answer = export(desk.publish({"mercury.md": MERCURY}))
    words_changed(answer["citations"][0])
    desk.alter("articles.db", "UPDATE text SET content = replace(content, '40', '90')")
    index = desk.open()
    with pytest.raises(IndexDamaged, match="holds an altered text"):
        check(answer, index)


def test_a_sound_index_has_no_defects(desk: Desk) -> None:
    """Every article and passage is re-read, and each article is reported as done."""
    index = desk.publish(TOWN)
    done: list[int] = []
    assert verify_index(index, done.append) == IndexCheck(6, 6, ())
    assert done == [1, 1, 1, 1, 1, 1]


def test_an_altered_text_is_a_defect_of_its_article(desk: Desk) -> None:
    """One digit of one text in articles.db is found, and told by the article's id."""
    desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY})
    desk.alter("articles.db", "UPDATE text SET content = replace(content, '40', '90')")
    checked = verify_index(desk.open())
    [defect] = checked.defects
    assert defect.startswith("mercury: The index is damaged: ")
    assert "articles.db holds an altered text" in defect
    assert (checked.articles, checked.passages) == (2, 1)


def test_a_missing_text_is_a_defect_of_its_article(desk: Desk) -> None:
    """A text that was deleted from articles.db is found."""
    sha256 = desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY}).article("ferry").sha256
    desk.alter("articles.db", "DELETE FROM text WHERE sha256 = ?", sha256)
    [defect] = verify_index(desk.open()).defects
    assert "the text of ferry is missing from articles.db" in defect


@pytest.mark.parametrize(
    ("statement", "defect"),
    [
        ("UPDATE passage SET sentences = '[[2,37],[38,54]]' WHERE article_id = 'ferry'",
         "ferry: The index is damaged: the catalogue's passage"),
        ("UPDATE passage SET sentences = '[[0,37],[37,54]]' WHERE article_id = 'ferry'",
         "ferry: its passages are not those of its text"),
        ("UPDATE passage SET sentences = '[[0,37],[38,99]]' WHERE article_id = 'ferry'",
         "ferry: The index is damaged: passage"),
        ("UPDATE passage SET sentences = 'no list at all!!' WHERE article_id = 'ferry'",
         "ferry: The index is damaged:"),
        ("UPDATE article SET sha256 = upper(sha256) WHERE article_id = 'ferry'",
         "ferry: The index is damaged: the text of ferry is missing"),
        ("DELETE FROM passage WHERE article_id = 'ferry'", "ferry: The index is damaged:"),
        ("UPDATE passage SET article_id = 'mercury' WHERE article_id = 'ferry'",
         "ferry: The index is damaged:"),
        ("INSERT INTO furniture VALUES ('ferry', 0, 37, 'headline')",
         "ferry: its passages are not those of its text"),
    ],
    ids=["span moved", "sentence moved", "span beyond the text", "unreadable spans",
         "another version", "passage gone", "passage of another article",
         "furniture added"],
)  # fmt: skip
def test_a_catalogue_that_does_not_fit_its_texts_is_a_defect(
    desk: Desk, statement: str, defect: str
) -> None:
    """Even where every file has the hash that the manifest gives, the article whose passages are
    not those of its text is named."""
    desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY})
    desk.alter("catalogue.db", statement)
    desk.sign("catalogue.db")
    [found] = verify_index(desk.open()).defects
    assert found.startswith(defect)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE passage SET sentences = '[[2,37],[38,54]]' WHERE article_id = 'ferry'",
        "UPDATE article SET metadata = replace(metadata, 'Pellbrook', 'Pallbrook')",
    ],
    ids=["a span", "a source"],
)
def test_an_altered_row_of_the_catalogue_is_found(desk: Desk, statement: str) -> None:
    """A row that was changed by hand is found by the hash of the file, when the index is opened
    or when it is verified."""
    desk.publish({"mercury.md": MERCURY, "ferry.txt": FERRY})
    desk.alter("catalogue.db", statement)
    try:
        defects = list(verify_index(desk.open()).defects)
    except IndexDamaged as error:
        defects = [str(error)]
    assert "catalogue.db was altered after it was written" in defects[0]


def test_an_altered_part_is_a_defect(desk: Desk) -> None:
    """A flipped byte in the postings is found by the hash of its file."""
    index = desk.publish({"mercury.md": MERCURY})
    path = index.folder / "postings" / "weights.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    [defect] = verify_index(index).defects
    assert "weights.npy was altered after it was written" in defect


def test_a_passage_id_that_names_another_place_is_altered(desk: Desk) -> None:
    """The id holds the version and the span; a forged one does not pass."""
    index = desk.publish({"mercury.md": MERCURY})
    answer = export(index)
    citation = answer["citations"][0]
    citation["passage_id"] = f"{'0' * 64}:{citation['start']}-{citation['end']}"
    assert check(answer, index) == CitationCheck(
        1, "mercury", "altered", "the passage id names another place than the citation"
    )


def test_other_places_are_checked_too(desk: Desk) -> None:
    """`also_in` verifies where the same words do stand, and is altered where they never did."""
    twin = MERCURY.replace("title: ", "title: Again, ")
    index = desk.publish({"mercury.md": MERCURY, "twin.md": twin, "ferry.txt": FERRY})
    answer = export(index)
    [place] = answer["citations"][0]["also_in"]
    assert place["article_id"] == "twin"
    assert check(answer, index).verdict == "verified"
    place["article_id"] = "ferry"
    assert check(answer, index) == CitationCheck(
        1, "mercury", "altered", "the cited words never stood in ferry as it says"
    )


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("called it a start", "called it  a start", "verified"),
        ("40 fines", "90 fines", "altered"),
        ("Ockley", "Tansley", "altered"),
        ("called it a start", "never called it a start", "altered"),
    ],
    ids=["white space", "a figure", "a name", "a negation"],
)
def test_other_places_may_hold_nearly_the_same_words(
    desk: Desk, old: str, new: str, verdict: str
) -> None:
    """`also_in` verifies where the report is told again, not where another statement stands."""
    telling = FINES.replace(old, new)
    index = desk.publish({"mercury.md": MERCURY, "other.txt": telling})
    chosen = Filter(publisher="Pellbrook Mercury")
    answer = answer_as_json(ask("How many fines did wardens issue?", index, None, chosen=chosen))
    other = index.article("other")
    answer["citations"][0]["also_in"] = [
        {"article_id": "other", "sha256": other.sha256, "start": 0, "end": len(telling.strip())}
    ]
    assert check(answer, index).verdict == verdict


START = "Chief Warden Bram Ockley called it a start."
SPRING = f"Wardens in Harrowmere issued 40 fines this spring. {START} The council wants 60."
REPORT = f"It rained in Pellbrook. {START} Few agreed."


def exported_highlight(desk: Desk) -> tuple[dict[str, Any], SearchIndex]:
    """An answer whose second sentence is highlighted and stands in another article too."""
    spring = f"---\npublisher: Mercury\n---\n{SPRING}"
    index = desk.publish({"spring.md": spring, "post.txt": REPORT, "ferry.txt": FERRY})
    chosen = Filter(publisher="Mercury")
    answer = answer_as_json(
        ask("Did Chief Warden Bram Ockley call that a start?", index, None, chosen=chosen)
    )
    return answer, index


def test_a_place_may_hold_a_highlighted_sentence(desk: Desk) -> None:
    """It verifies where all words of the sentence stand, and nowhere else."""
    answer, index = exported_highlight(desk)
    citation = answer["citations"][0]
    [highlight] = citation["highlights"]
    assert SPRING[slice(*highlight)] == START
    [place] = citation["also_in"]
    assert (place["article_id"], REPORT[place["start"] : place["end"]]) == ("post", START)
    assert check(answer, index).verdict == "verified"


@pytest.mark.parametrize(
    "change",
    [
        lambda citation, place: place.update(start=place["start"] - 10),
        lambda citation, place: place.update(end=place["end"] - 8),
        lambda citation, place: place.update(end=place["end"] + 5),
        lambda citation, place: place.update(article_id="ferry"),
        lambda citation, place: place.update(end=10**6),
        lambda citation, place: citation.update(highlights=[]),
        lambda citation, place: citation.update(
            highlights=[[51, 63]], also_in=[place | {"end": place["start"] + 12}]
        ),
    ],
    ids=["begins earlier", "ends earlier", "ends later", "another article", "beyond the text",
         "nothing highlighted", "two words"],
)  # fmt: skip
def test_a_place_with_other_words_than_the_highlight_is_altered(desk: Desk, change: Any) -> None:
    """More words, fewer, another article, or words too few to count alone."""
    answer, index = exported_highlight(desk)
    citation = answer["citations"][0]
    change(citation, citation["also_in"][0])
    result = check(answer, index)
    assert result.verdict == "altered"
    assert "never stood in" in result.reason


def test_words_that_stand_there_now_need_no_history(desk: Desk) -> None:
    """A lost history makes nothing of the present article look altered."""
    index = desk.publish({"mercury.md": MERCURY})
    answer = export(index)
    (desk.folder / "index" / "history").write_text("")
    assert check(answer, index).verdict == "verified"
