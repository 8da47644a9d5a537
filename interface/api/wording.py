"""What the description of the routes says. All of it is fixed."""

from __future__ import annotations

ABOUT = (
    "On the Record answers questions about a collection of articles only with passages quoted "
    "from them, each with its source. It shows where words come from; it does not say whether "
    "they are true."
)
TITLE = "On the Record for programs"
HOW = (
    "Send JSON as application/json, and read JSON. A field that is not listed here is refused, so "
    "that a misspelt filter is never silently no filter. Readers ignore keys that they do not know."
)
OPENAPI = "The same for machines, in OpenAPI:"

_FORMAT = "The same as the command line prints with --json: "
ASK_ANSWERS = (
    _FORMAT + "question, searched_for, support (strong, related or none) and citations, each with "
    "its text, its place in the article, the article, and quotations inside."
)
FIND_ANSWERS = (
    _FORMAT + "how many sentences of how many articles hold the terms, and one page of them."
)
CHECK_ANSWERS = (
    _FORMAT + "a verdict on each quotation, where its words stand, and what is near to each claim."
)
ARTICLES_ANSWER = (
    "total, page and pages, the articles of this page as the command line lists them, and the "
    "index that they are of: where its generation changes between two pages, begin again."
)
ARTICLE_ANSWERS = (
    _FORMAT + "what is known of the article and from what, its text, and which parts of it are "
    "passages or are never quoted."
)

NO_SUCH_ARTICLE = "There is no article with this id. GET /api/articles lists them."
NO_SUCH_PAGE = "There is no such page: the list has {}."

# What every route may answer beside what was asked for.
ERRORS = {
    422: "The body does not fit, or nothing can be searched for with it.",
    503: "Too many requests are waiting; or the index is damaged.",
}
# What holds for all routes, on the page for people.
ALL_ERRORS = {
    401: "A password is set, and the request has none or a wrong one.",
    403: "A page of another site sent the request.",
    404: "There is nothing at the address, or no article with this id.",
    413: "The body is larger than 1 MB.",
    422: ERRORS[422],
    429: "One address has too many requests under way, or sent too many wrong passwords. "
    "Retry-After says when to try again.",
    503: ERRORS[503] + " Retry-After says when to try again.",
}
ERRORS_ABOUT = 'Every error is {"detail": "a sentence that says what to do next"}, with one of:'
