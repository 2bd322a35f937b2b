"""Starts moto on the port that is given, on this machine alone."""

import sys

from moto.server import main

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
