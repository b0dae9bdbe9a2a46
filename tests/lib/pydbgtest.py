"""What the test scripts share: pythons, engines, TAP, running with a deadline.

Standard library only; run by the system's python3 (3.11 or later).  Nothing
here knows what a test is about.
"""

import glob
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(TESTS)
PROGS = os.path.join(TESTS, "progs")

PROBE = """
import json, sys, sysconfig
print(json.dumps({
    "exe": sys.executable, "version": list(sys.version_info[:3]),
    "lib": sysconfig.get_path("stdlib"),
    "gil": not sysconfig.get_config_var("Py_GIL_DISABLED")}))
"""


class Python:
    """An interpreter that tests run programs with."""

    def __init__(self, path, facts):
        self.path = path
        self.exe = facts["exe"]
        self.version = tuple(facts["version"])
        self.minor = "%d.%d" % self.version[:2]
        self.full = "%d.%d.%d" % self.version
        self.lib = facts["lib"]

    def __str__(self):
        return "%s (%s)" % (self.path, self.full)


def probe(path):
    """The Python at path, or None if it is none that pydbg works with."""
    try:
        out = subprocess.run([path, "-I", "-c", PROBE], capture_output=True,
                             timeout=30, check=True).stdout
        facts = json.loads(out)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    if tuple(facts["version"]) < (3, 11) or not facts["gil"]:
        return None
    return Python(path, facts)


def engines(build):
    """Minor versions ("3.11") for which an engine was built."""
    found = glob.glob(os.path.join(build, "**", "pydbg-engine-3.*.so"),
                      recursive=True)
    return {os.path.basename(f)[len("pydbg-engine-"):-len(".so")]
            for f in found}


def candidates(build):
    """Pythons named: by PYDBG_TEST_PYTHONS, by -Dpythons, else by PATH."""
    if os.environ.get("PYDBG_TEST_PYTHONS"):
        return os.environ["PYDBG_TEST_PYTHONS"].split(":")
    try:
        with open(os.path.join(build, "meson-info",
                               "intro-buildoptions.json")) as f:
            for option in json.load(f):
                if option["name"] == "pythons" and option["value"]:
                    return option["value"]
    except (OSError, ValueError, KeyError):
        pass
    return ["python3"] + ["python3.%d" % n for n in range(11, 20)]


def pythons(build):
    """All pythons to test on; with build set only those with an engine."""
    have = engines(build) if build else None
    result, seen = [], set()
    for name in candidates(build or ""):
        path = shutil.which(name)
        if path is None:
            continue
        python = probe(os.path.abspath(path))
        if python is None or os.path.realpath(python.exe) in seen:
            continue
        seen.add(os.path.realpath(python.exe))
        if have is None or python.minor in have:
            result.append(python)
    return result


def pydbg(build):
    return os.path.join(build, "ui", "pydbg")


def base_env(home):
    """A small known environment; sanitizers' settings pass through."""
    env = {k: v for k, v in os.environ.items()
           if k in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
                    "PYDBG_LOG", "PYDBG_BACKEND")}
    env.update(PATH="/usr/bin:/bin", HOME=home, LANG="C.UTF-8", TERM="dumb",
               PYDBG_ABORT_ON_BUG="1")
    return env


class Result:
    def __init__(self, out, err, status, late):
        self.out, self.err = out, err
        self.status = status    # as a shell says it: 128 + signal
        self.late = late        # the deadline passed


OUTPUT_MAX = 4 << 20


def feed(pipe, data):
    try:
        pipe.write(data)
        pipe.close()
    except (OSError, ValueError):
        pass            # the program did not want it all


def collect(process, until):
    """Output up to end of file, the deadline or OUTPUT_MAX: (bytes, late)."""
    out, fd = bytearray(), process.stdout.fileno()
    poll = select.poll()
    poll.register(fd, select.POLLIN | select.POLLHUP)
    while len(out) < OUTPUT_MAX:
        left = until - time.monotonic()
        if left <= 0 or not poll.poll(left * 1000):
            return bytes(out), True
        data = os.read(fd, 1 << 16)
        if not data:
            return bytes(out), False
        out += data
    return bytes(out), True


def run(argv, env, cwd=None, stdin=b"", deadline=30, merge=False):
    """Runs argv in its own process group, which is killed at the end.

    What runs past the deadline or prints more than OUTPUT_MAX is late.
    """
    until = time.monotonic() + deadline
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(
            argv, env=env, cwd=cwd, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merge else err,
            start_new_session=True)
        feeder = threading.Thread(target=feed, args=(process.stdin, stdin),
                                  daemon=True)
        feeder.start()
        out, late = collect(process, until)
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            late = True
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        code = process.wait()
        process.stdout.close()
        feeder.join(1)
        err.seek(0)
        text = err.read(OUTPUT_MAX)
    return Result(out, text, 128 - code if code < 0 else code, late)


class Tap:
    """Prints the Test Anything Protocol, a line for each case."""

    def __init__(self):
        self.n = self.failed = 0

    def diag(self, text):
        for line in text.splitlines():
            print("#   " + line)

    def ok(self, good, name, why=""):
        self.n += 1
        name = name.replace("#", "")
        print("%s %d - %s" % ("ok" if good else "not ok", self.n, name))
        if not good:
            self.failed += 1
            self.diag(why)
        sys.stdout.flush()

    def skip(self, name, why):
        self.n += 1
        print("ok %d - %s # SKIP %s" % (self.n, name.replace("#", ""), why))
        sys.stdout.flush()

    def done(self):
        print("1..%d" % self.n)
        sys.stdout.flush()
        return 1 if self.failed else 0
