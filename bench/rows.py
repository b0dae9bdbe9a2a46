"""The rows of the benchmark: what is measured, how it is compared, the goal.

A row's measure(kind) is run for each kind in turn, the bare one first;
compare(value, bare) makes of it what is shown.
"""

import os
import tempfile
import time

import measure
from measure import (NOT_MEANT, Place, Unavailable, line_of, lines, prog, run,
                     work)


class Row:
    def __init__(self, name, goal, unit, measure, compare, rounds=None):
        self.name, self.goal, self.unit = name, goal, unit
        self.measure, self.compare = measure, compare
        self.rounds = rounds


def ratio(value, bare):
    return value / bare


def itself(value, bare):
    return value


def scaled(scale):
    return lambda value, bare: value * scale


def over(scale):
    """What is more than in the bare run."""
    return lambda value, bare: (value - bare) * scale


def debugger_only(kind):
    if kind.prompt is None:
        raise Unavailable(NOT_MEANT)


# ---- a breakpoint that is never hit; conditions; commands ------------------

def workload(name, n):
    """Seconds for a unit of work, a breakpoint set in the hottest function."""
    path = prog(name)

    def seconds(kind):
        amount = kind.amount(n)
        stop = "b %s:%d" % (path, line_of(path, "never"))
        return work(kind, [path, str(amount)], [stop]) / amount
    return seconds


def hit(where, n, *commands):
    """Seconds for each hit of a breakpoint that does not stop for good."""
    path = prog("hits")
    place = "%s:%d" % (path, line_of(path, where))

    def seconds(kind):
        amount = kind.amount(n)
        return work(kind, [path, where, str(amount)],
                    [c.format(place) for c in commands]) / amount
    return seconds


# ---- stepping ---------------------------------------------------------------

def stops(kind):
    """Stops per second, commands and what they tell through pipes: the
    difference of two runs."""
    debugger_only(kind)
    few, many = 100, 100 + 40000 // min(kind.share, 4)
    with Place() as place:
        took = []
        for n in (few, many):
            seconds, out = run(kind, place, [prog("steps"), "1000000000"],
                               lines(*["s"] * n, "q"))
            if out.count(b"\n-> ") + out.count(b"\n---> ") < n - 10 and \
                    kind.name != "ipdb":
                raise Unavailable("it did not step")
            took.append(seconds)
    return (many - few) / (took[1] - took[0])


def answered_stops(kind):
    """The same where each is asked for when the one before has been told."""
    debugger_only(kind)
    many = 2000
    with Place() as place, measure.at_first(
            kind, place, [prog("steps"), "1000000000"]) as at:
        at.wait()
        begin = time.perf_counter()
        for _ in range(many):
            at.step(measure.DEADLINE)
        return many / (time.perf_counter() - begin)


