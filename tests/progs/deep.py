def down(n):
    if n == 0:
        raise RuntimeError("bottom")
    down(n - 1)


try:
    down(30)
except RuntimeError as e:
    print(e)


def forever(n):
    return forever(n + 1)


try:
    forever(0)
except RecursionError:
    print("recursion error")
