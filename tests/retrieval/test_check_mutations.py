"""The bars of checking: quotations of the starter collection with one thing changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import SearchIndex, build_index
from interface.workspace import STARTER_COLLECTION
from retrieval import check_text
from tests.retrieval.mutations import KINDS, is_right, mutations, sentences_of, swapped_speakers

SHOWN = 0.95
counts = pytest.mark.parametrize("count", [50, pytest.param(200, marks=pytest.mark.long)])


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    folder = tmp_path_factory.mktemp("starter") / "index"
    build_index(STARTER_COLLECTION, folder, None)
    index = SearchIndex(folder)
    yield index
    index.close()


def test_sentences_as_they_stand_have_no_difference(starter: SearchIndex) -> None:
    """The other side of the bars: what was not changed is not called altered."""
    for sentence in sentences_of(starter):
        quoted = sentence.replace("“", "‘").replace("”", "’")
        (checked,) = check_text(f"“{quoted}”", starter, None).quotations
        assert (checked.verdict, sentence) in (("our words", sentence), ("exact", sentence))


@counts
@pytest.mark.parametrize("kind", KINDS)
def test_a_mutation_is_never_exact_and_is_shown(
    starter: SearchIndex, kind: str, count: int
) -> None:
    """Of each kind none passes, and at least 95% show just what was changed."""
    checked = [
        (mutation, check_text(mutation.draft, starter, None))
        for mutation in mutations(kind, sentences_of(starter), count, seed=1)
    ]
    assert [mutation for mutation, check in checked if check.is_exact] == []
    assert [m for m, check in checked if check.quotations[0].verdict == "our words"] == []
    right = sum(is_right(mutation, check) for mutation, check in checked)
    assert right >= SHOWN * count


@counts
def test_a_swapped_speaker_is_never_exact_and_is_shown(starter: SearchIndex, count: int) -> None:
    """Under another's name, words are given to whom the article gives them."""
    swapped = swapped_speakers(starter, count, seed=1)
    if not swapped:
        pytest.skip("the collection's quotations have no speakers")
    right = 0
    for mutation, speaker in swapped:
        check = check_text(mutation.draft, starter, None)
        (checked,) = check.quotations
        assert not check.is_exact
        quotation = checked.places[0].quotation if checked.places else None
        right += (
            checked.attribution == "other"
            and quotation is not None
            and quotation.speaker == speaker
        )
    assert right >= SHOWN * count
