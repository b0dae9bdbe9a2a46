#!/usr/bin/env python3
"""The program is not changed: a dump of all that a program can see of its
interpreter (dump.py) must be the same bare and under the debugger, however it
is started; so must what its children do (children.py).

MEANT lists the differences that are meant, as narrow as they are.
"""

import argparse
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402

CRASHES = (4, 6, 7, 8, 11)      # the engine's last words
OURS = (61, 62)                 # break-in, the limit of an evaluation


def without_our_fds(fds):
    """The channel and the file for last words: high, close-on-exec."""
    return [f for f in fds if not (f[0] >= 1000 and not f[2]
                                   and f[1] in ("socket", "/memfd"))]


def without_our_masks(masks):
    ours = sum(1 << (n - 1) for n in CRASHES + OURS)
    return dict(masks, SigCgt="%016x" % (int(masks["SigCgt"], 16) & ~ours))


def without_our_handlers(handlers):
    return {k: v for k, v in handlers.items() if int(k) not in OURS}


# key of the dump: what is taken out of both sides before they are compared
MEANT = {
    "breakpointhook": lambda _: None,   # breakpoint() is to stop in pydbg
    "fds": without_our_fds,
    "masks": without_our_masks,
    "handlers": without_our_handlers,
}

# name, python's options, target and arguments, environment
CASES = [
    ("script", [], ["dump.py", "a", "-b", "--", "c d"], {}),
    ("script by absolute path", [], ["{dir}/dump.py"], {}),
    ("script in a directory below", [], ["below/dump.py", "x"], {}),
    ("module", [], ["-m", "dump", "a", "-x"], {}),
    ("module in a package", [], ["-m", "pack.dump", "a"], {}),
    ("package", [], ["-m", "pack", "a"], {}),
    ("zip file", [], ["prog.zip", "a"], {}),
    ("directory", [], ["prog", "a"], {}),
    ("bytes that are no UTF-8", [], ["dump.py", b"a\xff"], {}),
    ("-O", ["-O"], ["dump.py"], {}),
    ("-OO", ["-OO"], ["dump.py"], {}),
    ("-W", ["-W", "error", "-Wignore::UserWarning"], ["dump.py"], {}),
    ("-X", ["-X", "utf8", "-Xno_debug_ranges", "-X", "own=value"],
     ["dump.py"], {}),
    ("-X dev", ["-X", "dev"], ["dump.py"], {}),
    ("-X utf8=0", ["-X", "utf8=0"], ["dump.py"], {"LC_ALL": "C"}),
    ("-X int_max_str_digits", ["-X", "int_max_str_digits=5000"],
     ["dump.py"], {}),
    ("-u", ["-u"], ["dump.py"], {}),
    ("-I", ["-I"], ["dump.py"], {}),
    ("-E", ["-E"], ["dump.py"], {"PYTHONOPTIMIZE": "2"}),
    ("-s", ["-s"], ["dump.py"], {}),
    ("-S", ["-S"], ["dump.py"], {}),
    ("-P", ["-P"], ["dump.py"], {}),
    ("-P -m", ["-P"], ["-m", "calendar", "2026", "1"], {}),
    ("-B", ["-B"], ["dump.py"], {}),
    ("-b", ["-b"], ["dump.py"], {}),
    ("-bb -u -O", ["-bb", "-u", "-O"], ["dump.py"], {}),
    ("PYTHONPATH", [], ["dump.py"], {"PYTHONPATH": "pack:/nowhere"}),
    ("PYTHONIOENCODING", [], ["dump.py"],
     {"PYTHONIOENCODING": "latin-1:replace"}),
    ("PYTHONUTF8=0 in C", [], ["dump.py"],
     {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}),
    ("LC_ALL=C", [], ["dump.py"], {"LC_ALL": "C", "LANG": "C"}),
    ("PYTHONWARNINGS", [], ["dump.py"], {"PYTHONWARNINGS": "error,default"}),
    ("PYTHONUNBUFFERED", [], ["dump.py"], {"PYTHONUNBUFFERED": "1"}),
    ("PYTHONDONTWRITEBYTECODE", [], ["dump.py"],
     {"PYTHONDONTWRITEBYTECODE": "1"}),
    ("PYTHONHASHSEED", [], ["dump.py"], {"PYTHONHASHSEED": "0"}),
    ("PYTHONNOUSERSITE", [], ["dump.py"], {"PYTHONNOUSERSITE": "1"}),
    ("PYTHONSAFEPATH", [], ["dump.py"], {"PYTHONSAFEPATH": "1"}),
    ("PYTHONPYCACHEPREFIX", [], ["dump.py"],
     {"PYTHONPYCACHEPREFIX": "cache"}),
    ("PYTHONDEVMODE", [], ["dump.py"], {"PYTHONDEVMODE": "1"}),
    ("no environment", [], ["dump.py"], None),
    ("virtual environment", [], ["dump.py"], "venv"),
]


