import sys


def down(n):
    if n == 0:
        return 0
    return down(n - 1) + 1


def limit(n):
    try:
        return limit(n + 1)
    except RecursionError:
        return n


sys.setrecursionlimit(60000)
print(down(50000))
sys.setrecursionlimit(1000)
print(limit(0))
