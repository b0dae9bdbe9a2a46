#!/usr/bin/env python3
"""The full screen, as a person sees it: pydbg in a private tmux server.

The cases are the functions case_* of the modules in CASES; each gets a Bench.
Bench.compare() holds a screen against screens/NAME.txt; --accept rewrites what
differs: read it then.  run.py --build BUILD [--accept] [FILTER...].
"""

import argparse
import concurrent.futures
import difflib
import importlib
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
import tmux       # noqa: E402

CASES = sorted(f[:-3] for f in os.listdir(HERE)
               if f.startswith("case_") and f.endswith(".py"))
SCREENS = os.path.join(HERE, "screens")


class Bench:
    """A directory, a Python, and pydbg on screens."""

    def __init__(self, build, python, top, accept):
        self.build = build
        self.pydbg = pydbgtest.pydbg(build)
        self.python = python
        self.top = top
        self.accept = accept
        self.screens = []
        self.env = dict(pydbgtest.base_env(top), TERM="xterm-256color",
                        PATH="/usr/local/bin:/usr/bin:/bin",
                        TMUX_TMPDIR=top)

    def file(self, name, text):
        path = os.path.join(self.top, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def screen(self, *args, rows=24, cols=80, term=None, env=None, tui=True,
               rc=False):
        """pydbg with these arguments behind -q."""
        argv = [self.pydbg, "-q"] + (["-nx"] if not rc else []) + \
            (["--tui"] if tui else []) + ["--python", self.python.path, *args]
        env = dict(self.env, **(env or {}))
        self.screens.append(tmux.Screen(argv, env, self.top, rows, cols, term))
        return self.screens[-1]

    def debug(self, text, *args, **how):
        """The screen at the first stop of a program of that text."""
        self.file("prog.py", text)
        s = self.screen("prog.py", *args, **how)
        s.wait(r"\(pydbg\)")
        return s

    def plain(self, text):
        """What differs from run to run is not to be seen."""
        text = text.replace(self.top, "{dir}")
        text = re.sub(r"0x[0-9a-f]{6,}", "0x...", text)
        text = re.sub(r"\b[0-9]+\.[0-9]+ s\b", "N s", text)
        return text.replace(self.python.full, "{version}")

    def compare(self, name, screen):
        """The screen, once it stays, against the stored one."""
        path = os.path.join(SCREENS, name + ".txt")
        want = None
        if os.path.exists(path):
            with open(path) as f:
                want = f.read().rstrip("\n")

        def same(text):
            return self.plain(text) == want

        got = None
        if want is not None and not self.accept:
            try:
                screen.until(same, name, deadline=10)
                return
            except tmux.Failed:
                pass
        got = self.plain(screen.settled())
        if got == want:
            return
        if self.accept:
            with open(path, "w") as f:
                f.write(got + "\n")
            print("# accepted " + name)
            return
        diff = "\n".join(difflib.unified_diff(
            (want or "").split("\n"), got.split("\n"), "stored", "seen",
            lineterm=""))
        raise tmux.Failed("the screen %s differs\n%s" % (name, diff))

    def close(self):
        for s in self.screens:
            s.close()


def run_case(build, python, accept, fn):
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-tui-"))
    bench = Bench(build, python, top, accept)
    try:
        fn(bench)
        return ""
    except tmux.Failed as e:
        return str(e)
    except Exception:       # noqa: BLE001: a case that breaks has failed
        return traceback.format_exc()
    finally:
        bench.close()
        shutil.rmtree(top, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("filter", nargs="*")
    args = parser.parse_args()
    tap = pydbgtest.Tap()
    filters = args.filter or os.environ.get("PYDBG_TEST_FILTER", "").split()
    build = os.path.abspath(args.build)
    if tmux.TMUX is None:
        tap.skip("the full screen", "there is no tmux")
        return tap.done()
    pythons = pydbgtest.pythons(build)
    jobs = []
    for module in CASES:
        for name, fn in sorted(vars(importlib.import_module(module)).items()):
            title = "%s %s" % (module[5:], name[5:].replace("_", " "))
            if name.startswith("case_") and callable(fn) and (
                    not filters or any(f in title for f in filters)):
                every = pythons if getattr(fn, "every", False) else pythons[:1]
                jobs += [(title, p, fn) for p in every]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = [pool.submit(run_case, build, p, args.accept, fn)
                   for _, p, fn in jobs]
        for (title, python, _), result in zip(jobs, results):
            why = result.result()
            tap.ok(not why, "%s on %s" % (title, python), why)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
