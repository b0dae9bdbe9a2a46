"""Programs that use the terminal themselves, and its modes after each end."""

import os
import signal

from ctrlc import CTRL_C, PROMPT, WORDS, child, until
from terminal import Failed

RAW = "import os, sys, tty\ntty.setraw(0)\nprint('raw', flush=True)\n"


def the_same(t, modes):
    until(lambda: t.modes() == modes, "modes as before")


def case_crash_in_raw_mode(bench):
    """os._exit, a deadly signal, an exception: the prompt is usable."""
    for end, told in [("os._exit(3)", "exited with status 3"),
                      ("os.kill(os.getpid(), 9)", "SIGKILL"),
                      ("os.abort()", "SIGABRT"),
                      ("1 / 0", "post mortem")]:
        t = bench.debug(RAW + end + "\n")
        modes = t.modes()
        t.line("c")
        t.expect("raw")
        t.expect(told + ".*" + PROMPT)
        the_same(t, modes)
        t.line("q")
        t.line("q")
        t.wait()
        the_same(t, t.before)


def case_raw_mode_is_put_back(bench):
    """A stop in raw mode, and on: each has its own modes."""
    t = bench.debug(RAW + "x = 1\nprint(repr(os.read(0, 1)), flush=True)\n")
    modes = t.modes()
    t.line("b 4")
    t.expect(PROMPT)
    t.line("c")
    t.expect(r"prog.py\(4\).*" + PROMPT)
    the_same(t, modes)
    t.line("c")
    until(lambda: t.modes() != modes, "raw again")
    t.send("q")         # no newline: it is raw
    t.expect("b'q'")
    t.expect(PROMPT)
    the_same(t, modes)


def case_getpass(bench):
    t = bench.debug("import getpass\nprint(repr(getpass.getpass()))\n")
    modes = t.modes()
    t.line("c")
    t.expect("Password: ")
    until(lambda: t.modes() != modes, "no echo")
    t.send(CTRL_C)
    t.expect(WORDS)
    the_same(t, modes)
    t.line("c")
    until(lambda: t.modes() != modes, "no echo")
    t.line("secret")
    t.expect("'secret'.*" + PROMPT)
    the_same(t, modes)
    if t.log.count("secret") != 1:
        raise Failed("the password was echoed")


def case_getpass_typed(bench):
    """The same in an expression."""
    t = bench.debug("x = 1\n")
    modes = t.modes()
    t.line("import getpass")
    t.expect(PROMPT)
    t.line("p getpass.getpass() == 'se' + 'cret'")
    t.expect("Password: ")
    until(lambda: t.modes() != modes, "no echo")
    t.line("secret")
    t.expect("^True\n" + PROMPT)
    the_same(t, modes)


def case_getpass_with_commands_on_a_pipe(bench):
    """/dev/tty, though stdin is none; the program dies while it asks."""
    fifo = os.path.join(bench.top, "fifo")
    os.mkfifo(fifo)
    bench.file("prog.py", "import getpass\nprint(getpass.getpass())\n")
    t = bench.on_terminal(["sh", "-c", 'exec "$@" < fifo', "sh"] +
                          bench.argv("prog.py"))
    modes = t.modes()
    with open(fifo, "w") as lines:
        lines.write("c\n")
        lines.flush()
        t.expect("Password: ")
        until(lambda: t.modes() != modes, "no echo")
        os.kill(child(t.pid), signal.SIGKILL)
        t.expect("SIGKILL.*" + PROMPT)
        the_same(t, modes)
        lines.write("run\nc\n")
        lines.flush()
        t.expect("Password: ")
        t.line("secret")
        t.expect("^secret\n")
        lines.write("q\n")
    t.wait()
    the_same(t, t.before)


def case_curses(bench):
    bench.env["TERM"] = "xterm"
    t = bench.debug("import curses\ndef main(w):\n    w.addstr('drawn')\n"
                    "    w.refresh()\n    k = w.getch()\n    return k\n"
                    "print('got', curses.wrapper(main))\n", )
    modes = t.modes()
    t.line("b 6")
    t.expect(PROMPT)
    t.line("c")
    t.expect("drawn")
    until(lambda: t.modes() != modes, "curses' modes")
    t.send("k")
    t.expect(r"prog.py\(6\).*" + PROMPT)
    the_same(t, modes)
    t.line("c")
    t.expect("got 107.*" + PROMPT)
    the_same(t, modes)


def case_curses_is_told_of_a_resize(bench):
    bench.env["TERM"] = "xterm"
    t = bench.debug("import signal, time\ngot = []\n"
                    "signal.signal(signal.SIGWINCH, lambda *a: got.append(1))"
                    "\nx = 1\nwhile not got: time.sleep(.01)\n"
                    "print('told', flush=True)\n")
    t.line("b 4")
    t.expect(PROMPT)
    t.line("c")
    t.expect(r"prog.py\(4\).*" + PROMPT)
    t.resize(30, 100)
    t.line("c")
    t.expect("^told\n")


def case_ended_by_a_signal(bench):
    """Whatever ends pydbg while the program is in raw mode."""
    for signo in signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT:
        t = bench.debug(RAW + "import time\ntime.sleep(60)\n")
        t.line("c")
        t.expect("raw")
        pid = child(t.pid)
        os.kill(t.pid, signo)
        t.wait()
        if os.WTERMSIG(t.status) != signo:
            raise Failed("status %#x" % t.status)
        the_same(t, t.before)
        until(lambda: not os.path.exists("/proc/%d" % pid),
              "the program is gone")


def case_every_way_to_quit(bench):
    """q, the end of input, kill and q, q while it is raw."""
    for lines in (["q"], ["\x04"], ["kill", "q"], ["c", "q"]):
        t = bench.debug(RAW + "breakpoint()\nx = 1\n")
        for line in lines:
            t.send(line if line == "\x04" else line + "\n")
            if line in ("c", "kill"):
                t.expect(PROMPT)
        if t.wait() != 0:
            raise Failed("%r: status %#x" % (lines, t.status))
        the_same(t, t.before)


def case_the_program_moves_the_foreground(bench):
    """It gives the terminal to a group of its own making."""
    t = bench.debug("import os, signal, subprocess\n"
                    "signal.signal(signal.SIGTTOU, signal.SIG_IGN)\n"
                    "p = subprocess.Popen(['sh', '-c', 'while [ ! -e now ]"
                    "; do sleep .02; done; cat'], process_group=0)\n"
                    "os.tcsetpgrp(0, p.pid)\nx = 1\ny = p.wait()\n"
                    "os.tcsetpgrp(0, os.getpgrp())\nprint('end', y)\n")
    t.line("b 5")
    t.expect(PROMPT)
    t.line("c")
    t.expect(r"prog.py\(5\).*" + PROMPT)
    t.line("p 40 + 2")
    t.expect("^42\n" + PROMPT)
    t.line("c")
    until(lambda: t.foreground() not in (t.pid, child(t.pid)), "cat has it")
    bench.file("now", "")
    t.line("to cat")
    t.expect("^to cat\nto cat\n")
    t.send("\x04")
    t.expect("^end 0\n.*" + PROMPT)
