"""Lines to step over: two each time around, for as long as anybody steps."""

import sys


def around(n):
    for i in range(n):
        i + 1


around(int(sys.argv[1]))
