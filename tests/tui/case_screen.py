"""Sizes, kinds of terminals, colours, what a step costs."""

import os
import pty
import re
import select
import struct
import fcntl
import termios
import time

from tmux import Failed

SUM = """\
def total(items):
    result = 0
    for item in items:
        result += item
    return result


values = [1, 2, 3]
print("the sum:", total(values))
wide = "\u4e2d\u6587 e\u0301"
done = True
"""


def case_80x24(b):
    s = b.debug(SUM)
    s.line("until 10")
    s.wait(r"stopped +prog\.py:10")
    b.compare("output-80x24", s)


def case_120x40_all_panes(b):
    s = b.debug(SUM, rows=40, cols=120)
    s.line("break 5")
    s.line("layout full")
    s.line("continue")
    s.wait("result = 6|stopped")
    s.settled("prog.py:5")


def case_40x10(b):
    s = b.debug(SUM, rows=10, cols=40)
    s.line("next")
    s.wait("prog.py:8")
    s.line("quit")
    s.wait("status 0")


def case_300x100(b):
    s = b.debug(SUM, rows=100, cols=300)
    s.line("layout full")
    s.line("next")
    s.wait("prog.py:8")


def case_tiny_and_back(b):
    """A storm of sizes."""
    s = b.debug(SUM)
    for rows, cols in ((3, 10), (50, 200), (1, 2), (24, 80), (10, 40),
                       (2, 300), (100, 5), (24, 80)):
        s.resize(rows, cols)
    s.settled(r"\(pydbg\)")
    s.line("next")
    s.wait(r"stopped +prog\.py:8")
    s.line("p 20 + 3")
    s.wait("^23")


def case_no_colour(b):
    s = b.debug(SUM, env={"NO_COLOR": "1"})
    s.line("next")
    s.wait(r"stopped +prog\.py:8")
    if re.search(r"\x1b\[[0-9;]*\b(3[0-7]|4[0-7]|38|48|9[0-7])\b",
                 s.text(colours=True)):
        raise Failed("there are colours")
    if not re.search(r"8->values", s.text()):
        raise Failed("the line is not marked\n" + s.text())


def case_terms(b):
    for term in ("screen", "tmux", "linux", "vt100", "xterm", "tmux-256color"):
        s = b.debug(SUM, term=term)
        s.line("next")
        s.wait(r"stopped +prog\.py:8")
        s.keys("F10")
        s.line("p 20 + 3")
        s.wait("^23")
        s.line("quit")
        s.wait("status 0")
        s.close()


def case_dumb_is_refused(b):
    s = b.debug(SUM, term="dumb")
    s.wait("TERM=dumb")
    s.line("p 20 + 3")
    s.wait("^23")


def case_theme_of_ones_own(b):
    os.makedirs(b.top + "/.config/pydbg/themes")
    b.file(".config/pydbg/themes/mine.theme",
           "base dark\nstatus #102030 on #405060\n")
    b.file(".config/pydbg/themes/bad.theme", "base dark\n\nstaus red\n")
    s = b.debug(SUM)
    s.line("set theme bad")
    s.until(lambda t: "bad.theme:3: there is no role 'staus'" in
            t.replace("\n", ""), "the error")
    s.line("set theme nosuch")
    s.wait("there is no theme 'nosuch'")
    s.line("set theme mine")
    s.until(lambda t: "48;5;" in s.text(colours=True).split("\n")[-1] or
            "48;2;" in s.text(colours=True).split("\n")[-1], "its colour")
    for name in ("light", "paper", "dusk", "mono", "auto"):
        s.line("set theme " + name)
        s.line("show theme")
        s.wait("theme +" + name)


class Raw:
    """pydbg on a pty of our own: how many bytes it writes, and when."""

    def __init__(self, b, rows=24, cols=80):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(b.top)
            os.execve(b.pydbg, [b.pydbg, "-q", "-nx", "--tui", "--python",
                                b.python.path, "prog.py"],
                      dict(b.env, COLORFGBG="15;0"))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack("HHHH", rows, cols, 0, 0))

    def quiet(self, first=20.0, gap=0.4):
        """What comes until nothing does: (bytes, seconds to the last)."""
        begin = last = time.monotonic()
        got = b""
        while select.select([self.fd], [], [], gap if got else first)[0]:
            got += os.read(self.fd, 65536)
            last = time.monotonic()
        return got, last - begin

    def close(self):
        os.write(self.fd, b"\x15quit\r")
        try:
            while select.select([self.fd], [], [], 5)[0]:
                if not os.read(self.fd, 65536):
                    break
        except OSError:
            pass
        os.close(self.fd)
        os.waitpid(self.pid, 0)


LOOP = "total = 0\nfor i in range(1000):\n    total += i\n    total -= 1\n" + \
    "".join("# line %d\n" % i for i in range(100))


def case_bytes_per_step(b):
    """Under 2 KB for a step at 80x24."""
    b.file("prog.py", LOOP)
    raw = Raw(b)
    raw.quiet(gap=1.5)
    sizes = []
    for _ in range(9):
        os.write(raw.fd, b"\x1b[21~")       # F10: next
        sizes.append(len(raw.quiet()[0]))
    raw.close()
    if not 0 < sorted(sizes)[len(sizes) // 2] < 2048:
        raise Failed("bytes of each step: %s" % sizes)
