"""`python -m index` rebuilds the index: the command line's `build`, with its options."""

import sys

from interface import main

if __name__ == "__main__":
    main(["build", *sys.argv[1:]])
