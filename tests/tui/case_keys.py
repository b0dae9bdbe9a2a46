"""Keys: what is bound runs, what is typed stays, and where keys go."""

import os
import re
import signal

from tmux import Failed

PROG = """\
def add(a, b):
    total = a + b
    return total


values = [1, 2, 3]
for v in values:
    add(v, 1)
print("done")
"""


def focus(s):
    return re.search(r"^\*(\w+)", s.text(), re.M)[1]


def case_typed_text_stays(b):
    """A key's command leaves what is half typed, cursor and all."""
    s = b.debug(PROG)
    s.type("p 1 + ")
    s.wait(r"\(pydbg\) p 1 \+$")
    s.keys("F8")
    s.wait(r"stopped +prog\.py:6")
    s.wait(r"\(pydbg\) p 1 \+$")
    s.keys("C-a")
    s.keys("F8")
    s.wait(r"stopped +prog\.py:7")
    s.type("!")
    s.wait(r"\(pydbg\) !p 1 \+$")
    s.keys("C-a", "C-d", "C-e")
    s.line("1")
    s.wait("^2$")
    # A key's command is not what an empty line repeats.
    s.keys("F8")
    s.wait(r"stopped +prog\.py:8")
    s.keys("Enter")
    s.until(lambda t: len(re.findall("^2$", t, re.M)) == 2, "2 again")
    # ... and not in the history.
    s.keys("Up")
    s.wait(r"\(pydbg\) p 1 \+ 1$")


def case_steps_are_all_made(b):
    s = b.debug("".join("x%d = %d\n" % (i, i) for i in range(100)))
    s.tmux("send-keys", *["F8"] * 60)
    s.wait(r"stopped +prog\.py:61")
    s.line("p x59")
    s.wait("^59$")


def case_source_pane(b):
    s = b.debug(PROG)
    s.keys("Escape")
    s.wait(r"^\*src")
    s.keys("j")
    s.wait(r"^\*src +prog\.py +2 of 9")
    s.keys("Space")
    s.wait("^B +2 ")
    s.keys("b")
    s.gone("^B +2 ")
    s.keys("t")
    s.wait("^T +2 ")
    s.keys("F5")
    s.wait(r"stopped +prog\.py:2 in add")
    s.gone("^[BT] +2 ")
    s.keys("G")
    s.wait("9 of 9")
    s.keys("k", "k")
    s.wait("7 of 9")
    s.keys("u")
    s.wait(r"stopped +prog\.py:8 in <module>")
    s.keys("k", "u")
    s.wait(r"stopped +prog\.py:7 in <module>")
    s.keys("g")
    s.wait("1 of 9")
    s.keys(".")
    s.wait("7 of 9")
    s.keys("/")
    s.wait("^/$")
    s.type("ADD")
    s.keys("Enter")
    s.wait("not found: ADD")
    s.keys("/")
    s.type("add")
    s.keys("Enter")
    s.wait("8 of 9")
    s.keys("n")
    s.wait("1 of 9")
    s.keys("N")
    s.wait("8 of 9")
    s.keys("i")
    s.wait(r"^\*cmd")


def case_marks(b):
    """Each kind of breakpoint has its letter."""
    b.file("other.py", "def f():\n    return 1\n")
    s = b.debug(PROG)
    for line in ("break 2, a > 100", "break 3", "disable 2", "tbreak 7",
                 "break 8"):
        s.line(line)
    s.wait(r"^C +2 ")
    s.wait(r"^b +3 ")
    s.wait(r"^T +7 ")
    s.wait(r"^B +8 ")


def case_selected_frame(b):
    s = b.debug(PROG)
    s.line("break 2")
    s.line("continue")
    s.wait(r"stopped +prog\.py:2 in add")
    s.line("up")
    s.wait("frame 1$|frame 1 ")
    s.wait("8->")
    s.gone("2->")
    s.line("down")
    s.wait("2->")


