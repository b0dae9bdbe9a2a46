"""Editing a line: keys, wide characters, interrupts, windows of all sizes."""

import os
import signal

from edit import (CTRL, DEL, ENTER, ESC, LEFT, MORE, NEW_LINE,
                  NEW_LINE_RE, P, UP, end,
                  environment, keys, once, start)
from screen import Screen
from terminal import Failed


@once
def case_moving_and_deleting(bench):
    s = start(bench)
    keys(s, ("p x + y", P + "p x + y"), (CTRL["A"] + "p", P + "pp x + y"),
         (CTRL["E"] + DEL + "z", P + "pp x + z"),
         (CTRL["W"], P + "pp x +"), (LEFT + LEFT + CTRL["K"], P + "pp x"),
         (CTRL["U"], P), ("print(41 + 1)" + ENTER, P))
    s.see("(pydbg) print(41 + 1)\n42\n")
    end(s)


@once
def case_interrupt_gives_the_line_up(bench):
    """Ctrl-C: a new prompt below, nothing runs; also in a search."""
    s = start(bench)
    keys(s, ("print(6 * 7)", P + "print(6 * 7)"), (CTRL["C"], P))
    s.see("(pydbg) print(6 * 7)\n(pydbg)")
    keys(s, ("p 'a'" + ENTER, P))
    s.send(CTRL["R"])
    s.see("\nbck:")
    keys(s, (CTRL["C"], P))
    keys(s, (CTRL["A"], P), ("x = 'a long line'" + LEFT * 9,
                             P + "x = 'a long line'"), (CTRL["C"], P))
    if "42" in s.text():
        raise Failed("the line ran")
    end(s)


@once
def case_end_of_file(bench):
    """Ctrl-D at an empty line is the end; in a line it deletes."""
    s = start(bench)
    keys(s, ("ab", P + "ab"), (CTRL["A"] + CTRL["D"], P + "b"),
         (DEL + CTRL["D"], P), ("p x", P + "p x"), (CTRL["U"], P))
    s.send(CTRL["D"])
    if s.wait() != 0:
        raise Failed("status %#x" % s.status)


@once
def case_wide_and_combining(bench):
    """Columns are counted as the terminal does."""
    s = start(bench)
    s.send("x='日本語'")
    s.see_cursor(P + "x='日本語'")
    keys(s, (LEFT + DEL, P + "x='日本'"))
    # A mark is typed behind its letter; libedit shows it at the line's end.
    keys(s, (CTRL["E"] + DEL, P + "x='日本"), ("e", P + "x='日本e"),
         ("\u0301", P + "x='日本e\u0301"))
    s.send("'" + ENTER)
    s.see(lambda s: s.last() == P.rstrip() and s.y > 2, "a prompt below")
    s.line("print(ascii(x))")
    s.see("'\\u65e5\\u672ce\\u0301'\n(pydbg)")
    end(s)


@once
def case_a_line_longer_than_the_window(bench):
    s = start(bench, columns=30)
    text = "p '" + "abcdefghi " * 9 + "'"
    s.send(text)
    s.see(lambda s: (P + text)[90:].rstrip() == s.last(), "the line's end")
    s.send(CTRL["A"])
    s.see(lambda s: s.last() == (P + text)[:30].rstrip(), "its beginning")
    s.send(CTRL["E"] + ENTER)
    s.see("\n'abcdefghi abcdefghi abcdefghi")
    s.see_line(P)
    end(s)


