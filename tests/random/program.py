"""Programs at random: every kind of statement that has lines of its own.

A program is a function of its seed.  It ends by itself, soon, prints the same
each time, and raises nothing that it does not catch.  Only functions with a
smaller number are called, and one more call deep in loops is not worth its
time: see CALLS.
"""

import random

CALLS = 3               # in one function
DEPTH = 3               # of blocks in blocks
NAMES = "xyz"

HEAD = """\
class Guard:
    def __init__(self, value):
        self.value = value
    def __enter__(self):
        return self.value
    def __exit__(self, kind, error, tb):
        return kind is KeyError
def drive(coro):
    try:
        while True:
            coro.send(None)
    except StopIteration as e:
        return e.value
def same(function):
    def wrapper(*args):
        return function(*args)
    return wrapper"""


class Program:
    """lines: of its text.  stops: numbers of those where a statement begins.
    functions: names to break at."""

    def __init__(self, seed, generators):
        self.random = random.Random("program %d" % seed)
        self.generators = generators
        self.lines, self.stops, self.functions = [], [], []
        self.callable = []              # (name, how it is called)
        self.level = self.calls = self.loops = self.inside = 0
        for line in HEAD.split("\n"):
            self.lines.append(line)
            if not line.lstrip().startswith(("class", "def")):
                self.stops.append(len(self.lines))
        for n in range(self.random.randint(2, 4)):
            self.function("f%d" % n)
        self.main()

    @property
    def text(self):
        return "\n".join(self.lines) + "\n"

    # ---- lines ----------------------------------------------------------

    def add(self, *lines, stop=True):
        """The lines of one statement."""
        for n, line in enumerate(lines):
            self.lines.append("    " * self.level + line)
            if stop and n == 0:
                self.stops.append(len(self.lines))

    def block(self, head, body, stop=True):
        self.add(head, stop=stop)
        self.level += 1
        body()
        self.level -= 1

    def some(self):
        for _ in range(self.random.choice((1, 1, 2, 3))):
            self.statement()

    # ---- expressions ----------------------------------------------------

    def name(self):
        return self.random.choice(NAMES)

    def atom(self):
        r = self.random.random()
        if r < .2 and self.callable and self.calls < CALLS:
            return self.call()
        if r < .5:
            return str(self.random.randint(0, 3))
        return self.random.choice(NAMES + "ab")

    def call(self):
        self.calls += 1
        return self.random.choice(self.callable) % (
            "%s %% 4" % self.random.choice(NAMES + "ab"))

    def value(self):
        r = self.random.random()
        if r < .5:
            return self.atom()
        if r < .9:
            return "%s %s %s" % (self.atom(), self.random.choice("+-*"),
                                 self.atom())
        return "%s if %s else %s" % (self.atom(), self.test(), self.atom())

    def test(self):
        r = self.random.random()
        one = "%s %s %s" % (self.atom(), self.random.choice(
            ("<", ">", "==", "!=")), self.random.randint(0, 3))
        if r < .75:
            return one
        return one + self.random.choice((" and ", " or ")) + self.name()

    # ---- statements -----------------------------------------------------

    def statement(self):
        kinds = self.SIMPLE
        if self.level < DEPTH + 1:
            kinds = kinds + self.BLOCKS
        if self.generators:
            kinds = kinds + self.LAZY
        self.random.choice(kinds)(self)

    def assign(self):
        self.add("%s = %s" % (self.name(), self.value()))

    def augment(self):
        self.add("%s += %s" % (self.name(), self.value()))

    def semicolons(self):
        self.add("%s = %s; %s = %s" % (self.name(), self.value(), self.name(),
                                       self.value()))

    def bare_call(self):
        self.add(self.call() if self.callable and self.calls < CALLS
                 else "len([%s])" % self.value())

    def wide(self):
        self.add("%s = (" % self.name(), "    " + self.value() + " +",
                 "    " + self.value(), ")")

    def wide_call(self):
        self.add("%s = max(" % self.name(), "    %s," % self.value(),
                 "    %s," % self.value(), ")")

    def wide_choice(self):
        self.add("%s = (%s" % (self.name(), self.value()),
                 "    if %s" % self.test(), "    else %s)" % self.value())

    def short_if(self):
        self.add("if %s: %s = %s" % (self.test(), self.name(), self.value()))

    def short_for(self):
        self.add("for i in range(%d): %s += i" % (self.random.randint(0, 3),
                                                  self.name()))

    def short_while(self):
        self.add("n = %d" % self.random.randint(0, 3))
        self.add("while n: n -= 1")

    def comprehension(self):
        form = self.random.choice((
            "[i + {v} for i in range({n})]",
            "{{i: {v} for i in range({n})}}",
            "[i for i in range({n}) if i != {v}]",
            "[i + j for i in range({n}) for j in range(2)]",
            "[[j + {v} for j in range(i)] for i in range({n})]"))
        self.add("%s = len(%s)" % (self.name(), form.format(
            v=self.name(), n=self.random.randint(0, 3))))

    def wide_comprehension(self):
        self.add("%s = len([" % self.name(), "    i + %s" % self.name(),
                 "    for i in range(%d)" % self.random.randint(0, 3),
                 "    if i != %s" % self.name(), "])")

    def function_value(self):
        self.add("g = lambda v: v + 1")
        self.add("%s = g(%s)" % (self.name(), self.name()))

    def leaf(self):
        self.add("pass")

    def condition(self):
        self.block("if %s:" % self.test(), self.some)
        if self.random.random() < .3:
            self.block("elif %s:" % self.test(), self.some)
        if self.random.random() < .5:
            self.block("else:", self.some, stop=False)

    def wide_condition(self):
        self.add("if (%s and" % self.test(), "        %s or" % self.test(),
                 "        %s):" % self.name())
        self.level += 1
        self.some()
        self.level -= 1

    def loop(self):
        if self.loops == 2:
            return self.assign()
        self.loops += 1
        self.block("for i in range(%d):" % self.random.randint(0, 3),
                   self.loop_body)
        if self.random.random() < .3:
            self.block("else:", self.some, stop=False)
        self.loops -= 1

    def loop_body(self):
        self.some()
        if self.random.random() < .3:
            self.block("if %s:" % self.test(), lambda: self.add(
                self.random.choice(("break", "continue"))))
            self.some()

    def count_down(self):
        if self.loops == 2:
            return self.assign()
        self.loops += 1
        count = "m%d" % self.loops
        self.add("%s = %d" % (count, self.random.randint(0, 3)))
        self.block("while %s:" % count, lambda: (
            self.add("%s -= 1" % count), self.loop_body()))
        self.loops -= 1

    def attempt(self):
        self.block("try:", self.attempt_body)
        self.block("except ValueError%s:" % self.random.choice(("", " as e")),
                   self.some, stop=self.random.random() < .5)
        if self.random.random() < .3:
            self.block("else:", self.some, stop=False)
        if self.random.random() < .4:
            self.block("finally:", self.some, stop=False)

    def attempt_body(self):
        self.some()
        if self.random.random() < .5:
            self.block("if %s:" % self.test(),
                       lambda: self.add("raise ValueError(x)"))
            self.some()

    def finally_only(self):
        self.block("try:", self.some)
        self.block("finally:", self.some, stop=False)

    def within(self):
        self.block("with Guard(%s) as %s:" % (self.value(), self.name()),
                   self.some)

    def within_error(self):
        self.block("with Guard(%s):" % self.name(), lambda: (
            self.some(), self.add("{}[%s]" % self.name())))

    def cases(self):
        self.block("match %s:" % self.name(), lambda: (
            self.block("case 0:", self.some),
            self.block("case 1 | 2:", self.some),
            self.block("case _:", self.some, stop=False)))

    def nested(self):
        used = self.calls, self.callable
        self.callable = []
        self.add("def inner(a, b=1):")
        self.level += 1
        self.inside += 1
        if self.inside > 1:
            self.add("nonlocal x", stop=False)
        self.add("x = y = z = a")
        self.some()
        self.add("return %s" % self.value())
        self.inside -= 1
        self.level -= 1
        self.calls, self.callable = used
        self.add("%s = inner(%s)" % (self.name(), self.name()))

    def a_class(self):
        self.block("class C:", lambda: (
            self.add("v = %s" % self.name()),
            self.add("def m(self):"),
            self.add("    return self.v")))
        self.add("%s = C().m()" % self.name())

    def lazy_sum(self):
        self.add("%s = sum(i + %s for i in range(%d))" % (
            self.name(), self.random.randint(0, 3), self.random.randint(0, 3)))

    def lazy(self):
        self.add("def lazy(n):")
        self.level += 1
        self.add("t = n")
        self.add("yield t")
        if self.random.random() < .5:
            self.add("for i in range(n): yield i")
        else:
            self.add("t = yield from range(n)")
        if self.random.random() < .5:
            self.add("return t")
        self.level -= 1
        n = self.random.randint(0, 2)
        if self.random.random() < .5:
            return self.add("%s += sum(lazy(%d))" % (self.name(), n))
        self.block("for v in lazy(%d):" % n,
                   lambda: self.add("%s += v" % self.name()))

    def lazy_cut(self):
        self.add("h = (i * 2 for i in range(3))")
        self.add("%s = next(h)" % self.name())

    def coroutine(self):
        self.add("async def coro(n):")
        self.level += 1
        self.add("t = n")
        self.block("if t > 0:", lambda: self.add("t += await coro(n - 1)"))
        self.add("return t")
        self.level -= 1
        self.add("%s = drive(coro(%d))" % (self.name(),
                                           self.random.randint(0, 2)))

    SIMPLE = [assign, assign, augment, semicolons, bare_call, wide, wide_call,
              wide_choice, short_if, short_for, short_while, comprehension,
              wide_comprehension, function_value, leaf]
    BLOCKS = [condition, condition, wide_condition, loop, loop, count_down,
              attempt, finally_only, within, within_error, cases, nested,
              a_class]
    LAZY = [lazy_sum, lazy, lazy_cut, coroutine]

    # ---- functions ------------------------------------------------------

    def function(self, name):
        self.calls = 0
        kind = self.random.random()
        if kind < .15:
            self.add("@same")
        self.add("def %s(a, b=1):" % name)
        self.level = self.inside = 1
        self.add("x = y = z = a")
        if kind > .8:
            self.block("if a > 0:", lambda: self.add(
                "z = %s(a - 1)" % name))
        for _ in range(self.random.randint(2, 5)):
            self.statement()
        self.add("return (%s) %% 5" % self.value())
        self.level = self.inside = 0
        self.functions.append(name)
        self.callable.append(name + "(%s)")

    def main(self):
        self.calls = 0
        self.add("a, b, x, y, z = range(5)")
        for _ in range(self.random.randint(2, 4)):
            self.statement()
        self.block("for k in range(%d):" % self.random.randint(1, 3),
                   lambda: (self.add("x = %s(k)" % self.functions[-1]),
                            self.some()))
        self.add("print('end', x, y, z)")
