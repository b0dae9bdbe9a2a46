"""Runs CPython's test.test_pdb.PdbTestCase under the interpreter being tested.

cases.py STANDIN LOG: each case runs with sys.executable = STANDIN (see
run.py); a line of JSON for each: name, verdict, whether the debugger was
started, and what went wrong.  Its doctests never start a process.
"""

import io
import json
import os
import sys
import tempfile
import unittest


def main():
    standin, log = sys.argv[1:3]
    del sys.argv[1:]
    out = os.fdopen(os.dup(1), "w")
    sys.executable = standin
    import test.test_pdb as suite
    tests = unittest.defaultTestLoader.loadTestsFromTestCase(suite.PdbTestCase)
    for case in tests:
        open(log, "w").close()
        with tempfile.TemporaryDirectory() as top:
            os.chdir(top)
            result = unittest.TestResult()
            case.run(result)
            os.chdir("/")
        bad = result.failures + result.errors + [
            (case, "unexpected success") for _ in result.unexpectedSuccesses]
        verdict = "failed" if bad else "skipped" if result.skipped else "ok"
        print(json.dumps({
            "name": case.id().split(".")[-1], "verdict": verdict,
            "started": os.path.getsize(log) > 0,
            "why": "\n".join(text for _, text in bad)}), file=out, flush=True)


if __name__ == "__main__":
    main()
