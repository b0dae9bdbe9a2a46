"""Objects of many kinds, for whatis, source, display and aliases."""
import collections


class Account:
    """An account."""
    rate = 0.5

    def __init__(self, owner, *items):
        self.owner = owner
        self.items = list(items)

    def add(self, item):
        self.items.append(item)
        return len(self.items)

    @staticmethod
    def plain(x): return x


class Loud:
    def __repr__(self):
        raise ValueError("no repr")


def fill(account, n):
    total = 0
    for i in range(n):
        total += account.add(i)
    return total


account = Account("Ann", 1)
loud = Loud()
pair = collections.namedtuple("pair", "a b")(1, 2)
twice = lambda x: x * 2
got = fill(account, 3)
account.owner = "Bob"
print(got, account.items, twice(2))