def case_open_file(b):
    """o finds a file by some letters of its name."""
    b.file("helpers_of_mine.py", "def helper():\n    return 1\n")
    b.file("unrelated.py", "x = 1\n")
    s = b.debug(PROG)
    s.keys("Escape")
    s.wait(r"^\*src")
    s.keys("o")
    s.wait("^open:")
    s.type("hlpmine")
    s.wait("1 of [0-9]+ +Enter opens")
    s.keys("Enter")
    s.wait(r"^\*src +helpers_of_mine\.py")
    s.wait("def helper")
    s.keys("F8")
    s.wait(r"src +prog\.py +6 of 9")
    s.keys("o")
    s.wait("^open:")
    s.keys("Escape")
    s.wait(r"^\*src +prog\.py")
    s.keys("m")
    s.wait("^module:")
    s.keys("Escape")
    s.wait(r"^\*src +prog\.py")


def case_single_key(b):
    s = b.debug(PROG)
    s.keys("C-x", "s")
    s.wait("single-key")
    s.keys("n")
    s.wait(r"prog\.py:6")
    s.keys("n")
    s.wait(r"prog\.py:7")
    s.keys("n")
    s.wait(r"prog\.py:8")
    s.keys("s")
    s.wait(r"prog\.py:1 in add")
    s.keys("u")
    s.wait(r"prog\.py:8 in <module>")
    s.keys("d")
    s.wait(r"prog\.py:1 in add")
    s.keys("f")
    s.wait(r"prog\.py:[78] in <module>")
    s.keys("q")
    s.gone("single-key")
    s.type("no")
    s.wait(r"\(pydbg\) no$")


def case_bind(b):
    b.file(".pydbgrc", "bind F4 p 40 + 2\nbind source z p %l + 100\n")
    s = b.debug(PROG, rc=True)
    s.keys("F4")
    s.wait("^42$")
    s.keys("Escape")
    s.wait(r"^\*src")
    s.keys("j", "j")
    s.wait("3 of 9")
    s.keys("z")
    s.wait("^103$")
    s.keys("?")
    s.wait("Up +pane up")
    s.keys("End")
    s.wait("^ +z +p %l")
    s.keys("q")
    s.wait(r"^\*src")
    s.keys("y")
    s.wait("y does nothing here")
    s.keys("C-x", "9")
    s.wait("does nothing here")


def case_focus(b):
    s = b.debug(PROG)
    order = []
    for _ in range(3):
        s.keys("C-x", "o")
        was = order[-1] if order else "cmd"
        s.gone(r"^\*%s\b" % was)
        order.append(focus(s))
    if order != ["src", "output", "cmd"]:
        raise Failed(repr(order))
    s.line("focus src")
    s.wait(r"^\*src")
    s.keys("i")
    s.wait(r"^\*cmd")
    s.line("focus stack")
    s.wait("'stack' is not to be seen in this layout")
    s.line("focus nothing")
    s.wait("there is no pane 'nothing'")


def case_layouts(b):
    s = b.debug(PROG, rows=40, cols=120)
    for name, title in (("src", "output"), ("asm", "asm"), ("split", "asm"),
                        ("vars", "variables"), ("full", "threads")):
        s.line("layout " + name)
        s.wait(r" %s +F1 keys" % name)
        s.wait(title)
    s.line("layout next")
    s.wait(" src +F1 keys")
    s.line("layout prev")
    s.wait(" full +F1 keys")
    s.keys("C-x", "0")
    s.gone(r"^ src")
    s.keys("C-x", "0")
    s.wait(r"^ src")
    s.line("tui new-layout mine cmd 1 src 1")
    s.line("layout mine")
    s.wait(" mine +F1 keys")
    s.line("winheight src 10")
    s.line("info win")
    s.wait(r"src +10 x 120")
    s.line("winheight src +3")
    s.line("info win")
    s.wait(r"src +13 x 120")
    s.line("layout save kept")
    s.line("layout src")
    s.wait(" src +F1 keys")
    s.line("quit")
    s.wait("^status 0")
    s = b.debug(PROG, rows=40, cols=120)
    s.line("layout kept")
    s.wait(" kept +F1 keys")
    s.line("info win")
    s.wait(r"src +13 x 120")


