#!/usr/bin/env python3
"""Runs the example of each command, as help and the manual show it.

An example is the row's .example in cmds/verbs.  Each runs in a session of its
own on tests/progs/orders.py, on each Python: it must show what CASES says, no
line of the session may be an error, and the session must answer and end well
behind it.  The manual's example of a command must be the row's.

A new command needs a line in CASES.
"""

import argparse
import ast
import concurrent.futures
import glob
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))), "lib"))
import pydbgtest  # noqa: E402

PROMPT = "(pydbg) "
# In serve(), called by main(), called by the module.
SERVE = ["b 28", "c"]
ERROR = r"(?m)^(?:\((?:com|pydbg)\) )*\*\*\* (?!the full screen )"
FIVE = ["b 25", "b 28", "b 29", "b 30", "b 47"]

# name: (lines before, what the example must show, lines behind it[, where
# the session begins]).  Behind it `pwd` and `q` follow, unless it is None.
CASES = {
    "continue": (["b 28"], r"\(28\)serve\(\)", []),
    "step": (["b 47", "c"], r"\(33\)parse\(\)", []),
    "next": (SERVE, r"--Return--\n.*\(30\)serve\(\)->10", []),
    "return": (SERVE, r"--Return--\n.*\(30\)serve\(\)->", []),
    "until": (SERVE, r"\(29\)serve\(\)", []),
    "jump": (["b 30", "c"], r"\(28\)serve\(\)", []),
    "debug": (SERVE, r"ENTERING RECURSIVE DEBUGGER", ["c"]),
    "run": (["b 28"], r"two words", []),
    "kill": ([], r"(?i)killed", []),
    "handle": ([], r"SIGINT\s+No\s+No\s+Yes", []),
    "quit": ([], r"^$", None),
    "EOF": ([], r"^$", None),
    "break": ([], r"Breakpoint 1 at .*orders\.py:28\n", ["c", "p n"]),
    "tbreak": ([], r"Breakpoint 1 at .*orders\.py:4[67]\n", ["c"]),
    "clear": (FIVE[:3], r"Deleted breakpoint 1 .*\nDeleted breakpoint 3 ",
              []),
    "disable": (FIVE[:2], r"Disabled breakpoint 2 at", []),
    "enable": (FIVE[:2] + ["disable 2"], r"Enabled breakpoint 2 at", []),
    "ignore": (FIVE[:1], r"Will ignore next 100 crossings of breakpoint 1",
               []),
    "condition": (FIVE[:1], r"New condition set for breakpoint 1", ["c"]),
    "commands": (["b 28"], r"\(com\) ", ["p total", "continue", "c"]),
    "where": (SERVE, r"\(60\)<module>\(\)\n(?s:.*)> .*\(28\)serve\(\)", []),
    "up": (SERVE, r"\(60\)<module>\(\)", []),
    "down": (SERVE + ["up"], r"\(28\)serve\(\)", []),
    "exceptions": (["c"], r"\(16\)load\(\)", [], "fail"),
    "args": (SERVE, r"queue = \[\]\nn = 4\n", []),
    "p": (["b 49", "c"], r"\[<__main__\.Order object", []),
    "pp": (["b 28", "c"], r"environ\(\{", []),
    "whatis": (["b 36", "c"], r"Method parse_args\n", []),
    "retval": (SERVE + ["r"], r"10\n", []),
    "display": (SERVE, r"display len\(queue\), queue\[:3\]: \(0, \[\]\)\n",
                []),
    "undisplay": (SERVE + ["display n"], r"^$", ["display"]),
    "!": (SERVE, r"^$", ["!assert n == 5"]),
    "list": ([], r" 20 \s+n -= i\n(?s:.*) 30 \s+return x\n", []),
    "longlist": (SERVE, r" 24 \s+def serve\(queue, n\):\n", []),
    "source": (["b 60", "c"], r"def loads\(", []),
    "help": ([], r"^Usage|until|unt\(il\)", []),
    "apropos": ([], r"where", []),
    "info": (["b 28"], r"at .*orders\.py:28\n", []),
    "alias": (["b 51", "c"], r"^$", ["pi item"]),
    "unalias": (["alias pi p 1"], r"^$", ["!pi = 3"]),
    "interact": (SERVE, r"interact", None),
    "set": ([], r"^$", ["show listsize"]),
    "show": ([], r"print elements", []),
    "finish": (SERVE, r"Value returned: 10\n", []),
    "advance": ([], r"\(28\)serve\(\)", []),
    "start": (["b 28", "c"], r"\(2\)<module>\(\)", []),
    "stepi": (SERVE, r"=> ", []),
    "nexti": (SERVE, r"=> ", []),
    "delete": (FIVE, r"breakpoint 1 (?s:.*)breakpoint 3 (?s:.*)"
               r"breakpoint 4 (?s:.*)breakpoint 5 ", ["c"]),
    "dprintf": ([], r"Dprintf 1 at .*orders\.py:28\n", ["c"]),
    "skip": ([], r"json\.\*", []),
    "frame": (SERVE, r"\(60\)<module>\(\)", []),
    "thread": (SERVE, r"Thread 1 (?s:.*)Thread 2 ", []),
    "disassemble": (SERVE, r"=>|-->|LOAD_", []),
    "cd": ([], r"/tmp", []),
    "pwd": ([], r"Working directory ", []),
    "shell": ([], r"orders\.py", []),
    "save": (["b 28"], r"bugs\.pydbg", ["shell grep 28 bugs.pydbg"]),
    "core": (SERVE + ["generate-core-file app.py.4711.pycore",
                      "set confirm off"], r"Core of .*orders\.py",
             ["p n"]),
    "find": (["b 51", "c"], r"__main__\.Order at 0x", []),
    "path": (["b 51", "c"], r"main\(\): item = __main__\.Order at", []),
    "referrers": (["b 51", "c"], r"local item of .*main\(\)\n", []),
    "bind": ([], r"^$", ["help keys"]),
    # These work on a terminal (tests/tui); here they have to say so.
    "tui": ([], r"full screen wants a terminal", []),
    "layout": ([], r"full screen wants a terminal", []),
    "focus": ([], r"full screen is off", []),
    "winheight": ([], r"full screen is off", []),
    "refresh": ([], r"full screen is off", []),
    "pane": ([], r"full screen is off", []),
    "generate-core-file": (SERVE, r"Saved corefile .*wordcount\.pycore\n",
                           ["shell rm /tmp/wordcount.pycore"]),
}


