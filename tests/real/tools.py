#!/usr/bin/env python3
"""Tools of the program's own see under the debugger what they see without it.

Each tool of progs/tools.py (trace and profile functions, profilers, coverage,
sys.monitoring, ...) runs bare and then in the debugger, with breakpoints that
are never hit, with such that are hit, while it is stepped through, and between
steps; what it writes must be the same.  The same for `coverage run`, where
Debian's python3-coverage is there.  All with each backend.

known-differences.txt lists what is not the same, and why: VERSION BACKEND
TOOL MODE WHY, with patterns.  The list only shrinks.
"""

import argparse
import ast
import concurrent.futures
import fnmatch
import json
import os
import re
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402

PROGRAM = os.path.join(HERE, "progs", "tools.py")
KNOWN = os.path.join(HERE, "known-differences.txt")
SINCE_312 = ("monitor", "trace_all_threads", "profile_all_threads")
NOT_TOOLS = ("leaf", "numbers", "fails", "work", "in_thread", "mine", "main",
             "all_threads", "called", "monitor")
DEADLINE = 120


def tools():
    """Names of the functions that are tools."""
    with open(PROGRAM) as f:
        tree = ast.parse(f.read())
    return [n.name for n in tree.body if isinstance(n, ast.FunctionDef)
            and n.name not in NOT_TOOLS]


def line_of(mark):
    with open(PROGRAM) as f:
        for number, line in enumerate(f, 1):
            if line.rstrip().endswith("# " + mark):
                return "tools.py:%d" % number
    raise ValueError(mark)


def silent(number):
    return ["commands %d" % number, "silent", "c", "end"]


def modes():
    """{name: what is said to the debugger}."""
    never = ["b " + line_of("never")]
    hit = ["b " + line_of(m) for m in ("leaf", "loop", "caught")]
    quiet = [line for n in (1, 2, 3) for line in silent(n)]
    false = ["b %s, 1 > 2" % line_of(m) for m in ("yield", "leaf")]
    # An exception ends a count of steps.
    stepped = ["tb " + line_of("begins"), "c"] + ["step 10000000"] * 1000
    return {
        "never": never + ["c"],
        "false": false + ["c"],
        "hit": hit + quiet + ["c"],
        "stepped": stepped,
        "stepped past breakpoints": never + false + stepped,
        "between": ["b " + line_of("leaf")] +
        ["c", "n", "n", "s", "r", "until", "s 3"] * 3 + ["cl 1", "c"],
    }


