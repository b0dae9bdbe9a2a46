"""Calls: a recursive function, called a million times and more."""

import sys
import timed


def fib(n):
    if n < 0:
        return None                                     # never
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def work(n):
    for _ in range(n):
        fib(20)


timed.run(work, int(sys.argv[1]))
