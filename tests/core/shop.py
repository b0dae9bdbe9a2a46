"""A program that dies, for tests/core/run.py."""
import collections
import enum
import threading

import pydbg


class Color(enum.Enum):
    RED = 1


class Item:
    def __init__(self, name, price, color=Color.RED):
        self.name, self.price, self.color = name, price, color


class Order:
    def __init__(self, items, discount=0):
        self.items = items
        self.discount = discount

    def total(self):
        s = sum(i.price for i in self.items)
        return s / (1 - self.discount)


def worker(begun, end):
    token = 'tok'
    begun.set()
    end.wait()
    return token


def load(n):
    return [Order([Item('item%d' % k, k * 1.5)], discount=int(k == n - 1))
            for k in range(n)]


def main(n):
    begun = threading.Event()
    threading.Thread(target=worker, args=(begun, threading.Event()),
                     name='waiter', daemon=True).start()
    begun.wait()
    orders = load(n)
    big = list(range(10000))
    d = {'a': 1, 'b': [3, {4}], 'x': None}
    q = collections.deque([1, 2, 3], maxlen=5)
    try:
        int('x')
    except ValueError:
        total = 0
        for o in orders:
            total += o.total()
    return total, big, q


pydbg.install_excepthook()
main(5)
