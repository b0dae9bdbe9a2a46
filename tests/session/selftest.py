#!/usr/bin/env python3
"""Shows that a wrong transcript fails, for the right reason.

selftest/NAME.session are wrong on purpose: each must be reported as not ok, and
the report must show the line that its `# shows: TEXT` names.  The ones whose
name begins with good- must pass.
"""

import argparse
import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402
import run  # noqa: E402


def check_merge(tap):
    """merge and tags, lines_for and inputs_for say the same."""
    bodies = {"3.11": ["a", "b", "z"], "3.12": ["a", "c", "z"],
              "3.13": ["a", "c", "d", "z"], "3.14": ["a", "c", "d", "z"]}
    merged = run.merge(bodies)
    text = [run.tag_for(vs, run.KNOWN) + line for line, vs in merged]
    tap.ok("a" in text and "[3.11] b" in text and "[3.12+] c" in text
           and "[3.13+] d" in text, "versions are merged", repr(text))
    session = run.Session.__new__(run.Session)
    session.body = text
    tap.ok(all(session.lines_for(v) == bodies[v] for v in bodies),
           "a merged transcript gives each version its own", repr(text))
    woven = run.weave("> f\n(pydbg) one\n(pydbg) \n",
                      [("(pydbg) ", "p 1"), ("(stdin) ", "x")], "(pydbg) ")
    tap.ok(woven == ["> f", "(pydbg) p 1", "(stdin) x", "one",
                     "(pydbg) [EOF]"], "input is woven in", repr(woven))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    args = parser.parse_args()
    tap = pydbgtest.Tap()
    check_merge(tap)
    env = dict(os.environ)
    env.pop("PYDBG_TEST_FILTER", None)
    for path in sorted(glob.glob(os.path.join(HERE, "selftest", "*.session"))):
        session = run.Session(path)
        got = subprocess.run(
            [sys.executable, os.path.join(HERE, "run.py"), "--build",
             args.build, "--dir", os.path.join(HERE, "selftest"),
             "/" + session.name + ".session"], capture_output=True, text=True,
            env=env)
        if session.name.startswith("good-"):
            tap.ok(got.returncode == 0 and "\nnot ok" not in "\n" + got.stdout,
                   session.name + " passes", got.stdout + got.stderr)
            continue
        shows = session.option("shows", "")
        tap.ok(got.returncode == 1 and "not ok" in got.stdout
               and shows in got.stdout,
               session.name + " fails", got.stdout + got.stderr)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
