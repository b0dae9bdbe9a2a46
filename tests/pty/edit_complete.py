"""Tab: what a line can go on with.  Nothing of the program runs for it."""

import os

from edit import CTRL, ENTER, P, TAB, end, environment, keys, once, start
from terminal import Failed

PROGRAM = """\
import readline, rlcompleter, os
class Slots:
    __slots__ = ('alpha', 'beta')
    def __init__(self, alpha=1):
        self.alpha = alpha
        self.beta = {'key one': [1, Plain()], 'kind': Plain()}
    @property
    def boom(self):
        print('RUN: property')
    def method(self, width=3, *, height=4):
        pass
class Plain:
    shared = 3
    def __init__(self):
        self.own_a = 1
        self.own_b = {'x': 1}
    def __getattr__(self, name):
        print('RUN: getattr')
        raise AttributeError(name)
    def __dir__(self):
        print('RUN: dir')
        return []
class Key:
    loud = False
    def __hash__(self):
        return hash('a b')
    def __eq__(self, other):
        if Key.loud:
            print('RUN: eq')
        return False
class Lazy(dict):
    def __getitem__(self, key):
        print('RUN: getitem')
        return {}
def function_one(first, second=2, *, third_one=3):
    local_name = 5
    slots = Slots()
    lazy = Lazy(a={'deep': 1})
    for i in range(1):
        total = [local_name for j in range(1)]
    return local_name
d = {'a b': 1, Key(): 2, "it's": 2, 17: 3, 'n': {'deep': {'er': Plain()}}}
Key.loud = True
function_one(1)
"""
STOP = PROGRAM.split("\n").index("    return local_name") + 1

CASES = [
    ("p slo", "p slots"),
    ("p slots.bet", "p slots.beta"),
    ("p slots.bo", "p slots.boom"),
    ("p slots.boom.", "p slots.boom."),
    ("p slots.beta['ki", "p slots.beta['kind']"),
    ("p slots.beta['kind'].own", "p slots.beta['kind'].own_"),
    ("p slots.beta['key one'][1].own_b['", "p slots.beta['key one'][1]."
     "own_b['x']"),
    ("p slots.beta['kind'].nothing.", "p slots.beta['kind'].nothing."),
    ("p slots.method(hei", "p slots.method(height="),
    ("p function_one(1, thi", "p function_one(1, third_one"),
    ("p Slots(alp", "p Slots(alpha="),
    ("p d['a", "p d['a b']"),
    ('p d["it', 'p d["it\'s"]'),
    ("p d['it", "p d['it\\'s']"),
    ("p d[1", "p d[17]"),
    ("p d['n']['deep']['er'].sh", "p d['n']['deep']['er'].shared"),
    ("p lazy['a']['", "p lazy['a']['"),
    ("p os.path.bas", "p os.path.basename"),
    ("p 'text'.upp", "p 'text'.upper"),
    ("p (local_na", "p (local_name"),
    ("p 'in a string loc", "p 'in a string loc"),
    ("p 1 # loc", "p 1 # loc"),
    ("p lamb", "p lambda"),
    ("x = function_o", "x = function_one"),
    ("whil", "while "),
    ("longl", "longlist "),
    ("help longl", "help longlist "),
    ("b Slots.meth", "b Slots.method"),
    ("b function_o", "b function_one"),
    ("b prog.py:function_o", "b prog.py:function_one"),
    ("b prog.py:Slots.meth", "b prog.py:Slots.method"),
    ("b prog.py:37, local_n", "b prog.py:37, local_name"),
    ("b with", "b with blanks/"),
    ("b with blanks/fi", "b with blanks/file.py:"),
    ("condition 1 local_n", "condition 1 local_name"),
    ("show hist", "show history "),
    ("set style th", "set style theme "),
    ("set style theme li", "set style theme light"),
    ("p x;;p local_n", "p x;;p local_name"),
    ("p no_such_thing.", "p no_such_thing."),
    ("p ...", "p ..."),
    ("p )]}", "p )]}"),
]


def at_the_stop(bench):
    os.makedirs(os.path.join(bench.top, "with blanks"))
    with open(os.path.join(bench.top, "with blanks", "file.py"), "w") as f:
        f.write("a = 1\n")
    s = start(bench, PROGRAM, rows=50)
    keys(s, ("b %d" % STOP + ENTER, P), ("c" + ENTER, P))
    return s


