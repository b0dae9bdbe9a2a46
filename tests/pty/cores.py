"""Ctrl-C at the prompt of a core, which has no program to break into: it ends
what the debugger itself does, and the prompt is back."""

import glob
import os
import re
import subprocess
import time

from terminal import Failed, until

PROMPT = r"\(pydbg\) "
CTRL_C = "\x03"
PROGRAM = """\
class Node:
    def __init__(self, number):
        self.number = number
nodes = [Node(i) for i in range(3)]
1 / 0
"""
# Each would take longer than a test may.
LONG = [
    ("p sum(i for i in range(10**9))", "*** interrupted"),
    ("pp [i for i in range(10**9) if i < 0]", "*** interrupted"),
    ("sum(i for i in range(10**9))", "*** interrupted"),
    ("find Node if sum(i for i in range(10**9))", "*** interrupted"),
    ("referrers nodes[sum(i for i in range(10**9))]", "*** interrupted"),
    ("path nodes[max(i for i in range(10**9))]", "*** interrupted"),
]


def ticks(pid):
    with open("/proc/%d/stat" % pid) as f:
        words = f.read().rsplit(")", 1)[1].split()
    return int(words[11]) + int(words[12])


def a_core(bench):
    bench.file("nodes.py", PROGRAM)
    subprocess.run([bench.pydbg, "--dump-on-crash", "--python",
                    bench.python.path, "nodes.py"], cwd=bench.top,
                   env=bench.env, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return glob.glob(os.path.join(bench.top, "*.pycore"))[0]


def case_core_long_work_ends(bench):
    t = bench.on_terminal([bench.pydbg, "-nx", "--core", a_core(bench)])
    t.expect(PROMPT)
    for line, words in LONG:
        before = ticks(t.pid)
        t.line(line)
        until(lambda: ticks(t.pid) > before + 5, "it works")
        t.send(CTRL_C)
        begun = time.monotonic()
        t.expect(re.escape(words) + "\n" + PROMPT)
        if time.monotonic() - begun > 1:
            raise Failed("%s: took %.3f s" % (line, time.monotonic() - begun))
        t.line("p nodes[2].number")
        t.expect("^2\n" + PROMPT)
    t.line("q")
    t.wait()


case_core_long_work_ends.once = True
