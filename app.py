"""On the Record: the command line; with no command it serves the chat."""

from interface import main

if __name__ == "__main__":
    main()
