#!/usr/bin/env python3
"""CPython's own tests of pdb, run on pydbg.

test.test_pdb's PdbTestCase starts [sys.executable, '-m', 'pdb', ...].  Here
sys.executable is a stand-in: `-m pdb ARGS` becomes `pydbg --prompt '(Pdb) '
--python PYTHON ARGS` and leaves a line in a log, all else goes to the real
python.  Only cases in which pydbg was started count.

known-failures.txt lists what fails: a line `VERSION CASE  why`.  The list only
shrinks: a case in it that passes fails here, with the advice to take it out.
A python without the test package is skipped.
"""

import argparse
import concurrent.futures
import json
import os
import shutil
import stat
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402

STANDIN = """#!/bin/sh
# In place of python: `-m pdb` is pydbg.
if [ "$1 $2" = "-m pdb" ]; then
	shift 2
	echo "$*" >>'{log}'
	{preload}
	exec '{pydbg}' --prompt '(Pdb) ' --python '{python}' "$@"
fi
exec '{python}' "$@"
"""


def known_failures():
    """{(version, case): why}; the version is 3.N or 3.N.M."""
    result = {}
    with open(os.path.join(HERE, "known-failures.txt")) as f:
        for line in f:
            words = line.split("#")[0].split(None, 2)
            if len(words) >= 2:
                result[words[0], words[1]] = (words + [""])[2].strip()
    return result


def run_suite(build, python):
    """Records of cases.py, or None if there is no test package."""
    probe = pydbgtest.run([python.path, "-c", "import test.test_pdb"],
                          pydbgtest.base_env("/"))
    if probe.status != 0:
        return None
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-peer-"))
    try:
        log, standin = os.path.join(top, "log"), os.path.join(top, "python")
        preload = os.environ.get("PYDBG_TEST_PRELOAD")
        with open(standin, "w") as f:
            f.write(STANDIN.format(
                log=log, pydbg=pydbgtest.pydbg(build), python=python.path,
                preload="export LD_PRELOAD='%s'" % preload if preload
                else ":"))
        os.chmod(standin, os.stat(standin).st_mode | stat.S_IXUSR)
        home = os.path.join(top, "home")
        os.mkdir(home)
        got = pydbgtest.run(
            [python.path, os.path.join(HERE, "cases.py"), standin, log],
            pydbgtest.base_env(home), top, deadline=600)
        records = [json.loads(line) for line in got.out.splitlines()
                   if line.startswith(b"{")]
        if got.late or got.status != 0 or not records:
            records.append({
                "name": "the whole suite", "verdict": "failed",
                "started": True, "why": "status %d%s\n%s" % (
                    got.status, ", deadline passed" if got.late else "",
                    got.err.decode("utf-8", "replace")[-4000:])})
        return records
    finally:
        shutil.rmtree(top, ignore_errors=True)


def report(tap, python, records, known):
    if records is None:
        tap.skip("test_pdb on %s" % python, "it has no test package")
        return
    counted = [r for r in records if r["started"]]
    good = 0
    mine = {name: why for (version, name), why in known.items()
            if version in (python.minor, python.full)}
    for r in counted:
        name = "%s on %s" % (r["name"], python)
        listed = r["name"] in mine
        passed = r["verdict"] == "ok"
        good += passed
        if r["verdict"] == "skipped":
            tap.skip(name, "the suite skips it")
        elif passed and listed:
            tap.ok(False, name, "it passes now: remove it from "
                   "tests/peer/known-failures.txt")
        elif listed:
            tap.skip(name, "known failure: " + mine[r["name"]])
        else:
            tap.ok(passed, name, r["why"])
    print("# test_pdb on %s: %d of %d that start pydbg pass" %
          (python, good, len(counted)))
    ran = {r["name"] for r in records}
    for name in mine:
        if name not in ran:
            print("# known-failures.txt: %s has no case %s" % (python, name))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--python", action="append")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    known = known_failures()
    tap = pydbgtest.Tap()
    pythons = [p for p in pydbgtest.pythons(build) if not args.python or any(
        n == p.minor or n in p.path for n in args.python)]
    if not pythons:
        tap.ok(False, "peer", "no python with an engine")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        for python, records in zip(pythons, pool.map(
                lambda p: run_suite(build, p), pythons)):
            report(tap, python, records, known)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
