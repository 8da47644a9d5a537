"""The process of an encoder; see index.dense.apart."""

from index.dense.apart import answer_requests

if __name__ == "__main__":
    answer_requests()
