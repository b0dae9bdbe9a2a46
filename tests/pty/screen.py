"""A terminal with a screen that can be looked at.

What line editors write (cursor movement, erasing, insertion) is carried out on
a grid of characters, as an xterm would.  Wide characters take two cells,
combining ones none.
"""

import re
import time
import unicodedata

from terminal import DEADLINE, Failed, Terminal

SEQUENCE = re.compile(
    r"\x1b\[([?>]?)([\d;]*)([@-~])|\x1b[=>78cDEHM]|\x1b[()].|\x1b\][^\x07]*\x07")


def width(c):
    if unicodedata.combining(c):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


class Screen(Terminal):
    def __init__(self, argv, env=None, cwd=None, rows=24, columns=80):
        self.rows, self.columns = rows, columns
        self.grid = [[" "] * columns for _ in range(rows)]
        self.y = self.x = 0
        self.wrapped = False    # at the margin: the next one goes below
        self.drawn = 0          # how much of the log is on the screen
        super().__init__(argv, env, cwd, rows, columns)

    def set_size(self, rows, columns):
        """Resizes, without wrapping anything anew."""
        self.draw()
        for row in self.grid:
            row[columns:] = [" "] * max(0, columns - len(row))
        while len(self.grid) > rows:
            self.grid.pop(0)
            self.y = max(0, self.y - 1)
        while len(self.grid) < rows:
            self.grid.append([" "] * columns)
        self.rows, self.columns = rows, columns
        self.x = min(self.x, columns - 1)
        self.wrapped = False
        self.resize(rows, columns)

    def down(self):
        if self.y + 1 < self.rows:
            self.y += 1
        else:
            self.grid.pop(0)
            self.grid.append([" "] * self.columns)

    def put(self, c):
        n = width(c)
        if n == 0:
            at = self.x if self.wrapped else max(0, self.x - 1)
            self.grid[self.y][at] += c
            return
        if self.wrapped or self.x + n > self.columns:
            self.x, self.wrapped = 0, False
            self.down()
        self.grid[self.y][self.x] = c
        if n == 2 and self.x + 1 < self.columns:
            self.grid[self.y][self.x + 1] = ""
        self.x += n
        if self.x >= self.columns:
            self.x, self.wrapped = self.columns - 1, True

    def control(self, c):
        self.wrapped = False
        if c == "\n":
            self.x = 0          # the log has \n for \r\n
            self.down()
        elif c == "\r":
            self.x = 0
        elif c == "\b":
            self.x = max(0, self.x - 1)
        elif c == "\t":
            self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)

    def sequence(self, numbers, final):
        self.wrapped = False
        parts = [int(p or 0) for p in numbers.split(";")] if numbers else [0]
        n, row = max(1, parts[0]), self.grid[self.y]
        if final == "A":
            self.y = max(0, self.y - n)
        elif final == "B":
            self.y = min(self.rows - 1, self.y + n)
        elif final == "C":
            self.x = min(self.columns - 1, self.x + n)
        elif final == "D":
            self.x = max(0, self.x - n)
        elif final == "G":
            self.x = min(self.columns, n) - 1
        elif final == "d":
            self.y = min(self.rows, n) - 1
        elif final == "H":
            self.y = min(self.rows, n) - 1
            self.x = min(self.columns, parts[1] if len(parts) > 1 else 1) - 1
        elif final in "JK":
            if parts[0] == 2 or final == "J" and parts[0] == 0:
                first = 0 if parts[0] == 2 else self.y + 1
                for y in range(first, self.rows):
                    self.grid[y] = [" "] * self.columns
            if parts[0] == 0:
                row[self.x:] = [" "] * (self.columns - self.x)
        elif final == "P":
            row[self.x:self.x + n] = []
            row += [" "] * (self.columns - len(row))
        elif final == "@":
            row[self.x:self.x] = [" "] * n
            del row[self.columns:]
        elif final == "X":
            row[self.x:self.x + n] = [" "] * n

    def draw(self):
        """Puts on the screen what has come; an unfinished sequence waits."""
        text = self.log
        while self.drawn < len(text):
            c = text[self.drawn]
            if c == "\x1b":
                match = SEQUENCE.match(text, self.drawn)
                if not match:
                    if len(text) - self.drawn < 32:
                        return
                    self.drawn += 1
                    continue
                if match[3] and not match[1]:
                    self.sequence(match[2], match[3])
                self.drawn = match.end()
                continue
            if c < " " or c == "\x7f":
                self.control(c)
            else:
                self.put(c)
            self.drawn += 1

    def row(self, y):
        return "".join(self.grid[y]).rstrip()

    def text(self):
        self.draw()
        return "\n".join(self.row(y) for y in range(self.rows)).rstrip()

    def last(self):
        """The line that the cursor is in."""
        self.draw()
        return self.row(self.y)

    def see(self, what, name=None, deadline=DEADLINE):
        """Reads until what(self) is true, or the screen has the text."""
        good = what if callable(what) else lambda s: what in s.text()
        end = time.monotonic() + deadline
        while not good(self):
            if not self.read(0.1) and self.ended() or \
                    time.monotonic() > end:
                if good(self):
                    break
                raise Failed("never seen: %s\nthe screen:\n%s" %
                             (name or what, self.text()))
        return self

    def see_line(self, text, deadline=DEADLINE):
        """Waits until the cursor's line is this, blanks at its end aside."""
        return self.see(lambda s: s.last() == text.rstrip(),
                        "the cursor's line as %r" % text, deadline)

    def see_cursor(self, text, deadline=DEADLINE):
        """... and the cursor is right behind the text."""
        def good(s):
            s.draw()
            row = "".join(s.grid[s.y][:s.x])
            if s.wrapped:
                row += s.grid[s.y][s.x]
            return row == text and s.last() == text.rstrip()
        return self.see(good, "%r and the cursor behind it" % text, deadline)
