"""The program's own terminal: whatever it writes and does, the rest of the
screen stays, and what it asks for it gets."""

import re
import subprocess

from tmux import DEADLINE, Failed

PLAIN = """\
print("one")
x = input("name? ")
print("hello", x)
y = 2
"""


def to_output(s):
    s.line("focus out")
    s.wait(r"^\*output")


def to_command(s):
    s.keys("C-x", "o")
    s.wait(r"^\*cmd")


def case_input(b):
    s = b.debug(PLAIN)
    s.line("next 2")
    s.wait("name\\?")
    s.wait("running")
    s.wait(r"^\*output")
    s.type("Bob")
    s.keys("Enter")
    s.wait("prog.py:3")
    s.wait(r"^\*cmd")
    s.line("next")
    s.wait("hello Bob")
    if s.pane("output").rstrip("\n") != "name? Bob\nhello Bob":
        raise Failed("the output is\n" + s.text())


def case_reader_gets_the_keys_once(b):
    """Who takes them away again keeps them; at a stop they are where they were
    at the start, and what is typed is no input of the program's."""
    b.file("child.py", "import sys\nprint('word?', flush=True)\n"
           "print('a ' + sys.stdin.readline())\n")
    s = b.debug("import subprocess, sys, time\n"
                "subprocess.run([sys.executable, 'child.py'])\n"
                "input('again? ')\nx = 1\nwhile x:\n    time.sleep(0.01)\n")
    s.line("focus src")
    s.wait(r"^\*src")
    s.keys("F8")
    s.wait("prog.py:2")
    s.keys("F8")
    s.wait(r"word\?")
    s.wait(r"^\*output")
    s.line("Bob")
    s.wait("prog.py:3")
    s.wait(r"^\*src")
    s.keys("F8")
    s.wait(r"again\?")
    s.wait(r"^\*output")
    s.keys("C-x", "o")
    s.wait(r"^\*cmd")
    s.keys("C-c")
    s.wait("interrupted")
    s.wait(r"^\*cmd")
    s.line("continue")
    s.wait(r"^\*output")
    s.line("Eve")
    s.wait("again\\? Eve")
    s.keys("C-c")
    s.wait("prog.py:[56]")
    s.wait(r"^\*cmd")


def case_reader_without_its_pane(b):
    s = b.debug(PLAIN)
    s.keys("C-x", "0")
    s.gone(r"^[ *](output|src)")
    s.line("next 2")
    s.wait("name\\?")
    to_output_running(s)
    s.gone(r"^.cmd")
    s.line("Bob")
    s.wait("prog.py:3")
    s.wait(r"^\*cmd")
    s.gone(r"^[ *](output|src)")
    s.keys("C-x", "0")
    s.wait(r"^.output")


def case_getpass(b):
    s = b.debug("import getpass\np = getpass.getpass('word: ')\n"
                "print('it is', p)\nx = 1\n")
    s.line("next 2")
    s.wait("word: ")
    s.wait(r"^\*output")
    s.type("secret")
    s.keys("Enter")
    s.wait("prog.py:3")
    if "secret" in s.text():
        raise Failed("it can be read\n" + s.text())
    s.wait(r"^\*cmd")
    s.line("next")
    s.wait("it is secret")


def to_output_running(s):
    """By itself, as the program reads."""
    s.wait(r"^\*output")


# Everything that could spoil a terminal.
TORTURE = r"""import os, sys, termios, tty
w = lambda b: os.write(1, b)
w(b"\033c\033[?1049h\033[?25l\033[2J\033[1;1r\033[?1003h\033[?2004h")
w(b"\033]0;a title\007\033[?5h\033[8;5;10t\033(0lqk\033[4h\033[99;99H")
w(bytes(range(256)) * 40)
tty.setraw(0)
w(b"\033[?1049l\033c\033(B\017")
w(b"\r\nafter\r\n")
x = 1
y = 2
"""


