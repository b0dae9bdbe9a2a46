#!/usr/bin/env python3
"""Measures core files: writing them, and opening them.

    bench/core.py --build BUILD [--objects N,N] [--turns N] [--peer PYTHON]
        [--write-only] [--open-only]

A program with N objects (instances, strings, lists) writes a core by import
pydbg; with --peer, a Python that has coredumpy, that writes one as well.  Each
is opened from a shell's point of view: a process that says `where` and ends,
one that prints a variable in the middle of the data as well, and one with a
file of which only the first tenth is there.  Runs alternate, so that what else
the machine does meets all of them.  Seconds of writing are those of the
processor; memory is what the process has at most, of writing less what it had
before.  Shown are medians, with the least and the most, in Markdown.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

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
    work(n, lambda name: pydbg.dump(file=name, max_bytes=0, max_objects=0,
        max_seconds=0), name)
else:
    import coredumpy
    work(n, lambda name: coredumpy.dump(path=name), name)
"""
PRINTS = 50		# of a variable, to measure one


# ---- writing ----------------------------------------------------------------

def write(python, env, which, n, program, name):
    got = subprocess.run([python, program, str(n), which, name], env=env,
                         capture_output=True, text=True)
    if got.returncode != 0:
        raise SystemExit("%s: %s" % (which, got.stderr.strip()))
    return json.loads(got.stdout.split("\n")[-2])


def spread(values, form):
    return "%s (%s–%s)" % tuple(form % v for v in (
        statistics.median(values), min(values), max(values)))


def show_write(name, n, runs):
    cpu, wall, size, memory = zip(*runs)
    print("| %s | %s | %s | %s | %.1f | %.0f |" % (
        name, n, spread(cpu, "%.2f"), spread(wall, "%.2f"),
        statistics.median(size), statistics.median(memory)))


def writing(args, env, program, dir):
    name = os.path.join(dir, "core")
    print("\n| writing | objects | CPU s | wall s | MB | +MB |\n"
          "|---|---|---|---|---|---|")
    for n in args.objects:
        rows = [("pydbg, Python " + p.full, p.path, env, "pydbg")
                for p in pydbgtest.pythons(args.build)]
        if args.peer and n <= args.peer_objects:
            rows.append(("coredumpy", args.peer, os.environ, "coredumpy"))
        runs = [[] for _ in rows]
        for _ in range(args.turns):
            for row, (_, python, e, which) in zip(runs, rows):
                row.append(write(python, e, which, n, program, name))
        for row, (what, *_) in zip(runs, rows):
            show_write(what, n, row)


# ---- opening ----------------------------------------------------------------

def run(argv, stdin=b""):
    """(seconds, MB at most, output) of a process."""
    with tempfile.TemporaryFile() as text, tempfile.TemporaryFile() as given:
        given.write(stdin)
        given.seek(0)
        began = time.perf_counter()
        p = subprocess.Popen(argv, stdin=given, stdout=text,
                             stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(p.pid, 0)
        wall = time.perf_counter() - began
        p.returncode = os.waitstatus_to_exitcode(status)
        text.seek(0)
        return wall, usage.ru_maxrss / 1024, text.read().decode()


def frames(text):
    return [line for line in text.splitlines() if "(" in line and
            "program.py" in line]


def show_open(what, n, wall, memory, note=""):
    print("| %s | %s | %s | %.0f | %s |" % (
        what, n, spread(wall, "%.1f"), statistics.median(memory), note))


def open_one(args, n, core, peer_core, dir):
    base = [os.path.join(args.build, "ui", "pydbg"), "-nx", "--batch"]
    tenth = os.path.join(dir, "tenth")
    with open(core, "rb") as f, open(tenth, "wb") as out:
        out.write(f.read(os.path.getsize(core) // 10))
    # The lambda that writes is below the frame that has the rows.
    middle, find = "p rows[%d].name" % (n // 6), ["-c", "up"]
    cases = {"where": base + ["-c", "where", "--core", core],
             "tenth": base + ["-c", "where", "--core", tenth],
             "none": base + find + ["--core", core],
             "prints": base + find + ["-c", middle] * PRINTS +
             ["--core", core]}
    seen = {k: [] for k in list(cases) + ["peer"]}
    text = {}
    for _ in range(args.turns):
        for k, argv in cases.items():
            wall, memory, text[k] = run(argv)
            seen[k].append((wall * 1e3, memory))
        if peer_core:
            wall, memory, text["peer"] = run(
                [os.path.join(os.path.dirname(args.peer), "coredumpy"),
                 "load", peer_core], b"where\nq\n")
            seen["peer"].append((wall * 1e3, memory))
    want = frames(text["where"])
    assert want and "row %d" % (n // 6) in text["prints"], text["prints"]
    for k, what in (("where", "pydbg: open, `where`"),
                    ("tenth", "pydbg: the first tenth, `where`"),
                    ("peer", "coredumpy load: open, `where`")):
        if seen[k]:
            wall, memory = zip(*seen[k])
            same = k == "peer" or frames(text[k]) == want
            show_open(what, n, wall, memory, "" if same else
                      "%d of %d frames" % (len(frames(text[k])), len(want)))
    each = [(a[0] - b[0]) / PRINTS for a, b in zip(seen["prints"],
                                                   seen["none"])]
    show_open("pydbg: one `p rows[%d].name`" % (n // 6), n, each,
              [m for _, m in seen["prints"]])


def opening(args, env, program, dir):
    python = pydbgtest.pythons(args.build)[0]
    print("\n| opening | objects | ms | MB at most | |\n|---|---|---|---|---|")
    for n in args.objects:
        core, peer = os.path.join(dir, "core"), None
        write(python.path, env, "pydbg", n, program, core)
        if args.peer and n <= args.peer_objects:
            peer = os.path.join(dir, "peer")
            write(args.peer, os.environ, "coredumpy", n, program, peer)
        open_one(args, n, core, peer, dir)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=os.path.abspath)
    parser.add_argument("--objects", default=[1000000, 10000000],
                        type=lambda s: [int(float(n)) for n in s.split(",")])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--peer", help="a Python that has coredumpy")
    parser.add_argument("--peer-objects", type=float, default=1e6,
                        help="with more than these it is left out")
    parser.add_argument("--write-only", action="store_true")
    parser.add_argument("--open-only", action="store_true")
    args = parser.parse_args()
    env = dict(os.environ, PYTHONPATH=os.path.join(args.build, "src",
                                                   "module"))
    dir = tempfile.mkdtemp()
    try:
        program = os.path.join(dir, "program.py")
        with open(program, "w", encoding="utf-8") as f:
            f.write(PROGRAM)
        if not args.open_only:
            writing(args, env, program, dir)
        if not args.write_only:
            opening(args, env, program, dir)
    finally:
        shutil.rmtree(dir)


if __name__ == "__main__":
    sys.exit(main())
