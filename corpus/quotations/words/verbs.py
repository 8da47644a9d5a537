"""Verbs that report speech, in the forms that news uses, and one pattern that finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

# saying: speech may follow as it is, or a clause with or without "that".
# thinking: a clause follows, with "that" as a rule.
# naming: what follows is an object, and words in marks beside it are the speaker's.
Sense = Literal["saying", "thinking", "naming"]

_SAYING = """
say tell add ask write tweet claim argue insist explain note warn continue conclude declare announce
reply respond recall joke quip remark state stress suggest observe admit acknowledge concede
complain contend assert predict promise vow pledge agree lament repeat reiterate counter caution
confirm deny report allege maintain testify post shout yell chant exclaim muse boast deadpan charge
propose recommend urge demand advise emphasize emphasise reveal disclose protest retort mutter
whisper object opine inform assure remind answer read begin interject intone declare bellow
plead sigh blog retweet email scream cry gush murmur elaborate finish summarize summarise volunteer
theorize theorise speculate surmise reason affirm proclaim profess swear confess fume rail snap
thunder crow preach sing scoff sneer grumble growl enthuse scold chide lecture scrawl caption
tease sum wonder inquire enquire
"""
_THINKING = """
believe think feel hope fear expect find show indicate learn estimate signal know understand
imply hint conclude consider doubt decide determine assume worry realize realise hear dispute
guarantee calculate forecast project clarify underscore imagine
"""
_NAMING = """
call describe label dub brand denounce criticize criticise condemn blast slam accuse praise mock
dismiss blame refer characterize characterise decry deride attack hail liken compare cite echo tout
bemoan deplore discuss speak talk quote ridicule lambaste rip tear ask invoke use defend reject
question address threaten offer express apologize apologise thank endorse boast warn celebrate
encourage laud lay list mention pan paint peddle portray present raise depict voice rebuke
reference scorn taunt trumpet applaud advocate admonish advertise berate brag challenge chastise
cast castigate champion commend complain contrast criticise decline emphasize excoriate frame
highlight hit implore instruct introduce issue joke pillory press promote pronounce push recite
recount reflect regard release seek sound spell start strike term
title trash urge want
"""
_IRREGULAR = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing", "written"),
    "think": ("thinks", "thought", "thinking"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "show": ("shows", "showed", "showing", "shown"),
    "know": ("knows", "knew", "knowing"),
    "understand": ("understands", "understood"),
    "speak": ("speaks", "spoke", "speaking", "spoken"),
    "begin": ("begins", "began", "beginning"),
    "read": ("reads", "reading"),
    "swear": ("swears", "swore", "swearing"),
    "sing": ("sings", "sang", "singing"),
    "hear": ("hears", "heard", "hearing"),
    "tear": ("tears", "tore", "tearing"),
    "cast": ("casts", "casting"),
    "hit": ("hits", "hitting"),
    "seek": ("seeks", "sought", "seeking"),
    "strike": ("strikes", "struck", "striking"),
    "lay": ("lays", "laid", "laying"),
    "signal": ("signals", "signaled", "signalled", "signaling", "signalling"),
    "forecast": ("forecasts", "forecasting"),
    "label": ("labels", "labeled", "labelled", "labeling", "labelling"),
}
_DOUBLED = frozenset(
    "admit quip refer slam brag pan snap sum deadpan blog dub rip chat slur bar".split()
)


def _forms(verb: str) -> tuple[str, ...]:
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb])
    if verb in _DOUBLED:
        return verb, f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    return verb, third, f"{verb}ed", f"{verb}ing"


def _trie(words: Iterable[str]) -> str:
    """A pattern of the words that shares their beginnings: one that lists them is tried word by
    word at every place, and takes twenty times as long."""
    tails: dict[str, list[str]] = {}
    ends = False
    for word in words:
        if word:
            tails.setdefault(word[0], []).append(word[1:])
        else:
            ends = True
    if not tails:
        return ""
    branches = [re.escape(first) + _trie(rest) for first, rest in sorted(tails.items())]
    joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if ends else joined


SENSES: dict[str, Sense] = {}
LEMMAS: dict[str, str] = {}
_BY_SENSE: tuple[tuple[Sense, str], ...] = (
    ("naming", _NAMING),
    ("thinking", _THINKING),
    ("saying", _SAYING),
)
for _sense, _verbs in _BY_SENSE:
    for _verb in _verbs.split():
        for _form in _forms(_verb):
            SENSES[_form] = _sense
            LEMMAS[_form] = _verb

# Forms that are nouns as well: "the remarks", "three reports".
NOUNS = frozenset(
    """remarks claims reports calls charges attacks pledges promises demands answers questions notes
    offers mentions references estimates fears hopes doubts jokes quotes posts tweets signals shouts
    cries whispers screams hints issues releases voices terms labels brands challenges regrets
    thoughts praises comments addresses requests wonders objects begins reasons emails blogs
    complaints reflects strikes hits casts seeks presses feels finds shows threatens pans titles
    captions sounds spells starts lists states protests""".split()
)

# A verb and the character before it; the verb is the first group. "according to" counts as one.
VERB = re.compile(
    r"[\s\x00-\x08(—–,.]"
    rf"({_trie([*SENSES, 'according to', 'According to'])})"
    r"(?=[\s.,:;)!?—–\x00-\x08]|$)"
)
