"""Questions that the page offers while the starter collection is open."""

# With the article that answers, so that a collection without it does not offer the question.
EXAMPLES = (
    (
        "nottinghamshire-pcc-april-2018",
        "How many arrests in Nottinghamshire came from hunter groups?",
    ),
    ("gwent-pcc-july-2017", "What did Jeff Cuthbert suggest for members of the groups?"),
    ("sutherland-v-hma-2020", "What did the Supreme Court decide about evidence from hunters?"),
    ("yougov-poll-september-2017", "What does the public think about police and hunter groups?"),
)
