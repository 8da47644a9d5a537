"""A process that cuts articles for a build; see index.build.parts.cutters."""

from index.build.parts.cutters import answer_requests

if __name__ == "__main__":
    answer_requests()
