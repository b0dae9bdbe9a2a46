#!/usr/bin/env python3
"""Measures the writing of core files: time, size and memory.

    bench/core.py --build BUILD [--objects N] [--peer PYTHON]

A program with N objects (instances, strings, lists) writes a core by import
pydbg; with --peer, a Python that has coredumpy, that writes one as well.
Seconds are those of the processor, which other work on the machine disturbs
less; memory is what the process has at most, less what it had before.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "tests", "lib"))
import pydbgtest  # noqa: E402

PROGRAM = r"""
import json, os, resource, sys, time
class Row:
    def __init__(self, i):
        self.number = i
        self.name = "row %d" % i
        self.tags = [i, i + 1]
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def work(n, write, name):
    rows = [Row(i) for i in range(n // 3)]
    before = peak()
    cpu, wall = time.process_time(), time.perf_counter()
    write(name)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps([cpu, wall, os.path.getsize(name) / 1e6,
                      (peak() - before) / 1024]))
    return rows
n, which, name = int(sys.argv[1]), sys.argv[2], sys.argv[3]
if which == "pydbg":
    import pydbg
    work(n, lambda name: pydbg.dump(file=name), name)
else:
    import coredumpy
    work(n, lambda name: coredumpy.dump(path=name), name)
"""


def measure(python, env, which, n, dir):
    name = os.path.join(dir, "core")
    got = subprocess.run([python, "-c", PROGRAM, str(n), which, name],
                         env=env, capture_output=True, text=True)
    if got.returncode != 0:
        return [got.stderr.strip().split("\n")[-1]]
    os.unlink(name)
    return json.loads(got.stdout.split("\n")[-2])


def show(name, rows):
    good = sorted(r for r in rows if len(r) > 1)
    if not good:
        print("%-28s %s" % (name, rows[0][0]))
        return
    print("%-28s %8.2f %8.2f %8.1f %8.0f" % (
        name, *good[len(good) // 2]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--objects", type=int, default=1000000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--peer", help="a Python that has coredumpy")
    args = parser.parse_args()
    env = dict(os.environ, PYTHONPATH=os.path.join(
        os.path.abspath(args.build), "src", "module"))
    print("%-28s %8s %8s %8s %8s" % ("%d objects" % args.objects, "CPU s",
                                     "wall s", "MB", "+MB"))
    with tempfile.TemporaryDirectory() as dir:
        for python in pydbgtest.pythons(args.build):
            show("pydbg, Python " + python.full, [
                measure(python.path, env, "pydbg", args.objects, dir)
                for _ in range(args.turns)])
        if args.peer:
            show("coredumpy", [measure(args.peer, os.environ, "coredumpy",
                                       args.objects, dir)])


if __name__ == "__main__":
    sys.exit(main())
