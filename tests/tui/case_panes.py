"""The panes of data over a live program: what they show, and that looking runs
nothing of it."""

from tmux import Failed

# Whatever is asked of one of these says so in the output, and spoils the
# screen that is compared.
LOUD = """\
import collections

def noisy(name):
    def method(self, *args):
        print("RAN", name)
        return 0
    return method

NAMES = ["__repr__", "__str__", "__len__", "__iter__", "__eq__", "__bool__",
         "__getattr__", "__getitem__", "__contains__", "__dir__", "__next__"]

class Loud:
    area = property(noisy("area"))
for name in NAMES:
    setattr(Loud, name, noisy(name))

class LoudDict(dict):
    __iter__ = __len__ = __getitem__ = keys = items = noisy("dict")
    __repr__ = noisy("repr")

class Point(collections.namedtuple("Point", "x y")):
    pass

def f(n):
    loud = Loud()
    loud.__dict__["name"] = "x"
    table = LoudDict(a=[1, 2], b=loud)
    here = Point(1, [2])
    loop = [n]
    loop.append(loop)
    n += 1
    n += 1
    return n

f(1)
"""

STEP = LOUD.split("\n").index("    n += 1") + 1

SMALL = """\
def g(x):
    y = x
    z = y + 1
    return z

def f(a):
    b = g(a)
    return b

f(1)
f(2)
"""

THREADS = """\
import threading
go = threading.Event()

def wait_here():
    mine = "of the other"
    go.wait()

t = threading.Thread(target=wait_here, name="other", daemon=True)
t.start()
while not t.ident:
    pass
x = 1
go.set()
"""


PROMPT = r"\(pydbg\)(?= *$)"


def at(b, text, line, *layout, **how):
    """At that line, with these panes."""
    s = b.debug(text, **how)
    s.line("tui new-layout test " + " ".join(layout))
    s.wait(PROMPT)
    s.line("layout test")
    s.wait(r"layout test *\n" + PROMPT)
    s.line("break %d" % line)
    s.wait(r"Breakpoint 1 at [^)]*\n" + PROMPT)
    s.line("continue")
    s.wait(r"prog\.py:%d in" % line)
    return s


def focus(s, pane, title):
    """From the command pane."""
    s.line("focus " + pane)
    s.wait(r"^\*" + title)


def back(s):
    s.keys("Escape")
    s.wait(r"^\*cmd")


def no(s, text):
    if text in s.text():
        raise Failed("there is %r\n%s" % (text, s.text()))


def case_looking_runs_nothing(b):
    s = at(b, LOUD, STEP, "vars 5 out 1 cmd 1", rows=40)
    focus(s, "vars", "variables")
    s.wait("loud = Loud")
    for name in "loud = ", "table = ", "here = ", "loop = ":
        s.keys("g", "/")
        s.wait("^/$")
        s.type(name)
        s.keys("Enter")
        s.gone("^/")
        s.keys("Enter")
        s.wait("▾ " + name.rstrip())
    b.compare("vars-loud", s)
    back(s)
    s.line("next")
    s.wait(r"prog\.py:%d in" % (STEP + 1))
    s.wait("n = 2")
    s.wait("▾ loop")                # open as before
    s.settled()
    no(s, "RAN")
case_looking_runs_nothing.every = True


def case_property_when_asked(b):
    s = at(b, LOUD, STEP, "vars 5 out 2 cmd 2", rows=40)
    focus(s, "vars", "variables")
    s.wait("loud = Loud")
    s.keys("Down", "Down", "Right")
    s.wait(r"\.area  \(property\)")
    s.keys("Down", "Down")
    no(s, "RAN")
    s.keys("Enter")
    s.wait("RAN area")
    s.wait(r"\.area = 0")
    s.keys("r")
    s.wait(r"^\(pydbg\)")
    s.wait(r"RAN area\nRAN area")
    s.keys("d")
    s.wait("display loud.area: 0")