class Lane:
    """Runs the tools on one python."""

    def __init__(self, build, python, top):
        self.build, self.python, self.top = build, python, top
        self.n = 0

    def env(self, backend):
        env = pydbgtest.base_env(self.top)
        env.pop("PYDBG_BACKEND", None)
        if backend != "default":
            env["PYDBG_BACKEND"] = backend
        # Where it is nobody's business: first thing a stale cache would
        # change is what the import system calls.
        env.update(PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")
        if os.environ.get("PYDBG_TEST_PRELOAD"):
            env["LD_PRELOAD"] = os.environ["PYDBG_TEST_PRELOAD"]
        return env

    def run(self, what, said, backend):
        """(what the tool wrote or None, what else there was)."""
        with tempfile.TemporaryDirectory(dir=self.top) as place:
            shutil.copy(PROGRAM, place)
            out = os.path.join(place, "out")
            argv = [self.python.path]
            if said is not None:
                commands = os.path.join(place, "commands")
                with open(commands, "w") as f:
                    f.write("".join(c + "\n" for c in said))
                argv = [pydbgtest.pydbg(self.build), "--batch", "-q", "-nx",
                        "-x", commands, "--python", self.python.path]
            env = self.env(backend)
            if said is None:
                env.pop("LD_PRELOAD", None)
            got = pydbgtest.run(argv + what(out), env, place,
                                deadline=DEADLINE, merge=True)
            tail = "\n".join(
                line for line in got.out.decode("utf-8", "replace").split("\n")
                if not line.startswith(("[", "*** The program is not")))[-900:]
            if got.late:
                tail += "\n(the deadline passed)"
            return self.result(out, place), tail

    def result(self, out, place):
        try:
            with open(out) as f:
                return re.sub("0x[0-9a-f]+", "0xADDR", json.dumps(
                    json.load(f), indent=0).replace(place, "")).split("\n")
        except (OSError, ValueError):
            return None


def tool(name):
    return lambda out: ["tools.py", name, out]


def coverage(out):
    """Measures the work, writes lines and branches as JSON."""
    return ["-m", "coverage", "run", "--branch", "--data-file=" + out + "-d",
            "tools.py", "malloc", out + "-x"]


class CoverageLane(Lane):
    def result(self, out, place):
        got = pydbgtest.run(
            [self.python.path, "-m", "coverage", "json", "-q",
             "--data-file=" + out + "-d", "-o", out, "--pretty-print"],
            dict(self.env("default"), LD_PRELOAD=""), place)
        if got.status != 0:
            return None
        with open(out) as f:
            data = json.load(f)["files"]
        return json.dumps(data, indent=0).split("\n")


def known(python, backend, name, mode):
    """Why it may differ, or ''."""
    with open(KNOWN) as f:
        for line in f:
            words = line.split("#")[0].split(None, 4)
            if len(words) == 5 and words[0] in (
                    python.minor, python.full, "*") and all(
                    fnmatch.fnmatch(b, a) for a, b in zip(
                        words[1:4], (backend, name, mode.replace(" ", "-")))):
                return words[4]
    return ""


def differs(bare, seen):
    for n, (a, b) in enumerate(zip(bare, seen)):
        if a != b:
            return "line %d: bare %s, debugged %s" % (
                n, bare[max(0, n - 4):n + 3], seen[max(0, n - 4):n + 3])
    return "bare %d lines, debugged %d" % (len(bare), len(seen))


def check(lane, name, what, backend, wanted):
    """[(mode, why not or None if it is the same)]."""
    bare, tail = lane.run(what, None, "default")
    if bare is None:
        return [("bare", "nothing written: " + tail)]
    result = []
    for mode, said in wanted.items():
        seen, tail = lane.run(what, said, backend)
        if seen is None:
            result.append((mode, "it did not end: " + tail))
        elif seen != bare:
            result.append((mode, differs(bare, seen) + "\n" + tail))
        else:
            result.append((mode, None))
    return result


def report(tap, python, backend, name, found):
    wrong = []
    for mode, why in found:
        excuse = known(python, backend, name, mode)
        if why and not excuse:
            wrong.append("%s: %s" % (mode, why))
        if not why and excuse:
            wrong.append("%s is the same: take it out of tests/real/"
                         "known-differences.txt" % mode)
    tap.ok(not wrong, "%s on %s%s" % (
        name, python, "" if backend == "default" else
        " with backend " + backend), "\n".join(wrong))


def jobs_of(build, pythons, top, filters):
    jobs = []
    for python in pythons:
        for backend in ("default", "trace"):
            lane = Lane(build, python, top)
            for name in tools():
                if python.version >= (3, 12) or \
                        not name.startswith(SINCE_312):
                    jobs.append((lane, name, tool(name), backend))
            got = pydbgtest.run([python.path, "-c", "import coverage"],
                                pydbgtest.base_env(top))
            if got.status == 0:
                jobs.append((CoverageLane(build, python, top), "coverage",
                             coverage, backend))
    return [j for j in jobs if not filters or
            any(f in j[1] or f in str(j[0].python) for f in filters)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("filter", nargs="*")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    tap = pydbgtest.Tap()
    filters = args.filter or os.environ.get("PYDBG_TEST_FILTER", "").split()
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-tools-"))
    try:
        wanted = modes()
        if os.environ.get("PYDBG_TEST_ASAN"):
            wanted = {m: wanted[m] for m in ("hit", "between")}
        jobs = jobs_of(build, pydbgtest.pythons(build), top, filters)
        if not jobs:
            tap.ok(False, "tools", "no python with an engine, or no tool")
        with concurrent.futures.ThreadPoolExecutor(
                os.cpu_count() or 2) as pool:
            for job, found in zip(jobs, pool.map(
                    lambda job: check(*job, wanted), jobs)):
                report(tap, job[0].python, job[3], job[1], found)
    finally:
        shutil.rmtree(top, ignore_errors=True)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
