"""Pastes: blocks, many lines, very long lines."""

from edit import CTRL, ENTER, P, end, keys, once, paste, start
from terminal import Failed

BLOCK = """\
    def f(n):
        total = 0

        for i in range(n):
            total += i

        return total
    print('f', f(5))
"""


@once
def case_a_block(bench):
    """An indented block with empty lines, and what follows it."""
    s = start(bench)
    s.send(paste(BLOCK))
    s.see("\nf 10\n(pydbg)")
    s.see_line(P)
    if "***" in s.text():
        raise Failed(s.text())
    end(s)


@once
def case_commands(bench):
    """Commands, line by line; the last waits for Enter."""
    s = start(bench)
    s.send(paste("b 3\nc\np x + y"))
    s.see_line(P + "p x + y")
    s.see("Breakpoint 1 at")
    s.send(ENTER)
    s.see("\n3\n(pydbg)")
    end(s)


@once
def case_no_completion_in_a_paste(bench):
    """Tabs are text."""
    s = start(bench)
    s.line("x = 8")
    s.see_line(P)
    s.send(paste("if x:\n\tprint('tab', x)\n\n"))
    s.see("\ntab 8\n(pydbg)")
    end(s)


@once
def case_empty_lines_in_a_string(bench):
    s = start(bench)
    s.send(paste("t = '''one\n\ntwo\n  three\nfour'''\nprint(len(t))\n"))
    s.see("\n%d\n(pydbg)" % len("one\n\ntwo\n  three\nfour"))
    end(s)


@once
def case_a_line_of_100_kilobytes(bench):
    """With and without the terminal telling that it is a paste."""
    text = "p len('" + "x" * 100000 + "')"
    for sent in paste(text + "\n"), text + "\n":
        s = start(bench)
        send_slowly(s, sent)
        s.see("\n100000\n(pydbg)")
        s.see_line(P)
        end(s)


@once
def case_100_kilobytes_of_lines(bench):
    s = start(bench)
    s.line("n = 0")
    s.see_line(P)
    send_slowly(s, paste("n += 1  # %s\n" % ("y" * 60) * 1400))
    s.line("print('n is', n)")
    s.see("\nn is 1400\n(pydbg)", deadline=60)
    end(s)


@once
def case_a_paste_that_is_given_up(bench):
    """It never ends: Ctrl-C."""
    s = start(bench)
    s.send("\033[200~p 'never ending")
    s.read(0.2)
    s.send(CTRL["C"])
    s.see_line(P)
    keys(s, ("p 'on'" + ENTER, P))
    s.see("\n'on'\n(pydbg)")
    end(s)


def send_slowly(s, text):
    """As much as the terminal takes, reading what comes meanwhile."""
    import os
    import select
    data = text.encode()
    while data:
        ready, writable, _ = select.select([s.master], [s.master], [], 10)
        if ready:
            s.read(0)
        if writable:
            data = data[os.write(s.master, data[:1024]):]
