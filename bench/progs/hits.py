"""A line of a loop, and one of a function that is called, each N times."""

import sys
import timed


def loop(n):
    total = 0
    for i in range(n):
        total += i                                      # loop
        if i < 0:
            return None                                 # never
    return total


def one(i):
    return i                                            # call


def calls(n):
    for i in range(n):
        one(i)


timed.run({"loop": loop, "call": calls}[sys.argv[1]], int(sys.argv[2]))
