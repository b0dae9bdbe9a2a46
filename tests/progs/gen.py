def numbers(limit):
    n = 0
    while n < limit:
        got = yield n
        if got:
            n = got
        n += 1
    return "done"


def both():
    last = yield from numbers(2)
    yield last


def use():
    for x in both():
        print("got", x)
    squares = [n * n for n in range(3)]
    return squares


use()
print("end")