def case_each_kind(bench):
    s = at_the_stop(bench)
    for typed, wanted in CASES:
        s.send(typed)
        s.see_line(P + typed)
        s.send(TAB)
        # What is typed next shows that nothing more came.
        s.send("~")
        s.see_line(P + wanted + "~")
        s.send(CTRL["A"] + CTRL["K"])
        s.see_line(P)
    if "RUN" in s.text():
        raise Failed("the program has run: " + s.text())
    keys(s, ("p slots.boom" + ENTER, P))
    s.see("RUN: property")      # what would have been seen
    end(s)


def case_lists(bench):
    """Several: what they share, then a list; many are asked for."""
    s = at_the_stop(bench)
    keys(s, ("p slots." + TAB, P + "p slots."))
    s.see("\nalpha   beta    boom    method\n(pydbg) p slots.")
    keys(s, (CTRL["U"], P), ("p d['n'].__" + TAB, P + "p d['n'].__"))
    s.see("__class__")
    keys(s, (CTRL["U"], P))
    s.send("p " + TAB)
    s.see("possibilities? (y or n)")
    s.send("n")
    s.see_line(P + "p")
    end(s)


@once
def case_breakpoints_and_lines(bench):
    s = at_the_stop(bench)
    keys(s, ("b 37" + ENTER, P), ("disable 1 " + TAB, P + "disable 1"))
    s.see("\n1  2\n(pydbg) disable 1")
    keys(s, (CTRL["U"], P), ("b 3" + TAB, P + "b 3"))
    s.see("35  36  37  38  39")
    keys(s, (CTRL["U"], P))
    end(s)


@once
def case_what_follows_is_not_doubled(bench):
    s = at_the_stop(bench)
    keys(s, ("p d['a'] + 1", P + "p d['a'] + 1"),
         (CTRL["B"] * 6 + TAB, P + "p d['a b'] + 1"))
    end(s)


@once
def case_nothing_runs(bench):
    """Without a program there are commands; the prompt lives."""
    s = start(bench, "import os\nos._exit(3)\n")
    keys(s, ("c" + ENTER, P), ("p so" + TAB, P + "p so"), (CTRL["U"], P),
         ("b pro" + TAB, P + "b prog.py:"), (CTRL["U"], P),
         ("longl" + TAB, P + "longlist"))
    end(s)


def case_many_names(bench):
    """Ten thousand names, in less than a twentieth of a second."""
    import time
    s = start(bench, "for i in range(10000):\n    globals()['name_%05d' % i]"
              " = i\nprint('end')\n")
    keys(s, ("unt 3" + ENTER, P))
    best = 1
    for typed, wanted in [("p name_0999", "p name_0999"),
                          ("p name_09998", "p name_09998")] * 3:
        keys(s, (typed, P + typed))
        at, begun = len(s.log), time.monotonic()
        s.send(TAB + "!")
        s.see(lambda s: s.last() == P + wanted + "!")
        best = min(best, time.monotonic() - begun)
        keys(s, (CTRL["U"], P))
    if best > 0.05:
        raise Failed("%.1f ms" % (best * 1000))
    end(s)


def case_its_own_readline(bench):
    """The program's readline is the library that it is without us."""
    program = ("import readline, rlcompleter, sys\n"
               "maps = open('/proc/self/maps').read().split()\n"
               "libs = sorted({m.split('/')[-1] for m in maps if '/lib' in m\n"
               "    and ('readline' in m or 'edit' in m or 'curses' in m\n"
               "         or 'tinfo' in m)})\n"
               "readline.add_history('one')\n"
               "n = readline.get_current_history_length()\n"
               "item = readline.get_history_item(1)\n"
               "word = rlcompleter.Completer({'abcdef': 1}).complete('abc', 0)\n"
               "f = open(sys.argv[1], 'w')\n"
               "print(libs, n, item, word, readline.__doc__, file=f)\n"
               "f.close()\n")
    env = environment(bench)
    s = start(bench, program, env=env, rows=40)
    s.send(CTRL["D"])
    s.wait()
    said = []
    for name in "with", "bare":
        out = os.path.join(bench.top, name)
        argv = [bench.python.path, "prog.py", out] if name == "bare" else \
            bench.argv("prog.py", out)
        t = bench.on_terminal(argv, env=env)
        if name == "with":
            t.expect("2004h")
            t.line("p 1")
            t.expect("2004h")
            t.line("b 12")
            t.expect("2004h")
            t.line("c")
            t.expect("2004h")
            t.line("q")
        t.wait()
        with open(out) as f:
            said.append(f.read())
    if said[0] != said[1] or "one" not in said[1]:
        raise Failed("with us %r, without %r" % tuple(said))