def prepare(top, python):
    """Lays the programs out in top."""
    dump = os.path.join(HERE, "dump.py")
    for name in ("below", "pack", "prog"):
        os.mkdir(os.path.join(top, name))
    for name in ("dump.py", "below/dump.py", "pack/dump.py",
                 "pack/__main__.py", "prog/__main__.py"):
        shutil.copy(dump, os.path.join(top, name))
    open(os.path.join(top, "pack", "__init__.py"), "w").close()
    shutil.copy(os.path.join(HERE, "children.py"), top)
    subprocess.run([sys.executable, "-m", "zipfile", "-c", "prog.zip",
                    "prog/__main__.py"], cwd=top, check=True)
    # zipfile keeps only the base name of a file that it is given.
    subprocess.run([python.path, "-m", "venv", "--without-pip",
                    os.path.join(top, "venv")], check=True,
                   capture_output=True)


class Bench:
    """Runs one program bare and under pydbg, in the same place."""

    def __init__(self, build, python, top):
        self.build, self.python, self.top = build, python, top
        self.preload = os.environ.get("PYDBG_TEST_PRELOAD")

    def environment(self, extra, out):
        home = os.path.join(self.top, "home")
        os.makedirs(home, exist_ok=True)
        env = pydbgtest.base_env(home)
        del env["PYDBG_ABORT_ON_BUG"]
        if extra is None:
            env = {k: v for k, v in env.items() if k.endswith("_OPTIONS")}
        elif isinstance(extra, dict):
            env.update(extra)
        env["PARITY_OUT"] = out
        if self.preload:
            env["LD_PRELOAD"] = self.preload
        return env

    def run(self, debugged, options, target, extra, out):
        exe = self.python.path
        if extra == "venv":
            exe = os.path.join(self.top, "venv", "bin", "python")
        target = [t if isinstance(t, bytes) else t.replace("{dir}", self.top)
                  for t in target]
        argv = [exe] + options + target
        if debugged:
            argv = [pydbgtest.pydbg(self.build), "--batch", "-q", "-nx", "-ex",
                    "continue", "--python", exe] + options + target
        return pydbgtest.run(argv, self.environment(extra, out), self.top,
                             deadline=120)


def differences(bare, debugged):
    for key in sorted(set(bare) | set(debugged)):
        a, b = bare.get(key), debugged.get(key)
        if key in MEANT and a is not None and b is not None:
            a, b = MEANT[key](a), MEANT[key](b)
        if a == b:
            continue
        if isinstance(a, dict) and isinstance(b, dict):
            both = sorted(set(a) | set(b))
            a = {k: a.get(k) for k in both if a.get(k) != b.get(k)}
            b = {k: b.get(k) for k in a}
        yield "%s: bare      %s" % (key, json.dumps(a))
        yield "%s: debugged  %s" % (key, json.dumps(b))


def compare(bench, case):
    """Problems of a case, as lines."""
    name, options, target, extra = case
    dumps, results = [], []
    with tempfile.TemporaryDirectory() as outs:
        for debugged in (False, True):
            # The name of the file is in the environment that is compared.
            out = os.path.join(outs, "out")
            got = bench.run(debugged, options, target, extra, out)
            results.append(got)
            try:
                with open(out) as f:
                    dumps.append(json.load(f))
                os.unlink(out)
            except (OSError, ValueError):
                dumps.append(None)
    bare, debugged = results
    if (dumps[0] is None) != (dumps[1] is None):
        return ["no dump, status %d" % debugged.status,
                debugged.out.decode("utf-8", "replace"),
                debugged.err.decode("utf-8", "replace")]
    problems = list(differences(dumps[0] or {}, dumps[1] or {}))
    if bare.status != debugged.status:
        problems.append("status: bare %d, debugged %d" %
                        (bare.status, debugged.status))
    for what in ("out", "err"):
        a, b = getattr(bare, what), getattr(debugged, what)
        # What the debugger itself says of the start is not the program's.
        if a not in b:
            problems.append("std%s: bare %r, debugged %r" % (what, a, b))
    return problems


def children(bench):
    env = {}
    bare = bench.run(False, [], ["children.py"], env, "/nonexistent")
    debugged = bench.run(True, [], ["children.py"], env, "/nonexistent")
    missing = [line for line in bare.out.split(b"\n")
               if line not in debugged.out.split(b"\n")]
    if missing or bare.status != 0:
        return ["bare:", bare.out.decode() + bare.err.decode(), "debugged:",
                debugged.out.decode("utf-8", "replace") +
                debugged.err.decode("utf-8", "replace")]
    return []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--python", action="append")
    parser.add_argument("filter", nargs="*")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    filters = args.filter or os.environ.get("PYDBG_TEST_FILTER", "").split()
    cases = [c for c in CASES
             if not filters or any(f in c[0] for f in filters)]
    tap = pydbgtest.Tap()
    pythons = [p for p in pydbgtest.pythons(build) if not args.python or any(
        n == p.minor or n in p.path for n in args.python)]
    if not pythons:
        tap.ok(False, "parity", "no python with an engine")
    for python in pythons:
        top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-parity-"))
        try:
            prepare(top, python)
            bench = Bench(build, python, top)
            with concurrent.futures.ThreadPoolExecutor(
                    os.cpu_count() or 2) as pool:
                for case, problems in zip(cases, pool.map(
                        lambda c: compare(bench, c), cases)):
                    tap.ok(not problems, "%s on %s" % (case[0], python),
                           "\n".join(problems))
            if not filters or any(f in "children" for f in filters):
                problems = children(bench)
                tap.ok(not problems, "children on %s" % python,
                       "\n".join(problems))
        finally:
            shutil.rmtree(top, ignore_errors=True)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
