"""A program on a pseudo-terminal of its own, and what a person does there.

Terminal(argv) runs argv as the leader of a session whose controlling terminal
the pty is.  expect() reads until a pattern has come or a deadline is over;
what was read before is kept in .log for messages.  Nothing here sleeps: what
is waited for is named.
"""

import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

DEADLINE = float(os.environ.get("PYDBG_TEST_DEADLINE", "20"))


# What a line editor, colours and curses send besides text.
ESCAPES = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|[()][0-9A-Za-z]|[=>78cDEHMZ])"
                     r"|[\x07\x0e\x0f]")
UNFINISHED = re.compile(r"\x1b(\[[0-?]*[ -/]*|[()])?\Z|\r\Z")


class Failed(Exception):
    pass


def until(what, name, deadline=DEADLINE):
    """Calls what() until it is true, looking every few milliseconds."""
    end = time.monotonic() + deadline
    while not what():
        if time.monotonic() > end:
            raise Failed("not within %g s: %s" % (deadline, name))
        select.select([], [], [], 0.005)


class Terminal:
    def __init__(self, argv, env=None, cwd=None, rows=24, columns=80,
                 controlling=True, plain=False):
        self.log = ""           # what came; plain: without escapes
        self.plain = plain
        self.rest = ""          # of raw text: a sequence still to be ended
        self.seen = 0
        self.status = None
        self.master, slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(slave)  # modes, before anybody came
        self.pid = os.fork()
        if self.pid == 0:
            self.child(slave, argv, env, cwd, controlling)
        self.slave = slave      # kept open: modes can be read at any time

    def child(self, slave, argv, env, cwd, controlling):
        try:
            os.setsid()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            if controlling:
                fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
            for fd in 0, 1, 2:
                os.dup2(slave, fd)
            os.closerange(3, 64)
            if cwd:
                os.chdir(cwd)
            os.execvpe(argv[0], argv, env or os.environ)
        finally:
            os._exit(127)

    def resize(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ,
                    struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds):
        """Appends what comes within that time; False: nothing came."""
        ready, _, _ = select.select([self.master], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError as e:
            if e.errno != errno.EIO:
                raise
            data = b""
        text = data.decode("utf-8", "replace")
        if self.plain:
            text = self.rest + text
            cut = UNFINISHED.search(text)
            self.rest = text[cut.start():] if cut else ""
            text = ESCAPES.sub("", text[:cut.start()] if cut else text)
        self.log += text.replace("\r\n", "\n")
        return bool(data)

    def expect(self, pattern, deadline=DEADLINE):
        """The match of pattern in what has not been looked at yet."""
        end = time.monotonic() + deadline
        while True:
            match = re.compile(pattern, re.S | re.M).search(
                self.log, self.seen)
            if match:
                self.seen = match.end()
                return match
            if time.monotonic() > end or not self.read(
                    min(end - time.monotonic(), 0.2)) and self.ended():
                raise Failed("no %r in:\n%s" % (pattern,
                                                self.log[self.seen:]))

    def send(self, text):
        data = text.encode()
        while data:
            data = data[os.write(self.master, data):]

    def line(self, text):
        self.send(text + "\n")

    def ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
        return self.status is not None

    def wait(self, deadline=DEADLINE):
        """The exit status (as waitpid gives it), once all is read."""
        end = time.monotonic() + deadline
        while not self.ended():
            self.read(0.02)
            if time.monotonic() > end:
                raise Failed("does not end:\n" + self.log[self.seen:])
        while self.read(0):
            pass
        return self.status

    def modes(self):
        return termios.tcgetattr(self.slave)

    def foreground(self):
        """The foreground process group."""
        return struct.unpack("i", fcntl.ioctl(self.master, termios.TIOCGPGRP,
                                              b"\0" * 4))[0]

    def hang_up(self):
        """The terminal goes away."""
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1

    def close(self):
        if not self.ended():
            os.kill(self.pid, signal.SIGKILL)
            _, self.status = os.waitpid(self.pid, 0)
        for fd in self.master, self.slave:
            if fd != -1:
                os.close(fd)
