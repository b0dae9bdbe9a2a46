"""A ledger, tested by unittest: see "A program that died elsewhere" in README.

Run it with pydbg --dump-on-crash and open the core that it leaves.
"""
import dataclasses
import unittest


@dataclasses.dataclass
class Entry:
    day: str
    what: str
    amount: float


class Book:
    def __init__(self):
        self.entries = []

    def read(self, lines):
        for line in lines:
            day, what, amount = line.split(',')
            self.entries.append(Entry(day, what, parse(amount)))

    def balance(self):
        total = 0
        for entry in self.entries:
            total = add(total, entry)
        return total


def parse(text):
    for sign in '+', '-':
        if text.startswith(sign):
            return float(text)


def add(total, entry):
    return total + entry.amount


class BookTest(unittest.TestCase):
    def test_balance(self):
        book = Book()
        book.read(['mon,rent,-700', 'tue,pay,+1500', 'wed,gift,20'])
        self.assertEqual(book.balance(), 820)


if __name__ == '__main__':
    # debug() lets the error through, as a debugger wants it.
    BookTest('test_balance').debug()