def case_long_output(b):
    """The pager asks in the pane; the last output opens in the pager."""
    s = b.debug("x = list(range(400))\ny = 1\n")
    s.line("next")
    s.wait("prog.py:2")
    s.line("help")
    s.wait("--Enter: more")
    s.keys("Enter")
    s.wait("--Enter: more")
    s.keys("q")
    s.wait(r"\(pydbg\)$")
    s.line("help")
    s.wait("--Enter: more")
    s.keys("C-c")
    s.wait(r"\(pydbg\)$")
    s.line("set pagination off")
    s.line("pp x")
    s.wait("399]")
    s.keys("C-x", "p")
    s.wait("what was printed last")
    s.wait(r"^\[0,")
    s.keys("End")
    s.wait(r" 399\]")
    s.keys("/")
    s.type(" 200,")
    s.keys("Enter")
    s.wait(r"^ 200,")
    s.keys("q")
    s.wait(r"^[ *]src")


def case_long_line(b):
    """Of one that fills pages no character is lost at a question."""
    s = b.debug("t = 'abcdefghi' * 200\nx = 1\n")
    s.line("next")
    s.wait("prog.py:2")
    s.line("p t")
    s.wait("^--Enter: more")
    s.keys("Enter")
    s.until(lambda t: ") p t" not in t and "--Enter" in t, "the next page")
    rows = s.pane("cmd").split("\n")
    text = "".join(r for r in rows if r and r[0] in "abcdefghi")
    if text == "" or text not in "abcdefghi" * 200:
        raise Failed("a part is missing\n" + s.text())
    s.keys("q")


def case_question(b):
    """A question has the keys, wherever the focus is."""
    s = b.debug(PROG)
    s.line("break 2")
    s.line("break 3")
    s.wait("^B +3 ")
    s.keys("Escape")
    s.wait(r"^\*src")
    s.keys("i")
    s.line("clear")
    s.wait(r"\?")
    s.wait("a question")
    s.keys("F8")
    s.wait("has a question")
    s.line("n")
    s.wait(r"\(pydbg\)$")
    s.gone("a question")
    s.wait("^B +3 ")


def case_statement(b):
    """Many lines, completion, history and an interrupted line."""
    s = b.debug(PROG)
    s.line("for i in range(3):")
    s.wait(r"^\.\.\.")
    s.keys("F8")
    s.wait("in the middle")
    s.line("    print(i * 7)")
    s.line("")
    s.wait("^14$")
    s.type("p valu")
    s.keys("C-c")
    s.wait(r"\(pydbg\)$")
    s.keys("F8", "F8")
    s.wait(r"prog\.py:7")
    s.type("p valu")
    s.keys("Tab")
    s.wait(r"\(pydbg\) p values")
    s.keys("Enter")
    s.wait(r"^\[1, 2, 3\]")
    s.keys("C-r")
    s.type("val")
    s.wait("p values")
    s.keys("Enter")
    s.until(lambda t: t.count("[1, 2, 3]") >= 2, "the value again")


def case_typed_while_data_are_fetched(b):
    """What is typed while the panes wait for the program, which is halted
    here, waits for no key behind it."""
    log = os.path.join(b.top, "wire.log")
    s = b.debug(PROG, rows=40, cols=100, env={"PYDBG_LOG": "wire:" + log})
    s.line("bind F12 layout full")
    s.wait(r"layout full\n\(pydbg\)$")
    program = s.children()[0]
    os.kill(program, signal.SIGSTOP)
    try:
        before = os.path.getsize(log)
        s.keys("F12")
        s.until(lambda t: os.path.getsize(log) > before, "a request")
        s.line("p 6 * 7")
        s.until(lambda t: s.unread() == 0, "keys that are read")
    finally:
        os.kill(program, signal.SIGCONT)
    s.wait("^42 *│")