def case_torture(b):
    s = b.debug(TORTURE)
    s.line("until 9")
    s.wait(r"stopped +prog\.py:9")
    s.wait("^after")
    s.line("next")
    s.wait(r"stopped +prog\.py:10")
    s.line("p x + 100")
    s.wait("^101")
    text = s.text()
    for want in (r"^[ *]src", r"^[ *]output", r"^[ *]cmd", "10->y = 2"):
        if not re.search(want, text, re.M):
            raise Failed("%s is missing\n%s" % (want, text))


def case_flood(b):
    """10 MB of output and of junk; keys go on."""
    s = b.debug("import os, sys\n"
                "for i in range(130000):\n"
                "    sys.stdout.write('the line %d '.ljust(79) % i + '\\n')\n"
                "sys.stdout.write(os.urandom(1 << 20).decode('latin1'))\n"
                "print('\\033c\\033[2J\\nthe end')\n"
                "x = 1\n")
    s.line("until 6")
    s.wait(r"stopped +prog\.py:6", 120)
    s.wait("the end")
    s.line("p 20 + 3")
    s.wait("^23")


def case_endless_output_is_interrupted(b):
    s = b.debug("while True:\n    print('y')\n")
    s.line("continue")
    s.wait("running")
    s.keys("C-c")
    s.wait("stopped")
    s.line("p 20 + 3")
    s.wait("^23")


CURSES = """\
import curses
def main(scr):
    curses.curs_set(0)
    rows, cols = scr.getmaxyx()
    scr.addstr(0, 0, "size %d %d" % (rows, cols))
    scr.border()
    scr.addstr(1, 2, "press a key")
    scr.refresh()
    k = scr.getch()
    scr.addstr(1, 2, "got %d        " % k)
    scr.refresh()
    k = scr.getch()
    return k
k = curses.wrapper(main)
x = 1
"""


def case_curses(b):
    s = b.debug(CURSES)
    s.line("until 15")
    s.wait("^. press a key")
    to_output_running(s)
    s.keys("Up")
    s.wait("got 259")
    s.keys("q")
    s.wait(r"stopped +prog\.py:15")
    s.wait(r"^\*cmd")
    s.line("p k")
    s.wait("^113")


def case_less(b):
    b.file("text", "".join("line %d\n" % i for i in range(200)))
    s = b.debug("import subprocess\nsubprocess.run(['less', 'text'])\nx = 1\n")
    s.line("until 3")
    s.wait("^line 0$")
    to_output_running(s)
    s.keys("G")
    s.wait("^line 199$")
    s.keys("q")
    s.wait(r"stopped +prog\.py:3")


case_less.needs = "less"


def case_scrolled_back(b):
    s = b.debug("for i in range(100):\n    print('line', i)\nx = 1\n"
                "print('more')\ny = 2\n")
    s.line("until 3")
    s.wait("^line 99$")
    to_output(s)
    s.keys("PgUp")
    s.wait("lines back")
    s.keys("PgUp")
    s.gone("^line 99$")
    at = s.settled()
    to_command(s)
    s.line("next 2")
    s.wait(r"more below")
    if s.pane("output").split("\n") != output_of(at):
        raise Failed("the view has moved\n%s" % s.text())
    to_output(s)
    s.keys("PgDn", "PgDn", "PgDn")
    s.wait("^more$")


def output_of(text):
    rows = text.split("\n")
    first = next(i for i, r in enumerate(rows) if r[1:7] == "output")
    last = next(i for i, r in enumerate(rows) if r[1:4] == "cmd")
    return rows[first + 1:last]


def case_progress(b):
    s = b.debug("import sys\nfor i in range(101):\n"
                "    sys.stdout.write('\\r%3d%% [%-20s]' % (i, '#' * (i // 5)))"
                "\n    sys.stdout.flush()\nprint()\nx = 1\n")
    s.line("until 6")
    s.wait(r"stopped +prog\.py:6")
    if s.pane("output").strip() != "100% [" + "#" * 20 + "]":
        raise Failed(s.text())


