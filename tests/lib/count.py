#!/usr/bin/env python3
"""Counts the cases of a test run.

count.py BUILD FILE   reads BUILD/meson-logs/testlog.json, appends a line
                      "passed failed skipped" to FILE, lists what failed and
                      what was skipped; status 1 if anything failed
count.py --sum FILE   adds the lines up: "N passed, N failed[, N skipped]"

A case is a line of TAP; a test that says no TAP is one case; a test that died
or was late is one failed case more.
"""

import collections
import json
import os
import re
import sys

CASE = re.compile(r"\s*(not ok|ok)\b\s*\d*\s*-?\s*(.*)")


def cases(record):
    """[verdict, name, lines of explanation] for each case of a test."""
    found, why = False, []
    for line in (record.get("stdout") or "").splitlines():
        match = CASE.match(line)
        if not match:
            why.append(line)
            continue
        found = True
        why = []
        name, _, directive = match[2].partition(" # ")
        if directive.upper().startswith("SKIP"):
            yield "skipped", name + " (" + directive[4:].strip() + ")", why
        else:
            yield "passed" if match[1] == "ok" else "failed", name, why
    result = record["result"]
    bad = result not in ("OK", "SKIP", "EXPECTEDFAIL")
    failed_case = re.search(r"(?m)^\s*not ok\b", record.get("stdout") or "")
    if bad and not failed_case:
        yield "failed", "the test itself: " + result, \
            (record.get("stderr") or "").splitlines()[-20:]
    elif not found:
        yield ("skipped" if result == "SKIP" else "passed"), "", []


def count(build, path):
    total = collections.Counter()
    skips = collections.Counter()
    try:
        with open(os.path.join(build, "meson-logs", "testlog.json")) as f:
            records = [json.loads(line) for line in f if line.strip()]
    except OSError:
        records = []
    if not records:
        print("FAILED  %s: no test ran" % build)
        total["failed"] = 1
    for record in records:
        # All at once: a case's explanation follows it.
        for verdict, name, why in list(cases(record)):
            total[verdict] += 1
            if verdict == "failed":
                print("FAILED  %s: %s" % (record["name"], name))
                print("".join(line + "\n" for line in why[:40]), end="")
            elif verdict == "skipped":
                skips["%s: %s" % (record["name"], name)] += 1
    for name, n in skips.items():
        print("skipped %s" % name)
    with open(path, "a") as f:
        f.write("%d %d %d\n" % (total["passed"], total["failed"],
                                total["skipped"]))
    return 1 if total["failed"] else 0


def add_up(path):
    with open(path) as f:
        rows = [[int(n) for n in line.split()] for line in f]
    passed, failed, skipped = map(sum, zip(*rows)) if rows else (0, 1, 0)
    print("%d passed, %d failed" % (passed, failed) +
          (", %d skipped" % skipped if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1] == "--sum":
        sys.exit(add_up(sys.argv[2]))
    sys.exit(count(sys.argv[1], sys.argv[2]))
