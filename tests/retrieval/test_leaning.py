"""Which questions lean on the ones before them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.questions.leaning import leans

LEANING = {
    "goes on": [
        "And what about Skerry?", "But why?", "Or in Marlow Bay?", "How about the drivers?",
        "What about the second barrier?", "So nobody was hurt?", "Also from the harbour master?",
        "Only the ones from Wexcombe, please.", "No, I meant the tram drivers.",
        "What else did the union want?", "Anything else about the buoy?", "Who else was there?",
        "Sorry, I meant the library.", "… and in Pellbrook?", "What if the council refuses?",
    ],
    "answers back": [
        "You said that 63 fines were issued. Where?", "What do you mean by honorary rangers?",
        "Your figure is not the one in the Mercury.", "Is your source the union itself?",
        "Which one is newer?", "Which is right, the Herald or the Courier?",
    ],
    "a pronoun for something before": [
        "Did he change his mind afterwards?", "What did she say about it?", "Who opposed this?",
        "When was that?", "Which panel did it come from?", "Is it open on Fridays?",
        "How many of those were paid?", "Were they ever fined?", "Has it been repaired since?",
        "Why did they refuse?", "What did that panel say about patrols?", "He said what?",
        "Where is he from?", "Can people still sail there?", "Does anybody dispute this?",
        "When did it take place?", "And his party?", "How did their leader respond to Renn?",
    ],
    "a comparison with something before": [
        "And two years earlier?", "What did the others say?", "Is the same true of Skerry?",
        "What happened later?", "Does the Wardens Board agree?", "Is there a similar group?",
        "How did the union respond?", "Did Skerry strike too?",
    ],
    "too little to search for": [
        "Why?", "Who?", "Where was that?", "When, please?", "Fines?", "How many?", "Really?",
        "What happened next?", "What was the outcome?", "Who disagreed?", "Thank you!",
        "Larger fines", "In Skerry?", "From Marlow Bay", "Any figures for Pellbrook?", "2016?",
    ],
}  # fmt: skip
STANDING = {
    "names its subject": [
        "How many fines did the wardens of Harrowmere issue?", "Who closed the library?",
        "What did Tobias Renn say about the harbour line?", "Why did the ferry run aground?",
        "When will the tram drivers strike?", "What is a honorary ranger?", "What is Telnet?",
        "Who is Hester Quill?", "Explain dredging", "Marlow Bay tram strike dates",
        "cost of a second flood barrier", "Wardens Board advice", "Define flotsam",
        "Andrew Holt on bridges", "Sole owner of the Skerry ferry",
    ],
    "its pronoun stands for something in it": [
        "Who is Bram Ockley and how did his view differ from that of the Board?",
        "Which council closed its library?", "Did Renn say that he would resign?",
        "Who moved her office from Skerry to Ashford?",
        "The barrier held. Who built it?", "Which mayor said that he would run the trams himself?",
        "What did Quill ask the council for when it closed her library?",
        "What do wardens do when they find rubbish?",
        "A ferry ran aground in fog this winter. What is it called?",
    ],
    "its pronoun stands for nothing": [
        "How much does it cost to build a flood barrier?",
        "Is it legal to film a number plate?", "What is it called when a ship is floated again?",
        "How long does it take to mend a tram line?", "Where do they make the best oars?",
        "How many spotter groups are there?", "Is there a bridge at Ashford?",
        "Which minister resigned this week?", "Who won the regatta that year?",
        "What did the law that closed the port say?", "Which of these towns lies in Wexcombe?",
    ],
    "its comparison is whole": [
        "Which other districts refused to talk to the spotter groups in Harrowmere?",
        "Is Skerry Point deeper than the harbour of Marlow Bay before the dredging?",
        "Which ferry company ordered the same ships as the Skerry line in 2019?",
    ],
}  # fmt: skip


@pytest.mark.parametrize("question", [q for group in LEANING.values() for q in group])
def test_a_question_leans(question: str) -> None:
    """It goes on, answers back, points back, compares, or says too little by itself."""
    assert leans(question)


@pytest.mark.parametrize("question", [q for group in STANDING.values() for q in group])
def test_a_question_stands_alone(question: str) -> None:
    """It has a subject of its own, and its pronouns need none from elsewhere."""
    assert not leans(question)


@pytest.mark.parametrize("question", ["AND WHAT ABOUT SKERRY?", "what’s about Skerry?"])
def test_neither_capitals_nor_the_shape_of_an_apostrophe_matter(question: str) -> None:
    """A question is read folded."""
    assert leans(question)


@given(st.text(max_size=200))
def test_any_line_leans_or_stands(text: str) -> None:
    """No string is too odd to be read, and what holds no word leans."""
    assert leans(text) in (True, False)
    if not any(character.isalnum() for character in text):
        assert leans(text)
