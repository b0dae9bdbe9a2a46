#!/usr/bin/env python3
"""The same program and the same commands under pdb and under pydbg.

Each file of sessions/ is

    # What it covers; any number of lines.
    # python: >=3.12            only on these
    # file NAME: text\\nmore     written before; ~/NAME goes to HOME
    $ prog.py args              what stands behind `-m pdb` and `pydbg`
    command                     all lines below: the input

An input line that begins with [pdb] or [pydbg] goes to that one alone, one with
[3.11], [3.12-] or [3.13+] to these versions.  Both run in a copy of
../progs, with stdin a pipe and stdout and stderr one file.  What
they print is compared line by line, and the exit status.  rules.py lists the
differences that are meant.
"""

import argparse
import ast
import concurrent.futures
import difflib
import glob
import os
import re
import shlex
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402
import rules  # noqa: E402

TAG = re.compile(r"\[(pdb|pydbg|3\.\d+[-+]?)\] ?")
DEADLINE = 40


def key(version):
    return tuple(int(n) for n in version.split("."))


def holds(tag, who, minor):
    if tag in ("pdb", "pydbg"):
        return tag == who
    if tag.endswith("-"):
        return key(minor) <= key(tag[:-1])
    if tag.endswith("+"):
        return key(minor) >= key(tag[:-1])
    return minor == tag


class Session:
    def __init__(self, path):
        self.name = os.path.splitext(os.path.basename(path))[0]
        self.files, self.argv, self.lines = [], None, []
        self.only = None
        with open(path, encoding="utf-8", newline="\n") as f:
            for line in f.read().split("\n")[:-1]:
                self.take(line)
        if self.argv is None:
            raise ValueError("%s: no line that begins with $" % path)

    def take(self, line):
        if self.argv is not None:
            self.lines.append(line)
        elif line.startswith("$ "):
            self.argv = shlex.split(line[2:])
        elif line.startswith("# file "):
            name, text = line[len("# file "):].split(":", 1)
            self.files.append((name, ast.literal_eval(
                "'''" + text.strip() + "'''")))
        elif line.startswith("# python:"):
            self.only = line.split(":", 1)[1].strip()

    def wants(self, minor):
        if self.only is None:
            return True
        op, version = re.fullmatch(r"(>=|<|==)(3\.\d+)", self.only).groups()
        a, b = key(minor), key(version)
        return {">=": a >= b, "<": a < b, "==": a == b}[op]

    def input_for(self, who, minor):
        out = []
        for line in self.lines:
            while (m := TAG.match(line)) is not None:
                if not holds(m.group(1), who, minor):
                    break
                line = line[m.end():]
            else:
                out.append(line + "\n")
        return "".join(out).encode("utf-8", "surrogateescape")


def prepare(top, session):
    """A directory with the programs, and a home."""
    work, home = os.path.join(top, "work"), os.path.join(top, "home")
    shutil.copytree(pydbgtest.PROGS, work, symlinks=True)
    os.mkdir(home)
    for name, text in session.files:
        path = os.path.join(home, name[2:]) if name.startswith("~/") else \
            os.path.join(work, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
    return work, home


def run_one(session, python, build, who):
    """(lines, status) of one side."""
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-diff-"))
    try:
        work, home = prepare(top, session)
        env = pydbgtest.base_env(home)
        env.update(PYTHONUNBUFFERED="1", PYTHONDONTWRITEBYTECODE="1",
                   COLUMNS="80", LINES="24", NO_COLOR="1")
        argv = [python.path, "-m", "pdb"] if who == "pdb" else \
            [pydbgtest.pydbg(build), "--prompt", "(Pdb) ",
             "--python", python.path]
        r = pydbgtest.run(argv + session.argv, env, cwd=work,
                          stdin=session.input_for(who, python.minor),
                          deadline=DEADLINE, merge=True)
        text = r.out.decode("utf-8", "backslashreplace")
        for path, name in ((work, "{dir}"), (home, "{home}"),
                           (python.lib, "{lib}")):
            text = text.replace(path, name)
        lines = rules.apply(text.split("\n"), who)
        return lines, "late" if r.late else r.status
    finally:
        shutil.rmtree(top, ignore_errors=True)


def compare(job):
    session, python, build = job
    want, want_status = run_one(session, python, build, "pdb")
    got, got_status = run_one(session, python, build, "pydbg")
    if want == got and want_status == got_status:
        return ""
    diff = list(difflib.unified_diff(want, got, "pdb", "pydbg", "", "", 4))
    if want_status != got_status:
        diff.append("status: pdb %s, pydbg %s" % (want_status, got_status))
    return "\n".join(diff)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--python", help="only versions that begin so")
    parser.add_argument("filter", nargs="*")
    args = parser.parse_args()
    sessions = [Session(p) for p in
                sorted(glob.glob(os.path.join(HERE, "sessions", "*.txt")))]
    if args.filter:
        sessions = [s for s in sessions
                    if any(f in s.name for f in args.filter)]
    jobs = [(s, p, args.build) for p in pydbgtest.pythons(args.build)
            if not args.python or p.full.startswith(args.python)
            for s in sessions if s.wants(p.minor)]
    tap = pydbgtest.Tap()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for job, diff in zip(jobs, pool.map(compare, jobs)):
            tap.ok(diff == "", "%s on %s" % (job[0].name, job[1]), diff)
    print("1..%d" % tap.n)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
