"""Adds the packages for the processor of this node to the module search path.

Python imports this module at its start, because the module search path begins with the directory of this file.
"""
import importlib.machinery
import importlib.util
import os
import platform
import sys


def _packages():
    directory = os.path.dirname(os.path.abspath(__file__))
    before = [entry for entry in sys.path if os.path.abspath(entry) == directory]
    position = sys.path.index(before[0]) + 1 if before else 0
    sys.path.insert(position, os.path.join(directory, platform.machine()))
    return directory


def _run_the_one_that_this_one_hides(directory):
    others = [entry for entry in sys.path if os.path.abspath(entry) != directory]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


_run_the_one_that_this_one_hides(_packages())
