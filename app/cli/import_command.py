"""`zoufang import`: bring a file in; what is refused is told row by row and can be saved to mend."""

import argparse

from app.bootstrap import Application
from app.cli.output import ExitCode, Output
