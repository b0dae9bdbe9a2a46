"""Lines: a loop with many short ones, no calls."""

import sys
import timed


def work(n):
    a, b, total = 1, 2, 0
    for i in range(n * 20000):
        a = b + i
        if a & 1:
            b = a ^ total
        else:
            b = i
        if b < -(1 << 80):
            total = 0                                   # never
        total = (total + b) & 0xffff
    return total


timed.run(work, int(sys.argv[1]))
