"""Counts the words of a text: wordcount.py FILE [HOW-MANY]

There is a bug in it: the counts are too low.  README finds it.
"""

import sys


def words(line):
    """The words of a line, in small letters, without punctuation."""
    found = []
    for word in line.split():
        word = word.strip(".,;:!?").lower()
        if word not in found:
            found.append(word)
    return found


def count(path):
    totals = {}
    with open(path, encoding="utf-8") as text:
        for line in text:
            for word in words(line):
                totals[word] = totals.get(word, 0) + 1
    return totals


def main():
    path = sys.argv[1]
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    totals = count(path)
    for word in sorted(totals, key=totals.get, reverse=True)[:most]:
        print(totals[word], word)


if __name__ == "__main__":
    main()
