"""Imports N modules, bench_0 and so on, from the directory that is named."""

import importlib
import sys
import timed


def work(n):
    for i in range(n):
        importlib.import_module("bench_%d" % i)


sys.path.insert(0, sys.argv[1])
timed.run(work, int(sys.argv[2]))