def counted(n):
    """Seconds for `step N` as one command."""
    def seconds(kind):
        debugger_only(kind)
        if kind.name != "pydbg":
            raise Unavailable(NOT_MEANT)
        took = []
        with Place() as place:
            for first in ("step %d" % n, "step 1"):
                s, out = run(kind, place, [prog("steps"), "1000000000"],
                             lines(first, "p i", "q"))
                took.append(s)
                # Two lines each time around.
                if first != "step 1" and (b"%d" % (n // 2 - 9))[:4] not in out:
                    raise Unavailable("it did not step")
        return took[0] - took[1]
    return seconds


# ---- breaking in ----------------------------------------------------------

def break_in(what):
    """Seconds from Ctrl-C to the prompt, the program busy with that."""
    def seconds(kind):
        debugger_only(kind)
        with Place() as place, measure.at_first(
                kind, place, [prog("busy"), what]) as at:
            at.wait()
            at.say("c")
            at.wait(text=b"ready\n")
            time.sleep(0.05)            # it has said so; now it is there
            begin = time.perf_counter()
            at.interrupt()
            at.wait(3)
            return time.perf_counter() - begin
    return seconds


# ---- start, memory ----------------------------------------------------------

def start(kind):
    """Seconds to the first prompt; bare: of python -c pass."""
    with Place() as place:
        if kind.prompt is None:
            return run(kind, place, ["-c", "pass"])[0]
        with measure.at_first(kind, place, [prog("waits")]) as at:
            return at.wait()


def memory(field):
    """MB of the process that the program runs in, at the first prompt."""
    def size(kind):
        with Place() as place, \
                measure.at_first(kind, place, [prog("waits")]) as at:
            if kind.prompt is None:
                measure.wait_until_asleep(at.process.pid)
            else:
                at.wait()
            return measure.memory(at.debuggee())[field] / 1024
    return size


# ---- many breakpoints, many files -------------------------------------------

FILES, LINES = 1000, 1000
made = []


def generated():
    """A directory with big.py and the modules bench_N, made once."""
    if made:
        return made[0]
    top = tempfile.mkdtemp(prefix="pydbg-bench-files-")
    made.append(top)
    body = "".join("def f%d(a, b):\n    c = a + b\n    d = c * 2\n"
                   "    return d\n" % i for i in range(LINES // 4))
    for i in range(FILES):
        with open(os.path.join(top, "bench_%d.py" % i), "w") as f:
            f.write(body)
    with open(os.path.join(top, "big.py"), "w") as f:
        f.write("import sys\nimport timed\n\n\ndef work(n):\n")
        f.write("    for _ in range(n):\n        a = 1\n")
        f.write("    if n < 0:\n" + "        a = 2\n" * 10000)
        f.write("\n\ntimed.run(work, int(sys.argv[1]))\n")
    return top


BIG_FIRST = 9       # the first of the 10,000 lines


def setting(kind, place, program, commands):
    """Seconds of a run in which nothing but breakpoints are set."""
    if kind.driver:
        with measure.at_first(kind, place, program, commands) as at:
            return at.wait()
    seconds, out = run(kind, place, program, lines(*commands, "q"))
    if out.count(b"Breakpoint ") < len(commands):
        raise Unavailable("they were not set")
    return seconds


def set_many(n):
    """Seconds for setting n breakpoints."""
    def seconds(kind):
        debugger_only(kind)
        path = os.path.join(generated(), "big.py")
        with Place() as place:
            took = []
            for count in (n, 0):
                took.append(setting(kind, place, [path, "1"], [
                    "b %s:%d" % (path, BIG_FIRST + i)
                    for i in range(count)]))
        return took[0] - took[1]
    return seconds


def with_many(n):
    """The hot loop of a function in which n breakpoints are set."""
    def seconds(kind):
        path = os.path.join(generated(), "big.py")
        # A tracing debugger looks at all of them for each line.
        amount = 5000000 if kind.share == 1 else 400
        return work(kind, [path, str(amount)],
                    ["b %s:%d" % (path, BIG_FIRST + i)
                     for i in range(n)]) / amount
    return seconds


def imports(n):
    """Importing n modules with a breakpoint in a file that never comes."""
    def seconds(kind):
        path = os.path.join(generated(), "big.py")
        return work(kind, [prog("imports"), generated(), str(n)],
                    ["b %s:7" % path], cached=True)
    return seconds


def warm(seconds):
    """The first run writes the caches of the python: not measured."""
    done = set()

    def measure_warm(kind):
        if kind.name == "bare" and kind.argv[0] not in done:
            done.add(kind.argv[0])
            seconds(kind)
        return seconds(kind)
    return measure_warm


PRINTS = ("b {0}", "commands 1", "silent", "p i", "c", "end")

ROWS = [
    Row("breakpoint never hit: calls", "1.02; 3.11: 1.05", "%.2f",
        workload("calls", 400), ratio),
    Row("breakpoint never hit: lines", "1.02; 3.11: 1.05", "%.2f",
        workload("lines", 300), ratio),
    Row("breakpoint never hit: classes", "1.02; 3.11: 1.05", "%.2f",
        workload("classes", 300), ratio),
    Row("breakpoint never hit: C-heavy", "1.02; 3.11: 1.05", "%.2f",
        workload("cheavy", 80), ratio),
    Row("breakpoint never hit: generators, async", "1.02; 3.11: 1.05",
        "%.2f", workload("gens", 250), ratio),
    Row("false condition, line of a loop, ns for each of 1e6 hits",
        "100; 3.11: 300", "%.0f", hit("loop", 1000000, "b {0}, i < 0"),
        over(1e9)),
    Row("false condition, function called, ns for each of 1e6 hits",
        "100; 3.11: 300", "%.0f", hit("call", 1000000, "b {0}, i < 0"),
        over(1e9)),
    Row("hit, command list prints and continues, µs", "60", "%.1f",
        hit("loop", 5000, *PRINTS), over(1e6)),
    Row("stops per second, asked for all at once", "3 times pdb", "%.0f",
        stops, itself),
    Row("stops per second, each asked for after the answer", "", "%.0f",
        answered_stops, itself),
    Row("`step 1000000`, s", "1", "%.2f", counted(1000000), itself, 3),
    Row("Ctrl-C in Python code, ms to the prompt", "50", "%.1f",
        break_in("python"), scaled(1000), 5),
    Row("Ctrl-C in time.sleep, ms to the prompt", "50", "%.1f",
        break_in("sleep"), scaled(1000), 5),
    Row("Ctrl-C in a read of a socket, ms to the prompt", "50", "%.1f",
        break_in("read"), scaled(1000), 5),
    Row("Ctrl-C in calls of 1-2 ms in C, ms to the prompt", "50", "%.1f",
        break_in("c"), scaled(1000), 5),
    Row("start to the first prompt, over `python3 -c pass`", "1.5", "%.2f",
        start, ratio),
    Row("memory at the first prompt over bare, MB: VmRSS", "4", "%.1f",
        memory("VmRSS"), over(1)),
    Row("memory at the first prompt over bare, MB: VmHWM", "4", "%.1f",
        memory("VmHWM"), over(1)),
    Row("10,000 breakpoints set, s", "", "%.2f", set_many(10000), itself, 3),
    Row("a loop in a function with 10,000 breakpoints", "1.05", "%.2f",
        with_many(10000), ratio, 3),
    Row("1,000 files of 1,000 lines imported, one breakpoint pending",
        "1.05", "%.2f", warm(imports(FILES)), ratio, 3),
]
