#!/usr/bin/env python3
"""Real programs: debugged, they do what they do without the debugger.

Each program runs bare, then under pydbg with breakpoints in its own modules, a
condition, where, args, evaluation, a step; then it continues to its end.
What it printed and its exit status must be the same.  The session must
contain the lines that the case names, in that order.
"""

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402

PROMPT = "(pydbg) "


class Case:
    """name; target and arguments; commands; regular expressions that the
    session shows in that order; what the bare run gets on stdin."""

    def __init__(self, name, target, commands, shows, where="lib"):
        self.name, self.target = name, target
        self.commands, self.shows = commands, shows
        self.where = where      # which python: "lib": each, "system": Debian's


def calendar(python):
    return Case("calendar", ["-m", "calendar", "2026"], [
        "b %s/calendar.py:%d" % (python.lib, line_of(
            python, "calendar.py", "def formatyear", "v = []")),
        "c", "w", "a", "p theyear", "n", "s", "cl", "y", "c", "q"], [
        r"^Breakpoint 1 at .*calendar\.py:\d+$", r"calendar\.py\(\d+\)main",
        r"^> .*calendar\.py\(\d+\)formatyear", r"^theyear = 2026$",
        r"^2026$"])


def json_tool(python):
    return Case("json.tool", ["-m", "json.tool", "data.json"], [
        "b %s/json/decoder.py:%d, len(s) > 4" % (python.lib, line_of(
            python, "json/decoder.py", "def decode(", "obj, end")),
        "c", "w", "p s[:10]", "whatis self", "n", "p obj['name']", "up",
        "c", "q"], [
        r"^Breakpoint 1 at .*json/decoder\.py:\d+$",
        r"^> .*decoder\.py\(\d+\)decode\(\)$", r"json/tool\.py\(\d+\)main",
        r"^'\{\"name\"", r"^<class 'json\.decoder\.JSONDecoder'>",
        r"^'pydbg'$"])


def unittest_(python):
    return Case("unittest", ["-m", "unittest", "-q", "suite"], [
        "b %s/unittest/case.py:%d, first != second" % (python.lib, line_of(
            python, "unittest/case.py", "def assertEqual(", "assertion_func")),
        "c", "p first, second", "up", "a", "w", "c", "q"], [
        r"^Breakpoint 1 at .*unittest/case\.py:\d+$",
        r"^> .*case\.py\(\d+\)assertEqual\(\)$", r"^\(2, 3\)$",
        r"test_differs", r"exited via sys\.exit"])


def stdlib_tests(python):
    return Case("stdlib tests", ["-m", "unittest", "-q", "test.test_textwrap"],
                ["b %s/textwrap.py:%d, 'hello' in text.lower()" % (
                    python.lib, line_of(python, "textwrap.py",
                                        "def _munge_whitespace", "if self.")),
                 "c", "w", "p text", "s", "n", "cl 1", "c", "q"], [
                     r"^Breakpoint 1 at .*textwrap\.py:\d+$",
                     r"^> .*textwrap\.py\(\d+\)_munge_whitespace\(\)$",
                     r"test_textwrap\.py\(\d+\)"])


def hg(python):
    lib = "/usr/lib/python3/dist-packages/mercurial"
    with open(lib + "/commands.py") as f:
        at = line_after(f.read(), "def log(", "opts = pycompat.byteskwargs")
    return Case("hg log", ["/usr/bin/hg", "log", "-R", "repo", "-T",
                           "{node} {desc}\\n"], [
        "b %s/commands.py:%d, repo is not None" % (lib, at), "b", "c", "w",
        "a", "p repo.root.decode().split('/')[-1]", "n", "s", "r", "b",
        "c", "q"], [
        r"^Breakpoint 1 at .*mercurial/commands\.py:\d+$",
        r"stop only if repo is not None",
        r"^> .*commands\.py\(\d+\)log\(\)$", r"dispatch\.py\(\d+\)",
        r"^ui = ", r"^'repo'$", r"already hit 1 time",
        r"exited via sys\.exit\(\)"], "system")


