def other():
    return 0


def work(n):
    a = n
    b = a
    c = b
    return c


for i in range(4):
    work(i)
    other()
    other()
