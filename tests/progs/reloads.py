"""Starts itself anew, as a reloader does, and uses a pool of processes."""
import multiprocessing
import os
import subprocess
import sys


def work(n):
    return n + 1


if __name__ == "__main__":
    if len(sys.argv) == 1:
        # Not itself: what has its name as an argument.
        subprocess.run(["true", sys.argv[0]])
        subprocess.run([sys.executable, "-m", "py_compile", sys.argv[0]])
        print("now")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-X", "utf8",
                        os.path.abspath(sys.argv[0]), "child"])
    elif sys.argv[1] == "spawn":
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(pool.map(work, [1, 2]))
    else:
        print("work:", work(1))
