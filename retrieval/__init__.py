"""From a question to an answer made of citations, every mention of some words, who speaks and who
says what on a subject, whether quotations are exact and citations still hold, and how well the
ranking behind them finds what is relevant."""

from retrieval.answers.answer import (
    Answer,
    Citation,
    Cluster,
    Elsewhere,
    IndexState,
    Scope,
    Scores,
)
from retrieval.answers.cautions import Caution, CautionKind
from retrieval.answers.serialise import (
    answer_as_json,
    article_as_json,
    exported_answers,
    exported_citations,
    mentions_as_json,
)
from retrieval.answers.verify import (
    CitationCheck,
    IndexCheck,
    Verdict,
    verify_citation,
    verify_index,
)
from retrieval.answers.versions import Version, version_of
from retrieval.articles import ARTICLES_ON_A_PAGE, ArticleList, ArticleOrder, ByTime, list_articles
from retrieval.ask import DEFAULT_LIMIT, CitationOrder, ask
from retrieval.checking import (
    LONGEST_ALIGNED,
    Check,
    CheckedClaim,
    CheckedQuotation,
    Cut,
    Difference,
    Near,
    Occurrence,
    check_as_json,
    check_text,
)
from retrieval.checking import Verdict as QuotationVerdict
from retrieval.choosing.support import Support
from retrieval.errors import (
    NoSuchPage,
    RetrievalError,
    UnknownSpeaker,
    UnreadableAnswer,
    UnusableDraft,
    UnusableQuestion,
    UnusableTerms,
    UnusableTestData,
)
from retrieval.evaluation import Evaluation, JudgedCollection, evaluate, read_beir
from retrieval.mentions import (
    MENTIONS_ON_A_PAGE,
    ArticleMentions,
    Mention,
    Mentions,
    Order,
    find_mentions,
)
from retrieval.questions.question import LONGEST_QUESTION
from retrieval.ranking.hybrid import METHODS, Method
from retrieval.scope import require_speaker
from retrieval.speakers import Appearance, KnownSpeaker, Speakers, list_speakers
from retrieval.voices import (
    Piece,
    Place,
    Utterance,
    Voice,
    Voices,
    find_voices,
    speakers_as_json,
    voices_as_json,
)

__all__ = [
    "ARTICLES_ON_A_PAGE",
    "DEFAULT_LIMIT",
    "LONGEST_ALIGNED",
    "LONGEST_QUESTION",
    "MENTIONS_ON_A_PAGE",
    "METHODS",
    "Answer",
    "Appearance",
    "ArticleList",
    "ArticleMentions",
    "ArticleOrder",
    "ByTime",
    "Caution",
    "CautionKind",
    "Check",
    "CheckedClaim",
    "CheckedQuotation",
    "Citation",
    "CitationCheck",
    "CitationOrder",
    "Cluster",
    "Cut",
    "Difference",
    "Elsewhere",
    "Evaluation",
    "IndexCheck",
    "IndexState",
    "JudgedCollection",
    "KnownSpeaker",
    "Mention",
    "Mentions",
    "Method",
    "Near",
    "NoSuchPage",
    "Occurrence",
    "Order",
    "Piece",
    "Place",
    "QuotationVerdict",
    "RetrievalError",
    "Scope",
    "Scores",
    "Speakers",
    "Support",
    "UnknownSpeaker",
    "UnreadableAnswer",
    "UnusableDraft",
    "UnusableQuestion",
    "UnusableTerms",
    "UnusableTestData",
    "Utterance",
    "Verdict",
    "Version",
    "Voice",
    "Voices",
    "answer_as_json",
    "article_as_json",
    "ask",
    "check_as_json",
    "check_text",
    "evaluate",
    "exported_answers",
    "exported_citations",
    "find_mentions",
    "find_voices",
    "list_articles",
    "list_speakers",
    "mentions_as_json",
    "read_beir",
    "require_speaker",
    "speakers_as_json",
    "verify_citation",
    "verify_index",
    "version_of",
    "voices_as_json",
]
