#!/usr/bin/env python3
"""Programs and sessions at random: the backends and pdb show the same.

Each case is a seed, from which a program (program.py) and a session
(commands.py) are made.  It runs under pydbg as it is and with
PYDBG_BACKEND=trace, which must print the same.  An even seed has pdb's commands
and no generators, and is run by pdb too (../diff/rules.py has the differences
that are meant), up to the end of the program's first run; an odd one has all.
The program runs once more with a breakpoint on each line that never stops:
whoever runs it counts the same hits.

Without an argument a few seeds run, always the same.  To look for more:

    run.py --build DIR --seeds 1000:2000 [--python 3.12] [--keep DIR]

--keep writes program and session of what differs there.
"""

import argparse
import concurrent.futures
import difflib
import os
import re
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path[:0] = [HERE, os.path.join(TESTS, "lib"), os.path.join(TESTS, "diff")]
import commands  # noqa: E402
import program  # noqa: E402
import pydbgtest  # noqa: E402
import rules  # noqa: E402

NAME = "prog.py"
SEEDS = range(30)
DEADLINE = 60
ADDRESS = re.compile(r"x[0-9a-f]{6,}\b")
# 3.11 tells of the end of what is awaited only if there was a hook when it began.
AWAITED = re.compile(r"@@\n(?: .*\n|\n)*-(?:\(Pdb\) )*Internal StopIteration")
END = re.compile(r"(?:\([Pc][a-z]+\) )*end -?\d")     # program.py's last words


class Case:
    def __init__(self, seed):
        self.seed = seed
        self.pdb = seed % 2 == 0
        self.program = program.Program(seed, generators=not self.pdb)
        self.session = commands.Session(seed, self.program, NAME, self.pdb)
        self.counting = commands.counting(self.program, NAME, self.pdb)

    def write(self, top):
        with open(os.path.join(top, NAME), "w") as f:
            f.write(self.program.text)
        with open(os.path.join(top, "session"), "w") as f:
            f.write(self.session.text)
        with open(os.path.join(top, "counting"), "w") as f:
            f.write(self.counting)


def run_one(case, text, python, build, who):
    """The lines that it prints for these commands, and how it ended."""
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-random-"))
    try:
        case.write(top)
        env = pydbgtest.base_env(top)
        env.update(PYTHONUNBUFFERED="1", PYTHONDONTWRITEBYTECODE="1",
                   COLUMNS="80", LINES="24", NO_COLOR="1")
        env.pop("PYDBG_BACKEND", None)
        if who == "trace":
            env["PYDBG_BACKEND"] = who
        argv = [python.path, "-W", "ignore", "-m", "pdb"] if who == "pdb" else \
            [pydbgtest.pydbg(build), "-q", "-nx", "--prompt", "(Pdb) ",
             "--python", python.path]
        r = pydbgtest.run(argv + [NAME], env, cwd=top,
                          stdin=text.encode(),
                          deadline=DEADLINE, merge=True)
        text = r.out.decode("utf-8", "backslashreplace").replace(
            top, "{dir}").replace(python.lib, "{lib}")
        return ADDRESS.sub("xADDR", text).split("\n") + \
            ["status %s" % ("late" if r.late else r.status)]
    finally:
        shutil.rmtree(top, ignore_errors=True)


def difference(want, got, names):
    return "\n".join(list(difflib.unified_diff(want, got, *names, "", "",
                                               4))[:60])


def first_run(lines):
    """What is said before the program says its last word."""
    for n, line in enumerate(lines):
        if END.match(line):
            return lines[:n]
    return lines


def listing(lines):
    """What is said of the breakpoints, with the hits of each."""
    for n, line in enumerate(lines):
        if "Num Type " in line:
            return lines[n:]
    return lines


def spoiled(lines):
    """pdb has broken the program, which raises nothing by itself: 3.12.1 gives
    None to variables of a comprehension whose frame is looked at."""
    return any("Uncaught exception" in line for line in lines)


def compare(case, python, build, commands, part):
    """What differs in a part of the output; "": nothing."""
    own, trace = (run_one(case, commands, python, build, who)
                  for who in ("default", "trace"))
    text = difference(trace, own, ("trace", "default"))
    if python.minor == "3.11" and AWAITED.search(text):
        return ""
    if case.pdb and not text:
        pdb = run_one(case, commands, python, build, "pdb")
        if spoiled(pdb):
            return ""
        text = difference(rules.apply(part(pdb), "pdb"),
                          rules.apply(part(own), "pydbg"),
                          ("pdb", "pydbg"))
    return text


def keep(case, python, top, text):
    top = os.path.join(top, "%d-%s" % (case.seed, python.full))
    os.makedirs(top, exist_ok=True)
    case.write(top)
    with open(os.path.join(top, "difference"), "w") as f:
        f.write(text + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--python", help="only versions that begin so")
    parser.add_argument("--seeds", help="FROM:TO, or one")
    parser.add_argument("--keep", help="a directory for what differs")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    args = parser.parse_args()
    seeds = SEEDS
    if args.seeds:
        first, _, end = args.seeds.partition(":")
        seeds = range(int(first), int(end or int(first) + 1))
    jobs = [(seed, p) for p in pydbgtest.pythons(args.build)
            if not args.python or p.full.startswith(args.python)
            for seed in seeds]

    def one(job):
        case = Case(job[0])
        text = compare(case, job[1], args.build, case.session.text,
                       first_run) or \
            compare(case, job[1], args.build, case.counting, listing)
        if text and args.keep:
            keep(case, job[1], args.keep, text)
        return text

    tap = pydbgtest.Tap()
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for (seed, python), text in zip(jobs, pool.map(one, jobs)):
            tap.ok(not text, "seed %d on %s" % (seed, python), text)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
