"""Writes what a program can see of its interpreter as JSON to $PARITY_OUT.

Run bare and under the debugger; the two must be the same.
"""

import sys

_modules_at_start = sorted(sys.modules)
_main_keys = sorted(globals())
_fds_flags = None

import gc
import json
import os
import resource
import signal
import threading
import warnings


def depth():
    """How deep plain recursion goes before RecursionError."""
    def down(n):
        try:
            return down(n + 1)
        except RecursionError:
            return n
    return down(0)


def descriptors():
    result = []
    for fd in sorted(int(n) for n in os.listdir("/proc/self/fd")):
        try:
            target = os.readlink("/proc/self/fd/%d" % fd)
        except OSError:
            continue        # the listing's own
        if target == os.environ["PARITY_OUT"]:
            continue
        kind = target.split(":")[0] if ":" in target else target
        kind = kind.split("#")[0].split(" (")[0]    # a file without a name
        result.append([fd, kind, os.get_inheritable(fd)])
    return result


def stream(f):
    return {"encoding": f.encoding, "errors": f.errors, "name": str(f.name),
            "line_buffering": f.line_buffering, "mode": f.mode,
            "write_through": getattr(f, "write_through", None),
            "newlines": repr(f.newlines), "class": type(f).__name__,
            "raw": type(f.buffer).__name__}


def handlers():
    result = {}
    for n in signal.valid_signals():
        h = signal.getsignal(n)
        result[str(int(n))] = getattr(h, "__name__", str(h))
    return result


def signal_masks():
    """The kernel's view: blocked, ignored, caught."""
    with open("/proc/self/status") as f:
        return {line.split(":")[0]: line.split()[1] for line in f
                if line.startswith(("SigBlk", "SigIgn", "SigCgt", "Threads",
                                    "NoNewPrivs", "Seccomp:"))}


def frames():
    f, result = sys._getframe(), []
    while f:
        result.append([f.f_code.co_filename, f.f_code.co_name])
        f = f.f_back
    return result


spec = globals().get("__spec__")
facts = {
    "argv": sys.argv,
    "orig_argv": sys.orig_argv,
    "path": sys.path,
    "main": _main_keys,
    "file": globals().get("__file__"),
    "name": __name__,
    "package": globals().get("__package__"),
    "cached": globals().get("__cached__"),
    "doc": globals().get("__doc__"),
    "builtins": type(__builtins__).__name__,
    "builtins_names": sorted(vars(__builtins__)),
    "loader": type(globals().get("__loader__")).__name__,
    "spec": spec and [spec.name, spec.origin, spec.parent, spec.has_location],
    "flags": str(sys.flags),
    "xoptions": sys._xoptions,
    "warnoptions": sys.warnoptions,
    "filters": [str(f) for f in warnings.filters],
    "modules": _modules_at_start,
    "stdin": stream(sys.stdin), "stdout": stream(sys.stdout),
    "stderr": stream(sys.stderr),
    "fsencoding": [sys.getfilesystemencoding(),
                   sys.getfilesystemencodeerrors(), sys.getdefaultencoding()],
    "recursion_limit": sys.getrecursionlimit(),
    "depth": depth(),
    "frames": frames(),
    "threads": [t.name for t in threading.enumerate()],
    "excepthook": sys.excepthook is sys.__excepthook__,
    "displayhook": sys.displayhook is sys.__displayhook__,
    "breakpointhook": sys.breakpointhook is sys.__breakpointhook__,
    "unraisablehook": sys.unraisablehook is sys.__unraisablehook__,
    "trace": [repr(sys.gettrace()), repr(sys.getprofile()),
              repr(threading.gettrace()) if hasattr(threading, "gettrace")
              else None],
    "meta_path": [getattr(m, "__name__", type(m).__name__)
                  for m in sys.meta_path],
    "path_hooks": [getattr(h, "__name__", str(h)) for h in sys.path_hooks],
    "dont_write_bytecode": sys.dont_write_bytecode,
    "pycache_prefix": sys.pycache_prefix,
    "interactive": [hasattr(sys, "ps1"), hasattr(sys, "last_type")],
    "executable": sys.executable, "prefix": sys.prefix,
    "base": [sys.base_prefix, sys.base_exec_prefix, sys._base_executable,
             sys.exec_prefix, sys.platlibdir],
    "environ": dict(os.environ),
    "cwd": os.getcwd(), "umask": os.umask(0o22),
    "ids": [os.getuid(), os.getgid()],
    "group": os.getpgrp() == os.getppid() or os.getpgrp() == os.getpid(),
    "limits": {n: resource.getrlimit(getattr(resource, n))
               for n in dir(resource) if n.startswith("RLIMIT_")},
    "handlers": handlers(), "masks": signal_masks(),
    "wakeup": signal.set_wakeup_fd(-1),
    "itimer": [signal.getitimer(signal.ITIMER_REAL),
               signal.getitimer(signal.ITIMER_PROF)],
    "fds": descriptors(),
    "gc": [gc.isenabled(), gc.get_threshold(), gc.get_debug()],
    "switch": sys.getswitchinterval(),
    "hash": hash("text") if sys.flags.hash_randomization == 0 else None,
    "debug": __debug__,
    "dlopenflags": sys.getdlopenflags(),
}
if hasattr(sys, "monitoring"):
    facts["tools"] = [sys.monitoring.get_tool(n) for n in range(6)]
with open(os.environ["PARITY_OUT"], "w") as out:
    json.dump(facts, out, indent=1, sort_keys=True, default=str)
