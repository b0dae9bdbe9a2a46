"""Ctrl-C while one hit follows the other, each with commands that go on."""

from ctrlc import CTRL_C, PROMPT, child
from terminal import Failed, until

HOT = """n = 0
def f(i):
    return i
print('go', flush=True)
while n >= 0:
    f(n)
    n += 1
print('end')
"""


def worked(pid):
    """Nanoseconds on a processor."""
    with open("/proc/%d/schedstat" % pid) as f:
        return int(f.read().split()[0])


def go_on(t):
    """Until the line has been read and the program runs: a Ctrl-C before that
    would be the prompt's."""
    pid = child(t.pid)
    before = worked(pid)
    t.line("c")
    t.expect("c\n")
    until(lambda: t.read(0) or worked(pid) > before + 2000000, "it runs")


def hot(bench, *commands):
    """At its prompt, from "go" on under way, ten times: it stops, and goes on
    with what it was at."""
    t = bench.debug(HOT)
    for line in ("b 3", "commands", *commands, "continue"):
        t.line(line)
        t.expect(PROMPT if line in ("b 3", "continue") else r"\(com\) ")
    t.line("c")
    t.expect("^go\n")
    seen = 0
    for _ in range(10):
        t.send(CTRL_C)
        t.expect("Program interrupted.*" + PROMPT)
        t.line("p '<%d>' % n")
        n = int(t.expect(r"'<(\d+)>'\n" + PROMPT)[1])
        if n < seen:
            raise Failed("%d after %d" % (n, seen))
        seen = n
        go_on(t)
    t.send(CTRL_C)
    t.expect("Program interrupted.*" + PROMPT)
    t.line("disable 1 ;; n = -1000000000 ;; import __main__ ;; "
           "__main__.n = -9")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^end\n.*" + PROMPT)


def case_of_silent_hits(bench):
    hot(bench, "silent")


def case_of_hits_that_print(bench):
    hot(bench, "p i")
