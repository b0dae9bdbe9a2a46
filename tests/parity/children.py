"""Starts children in each way there is and prints what came of it."""

import multiprocessing
import os
import subprocess
import sys


def work(n):
    return n * n, bool(sys.gettrace()), "PYDBG_CHANNEL" in os.environ


def pool(method):
    context = multiprocessing.get_context(method)
    with context.Pool(2) as p:
        return p.map(work, range(3))


def main():
    for method in ("fork", "forkserver", "spawn"):
        print(method, pool(method), flush=True)
    code = ("import os, sys; print(sys.gettrace(), sys.argv, "
            "sorted(k for k in os.environ if k.startswith(('LD_', 'PYDBG'))))")
    print(subprocess.run([sys.executable, "-c", code, "x"], text=True,
                         capture_output=True).stdout, flush=True)
    pid = os.fork()
    if pid == 0:
        print("forked", sys.gettrace(), flush=True)
        os._exit(7)
    print("status", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]),
          flush=True)
    os.execv(sys.executable, [sys.executable, "-c", code, "execed"])


if __name__ == "__main__":
    main()
