"""Our retrieval and that of peers, on the same inputs in one run.

`ONRECORD_EVAL=DIR python -m tests.benchmarks.peers FOLDER` makes an environment for the peers
below FOLDER, from requirements.txt here, and runs each contender in processes of its own, one
after the other: nothing else should run on the machine. What is compared is said in report.py.

Modules that run in the peers' environment too (contract, run_one, and all contenders but ours)
import nothing of the project's packages, which are not installed there.
"""
