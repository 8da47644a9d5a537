"""How checking holds against mutations of the starter collection, and how long a check takes on
3,000 articles.

`python -m tests.benchmarks.checking` builds both indexes, without vectors, in a folder of its own;
the news sample needs ONRECORD_EVAL.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from index import SearchIndex, build_index
from interface.workspace import STARTER_COLLECTION
from retrieval import check_text
from tests.benchmarks.shared import milliseconds, news_collection, print_table
from tests.retrieval.mutations import KINDS, is_right, mutations, sentences_of, swapped_speakers

COUNT = 200
_WARMING = 5


def main(folder: Path) -> None:
    build_index(STARTER_COLLECTION, folder / "starter", None)
    index = SearchIndex(folder / "starter")
    _mutations(index)
    index.close()
    build_index(news_collection(folder), folder / "index", None)
    index = SearchIndex(folder / "index")
    index.open_all()
    _timings(index)
    index.close()


def _mutations(index: SearchIndex) -> None:
    rows = []
    sentences = sentences_of(index)
    for kind in KINDS:
        checks = [
            (mutation, check_text(mutation.draft, index, None))
            for mutation in mutations(kind, sentences, COUNT, seed=1)
        ]
        exact = sum(check.is_exact for _, check in checks)
        right = sum(is_right(mutation, check) for mutation, check in checks)
        verdicts = Counter(check.quotations[0].verdict for _, check in checks)
        rows.append((kind, str(exact), f"{right / COUNT:.1%}", _told(verdicts)))
    swapped = swapped_speakers(index, COUNT, seed=1)
    if swapped:
        told = [(check_text(mutation.draft, index, None), speaker) for mutation, speaker in swapped]
        right = sum(
            check.quotations[0].attribution == "other"
            and (quotation := check.quotations[0].places[0].quotation) is not None
            and quotation.speaker == speaker
            for check, speaker in told
        )
        exact = sum(check.is_exact for check, _ in told)
        verdicts = Counter(check.quotations[0].verdict for check, _ in told)
        rows.append(("speaker swapped", str(exact), f"{right / COUNT:.1%}", _told(verdicts)))
    print_table(
        f"{COUNT} mutations of each kind, starter collection",
        ("kind", "exact", "shown right", "verdicts"),
        rows,
    )


def _timings(index: SearchIndex) -> None:
    draw = random.Random(1)
    quoted = []
    for entry in index.catalogue.entries():
        text = index.article(entry.article_id).text
        for quotation in index.catalogue.quotations(entry.article_id):
            words = [span.of(text).split() for span in quotation.quoted]
            quoted += [each for each in words if 5 <= len(each) <= 60]
    draw.shuffle(quoted)
    per = COUNT + _WARMING
    exact, changed, cut = (quoted[at * per : (at + 1) * per] for at in range(3))
    for words in changed:
        words[draw.randrange(len(words))] = "zebra"
    for words in cut:
        at = draw.randrange(1, len(words) - 2)
        words[at : at + 2] = ["…"]
    mixed = [word for words in exact[:20] for word in words]
    rows = [
        _row("exact", exact, index),
        _row("one word replaced", changed, index),
        _row("two words cut", cut, index),
        _row("a pair of common words", [words[1:3] for words in exact], index),
        _row("in no article", [draw.sample(mixed, 20) for _ in exact], index),
    ]
    print_table(
        f"A warm check of one quotation, {index.manifest.articles:,} articles, milliseconds",
        ("quotation", "median", "p95", "largest", "verdicts"),
        rows,
    )


def _row(name: str, quotations: Sequence[Sequence[str]], index: SearchIndex) -> tuple[str, ...]:
    seconds = []
    verdicts: Counter[str] = Counter()
    for number, words in enumerate(quotations):
        text = "“" + " ".join(words).translate(dict.fromkeys(map(ord, '“”"'))) + "”"
        if not any(letter.isalnum() for letter in text):
            continue
        started = time.perf_counter()
        check = check_text(text, index, None)
        if number >= _WARMING:
            seconds.append(time.perf_counter() - started)
            verdicts[check.quotations[0].verdict] += 1
    return name, *milliseconds(seconds), _told(verdicts)


def _told(verdicts: Counter[str]) -> str:
    return ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