def case_restart_keeps_scrollback(b):
    s = b.debug("print('first')\nx = 1\n")
    s.line("next")
    s.wait("^first")
    s.line("set confirm off")
    s.line("run")
    s.wait(r"stopped +prog\.py:1")
    s.gone("^first")
    to_output(s)
    s.keys("PgUp")
    s.wait("^first")


def case_the_end_is_drained(b):
    s = b.debug("import sys\nfor i in range(3000):\n    print('line', i)\n"
                "sys.stdout.write('last words')\n")
    s.line("continue")
    s.wait("finished")
    s.line("focus out")
    s.keys("PgUp")
    s.wait("last words|^line 2999")


def case_redirected_output_stays(b):
    s = b.debug("import os, sys\nprint(sys.stdout.isatty(), file=sys.stderr)\n"
                "print('to the file')\nx = 1\n")
    s.line("set confirm off")
    s.line("run > out.txt")
    s.wait(r"stopped +prog\.py:1")
    s.line("next 3")
    s.wait("^False")
    s.line("quit")
    s.wait("^status 0")
    with open(b.top + "/out.txt") as f:
        if f.read() != "to the file\n":
            raise Failed("not in the file")


def case_terminal_is_known(b):
    s = b.debug("import os, sys\nprint(os.environ['TERM'], sys.stdin.isatty(),"
                " os.tcgetpgrp(0) == os.getpgrp())\n"
                "print(tuple(os.get_terminal_size()))\nx = 1\n")
    s.line("next 3")
    s.wait("^xterm-256color True True")
    s.wait(r"^\(80, \d+\)")


def case_resize_is_told(b):
    s = b.debug("import os, signal\nhits = []\n"
                "signal.signal(signal.SIGWINCH, lambda *a: hits.append(\n"
                "    os.get_terminal_size().columns))\n"
                "input()\nx = 1\n")
    s.line("until 5")
    s.wait(r"stopped +prog\.py:5")
    s.resize(30, 100)
    s.settled()
    s.line("p os.get_terminal_size().columns")
    s.wait("^100")


def case_enabled_in_the_middle(b):
    """The program has the real terminal, moves, and moves back."""
    s = b.debug("print('plain')\nx = 1\nprint('in a pane')\n"
                "n = input('name? ')\nprint('plain again', n)\ny = 2\n",
                tui=False)
    s.line("next")
    s.line("tui enable")
    s.wait(r"^[ *]output")
    s.line("next 2")
    s.wait("^in a pane")
    if "in a pane" not in s.pane("output"):
        raise Failed(s.text())
    s.line("next")
    s.wait(r"^name\?")
    to_output_running(s)
    s.type("Eve")
    s.keys("Enter")
    s.wait(r"stopped +prog\.py:5")
    s.wait(r"^\*cmd")
    s.line("p __import__('os').getsid(0) == __import__('os').getpid()")
    s.wait("^True")
    s.line("tui disable")
    s.gone(r"^[ *]output")
    s.line("next")
    s.wait("^plain again Eve")
    s.line("quit")
    s.wait("^status 0")


def case_started_there_and_disabled(b):
    s = b.debug("x = 1\nprint('plain now')\nn = input('name? ')\ny = n\n")
    s.line("next")
    s.line("tui disable")
    s.gone(r"^[ *]output")
    s.line("next")
    s.wait("^plain now")
    s.line("next")
    s.wait("^name\\?")
    s.line("Ann")
    s.wait("-> y = n")
    s.line("p n")
    s.wait("^'Ann'")
    s.line("quit")
    s.wait("^status 0")


def case_there_and_back_often(b):
    """Its first terminal of its own must not hang up."""
    s = b.debug("x = 1\ny = 2\nprint('here', x)\nz = 3\nprint('there')\n",
                tui=False)
    for _ in range(3):
        s.line("tui enable")
        s.wait(r"^[ *]output")
        s.line("next")
        s.line("tui disable")
        s.gone(r"^[ *]output")
    s.line("p x + 20")
    s.wait("^21")
    s.line("tui enable")
    s.wait(r"^[ *]output")
    s.line("next 2")
    s.wait("^there")
    s.line("quit")
    s.wait("^status 0")


