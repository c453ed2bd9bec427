"""Arguments in, exit code out."""

import sys

from app.cli.main import run


def main() -> int:
    """Start the program with the arguments of the command line."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
