"""The running server under load, while what it answers from is rebuilt and published.

`python -m tests.benchmarks.serving FOLDER` copies a collection into FOLDER and builds it. It then
serves it with `onrecord serve`, asks from a second process, and edits and publishes from a third.
Linux only: the memory of the server is read from /proc.
"""
