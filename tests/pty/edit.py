"""What the cases of the line editor share: pydbg on a terminal with a screen,
a HOME of its own, and names for keys."""

import os

from screen import Screen

P = "(pydbg) "
MORE = "...   "
CTRL = {c: chr(ord(c) - 64) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
NEW_LINE = "\033[?2004h"    # the editor begins a line
NEW_LINE_RE = r"\x1b\[\?2004h"
TAB, ENTER, ESC, DEL = "\t", "\n", "\033", "\177"
UP, DOWN, RIGHT, LEFT = "\033[A", "\033[B", "\033[C", "\033[D"

PROGRAM = """\
x = 1
y = 2
z = 3
print("end")
"""


def paste(text):
    """As a terminal sends it that tells pastes from keys."""
    return "\033[200~" + text + "\033[201~"


def environment(bench, **more):
    env = dict(bench.env, TERM="xterm", HOME=os.path.join(bench.top, "home"))
    os.makedirs(env["HOME"], exist_ok=True)
    env.update(more)
    return {k: v for k, v in env.items() if v is not None}


def start(bench, program=PROGRAM, env=None, **size):
    """pydbg at its first prompt."""
    bench.file("prog.py", program)
    s = Screen(bench.argv("prog.py"), env=env or environment(bench),
               cwd=bench.top, **size)
    bench.terminals.append(s)
    s.see_line(P)
    return s


def history(bench):
    path = os.path.join(bench.top, "home", ".local", "state", "pydbg",
                        "history")
    with open(path, encoding="utf-8", errors="surrogateescape") as f:
        return f.read().split("\n")[:-1]


def keys(s, *pairs):
    """Sends keys and waits for what the cursor's line is then, in turn."""
    for sent, line in pairs:
        at = len(s.log)
        s.send(sent)
        if sent.endswith(ENTER):
            s.see(lambda s, at=at: NEW_LINE in s.log[at:], "a new prompt")
        s.see_line(line)


def end(s):
    keys(s, (CTRL["U"] + ENTER, P)) if s.last() != P.rstrip() else None
    s.send(CTRL["D"])
    s.wait()


def once(fn):
    fn.once = True
    return fn
