#!/usr/bin/env python3
"""What a person does at a terminal: Ctrl-C, Ctrl-Z, programs that use the
terminal themselves.  Each case has a pseudo-terminal of its own (terminal.py),
and everything that is waited for has a deadline.

The cases are the functions case_* of the modules in CASES; each gets a Bench.
Those with .once run on one Python only.  run.py --build BUILD [FILTER...].
"""

import argparse
import concurrent.futures
import os
import re
import shutil
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
sys.path.insert(0, HERE)
import pydbgtest  # noqa: E402
import completion  # noqa: E402
import cores      # noqa: E402
import ctrlc      # noqa: E402
import edit_complete  # noqa: E402
import edit_history  # noqa: E402
import edit_keys  # noqa: E402
import edit_paste  # noqa: E402
import hits       # noqa: E402
import jobs       # noqa: E402
import modes      # noqa: E402
import style      # noqa: E402
from terminal import Terminal  # noqa: E402

CASES = [completion, ctrlc, hits, jobs, modes, style, edit_keys, edit_complete,
         edit_history, edit_paste, cores]
PLAIN = {"cores", "ctrlc", "hits", "jobs", "modes"}    # no escapes to see
PROMPT = r"\(pydbg\)(?:\x1b\[m)? "


class Bench:
    """A directory, a Python, and pydbg on terminals."""

    def __init__(self, build, python, top, term, plain):
        self.plain = plain
        self.pydbg = pydbgtest.pydbg(build)
        self.python = python
        self.top = top
        self.terminals = []
        self.env = dict(pydbgtest.base_env(top), TERM=term, PS1="$ ",
                        PATH="/usr/local/bin:/usr/bin:/bin")

    def file(self, name, text):
        path = os.path.join(self.top, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def argv(self, name, *args):
        return [self.pydbg, "-nx", "-q", "--python", self.python.path, name,
                *args]

    def on_terminal(self, argv, **how):
        how.setdefault("env", self.env)
        how.setdefault("cwd", self.top)
        how.setdefault("plain", self.plain)
        self.terminals.append(Terminal(argv, **how))
        return self.terminals[-1]

    def debug(self, text, **how):
        """pydbg at the first stop of a program of that text."""
        self.file("prog.py", text)
        t = self.on_terminal(self.argv("prog.py"), **how)
        t.expect(PROMPT)
        return t

    def shell(self):
        """An interactive bash with job control."""
        t = self.on_terminal(["bash", "--norc", "--noediting", "-i"])
        t.expect(r"\$ ")
        return t

    def close(self):
        for t in self.terminals:
            t.close()


def run_case(build, python, case, term, plain):
    """None, or what went wrong."""
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-pty-"))
    bench = Bench(build, python, top, term, plain)
    try:
        case(bench)
    except Exception:
        said = "\n".join("--- terminal:\n" + t.log[-3000:]
                         for t in bench.terminals)
        return traceback.format_exc(limit=-3) + said
    finally:
        bench.close()
        shutil.rmtree(top, ignore_errors=True)


def cases(filters):
    for module in CASES:
        for name, fn in vars(module).items():
            if not name.startswith("case_"):
                continue
            title = "%s: %s" % (module.__name__, name[5:].replace("_", " "))
            if not filters or any(re.search(f, title) for f in filters):
                yield title, fn


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--python", action="append")
    parser.add_argument("filter", nargs="*")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    filters = args.filter or os.environ.get("PYDBG_TEST_FILTER", "").split()
    pythons = [p for p in pydbgtest.pythons(build) if not args.python or any(
        n == p.minor or n in p.path for n in args.python)]
    tap = pydbgtest.Tap()
    if not pythons:
        tap.ok(False, "pty", "no python with an engine")
    todo = [(title, fn, p, "dumb", fn.__module__ in PLAIN)
            for title, fn in cases(filters)
            for p in (pythons[:1] if getattr(fn, "once", False) else pythons)]
    # With the line editor: the terminal changes hands in other modes.
    todo += [(title, fn, pythons[0], "xterm", True)
             for title, fn in cases(filters) if fn.__module__ in PLAIN]
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count() or 2) as pool:
        for (title, _, p, term, _), future in [(c, pool.submit(
                run_case, build, c[2], c[1], *c[3:])) for c in todo]:
            problem = future.result()
            tap.ok(problem is None, "%s on %s, %s" % (title, p, term),
                   problem)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
