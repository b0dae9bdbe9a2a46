# Orders of a small shop: what the examples in help and in the manual work on.
import argparse
import json
import os
import sys
import threading


class Order:
    def __init__(self, number, open):
        self.number = number
        self.open = open


def load(text):
    n = int(text)
    x = json.loads("[%d]" % n)
    for i in x:
        n += i
        n -= i
    return n


def serve(queue, n):
    total = 0
    while queue:
        total += queue.pop()
    n = load(str(n))
    x = total + n
    return x


def parse(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("words", nargs="*")
    return parser.parse_known_args(words)


def fail():
    try:
        load("no number")
    except ValueError as e:
        raise RuntimeError("bad order") from e


def main(words):
    options = parse(words)
    items = [Order(1, True), Order(2, False)]
    total = 0
    for item in items:
        total += serve([item.number, 5], 4)
    if "fail" in words:
        fail()
    return options, total


done = threading.Event()
helper = threading.Thread(target=done.wait, daemon=True)
helper.start()
result = main(sys.argv[1:])
done.set()
helper.join()
print("total", result[1], os.path.basename(sys.argv[0]))
