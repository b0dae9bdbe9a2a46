"""Classes: objects, attributes, methods, properties, operators."""

import sys
import timed


class Point:
    def __init__(self, x, y):
        if x is None:
            raise ValueError(x)                         # never
        self.x = x
        self.y = y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    @property
    def length(self):
        return abs(self.x) + abs(self.y)


class Moving(Point):
    def move(self, by):
        p = self + by
        self.x, self.y = p.x % 1000, p.y % 1000
        return self.length


def work(n):
    p, by, far = Moving(0, 0), Point(3, 5), 0
    for _ in range(n * 4000):
        far = max(far, p.move(by))
    return far


timed.run(work, int(sys.argv[1]))
