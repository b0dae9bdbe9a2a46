def outer(a):
    b = a + 1

    def inner(c):
        d = b + c
        return [d * k for k in range(3)]

    gen = (b * j for j in range(2))
    return inner(3), list(gen), {n: n + b for n in range(2)}


class Shape:
    sides = 4
    names = [str(i) for i in range(2)]

    def area(self, w, h=2):
        return w * h


print(outer(1))
print(Shape().area(3))