def case_stack(b):
    s = at(b, SMALL, 3, "src 3 stack 2 cmd 2")
    focus(s, "stack", "stack")
    s.wait("▸0 g prog.py:3")
    s.keys("Down", "Enter")
    s.wait(r"prog\.py:7 in f  frame 1")
    s.wait("▸1 f prog.py:7")
    s.keys("u")
    s.wait("▸2 <module> prog.py:10")
    s.keys("k", "k", "Space")
    s.wait("▸0 g prog.py:3")


def case_breakpoints(b):
    s = at(b, SMALL, 3, "src 3 breaks 2 cmd 2")
    focus(s, "breaks", "breakpoints")
    s.wait("▸●1 prog.py:3 x1")
    s.keys("Space")
    s.wait("○1 prog.py:3 x1 off")
    s.keys("e", "c")
    s.wait("condition")
    s.line("y > 1")
    s.wait("◆1 prog.py:3 x1 if y > 1")
    back(s)
    s.line("continue")
    s.wait("x2 if y > 1")
    focus(s, "breaks", "breakpoints")
    s.keys("d")
    s.wait("no breakpoints")


def case_threads(b):
    s = at(b, THREADS, 12, "vars 2 threads 2 cmd 2")
    focus(s, "threads", "threads")
    s.wait(r"▸1\* MainThread <module> prog.py:12")
    s.keys("End", "Enter")
    s.wait(r"▸2 other")
    s.keys(":")
    s.wait(r"^\*cmd")
    s.line("up 2")
    s.wait("mine = 'of the other'")
    s.line("thread 1")
    s.wait(r"▸1\*")


def case_displays(b):
    s = at(b, SMALL, 3, "display 2 cmd 2")
    focus(s, "display", "display")
    s.wait("nothing is displayed")
    s.keys("a")
    s.wait("^display:$")
    s.line("y + 1")
    s.wait("^y \\+ 1 = 2")
    s.keys("a")
    s.wait("^display:$")
    s.line("[z] if 'z' in dir() else 0")
    s.wait("else 0 = 0")
    back(s)
    s.line("next")
    s.wait(r"= \[2\]  was 0")
    focus(s, "display", "display")
    s.keys("d")
    s.gone("y \\+ 1 = 2")


def case_bytecode(b):
    s = at(b, SMALL, 3, "src 2 asm 3 cmd 2", rows=40)
    focus(s, "asm", "bytecode")
    s.wait(r"^ *3 ▸ +\d+ +LOAD_FAST")
    s.keys("s")
    s.wait(r"^ +▸ +\d+ +LOAD_CONST")
    s.keys("Home", "Enter")
    s.wait("bytecode: g")
    s.keys("End", "Space")
    s.wait("Breakpoint 2 at")
    s.keys("Space")
    s.wait("Deleted breakpoint 2")


def case_all_panes(b):
    s = b.debug(SMALL, rows=40, cols=120)
    s.line("layout full")
    s.wait("breakpoints")
    s.line("break 3")
    s.wait("Breakpoint 1 at")
    s.line("continue")
    s.wait(r"prog\.py:3 in g")
    s.line("display y")
    s.wait("y = 1")
    b.compare("panes-120x40", s)
    for rows, cols in (10, 40), (4, 12), (2, 2), (100, 300), (24, 80):
        s.resize(rows, cols)
    s.wait(r"prog\.py:3 in g")
    s.settled()
    s.resize(40, 120)
    s.wait("▸●1 prog.py:3 x1")


def case_long_stack(b):
    s = at(b, "def f(n):\n    if n == 0:\n        return 0\n"
           "    return f(n - 1)\nf(400)\n", 3, "stack 3 cmd 2")
    focus(s, "stack", "stack 1/402")
    s.keys("End")
    s.wait(r"401 <module> prog\.py:5")
    s.keys("Enter")
    s.wait(r"in <module>  frame 401")
    s.keys("Home")
    s.wait(r"^ 0 f prog\.py:3")
