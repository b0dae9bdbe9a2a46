#!/usr/bin/env python3
"""Pictures of the full screen for README and the manual, made from the running
program: doc/screens/NAME.svg and NAME.txt.  Run by hand:

    tests/tui/pictures.py --build BUILD
"""

import argparse
import html
import os
import re
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402
import run        # noqa: E402

ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(ROOT, "doc", "screens")

PROG = '''\
"""Counts the words of a text."""
import collections
import dataclasses


@dataclasses.dataclass
class Word:
    text: str
    count: int


def words(lines):
    for number, line in enumerate(lines, 1):
        for word in line.split():
            yield word.strip(".,").lower()


def most(lines, n=3):
    counter = collections.Counter()
    for word in words(lines):
        counter[word] += 1
    top = [Word(w, c) for w, c in counter.most_common(n)]
    return top


POEM = [
    "Step by step the long march",
    "can be won, can be won.",
    "Many stones can form an arch,",
    "singly none, singly none.",
]

print("\\033[1mthe most frequent words\\033[m")
for word in most(POEM):
    print("\\033[32m%3d\\033[m %s" % (word.count, word.text))
'''

BASIC = {"dark": ["#1c1c1c", "#e06c75", "#98c379", "#e5c07b", "#61afef",
                  "#c678dd", "#56b6c2", "#d0d0d0", "#767676", "#ff7b86",
                  "#b5e890", "#ffd78a", "#82c5ff", "#e39bff", "#7fdbe6",
                  "#ffffff"],
         "light": ["#1c1c1c", "#b3261e", "#2f7a2f", "#8a6d00", "#24589c",
                   "#8b2f7d", "#1f6f8b", "#c8c8c8", "#8a8a8a", "#d0342c",
                   "#3c8f3c", "#a07d00", "#2f6fc0", "#a43d94", "#2a86a6",
                   "#ffffff"]}
PLAIN = {"dark": ("#d0d0d0", "#16181d"), "light": ("#24262b", "#fbfaf6")}
CELL_W, CELL_H = 8, 17


def colour(n, kind):
    """One of the 256, as xterm has them."""
    if n < 16:
        return BASIC[kind][n]
    if n >= 232:
        return "#" + "%02x" % (8 + 10 * (n - 232)) * 3
    steps = [0, 95, 135, 175, 215, 255]
    n -= 16
    return "#%02x%02x%02x" % (steps[n // 36], steps[n // 6 % 6], steps[n % 6])


def apply(look, codes, kind):
    codes = [int(c or 0) for c in codes.split(";")]
    while codes:
        c = codes.pop(0)
        if c == 0:
            look.clear()
        elif c in (1, 2, 3, 4, 7):
            look[{1: "bold", 2: "faint", 3: "italic", 4: "underline",
                  7: "reverse"}[c]] = True
        elif c in (38, 48) and codes:
            key = "fg" if c == 38 else "bg"
            if codes.pop(0) == 5:
                look[key] = colour(codes.pop(0), kind)
            else:
                look[key] = "#%02x%02x%02x" % tuple(codes[:3])
                del codes[:3]
        elif 30 <= c <= 37 or 90 <= c <= 97:
            look["fg"] = colour(c - 30 if c < 90 else c - 82, kind)
        elif 40 <= c <= 47 or 100 <= c <= 107:
            look["bg"] = colour(c - 40 if c < 100 else c - 92, kind)
        elif c in (39, 49):
            look.pop("fg" if c == 39 else "bg", None)


def runs(row, kind):
    """(text, look) of a row with its sequences."""
    look, result = {}, []
    for part in re.split(r"(\x1b\[[0-9;]*m|\x1b\([B0]|[\x0e\x0f])", row):
        if part.startswith("\x1b["):
            apply(look, part[2:-1], kind)
        elif part and not part.startswith("\x1b") and part not in "\x0e\x0f":
            result.append((part, dict(look)))
    return result


def svg(text, rows, cols, kind):
    fore, back = PLAIN[kind]
    out = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
           'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" '
           'font-size="13">' % (cols * CELL_W + 16, rows * CELL_H + 16),
           '<rect width="100%%" height="100%%" rx="6" fill="%s"/>' % back]
    for y, row in enumerate(text.split("\n")[:rows]):
        x = 0
        for part, look in runs(row, kind):
            fg, bg = look.get("fg", fore), look.get("bg")
            if look.get("reverse"):
                fg, bg = bg or back, fg
            at = (8 + x * CELL_W, 8 + y * CELL_H)
            if bg:
                out.append('<rect x="%d" y="%d" width="%d" height="%d" '
                           'fill="%s"/>' % (*at, len(part) * CELL_W, CELL_H,
                                            bg))
            style = "".join(
                s for k, s in (("bold", ' font-weight="bold"'),
                               ("italic", ' font-style="italic"'),
                               ("faint", ' opacity="0.65"'),
                               ("underline", ' text-decoration="underline"'))
                if look.get(k))
            text = part.strip()
            if text:
                at = (at[0] + part.index(text) * CELL_W, at[1])
                out.append('<text x="%d" y="%d" fill="%s"%s xml:space='
                           '"preserve" textLength="%d">%s</text>' % (
                               at[0], at[1] + 13, fg, style,
                               len(text) * CELL_W, html.escape(text)))
            x += len(part)
    return "\n".join(out + ["</svg>"]) + "\n"


def store(name, screen, kind):
    screen.settled()
    os.makedirs(OUT, exist_ok=True)
    with open(os.path.join(OUT, name + ".txt"), "w") as f:
        f.write(screen.text() + "\n")
    raw = screen.tmux("capture-pane", "-p", "-e", "-N")
    with open(os.path.join(OUT, name + ".svg"), "w") as f:
        f.write(svg(raw, screen.rows, screen.cols, kind))
    print(name)


def at_a_stop(b, rows, cols, layout, background):
    b.file("count.py", PROG)
    s = b.screen("count.py", rows=rows, cols=cols,
                 env={"COLORFGBG": background})
    s.wait(r"\(pydbg\)")
    s.line("layout " + layout)
    s.line("set confirm off")
    s.line("break 21 if word == 'won'")
    s.line("continue")
    s.wait(r"stopped +count\.py:21")
    s.line("display counter.most_common(2)")
    return s


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", required=True)
    build = os.path.abspath(parser.parse_args().build)
    top = os.path.join(tempfile.gettempdir(), "words")  # is in the picture
    os.mkdir(top)
    b = run.Bench(build, pydbgtest.pythons(build)[0], top, False)
    try:
        s = at_a_stop(b, 24, 80, "src", "15;0")
        s.line("p word, counter[word]")
        store("80x24", s, "dark")
        s = at_a_stop(b, 40, 120, "full", "15;0")
        s.line("disable 1")
        s.line("tbreak 23")
        s.line("continue")
        s.wait(r"stopped +count\.py:23")
        s.line("p top[0]")
        store("120x40", s, "dark")
        s = at_a_stop(b, 30, 100, "vars", "0;15")
        s.line("p len(counter)")
        store("light", s, "light")
    finally:
        b.close()
        shutil.rmtree(top)


if __name__ == "__main__":
    main()
