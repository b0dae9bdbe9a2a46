"""Starts itself anew, as a reloader does, and uses a pool of processes."""
import multiprocessing
import subprocess
import sys


def work(n):
    return n + 1


if __name__ == "__main__":
    if len(sys.argv) == 1:
        subprocess.run([sys.executable, sys.argv[0], "child"])
    elif sys.argv[1] == "spawn":
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(pool.map(work, [1, 2]))
    else:
        print("work:", work(1))
