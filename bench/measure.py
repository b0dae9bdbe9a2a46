"""Runs programs bare and under debuggers, and reads clocks and /proc.

What is said to a debugger goes down its stdin, the same lines for all; the
program's own time comes from progs/timed.py.  Everything runs in its own
process group, which is killed at the end, with a deadline.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

BENCH = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(BENCH)
PROGS = os.path.join(BENCH, "progs")
sys.path.insert(0, os.path.join(ROOT, "tests", "lib"))
import pydbgtest  # noqa: E402

import dap  # noqa: E402
import screen  # noqa: E402
from asked import NOT_MEANT, Unavailable  # noqa: E402

DEADLINE = 300
PEERS = ("ipdb", "debugpy", "pudb")


class Kind:
    """A way to run a program: name, and the command line before it."""

    def __init__(self, name, argv, prompt=None, share=1, driver=None,
                 minor=None):
        self.name = name
        self.argv = argv
        self.prompt = prompt        # None: no debugger, or none that prompts
        self.share = share          # of the work that is enough for it
        self.driver = driver        # what speaks to it, if lines do not
        self.minor = minor          # of its Python, for such a driver

    def amount(self, n):
        return max(1, n // self.share)


def kinds(pydbg, python, peers):
    """The bare python, pydbg, pdb, and peers {name: its python}."""
    path = python.path
    found = [
        Kind("bare", [path]),
        Kind("pydbg", [pydbg, "-q", "-nx", "--python", path], b"(pydbg) "),
        Kind("pdb", [path, "-m", "pdb"], b"(Pdb) ", 20)]
    if "ipdb" in peers:
        found.append(Kind("ipdb", [peers["ipdb"], "-m", "ipdb"],
                          b"ipdb> ", 20))
    if "debugpy" in peers:
        found.append(Kind("debugpy", [peers["debugpy"], "-m",
                                      "debugpy.adapter"], None, 20, dap))
    if "pudb" in peers:
        found.append(Kind("pudb", [peers["pudb"], "-m", "pudb"],
                          b"PuDB ", 20, screen, python.minor))
    return found


class Place:
    """A directory for what a run writes, and its environment."""

    def __enter__(self):
        self.top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-bench-"))
        self.elapsed = os.path.join(self.top, "elapsed")
        self.env = pydbgtest.base_env(self.top)
        del self.env["PYDBG_ABORT_ON_BUG"]
        self.env.update(BENCH_ELAPSED=self.elapsed, TERM="dumb",
                        PYTHONHASHSEED="0", PYTHONPATH=PROGS,
                        PYTHONDONTWRITEBYTECODE="1")
        return self

    def __exit__(self, *exc):
        shutil.rmtree(self.top, ignore_errors=True)

    def program_time(self):
        """Seconds of progs/timed.py."""
        try:
            with open(self.elapsed) as f:
                return int(f.read()) / 1e9
        except (OSError, ValueError):
            raise Unavailable("the program did not come to its end")


def prog(name):
    return os.path.join(PROGS, name + ".py")


def line_of(path, mark):
    with open(path) as f:
        for number, line in enumerate(f, 1):
            if line.rstrip().endswith("# " + mark):
                return number
    raise ValueError("%s has no line marked %s" % (path, mark))


def lines(*commands):
    return "".join(c + "\n" for c in commands).encode()


def run(kind, place, program, stdin=b"", deadline=DEADLINE):
    """(seconds, output) of a whole run; stdin is for a debugger only."""
    if kind.driver:
        raise Unavailable(NOT_MEANT)
    begin = time.perf_counter()
    got = pydbgtest.run(kind.argv + program, place.env, place.top,
                        stdin if kind.prompt else b"", deadline, merge=True)
    seconds = time.perf_counter() - begin
    if got.late:
        raise Unavailable("later than %d s" % deadline)
    return seconds, got.out


def work(kind, program, commands, cached=False):
    """The program's own seconds; cached: with compiled files."""
    with Place() as place:
        if cached:
            del place.env["PYTHONDONTWRITEBYTECODE"]
        if kind.driver:
            said = kind.driver.run(kind, place, program, commands, DEADLINE)
        else:
            said = run(kind, place, program, lines(*commands, "c", "q"))[1][
                -300:].decode("utf-8", "replace")
        try:
            return place.program_time()
        except Unavailable as e:
            raise Unavailable("%s: %s" % (e, said))


def at_first(kind, place, program, breakpoints=()):
    """A debugger at its first prompt or screen, or a bare program that
    waits.  Breakpoints are set by then where that is how it takes them."""
    if kind.driver is screen:
        return screen.AtScreen(kind, place, program, breakpoints)
    if kind.driver:
        raise Unavailable(NOT_MEANT)
    return AtPrompt(kind, place, program)


class AtPrompt:
    """What at_first() gives for a debugger that prompts."""

    def __init__(self, kind, place, program):
        self.kind = kind
        self.begin = time.perf_counter()
        self.process = subprocess.Popen(
            kind.argv + program, env=place.env, cwd=place.top,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def say(self, line):
        os.write(self.process.stdin.fileno(), lines(line))

    def step(self, deadline):
        self.say("s")
        self.wait(deadline)

    def interrupt(self):
        """What a terminal does at Ctrl-C: debugger and program get it."""
        os.killpg(self.process.pid, signal.SIGINT)

    def wait(self, deadline=30, text=None):
        """Seconds from the start until the next prompt is there, or a text
        of the program's."""
        seen, fd = b"", self.process.stdout.fileno()
        until = time.perf_counter() + deadline
        while (text or self.kind.prompt) not in seen:
            left = until - time.perf_counter()
            if left < 0 or not select.select([fd], [], [], left)[0]:
                raise Unavailable("no prompt within %d s" % deadline)
            data = os.read(fd, 4096)
            if not data:
                raise Unavailable("no prompt: " + seen[-200:].decode(
                    "utf-8", "replace"))
            seen += data
        return time.perf_counter() - self.begin

    def debuggee(self):
        """The process that the program runs in."""
        path = "/proc/%d/task/%d/children" % ((self.process.pid,) * 2)
        with open(path) as f:
            children = f.read().split()
        return int(children[0]) if children else self.process.pid


def memory(pid):
    """{VmRSS, VmHWM, RssAnon} of a process, in KiB."""
    with open("/proc/%d/status" % pid) as f:
        rows = (line.split() for line in f)
        return {r[0][:-1]: int(r[1]) for r in rows
                if r[0] in ("VmRSS:", "VmHWM:", "RssAnon:")}


def wait_until_asleep(pid, deadline=30):
    """A bare program that reads its stdin: until it sits in the read."""
    until = time.perf_counter() + deadline
    idle = threading.Event()
    while time.perf_counter() < until:
        with open("/proc/%d/wchan" % pid) as f:
            if "pipe" in f.read():
                return
        with open("/proc/%d/syscall" % pid) as f:
            if f.read().split()[:2] == ["0", "0x0"]:
                return
        idle.wait(0.01)
    raise Unavailable("the program does not read")
