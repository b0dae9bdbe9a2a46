#!/usr/bin/env python3
"""Nothing else changed: CPython's own test modules give the same verdicts
under the debugger as bare, case by case.

Each module of modules.txt runs by cases.py, bare and as

    pydbg --batch -q -nx -x BREAKPOINTS -ex continue cases.py OUT test.MODULE

where BREAKPOINTS sets some that are never reached and some in functions of the
module, whose conditions are false.  The tests are taken from where they are
installed.  A module whose verdicts differ runs twice more, bare and under the
debugger: what is not the same in all runs of a kind is unsteady by itself, and
does not count.

known-differences.txt lists what may differ: a line `VERSION CASE WHY`, the
version 3.N or 3.N.M, the case a name or a pattern with *.  The list only
shrinks: where none of a line's cases differs that is a failure here, with the
advice to take it out.

Without "all" (an argument, PYDBG_TEST_FILTER or PYDBG_TEST_VERDICTS) only the
modules run that are marked as quick; a sanitized build (PYDBG_TEST_ASAN) runs
those that are marked so.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402

CASES = os.path.join(HERE, "cases.py")
BREAKPOINTS = 25        # conditional ones in a module
DEADLINE = 240          # of a run
RUNS = 3                # of each kind, where verdicts differ
CONDITION = "1 > 2"     # needs neither names nor builtins
SETUP = ["handle SIGINT nostop pass"]   # the tests send it to themselves


def table(name):
    with open(os.path.join(HERE, name)) as f:
        for line in f:
            line = line.split("#")[0].strip()
            if line:
                yield line


def modules(which):
    """Names of modules.txt with one of the marks, or all."""
    for line in table("modules.txt"):
        name, *marks = line.split()
        if which == "all" or which in marks:
            yield name


def known_differences(python):
    result = {}
    for line in table("known-differences.txt"):
        words = line.split(None, 2)
        if words[0] in (python.minor, python.full):
            result[words[1]] = (words + [""])[2]
    return result


class Run:
    """The verdicts of one run: {case: (verdict, why)}."""

    def __init__(self, got, path):
        self.cases = {}
        self.whole = False
        first = None
        try:
            with open(path) as f:
                lines = f.read().splitlines()
        except OSError:
            lines = []
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if "ended" in record:
                self.whole = True
                continue
            first = first or record["pid"]
            # A child that escaped from its case goes on with the others.
            if record["pid"] == first:
                self.add(record)
        self.end = "status %d%s" % (
            got.status, ", deadline passed" if got.late else "")
        lines = (got.out + got.err).decode("utf-8", "replace").splitlines()
        self.tail = "\n".join(line for line in lines if not line.startswith(
            ("Breakpoint ", "Line ")))[-3000:]

    def add(self, record):
        name, n = record["name"], 1
        while name in self.cases:       # doctests share names
            n += 1
            name = "%s/%d" % (record["name"], n)
        self.cases[name] = record["verdict"], record["why"]

    def verdict(self, name):
        if name == "(the run)":
            return "ended" if self.whole else "did not end"
        return self.cases.get(name, ("absent", ""))[0]

    def why(self, name):
        if name == "(the run)" or name not in self.cases:
            return self.end + "\n" + self.tail
        return self.cases[name][1]


class Lane:
    """Runs modules on one python."""

    def __init__(self, build, python):
        self.python = python
        self.debugger = [
            pydbgtest.pydbg(build), "--python", python.path, "--batch", "-q",
            "-nx"]
        self.preload = os.environ.get("PYDBG_TEST_PRELOAD")

    def env(self, top):
        for name in ("home", "tmp", "cwd"):
            os.mkdir(os.path.join(top, name))
        env = pydbgtest.base_env(os.path.join(top, "home"))
        env["TMPDIR"] = os.path.join(top, "tmp")
        if self.preload:
            env["LD_PRELOAD"] = self.preload
        return env

    def breakpoints(self, module):
        """The lines that set them, or None if there is no such module."""
        got = pydbgtest.run([self.python.path, CASES, "--lines",
                             "test." + module], pydbgtest.base_env("/"))
        if got.status != 0:
            return None
        places = [json.loads(line) for line in got.out.splitlines()]
        never = [p for p in places if p[2] == "never"][:3]
        body = [p for p in places if p[2] == "body"]
        body = body[::max(1, len(body) // BREAKPOINTS)]
        return SETUP + ["b %s:%d" % (p[0], p[1]) for p in never] + [
            "b %s:%d, %s" % (p[0], p[1], CONDITION) for p in body]

    def run(self, module, breakpoints=None):
        """One run of a module; bare if there are no breakpoints."""
        top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-verdicts-"))
        try:
            env = self.env(top)
            out = os.path.join(top, "out")
            what = [CASES, out, "test." + module]
            argv = [self.python.path] + what
            if breakpoints is not None:
                file = os.path.join(top, "breakpoints")
                with open(file, "w") as f:
                    f.write("\n".join(breakpoints) + "\n")
                argv = self.debugger + ["-x", file, "-ex", "continue"] + what
            got = pydbgtest.run(argv, env, os.path.join(top, "cwd"),
                                deadline=DEADLINE)
            return Run(got, out)
        finally:
            shutil.rmtree(top, ignore_errors=True)


def names_of(runs):
    result = dict.fromkeys(name for run in runs for name in run.cases)
    return list(result) + ["(the run)"]


def differing(bare, debugged):
    """Cases whose verdict is the same in the runs of a kind, but not among
    the kinds; and those that are not the same in the runs of a kind."""
    differ, unsteady = [], []
    for name in names_of(bare + debugged):
        kinds = [{run.verdict(name) for run in runs}
                 for runs in (bare, debugged)]
        if kinds[0] == kinds[1] and len(kinds[0]) == 1:
            continue
        steady = all(len(kind) == 1 for kind in kinds)
        (differ if steady else unsteady).append(name)
    return differ, unsteady


def compare(lane, module):
    """(breakpoints, bare runs, runs under the debugger)."""
    breakpoints = lane.breakpoints(module)
    if breakpoints is None:
        return None, [], []
    bare = [lane.run(module)]
    debugged = [lane.run(module, breakpoints)]
    while any(differing(bare, debugged)) and len(bare) < RUNS:
        bare.append(lane.run(module))
        debugged.append(lane.run(module, breakpoints))
    return breakpoints, bare, debugged


def explain(name, bare, debugged):
    text = "%s: %s bare, %s under the debugger" % (
        name, bare[0].verdict(name), debugged[0].verdict(name))
    for run in (debugged[0], bare[0]):
        if run.verdict(name) not in ("ok", "ended"):
            return text + "\n" + run.why(name)
    return text


def report(tap, lane, module, known, result):
    """A case of TAP for a module; the number of verdicts compared."""
    breakpoints, bare, debugged = result
    name = "%s on %s" % (module, lane.python)
    if breakpoints is None:
        tap.skip(name, "this python has no such module")
        return 0
    differ, unsteady = differing(bare, debugged)
    listed = {k: fnmatch.filter(names_of(bare + debugged), k) for k in known}
    new = set(differ).difference(*listed.values())
    new = [n for n in differ if n in new]
    # What comes after the case in which a run ended says nothing new.
    absent = [n for n in new if debugged[0].verdict(n) == "absent"]
    told = [n for n in new if n not in absent[1:]]
    why = [explain(n, bare, debugged) for n in told]
    if len(absent) > 1:
        why.append("and %d cases more are absent" % (len(absent) - 1))
    gone = [k for k, names in listed.items()
            if names and not set(names) & set(differ + unsteady)]
    why += ["%s is the same: remove it from tests/verdicts/"
            "known-differences.txt" % k for k in gone]
    if not bare[0].cases:
        why.append("no case ran bare: " + bare[0].why("(the run)"))
    tap.ok(not why, name, "\n".join(why))
    for n in unsteady:
        print("# unsteady by itself: %s on %s (%s bare, %s debugged)" % (
            n, lane.python, "/".join(r.verdict(n) for r in bare),
            "/".join(r.verdict(n) for r in debugged)))
    return len(bare[0].cases) - len(unsteady)


def wanted(args):
    """The pythons and modules that the arguments ask for."""
    pythons = [p for p in pydbgtest.pythons(args.build)
               if not args.python or any(
                   n == p.minor or n in p.path for n in args.python)]
    which = os.environ.get("PYDBG_TEST_VERDICTS") or "quick"
    text = args.filter or os.environ.get("PYDBG_TEST_FILTER") or ""
    if text == "all":
        which, text = "all", ""
    if os.environ.get("PYDBG_TEST_ASAN"):
        which = "sanitized"     # slow, and short of address space
    names = list(modules("all" if text else which))
    return pythons, [n for n in names if text in n]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--python", action="append")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("filter", nargs="?", help="part of a module's name, "
                        "or all")
    args = parser.parse_args()
    args.build = os.path.abspath(args.build)
    pythons, names = wanted(args)
    tap = pydbgtest.Tap()
    if not pythons or not names:
        tap.ok(False, "verdicts", "no python with an engine, or no module")
    work = [(Lane(args.build, p), name) for name in names for p in pythons]
    known = {str(p): known_differences(p) for p in pythons}
    total = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for (lane, name), result in zip(work, pool.map(
                lambda w: compare(*w), work)):
            total += report(tap, lane, name, known[str(lane.python)], result)
    print("# %d verdicts compared" % total)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
