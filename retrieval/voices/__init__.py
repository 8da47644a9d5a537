"""Voices: who says what on a subject, from the passages on it to people and their utterances."""

from retrieval.voices.differences import Piece
from retrieval.voices.find import find_voices
from retrieval.voices.serialise import speakers_as_json, voices_as_json
from retrieval.voices.voices import Place, Utterance, Voice, Voices

__all__ = [
    "Piece",
    "Place",
    "Utterance",
    "Voice",
    "Voices",
    "find_voices",
    "speakers_as_json",
    "voices_as_json",
]