def line_after(text, first, then):
    """Number of the first line with then, behind the one with first."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if first in line)
    return next(i for i in range(start + 1, len(lines))
                if then in lines[i]) + 1


def line_of(python, name, first, then):
    with open(os.path.join(python.lib, name), encoding="utf-8") as f:
        return line_after(f.read(), first, then)


def prepare(top):
    with open(os.path.join(top, "data.json"), "w") as f:
        f.write('{"name": "pydbg", "list": [1, 2.5, null, "\\u00e4"]}')
    with open(os.path.join(top, "suite.py"), "w") as f:
        f.write("import unittest\n\n\nclass T(unittest.TestCase):\n"
                "    def test_same(self):\n        self.assertEqual(1, 1)\n\n"
                "    def test_differs(self):\n"
                "        self.assertEqual(1 + 1, 3)\n")
    env = dict(pydbgtest.base_env(top), HGUSER="pydbg", HGPLAIN="1")
    if shutil.which("hg", path="/usr/bin"):
        for n, words in enumerate((["init", "repo"], ["add", "file"],
                                   ["commit", "-m", "first", "-d", "0 0"])):
            if n == 1:
                with open(os.path.join(top, "repo", "file"), "w") as f:
                    f.write("text\n")
            subprocess.run(["/usr/bin/hg"] + words, env=env, check=True,
                           cwd=os.path.join(top, "repo") if n else top,
                           capture_output=True)


def session_text(out, commands):
    """The session with each command behind its prompt."""
    parts = out.split(PROMPT)
    text = parts[0]
    for n, part in enumerate(parts[1:]):
        text += PROMPT + (commands[n] if n < len(commands) else "") + \
            "\n" + part
    return text


def check(case, build, python, top):
    """Problems, as lines."""
    env = dict(pydbgtest.base_env(top), HGPLAIN="1", PYTHONHASHSEED="0")
    del env["PYDBG_ABORT_ON_BUG"]
    bare = pydbgtest.run([python.path] + case.target, env, top, deadline=120)
    if os.environ.get("PYDBG_TEST_PRELOAD"):
        env["LD_PRELOAD"] = os.environ["PYDBG_TEST_PRELOAD"]
    argv = [pydbgtest.pydbg(build), "-nx"]
    if case.where != "system":
        argv += ["--python", python.path]
    batch = pydbgtest.run(
        argv + ["--batch", "-q", "-ex", "continue"] + case.target, env, top,
        deadline=200)
    got = pydbgtest.run(
        argv + case.target, env, top,
        "".join(c + "\n" for c in case.commands).encode(), deadline=200)
    text = session_text(got.out.decode("utf-8", "replace"), case.commands)
    problems = []
    if got.late or batch.late:
        problems.append("the deadline passed")
    at = 0
    for pattern in case.shows:
        match = re.compile(pattern, re.M).search(text, at)
        if not match:
            problems.append("not shown: " + pattern)
        else:
            at = match.end()
    timing = re.compile(rb"in [\d.]+s")
    for what in ("out", "err"):
        a = timing.sub(b"in TIME", getattr(bare, what))
        for run, name in ((batch, "--batch"), (got, "session")):
            b = timing.sub(b"in TIME", getattr(run, what))
            if name == "session" and what == "out":
                missing = [line for line in a.split(b"\n") if line.strip()
                           and line not in b]
                if missing:
                    problems.append("session lost output: %r" % missing[:5])
            elif a not in b:
                problems.append("%s: std%s differs: bare %r, debugged %r" %
                                (name, what, a[-500:], b[-500:]))
    if batch.status != bare.status:
        problems.append("status: bare %d, --batch %d" %
                        (bare.status, batch.status))
    if problems:
        problems += ["", text, got.err.decode("utf-8", "replace")]
    return problems


def cases(python, has_tests):
    result = [calendar(python), json_tool(python), unittest_(python)]
    if has_tests:
        result.append(stdlib_tests(python))
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    tap = pydbgtest.Tap()
    pythons = pydbgtest.pythons(build)
    if not pythons:
        tap.ok(False, "real", "no python with an engine")
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-real-"))
    try:
        prepare(top)
        jobs = []
        for python in pythons:
            has = pydbgtest.run([python.path, "-c",
                                 "import test.test_textwrap"],
                                pydbgtest.base_env(top)).status == 0
            jobs += [(case, python) for case in cases(python, has)]
            if not has:
                tap.skip("stdlib tests on %s" % python, "no test package")
        system = pydbgtest.probe("/usr/bin/python3")
        if not shutil.which("hg", path="/usr/bin"):
            tap.skip("hg log", "mercurial is not installed")
        elif system and system.minor in pydbgtest.engines(build):
            jobs.append((hg(system), system))
        filters = os.environ.get("PYDBG_TEST_FILTER", "").split()
        if filters:
            jobs = [j for j in jobs if any(f in j[0].name for f in filters)]
        with concurrent.futures.ThreadPoolExecutor(
                os.cpu_count() or 2) as pool:
            for (case, python), problems in zip(jobs, pool.map(
                    lambda job: check(job[0], build, job[1], top), jobs)):
                tap.ok(not problems, "%s on %s" % (case.name, python),
                       "\n".join(problems))
    finally:
        shutil.rmtree(top, ignore_errors=True)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
