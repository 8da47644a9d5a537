"""Who said what in an article: quotations with their speakers."""

from corpus.quotations.finding import QUOTATION_RULES, quotations_of
from corpus.quotations.quotation import Quotation, QuotationKind, Speaker

__all__ = ["QUOTATION_RULES", "Quotation", "QuotationKind", "Speaker", "quotations_of"]
