"""Arguments in, exit code out."""

import os
import sys

from app.cli.main import run


def main() -> int:
    """Start the program with the arguments of the command line.

    Numpy reckons on one core: a second thread made a forecast of small matrices twice as dear and no faster.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
