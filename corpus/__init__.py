"""Articles: reading them, their text, the passages that they are quoted by.

Everything that is later shown is a span of an article's text, and every span is born here.
"""

from corpus.article import (
    BRIEF_PUBLISHER,
    PAGE_END,
    Article,
    Furniture,
    Imported,
    Metadata,
    Original,
)
from corpus.collection.files import Known, nothing_known
from corpus.collection.folder import Collection, list_files, read_articles, read_collection
from corpus.collection.single import read_single
from corpus.collection.skip import Skip
from corpus.details.dates import interval
from corpus.disk import flush_folder, replace_whole, sha256_of
from corpus.errors import CorpusError, UnreadableFile
from corpus.importing import (
    Details,
    Placed,
    Present,
    bytes_of,
    import_articles,
    read_present,
    writing_into,
)
from corpus.module_process import start_module
from corpus.passages import PASSAGE_RULES, Passage, passages_of
from corpus.quotations import (
    QUOTATION_RULES,
    Quotation,
    QuotationKind,
    Speaker,
    quotations_of,
)
from corpus.readers.fields import metadata_from
from corpus.record import metadata_from_json
from corpus.sentences import sentence_spans
from corpus.span import Span
from corpus.speakers import (
    RULES_FILE,
    NameRules,
    Parted,
    Person,
    people_among,
    read_name_rules,
    rules_from,
)
from corpus.text import text_sha256, with_plain_newlines

__all__ = [
    "BRIEF_PUBLISHER",
    "PAGE_END",
    "PASSAGE_RULES",
    "QUOTATION_RULES",
    "RULES_FILE",
    "Article",
    "Collection",
    "CorpusError",
    "Details",
    "Furniture",
    "Imported",
    "Known",
    "Metadata",
    "NameRules",
    "Original",
    "Parted",
    "Passage",
    "Person",
    "Placed",
    "Present",
    "Quotation",
    "QuotationKind",
    "Skip",
    "Span",
    "Speaker",
    "UnreadableFile",
    "bytes_of",
    "flush_folder",
    "import_articles",
    "interval",
    "list_files",
    "metadata_from",
    "metadata_from_json",
    "nothing_known",
    "passages_of",
    "people_among",
    "quotations_of",
    "read_articles",
    "read_collection",
    "read_name_rules",
    "read_present",
    "read_single",
    "replace_whole",
    "rules_from",
    "sentence_spans",
    "sha256_of",
    "start_module",
    "text_sha256",
    "with_plain_newlines",
    "writing_into",
]
