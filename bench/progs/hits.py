"""A line of a loop, one that is a loop itself, and one of a function that is
called, each N times."""

import sys
import timed


def loop(n):
    total = 0
    for i in range(n):
        total += i                                      # loop
        if i < 0:
            return None                                 # never
    return total


def short(n):
    total = 0
    for i in range(n):
        for j in range(9): total += j                   # short
        total += len([k for k in range(9)])
        if i < 0:
            return None                                 # never in short
    return total


def one(i):
    return i                                            # call


def calls(n):
    for i in range(n):
        one(i)


timed.run({"loop": loop, "short": short, "call": calls}[sys.argv[1]],
          int(sys.argv[2]))
