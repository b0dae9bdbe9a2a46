"""The terminal: whatever ends pydbg, it is as it was; sizes, kinds, halts."""

import os
import random
import re
import signal

from tmux import Failed, Screen

KILLS = int(os.environ.get("PYDBG_TEST_KILLS", "40"))
SPIN = "n = 0\nwhile True:\n    n += 1\n"
# What it may die of; of its program's death it does not.
SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT,
           signal.SIGBUS, signal.SIGQUIT, signal.SIGFPE]
if os.environ.get("PYDBG_TEST_ASAN"):    # which has these for itself
    SIGNALS = [s for s in SIGNALS if s not in (
        signal.SIGFPE, signal.SIGBUS, signal.SIGSEGV)]


def children(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
        return [int(p) for p in f.read().split()]


class Shell:
    """A shell with job control on a screen, and pydbg as its job."""

    def __init__(self, b):
        env = dict(b.env, PS1="READY$ ")
        self.b = b
        self.s = Screen(["bash", "--norc", "--noprofile", "-i"], env, b.top)
        b.screens.append(self.s)
        self.s.wait(r"^READY\$$")
        self.s.line("export PS1='READY$ '; clear")

    def state(self, name):
        """The modes, and what tmux knows of the terminal's."""
        path = os.path.join(self.b.top, name)
        self.s.line("stty -g > %s.new; mv %s.new %s" % (name, name, name))
        self.s.until(lambda _: os.path.exists(path), "stty has written")
        with open(path) as f:
            modes = f.read()
        os.unlink(path)
        flags = self.s.tmux("display", "-p", "#{cursor_flag} "
                            "#{mouse_any_flag} #{keypad_flag} "
                            "#{keypad_cursor_flag} #{alternate_on}")
        return modes + flags

    def start(self, mark, text):
        self.b.file("prog.py", text)
        self.s.line("clear; tput cup 3 5; echo %s" % mark)
        self.s.wait("^     %s$" % mark)
        before = self.state("state")
        self.s.line("%s -q -nx --tui --python %s prog.py" % (
            self.b.pydbg, self.b.python.path))
        self.s.wait(r"\(pydbg\)$")
        return before

    def pids(self):
        """pydbg, and the program."""
        pydbg = children(self.s.pid())[0]
        return pydbg, children(pydbg)[0]

    def end(self, mark, before, how):
        self.s.until(lambda _: not children(self.s.pid()), "its end")
        self.s.wait("^     %s$" % mark)
        # A key that nobody has read is in the shell's line.
        self.s.wait(r"READY\$.*\Z")
        self.s.keys("C-c")
        self.s.wait(r"\^C\nREADY\$$")
        after = self.state("state")
        if after != before:
            raise Failed("after %s: %r, not %r\n%s" % (
                how, after, before, self.s.text()))


def one_end(shell, dice, i):
    mark = "MARK%d" % i
    before = shell.start(mark, SPIN)
    pydbg, program = shell.pids()
    how = dice.choice(SIGNALS + ["quit", "program", "running", "keys"])
    if how == "quit":
        shell.s.line("quit")
    elif how == "program":
        os.kill(program, signal.SIGKILL)
        shell.s.line("p 1")
        shell.s.wait("SIGKILL|not being run")
        shell.s.line("quit")
    elif how == "running":
        shell.s.line("continue")
        shell.s.wait("running")
        os.kill(pydbg, dice.choice(SIGNALS))
    elif how == "keys":
        shell.s.tmux("send-keys", *["F8"] * dice.randrange(1, 40))
        os.kill(pydbg, dice.choice(SIGNALS))
    else:
        os.kill(pydbg, how)
    shell.end(mark, before, how)


def case_ends(b):
    """Random deaths: modes, screen, cursor, mouse and keypad come back."""
    seed = random.randrange(1 << 30)
    dice = random.Random(seed)
    shell = Shell(b)
    for i in range(KILLS):
        try:
            one_end(shell, dice, i)
        except Failed as e:
            raise Failed("seed %d, end %d: %s" % (seed, i, e)) from e


def case_halted(b):
    """Ctrl-Z and fg, and the same by a signal."""
    shell = Shell(b)
    before = shell.start("HALT", SPIN)
    shell.s.keys("F8")
    shell.s.wait(r"stopped +prog\.py:2")
    shell.s.keys("C-z")
    shell.s.wait("Stopped")
    if shell.state("state") != before:
        raise Failed("while it is halted the terminal is not as before")
    shell.s.line("fg")
    shell.s.wait(r"stopped +prog\.py:2")
    shell.s.keys("F8")
    shell.s.wait(r"stopped +prog\.py:3")
    os.kill(shell.pids()[0], signal.SIGTSTP)
    shell.s.wait("Stopped")
    shell.s.line("fg")
    shell.s.wait(r"stopped +prog\.py:3")
    shell.s.line("quit")
    shell.s.wait(r"READY\$$")


def case_resize_storm(b):
    """Any size at any moment; afterwards all is where it belongs."""
    s = b.debug(SPIN, rows=24, cols=80)
    dice = random.Random(1)
    for _ in range(60):
        s.resize(dice.randrange(1, 60), dice.randrange(1, 200))
        if dice.random() < 0.3:
            s.keys("F8")
    s.line("continue")
    for _ in range(20):
        s.resize(dice.randrange(2, 60), dice.randrange(2, 200))
    s.resize(1, 1)
    s.keys("x", "BSpace", "F1", "q")
    s.resize(24, 80)
    s.wait("running; Ctrl-C stops it")
    s.keys("C-c")
    s.wait(r"stopped +prog\.py")
    s.line("p 40 + 2")
    s.wait("^42$")
    s.wait(r"^[ *]src +prog\.py")


def case_kinds(b):
    """Each kind of terminal that people have."""
    for term in ("xterm-256color", "screen", "tmux-256color", "linux",
                 "vt100"):
        s = b.debug("x = 1\ny = 2\n", term=term)
        s.keys("F8") if term != "vt100" else s.line("next")
        s.wait(r"2->y = 2")
        s.wait(r"^\*cmd")
        s.line("quit")
        s.wait("^status 0")


def case_dumb(b):
    """Refused in a line; the prompt goes on."""
    s = b.debug("x = 1\ny = 2\n", term="dumb")
    s.wait("no full screen with TERM=dumb")
    s.line("tui enable")
    s.until(lambda t: t.count("no full screen with TERM=dumb") == 2, "again")
    s.line("next")
    s.wait("-> y = 2")


def case_plain_and_back(b):
    """C-x a, as often as one likes; the half-typed line goes along."""
    s = b.debug("x = 1\ny = 2\nz = 3\n", tui=False)
    for i in range(3):
        s.type("p 5 + %d" % i)
        s.keys("C-x", "a")
        s.wait(r"^\*cmd")
        s.wait(r"\(pydbg\) p 5 \+ %d$" % i)
        s.keys("C-x", "a")
        s.gone(r"^\*cmd")
        s.wait(r"\(pydbg\) p 5 \+ %d$" % i)
        s.keys("Enter")
        s.wait("^%d$" % (5 + i))
    s.line("next")
    s.wait("-> y = 2")


def case_typed_ahead_stays(b):
    """What is typed behind the command that switches the screen is for the
    editor there."""
    s = b.debug("x = 1\ny = 2\nz = 3\n", tui=False)
    for i in range(5):
        s.type("tui enable\rp %d + 1\rtui disable\rp %d + 2\rp %d +"
               % (10 * i, 10 * i, 10 * i))
        s.wait(r"^\(pydbg\) p %d \+ 2\n%d$" % (10 * i, 10 * i + 2))
        s.wait(r"\(pydbg\) p %d \+$" % (10 * i))
        s.gone(r"^\*cmd")
        s.line("3")
        s.wait("^%d$" % (10 * i + 3))


def case_end_is_told(b):
    """What is said last is there when the screen is not any more."""
    s = b.screen("missing.py")
    s.wait("missing.py does not exist")
    s = b.debug("x = 1\n")
    os.kill(s.pid(), signal.SIGTERM)
    s.wait("^status 143")
    if re.search(r"^[ *](src|cmd)\b", s.text(), re.M):
        raise Failed(s.text())
