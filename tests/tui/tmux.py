"""A private tmux server with pydbg in it: keys in, screens out.

Each Screen has a server of its own (tmux -L, no configuration), so nothing of
the user's is touched and cases run beside each other.  What is waited for is
named and has a deadline; nothing sleeps.
"""

import fcntl
import os
import re
import select
import shlex
import shutil
import struct
import subprocess
import termios
import time

DEADLINE = float(os.environ.get("PYDBG_TEST_DEADLINE", "30"))
TMUX = shutil.which("tmux")


class Failed(Exception):
    pass


class Screen:
    count = 0

    def __init__(self, argv, env, cwd, rows=24, cols=80, term=None):
        Screen.count += 1
        self.name = "pydbg-test-%d-%d" % (os.getpid(), Screen.count)
        self.env = env
        self.rows, self.cols = rows, cols
        # What ends it leaves the screen as it was, with its status below.
        line = "%s; s=$?; echo; echo status $s; stty -a | head -4; exec cat" % (
            " ".join(shlex.quote(a) for a in argv))
        if term is not None:
            line = "export TERM=%s; %s" % (term, line)
        self.tmux("new-session", "-d", "-x", str(cols), "-y", str(rows),
                  "-c", cwd, "sh", "-c", line,
                  ";", "set", "-g", "default-terminal", "tmux-256color",
                  ";", "set", "-s", "escape-time", "0",
                  ";", "set", "-g", "status", "off")

    def tmux(self, *args):
        done = subprocess.run([TMUX, "-u", "-L", self.name, "-f", "/dev/null",
                               *args], env=self.env, capture_output=True,
                              timeout=DEADLINE)
        if done.returncode:
            raise Failed("tmux %s: %s" % (args[0], done.stderr.decode()))
        return done.stdout.decode("utf-8", "replace")

    def text(self, colours=False):
        """The rows, without blanks at their ends."""
        out = self.tmux("capture-pane", "-p", *(["-e"] if colours else []))
        return "\n".join(r.rstrip() for r in out.split("\n")).rstrip("\n")

    def keys(self, *names):
        """As tmux names them: Enter, C-x, F8, PgUp, text."""
        self.tmux("send-keys", *names)

    def type(self, text):
        self.tmux("send-keys", "-l", "--", text)

    def line(self, text):
        self.type(text)
        self.keys("Enter")

    def resize(self, rows, cols):
        self.rows, self.cols = rows, cols
        self.tmux("resize-window", "-x", str(cols), "-y", str(rows))

    def click(self, row, col, button=0, release=True):
        """Row and column from 0; as the terminal sends it (SGR mouse)."""
        at = ";%d;%d" % (col + 1, row + 1)
        text = "\x1b[<%d%sM" % (button, at)
        if release:
            text += "\x1b[<%d%sm" % (button, at)
        self.type(text)

    def until(self, good, what, deadline=DEADLINE):
        """The screen once good(text) holds."""
        end = time.monotonic() + deadline
        while True:
            text = self.text()
            if good(text):
                return text
            if time.monotonic() > end:
                raise Failed("not within %g s: %s\n%s" % (deadline, what,
                                                         framed(text)))
            select.select([], [], [], 0.02)

    def wait(self, pattern, deadline=DEADLINE):
        return self.until(lambda t: re.search(pattern, t, re.M), pattern,
                          deadline)

    def gone(self, pattern, deadline=DEADLINE):
        return self.until(lambda t: not re.search(pattern, t, re.M),
                          "without " + pattern, deadline)

    def settled(self, pattern=None):
        """The screen once the pattern is there and nothing moves."""
        if pattern:
            self.wait(pattern)
        last = [None, 0]

        def same(text):
            last[1] = last[1] + 1 if text == last[0] else 0
            last[0] = text
            return last[1] >= 4

        return self.until(same, "a screen that stays")

    def pid(self):
        """Of what runs in it: the shell's child."""
        shell = self.tmux("display", "-p", "#{pane_pid}").strip()
        with open("/proc/%s/task/%s/children" % (shell, shell)) as f:
            return int(f.read().split()[0])

    def children(self):
        """Of that."""
        pid = self.pid()
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            return [int(child) for child in f.read().split()]

    def unread(self):
        """Bytes that were typed and nobody has read."""
        tty = self.tmux("display", "-p", "#{pane_tty}").strip()
        fd = os.open(tty, os.O_RDONLY | os.O_NOCTTY)
        try:
            return struct.unpack("i", fcntl.ioctl(fd, termios.FIONREAD,
                                                  bytes(4)))[0]
        finally:
            os.close(fd)

    def pane(self, name):
        """The lines below the title of that name, up to the next title; of
        panes that have the screen's width."""
        rows = self.text().split("\n")
        titles = [i for i, r in enumerate(rows)
                  if re.match(r"[ *](src|output|cmd|asm|vars|stack)\b", r)]
        for at, i in enumerate(titles):
            if re.match(r"[ *]%s\b" % name, rows[i]):
                end = titles[at + 1] if at + 1 < len(titles) else self.rows - 1
                return "\n".join(rows[i + 1:end])
        raise Failed("no pane %s:\n%s" % (name, framed(self.text())))

    def close(self):
        subprocess.run([TMUX, "-L", self.name, "kill-server"], env=self.env,
                       capture_output=True, timeout=DEADLINE)


def framed(text):
    return "\n".join("|" + r for r in text.split("\n"))
