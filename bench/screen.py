"""A debugger that draws on a terminal: pudb.

It runs on a pseudo-terminal of a fixed size, with a configuration of its own:
no welcome, no question at the end, and the breakpoints in its file of saved
ones.  Keys are pressed one by one, as its user does; its screen is there when
the arrow at the source line and then the bottom row have been drawn, which it
does from the top after each stop.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

from asked import Unavailable, breakpoints

ROWS, COLS = 24, 80
FIRST = 60          # seconds within which its screen has to be there
ROW = re.compile(rb"\x1b\[\d+;1H")
BOTTOM = b"\x1b[%d;1H" % ROWS
COLOURS = re.compile(rb"\x1b\[[0-9;]*m")
CONTROL = re.compile(rb"\x1b\[[?0-9;]*[a-zA-Z$]p?|\x1b.?|[\x00-\x08\x0e-\x1f]")
CONFIG = """[pudb]
seen_welcome = z
prompt_on_quit = False
display = raw
"""


def configure(place, minor, commands):
    """Writes its directory, and tells (XDG_CONFIG_HOME, the file in which it
    saves breakpoints)."""
    home = os.path.join(place.top, "config")
    top = os.path.join(home, "pudb")
    os.makedirs(top)
    with open(os.path.join(top, "pudb.cfg"), "w") as f:
        f.write(CONFIG)
    saved = os.path.join(top, "saved-breakpoints-" + minor)
    with open(saved, "w") as f:
        for file, line, condition in breakpoints(commands):
            f.write("b %s:%d%s\n" % (file, line, ", " + condition
                                     if condition else ""))
    return home, saved


class AtScreen:
    """The debugger on its terminal, from its start on."""

    def __init__(self, kind, place, program, commands=()):
        home, self.saved = configure(place, kind.minor, commands)
        argv = kind.argv + program
        env = dict(place.env, TERM="xterm", XDG_CONFIG_HOME=home)
        self.title = kind.prompt
        self.seen = b""
        self.begin = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ,
                            struct.pack("HHHH", ROWS, COLS, 0, 0))
                os.chdir(place.top)
                os.execve(argv[0], argv, env)
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def say(self, key):
        self.seen = b""
        os.write(self.fd, key.encode())

    def interrupt(self):
        self.say("\3")

    def read(self, until):
        """False at the end of the debugger; None when until has passed."""
        left = until - time.perf_counter()
        if left < 0 or not select.select([self.fd], [], [], left)[0]:
            return None
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:             # what a terminal says at its end
            return False
        self.seen += data
        return bool(data)

    def arrow(self):
        """The row of the arrow on a screen that has been drawn, or None."""
        screen, bottom, _ = self.seen[max(
            self.seen.rfind(self.title), 0):].partition(BOTTOM)
        if not bottom or self.title not in screen:
            return None
        for n, row in enumerate(ROW.split(screen)):
            if COLOURS.sub(b"", row).startswith((b"> ", b">*")):
                return n            # a star at a breakpoint
        return None

    def words(self):
        """The end of what it has written, for a message."""
        text = CONTROL.sub(b"", self.seen)[-200:]
        return text.decode("utf-8", "replace").strip()

    def wait(self, deadline=FIRST, text=None):
        """Seconds from the start until its screen is there, or a text of the
        program's."""
        until = time.perf_counter() + deadline
        while not (text in self.seen.replace(b"\r\n", b"\n") if text
                   else self.arrow()):
            more = self.read(until)
            if more is None:
                raise Unavailable("no screen within %d s" % deadline)
            if not more:
                raise Unavailable("no screen: " + self.words())
        return time.perf_counter() - self.begin

    def step(self, deadline):
        """Waits as well; the arrow has to have moved."""
        before = self.arrow()
        self.say("s")
        self.wait(deadline)
        if self.arrow() == before:
            raise Unavailable("it did not step")

    def finish(self, deadline):
        """Lets the program run to its end, where the debugger ends too."""
        until = time.perf_counter() + deadline
        self.say("c")
        while more := self.read(until):
            if self.arrow():
                raise Unavailable("it stopped")
        if more is None:
            raise Unavailable("later than %d s" % deadline)

    def breakpoints(self):
        """What its file has: it writes those that it knows at each key that
        lets the program go on."""
        with open(self.saved) as f:
            return set(f)

    def debuggee(self):
        return self.pid             # it runs the program in itself


def run(kind, place, program, commands, deadline):
    """Runs a program to its end with the breakpoints that commands set; the
    end of what was on the terminal."""
    with AtScreen(kind, place, program, commands) as at:
        given = at.breakpoints()
        at.wait()
        at.finish(deadline)
        if at.breakpoints() != given:
            raise Unavailable("breakpoints were not set")
        return at.words()
