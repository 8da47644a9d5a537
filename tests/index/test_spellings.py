"""Words with two spellings: which are folded together and which stay apart."""

from __future__ import annotations

import pytest

from index import terms
from index.lexical import spellings

TOGETHER = [
    "paedophile pedophile Paedophiles pedophiles",
    "paedophilia pedophilia",
    "organise organize organised organized organising organizing organisers organizers",
    "organisation organization organisations organizations organisational organizational",
    "recognisable recognizable",
    "unauthorised unauthorized",
    "radicalised radicalized radicalisation radicalization",
    "colour color coloured colored colourful colorful",
    "behaviour behavior behavioural behavioral",
    "neighbourhood neighborhood",
    "favourite favorite favourites favorites",
    "humour humor humorous",
    "centre center centres centers centred centered centring centering",
    "metre meter metres meters",
    "kilometres kilometers",
    "theatre theater",
    "manoeuvre maneuver manoeuvring maneuvering",
    "defence defense defences defenses",
    "offence offense offences offenses",
    "licence license licences licensed",
    "practice practise practised practiced practising",
    "analyse analyze analysed analyzed analysing analyzing",
    "travelled traveled travelling traveling traveller travelers",
    "fuelled fueled",
    "labelled labeled",
    "counsellor counselor",
    "councillor councilor",
    "fulfil fulfill fulfilled fulfilment fulfillment",
    "skilful skillful skilfully",
    "catalogue catalog catalogued cataloged",
    "judgement judgment judgements",
    "ageing aging",
    "grey gray",
    "programme program programmes programming",
    "inquiry enquiry inquiries enquiries",
    "disc disk",
    "anaesthetic anesthetic",
    "paediatrician pediatrician",
    "jewellery jewelry",
    "sceptical skeptical",
    "learnt learned",
]

# Different words, one to each term, in spite of a likeness.
APART = [
    "cheque check",
    "tyre tire",
    "kerb curb",
    "storey story",
    "draught draft",
    "prise prize price",
    "organise organ",
    "offence offensive",
    "counsellor councillor",
    "size seize capsize citizen prize",
    "centre central",
    "metre metric",
    "analogue analogy",
    "colour Colorado",
    "labour laboratory",
]


@pytest.mark.parametrize("words", TOGETHER)
def test_two_spellings_of_a_word_are_one_term(words: str) -> None:
    """British and American spellings meet in all forms of the word."""
    assert len(set(terms(words))) == 1


@pytest.mark.parametrize("words", APART)
def test_words_that_only_look_alike_stay_apart(words: str) -> None:
    """What readers would not want found for each other has terms of its own."""
    assert len(set(terms(words))) == len(words.split())


@pytest.mark.parametrize("word", ["size", "prize", "seize", "capsize", "central", "calibration"])
def test_a_word_that_is_not_listed_stays_as_it_is(word: str) -> None:
    """Only the list decides; no ending is rewritten by itself."""
    assert spellings.respelled(word) == word


def test_folding_twice_is_folding_once() -> None:
    """What a word becomes is not folded any further."""
    listed = spellings._listed()
    assert [word for word, kept in listed.items() if spellings.respelled(kept) != kept] == []


def test_no_pair_is_listed_twice() -> None:
    """Each word of the list stands in it once."""
    pairs = spellings._PAIRS.split()[::2]
    assert sorted(set(pairs)) == sorted(pairs)
    for beginnings in spellings._FAMILIES.values():
        assert sorted(set(beginnings.split())) == sorted(beginnings.split())
    solid = spellings._SOLID.split()
    assert sorted(set(solid)) == sorted(solid)
