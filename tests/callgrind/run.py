#!/usr/bin/env python3
"""What a breakpoint costs, in instructions: callgrind counts, no clock does.

The program and the counting are those of ../../bench/callgrind.  Limits are
generous: what is to be seen is a breakpoint that looks at lines which are none
of its business, or a hit that has come to cost half as much again.  Of the
build's pythons the first, and the last if it has another backend, are counted.
"""

import argparse
import importlib.machinery
import importlib.util
import json
import os
import shutil
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(TESTS, "lib"))
import pydbgtest  # noqa: E402

TIMES = 500             # around, and three times as often

# What a false condition has cost in an optimized build, by the exact version:
# it may be MORE of that.  Of other versions it may be ANY times the bare loop.
HIT = {"3.11.2": 2040, "3.11.7": 2250, "3.12.1": 1670, "3.13.0": 1620}
MORE, ANY = 1.3, 6

# name, line of hits.py, commands; a line that is not hit may cost SPARE of the
# bare loop, and what is measured without any reason.
CASES = [
    ("the other lines of a function with a breakpoint", "loop", ["b {1}"]),
    ("loops in one line beside a breakpoint", "short", ["b {1}"]),
    ("a condition that is false", "loop", ["b {0}, i < 0"]),
]
SPARE, NOISE = .15, 40


def callgrind():
    path = os.path.join(os.path.dirname(TESTS), "bench", "callgrind")
    loader = importlib.machinery.SourceFileLoader("callgrind", path)
    spec = importlib.util.spec_from_loader("callgrind", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    module.N = TIMES
    return module


def why_not(build):
    if shutil.which("valgrind") is None:
        return "there is no valgrind"
    with open(os.path.join(build, "meson-info",
                           "intro-buildoptions.json")) as f:
        options = {o["name"]: o["value"] for o in json.load(f)}
    if options["b_sanitize"] not in ("none", []):
        return "a sanitized build"
    if options["optimization"] not in ("2", "3", "s"):
        return "a build without optimization"
    return None


def limit(python, commands, bare):
    if "{0}" not in commands[0]:
        return SPARE * bare + NOISE
    known = HIT.get(python.full)
    return MORE * known if known else ANY * bare


def check(tap, cg, python, pydbg):
    bare = {}
    for name, where, commands in CASES:
        title = "%s, on %s" % (name, python.full)
        try:
            if where not in bare:
                bare[where] = cg.around("bare", python.path, where, [])
            more = cg.around(pydbg, python.path, where, commands) - bare[where]
        except cg.measure.Unavailable as e:
            tap.ok(False, title, str(e))
            continue
        most = limit(python, commands, bare[where])
        tap.ok(more <= most, title, "%+d instructions for each time around, "
               "of %d bare; at most %d" % (more, bare[where], most))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--python", help="only versions that begin so")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    tap = pydbgtest.Tap()
    reason = why_not(build)
    if reason:
        tap.skip("instructions", reason)
        return tap.done()
    found = pydbgtest.pythons(build)
    if args.python:
        found = [p for p in found if p.full.startswith(args.python)]
    else:
        found = found[:1] + [p for p in found[-1:]
                             if (p.minor == "3.11") != (
                                 found[0].minor == "3.11")]
    cg = callgrind()
    for python in found:
        check(tap, cg, python, pydbgtest.pydbg(build))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