@once
def case_resize_while_typing(bench):
    """The line is drawn anew, and goes on."""
    s = start(bench)
    s.send("p 'some words that are typed'")
    s.see_line(P + "p 'some words that are typed'")
    for columns in 24, 100, 50:
        s.set_size(24, columns)
        os.kill(s.pid, signal.SIGWINCH)
        shown = (P + "p 'some words that are typed'")
        tail = shown[(len(shown) - 1) // columns * columns:]
        s.see(lambda s, t=tail: s.last() == t.rstrip(),
              "the line in %d columns" % columns)
    s.send(LEFT + ", too" + ENTER)
    s.see("'some words that are typed, too'\n")
    s.see_line(P)
    end(s)


@once
def case_tiny_windows(bench):
    """One column, one row, no size at all: it works, if unseen."""
    for rows, columns in (1, 80), (24, 1), (1, 1), (0, 0):
        s = start_tiny(bench, rows, columns)
        s.line("open('done', 'w').write('%d,%d') and None" % (rows, columns))
        s.expect(NEW_LINE_RE)
        s.send("p" + CTRL["I"])
        s.send(CTRL["C"])
        s.expect(NEW_LINE_RE)
        s.line("q")
        s.wait()
        with open(os.path.join(bench.top, "done")) as f:
            if f.read() != "%d,%d" % (rows, columns):
                raise Failed("nothing was run at %dx%d" % (rows, columns))


def start_tiny(bench, rows, columns):
    bench.file("prog.py", "x = 1\n")
    argv = bench.argv("prog.py")
    argv[-1:-1] = ["-ex", "set pagination off"]
    t = bench.on_terminal(argv, env=environment(bench), rows=rows,
                          columns=columns)
    t.expect(NEW_LINE_RE)
    return t


@once
def case_binary_junk(bench):
    """Bytes that are no text, and every control character."""
    s = start(bench)
    s.send("p '")
    s.see_line(P + "p '")
    for byte in b"\xff\xfe\x80\xc3(":
        os.write(s.master, bytes([byte]))
    s.send("'" + ENTER)
    s.see("urrogates not allowed")
    s.see_line(P)
    junk = [b for b in range(256) if b not in (3, 4, 10, 13, 17, 19, 26, 28)]
    os.write(s.master, bytes(junk))
    at = len(s.log)
    s.send(CTRL["C"])
    s.see(lambda s: NEW_LINE in s.log[at:], "a new prompt")
    s.see_line(P)
    s.line("print(40 + 2)")
    s.see("\n42\n(pydbg)")
    end(s)


@once
def case_stop_and_go_on(bench):
    """Ctrl-Z at the prompt and fg: the line is there again."""
    shell = bench.on_terminal(["bash", "--norc", "--noediting", "-i"],
                              env=environment(bench, NO_COLOR="1"))
    bench.file("prog.py", "x = 1\n")
    shell.expect(r"\$ ")
    shell.line(" ".join(bench.argv("prog.py")))
    shell.expect(r"\(pydbg\) ")
    shell.send("print(40 +")
    shell.expect(r"print\(40 \+")
    shell.send(CTRL["Z"])
    shell.expect(r"Stopped.*\$ ")
    shell.line("fg")
    shell.expect(r"\(pydbg\) print\(40 \+")
    shell.line(" 2)")
    shell.expect(r"42\n")
    shell.line("q")
    shell.expect(r"\$ ")
    shell.line("exit")
    shell.wait()


@once
def case_more_lines(bench):
    """A statement of several lines; Tab indents; Ctrl-C gives it up."""
    s = start(bench)
    keys(s, ("def f(a):" + ENTER, MORE), ("\t", MORE + "    "),
         ("return a * 2" + ENTER, MORE), (ENTER, P))
    s.line("f(21)")
    s.see("\n42\n(pydbg)")
    keys(s, ("for i in [1, 2]:" + ENTER, MORE), ("  oops", MORE + "  oops"),
         (CTRL["C"], P), ("f(4)" + ENTER, P))
    s.see("\n8\n(pydbg)")
    end(s)


@once
def case_vi_keys(bench):
    """~/.editrc is honoured: vi's keys, a binding."""
    env = environment(bench)
    with open(os.path.join(env["HOME"], ".editrc"), "w") as f:
        f.write("# mine\nbind -v\n\npydbg:bind ^T ed-delete-prev-char\n"
                "other:bind ^A ed-insert\n")
    s = start(bench, env=env)
    keys(s, ("p xyz", P + "p xyz"), (CTRL["T"], P + "p xy"),
         (ESC + "0x", P + " xy"), ("ip" + ESC, P + "p xy"),
         ("A" + DEL + ENTER, P))
    s.see("(pydbg) p x\n")
    keys(s, (ESC + "k", P + "p x"), (CTRL["C"], P), ("whe\t", P + "where "))
    end(s)


@once
def case_editrc_with_errors(bench):
    """Each line that is not understood is told once, the others hold."""
    env = environment(bench)
    path = os.path.join(env["HOME"], ".editrc")
    with open(path, "wb") as f:
        f.write(b"nonsense here\nbind 'unfinished\n\xff\xfe\n"
                b"bind ^T ed-delete-prev-char\n")
    s = start(bench, env=env)
    s.see(":1: not understood: nonsense here")
    s.see(":2: not understood: bind 'unfinished")
    keys(s, ("p xy", P + "p xy"), (CTRL["T"], P + "p x"))
    end(s)
    os.chmod(path, 0)
    os.remove(path)
    os.mkdir(path)
    s = start(bench, env=env)
    s.see(".editrc is left out")
    end(s)


@once
def case_terminals_that_cannot(bench):
    """TERM=dumb, none, unknown: the prompt is plain and works."""
    for term in "dumb", None, "no-such-terminal":
        bench.file("prog.py", "x = 1\n")
        t = bench.on_terminal(bench.argv("prog.py"),
                              env=environment(bench, TERM=term,
                                              NO_COLOR="1"))
        t.expect(r"\(pydbg\) $")
        t.line("p 1 + 41")
        t.expect(r"\n42\n\(pydbg\) $")
        if "\033" in t.log:
            raise Failed("escape sequences on TERM=%s" % term)
        t.line("q")
        t.wait()


@once
def case_locales(bench):
    """No locale at all is UTF-8, as it is for Python."""
    for lang in "C", "POSIX", None, "no_SUCH.locale":
        s = start(bench, env=environment(bench, LANG=lang))
        s.line("print(ascii('é'))")
        s.see("'\\xe9'\n(pydbg)")
        end(s)


@once
def case_previous_line_is_edited(bench):
    s = start(bench)
    keys(s, ("p 20" + ENTER, P), (UP, P + "p 20"), (DEL + "1" + ENTER, P))
    s.see("(pydbg) p 21\n21\n(pydbg)")
    end(s)


@once
def case_typed_ahead_for_the_program(bench):
    """What is typed behind a command that lets the program run is the
    program's, and ends as lines do, though the key says CR."""
    s = start(bench, "import sys\nfor n in range(2):\n"
              "    print(sys.stdin.buffer.readline())\ninput()\n")
    s.send("c\rone line\rand another\r")
    s.see("b'one line\\n'\nb'and another\\n'")
    s.send("\r")
    s.see("The program finished")
    s.see_line(P)
    end(s)


@once
def case_typed_ahead_for_the_shell(bench):
    """What is typed behind `quit` is whoever's who reads next."""
    bench.file("prog.py", "x = 1\n")
    s = Screen(["/bin/sh", "-c", '"$@"; read -r line; echo "shell: $line."',
                "sh"] + bench.argv("prog.py"), env=environment(bench),
               cwd=bench.top)
    bench.terminals.append(s)
    s.see_line(P)
    s.send("q\recho typed ahead\r")
    s.see("shell: echo typed ahead.")
    s.wait()