def case_not_moved_if_redirected(b):
    s = b.debug("import sys, os\nx = 1\n"
                "print('still', os.path.exists('out.txt'))\ny = 1\n",
                tui=False)
    s.line("set confirm off")
    s.line("run > out.txt 2>&1 < /dev/null")
    s.wait(r"\(pydbg\)$")
    s.line("tui enable")
    s.wait(r"^[ *]output")
    s.line("until 4")
    s.wait(r"stopped +prog\.py:4")
    s.line("quit")
    s.wait("^status 0")
    with open(b.top + "/out.txt") as f:
        if f.read() != "still True\n":
            raise Failed("not in the file")


def case_ctrl_z_of_the_program(b):
    s = b.debug("x = 1\nn = input('name? ')\ny = 2\n")
    s.line("next 2")
    s.wait("name\\?")
    to_output_running(s)
    s.keys("C-z")
    s.type("Zoe")
    s.keys("Enter")
    s.wait(r"stopped +prog\.py:3")
    s.wait(r"^\*cmd")
    s.line("p n")
    s.wait("Zoe")


def case_order(b):
    """What was written before a stop is there at the stop."""
    s = b.debug("import sys\nfor i in range(50):\n"
                "    sys.stdout.write('<%d>' % i + chr(10) * (i % 10 == 9))\n"
                "    x = i\nprint('end')\ny = 1\n")
    s.line("break 4")
    for i in range(1, 12):
        s.line("continue")
        s.wait(r"<%d>" % (i - 1))
    s.line("p x")
    s.wait("^9$")


def case_core_has_the_output(b):
    """A core written here has the last lines; those of the last run before,
    secrets, and what was redirected are not in it."""
    b.env["SOME_TOKEN"] = "hush-hush"
    s = b.debug("import os\nfor i in range(50):\n    print('line', i)\n"
                "print('the', os.environ['SOME_TOKEN'], '\u00e9')\nx = 1\n")
    s.line("until 5")
    s.wait("^the hush-hush")
    s.line("set confirm off")
    s.line("run")
    s.wait(r"stopped +prog\.py:2|stopped +prog\.py:1")
    s.line("until 5")
    s.wait("^the hush-hush")
    s.line("gcore all.pycore")
    s.wait("Saved corefile")
    s.line("set core-output-lines 2")
    s.line("gcore two.pycore")
    s.wait("two.pycore$")
    s.line("set core-output-lines 0")
    s.line("gcore none.pycore")
    s.wait("none.pycore$")
    s.line("info output 3")
    s.wait("^line 48")
    s.line("quit")
    s.wait("^status 0")
    lines = ["line %d" % i for i in range(50)] + ["the <redacted> \u00e9"]
    answers(b, "all.pycore", "info output", lines)
    answers(b, "all.pycore", "info output 2", lines[-2:])
    answers(b, "two.pycore", "info output", lines[-2:])
    answers(b, "none.pycore", "info output",
            ["The program's output is not in the core."])
    told = ask_core(b, "all.pycore", "core info")
    if "output     its last 51 lines: info output" not in told:
        raise Failed(told)


def ask_core(b, core, command):
    done = subprocess.run([b.pydbg, "-nx", "--core", core, "--batch", "-ex",
                           command], cwd=b.top, env=b.env,
                          capture_output=True, timeout=DEADLINE)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def answers(b, core, command, want):
    got = ask_core(b, core, command)
    if got.split("\n")[-len(want) - 1:-1] != want:
        raise Failed("%s of %s:\n%s" % (command, core, got))
    if want[0] == "line 0" and got.count("line 0\n") != 1:
        raise Failed("the last run's output is there as well:\n" + got)
