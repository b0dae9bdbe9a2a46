def f(a, b=2, *rest, key, **more):
    local = a + b
    del b
    return local


class Point:
    """A point."""

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def norm(self):
        return abs(self.x) + abs(self.y)

    @property
    def double(self):
        return self.x * 2

    @classmethod
    def origin(cls):
        return cls(0, 0)


f(1, 5, 6, 7, key="k", other=None)
p1 = Point(1, -2)
print(p1.norm(), Point.origin().x)