def rows():
    """{name: ([name and aliases], example)} of the commands' rows."""
    found = {}
    for path in glob.glob(os.path.join(pydbgtest.ROOT, "cmds/verbs/*.c")):
        with open(path) as f:
            row = re.search(r"(?s)struct pd_cmd\s+pd_cmd_\w+\s*=\s*\{(.*?)"
                            r"\n\};", f.read())
        if not row:
            continue
        name = re.search(r'\.name\s*=\s*"([^"]*)"', row[1])[1]
        alias = re.search(r"\.aliases\s*=\s*\{([^}]*)\}", row[1])
        text = re.search(r'\.example\s*=\s*((?:"(?:[^"\\]|\\.)*"\s*)+)',
                         row[1])
        example = ast.literal_eval("(" + text[1] + ")") if text else ""
        found[name] = ([name] + re.findall(r'"([^"]*)"', alias[1] if alias
                                           else ""), example)
    return found


def manual():
    """{name: example} of the entries in the manual, `.Dl (pydbg) ...`."""
    found, name = {}, None
    with open(os.path.join(pydbgtest.ROOT, "man", "pydbg.1")) as f:
        for line in f:
            entry = re.match(r"\.It Ic (?:\\&)?(\S+)", line)
            if entry or line.startswith((".Sh", ".Ss")):
                name = entry[1] if entry else None
            shown = re.match(r"\.Dl \(pydbg\) (.*)", line)
            if shown and name:
                found.setdefault(name, shown[1].replace(r"\(dq", '"')
                                 .replace(r"\e", "\\").replace(r"\&", ""))
    return found


def problem(build, python, top, name, example):
    """What is wrong with it; empty if nothing."""
    before, want, behind, *args = CASES[name]
    work = os.path.join(top, "%s-%s" % (python.full, name))
    os.makedirs(work)
    shutil.copy(os.path.join(pydbgtest.PROGS, "orders.py"), work)
    lines = before + [example]
    lines += behind + ["pwd", "q"] if behind is not None else []
    got = pydbgtest.run(
        [pydbgtest.pydbg(build), "-q", "-nx", "--python", python.path,
         "orders.py"] + args, pydbgtest.base_env(work), work,
        "".join(line + "\n" for line in lines).encode(), 30, merge=True)
    out = got.out.decode("utf-8", "replace")
    parts = out.split(PROMPT)
    shown = parts[len(before) + 1] if len(parts) > len(before) + 1 else ""
    if got.late or got.status != 0:
        return "ended with %d%s\n%s" % (
            got.status, ", late" if got.late else "", out)
    if re.search(ERROR, out):
        return "an error:\n" + out
    if not re.search(want, shown):
        return "does not show %s:\n%s" % (want, out)
    if behind is not None and name != "pwd" and \
            not re.search(r"Working directory ", "".join(
                parts[len(before) + 2:])):
        return "the session does not answer behind it:\n" + out
    return ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("filter", nargs="*")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    tap, commands, shown = pydbgtest.Tap(), rows(), manual()
    tap.ok(set(commands) == set(CASES), "each command's example is tried",
           "differ: %s" % sorted(set(commands) ^ set(CASES)))
    for name, (_, example) in sorted(commands.items()):
        tap.ok(shown.get(name) == example, "the manual's example of " + name,
               "row:    %s\nmanual: %s" % (example, shown.get(name)))
    top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-examples-"))
    jobs = [(p, n) for p in pydbgtest.pythons(build) for n in sorted(CASES)
            if n in commands and (not args.filter or n in args.filter)]
    try:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for (p, n), why in zip(jobs, pool.map(
                    lambda job: problem(build, job[0], top, job[1],
                                        commands[job[1]][1]), jobs)):
                tap.ok(not why, "`%s` on %s" % (commands[n][1], p), why)
    finally:
        shutil.rmtree(top, ignore_errors=True)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
