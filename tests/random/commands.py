"""Sessions at random: breakpoints, conditions, steps.

A session is a function of its seed and of the program that it is for.  Some
use pdb's commands alone; the others have counts and gdb's words too.
"""

import random

LENGTH = 40             # commands

CONDITIONS = ("1 > 2", "x == 1", "a == 1", "x != y", "len(str(x)) == 1")


class Session:
    def __init__(self, seed, program, name, pdb):
        self.random = random.Random("session %d" % seed)
        self.program, self.name, self.pdb = program, name, pdb
        self.n = 0                      # breakpoints set so far
        self.commands = []
        actions = self.PDB if pdb else self.PDB + self.OWN
        for _ in range(LENGTH):
            action = self.random.choices([a for a, _ in actions],
                                         [w for _, w in actions])[0]
            action(self)
        self.commands += ["b", "q"]

    @property
    def text(self):
        return "".join(c + "\n" for c in self.commands)

    def say(self, text):
        self.commands.append(text)

    def line(self):
        return self.random.choice(self.program.stops)

    def place(self):
        # pdb 3.13.0 fails where the function is not there yet.
        if not self.pdb and self.random.random() < .1:
            return self.random.choice(self.program.functions)
        return "%s:%d" % (self.name, self.line())

    def number(self):
        return self.random.randint(1, max(1, self.n))

    def breakpoint(self):
        self.n += 1
        self.say("b " + self.place())

    def temporary(self):
        self.n += 1
        self.say("tbreak " + self.place())

    def conditional(self):
        self.n += 1
        self.say("b %s, %s" % (self.place(), self.random.choice(CONDITIONS)))

    def with_commands(self):
        self.breakpoint()
        self.say("commands")
        self.say("p x + y")
        self.say("c" if self.random.random() < .5 else "end")

    def here(self):
        """A breakpoint where it may have stopped already."""
        self.say("n")
        self.n += 1
        self.say("b " + self.place())
        self.say("c")

    def about(words):
        def action(self):
            self.say(self.random.choice(words) % self.number())
        return action

    def plain(words):
        def action(self):
            self.say(self.random.choice(words))
        return action

    def until(self):
        self.say("until %d" % self.line())

    def counted(self):
        self.say("%s %d" % (self.random.choice("snc"),
                            self.random.randint(2, 9)))

    def jump(self):
        self.say("j %d" % self.line())

    def any_line(self):
        """Also one where nothing begins."""
        self.n += 1
        self.say("b %d" % self.random.randint(1, len(self.program.lines)))

    PDB = [
        (breakpoint, 8), (temporary, 3), (conditional, 4), (with_commands, 1),
        (here, 2),
        (about(("clear %d",)), 4),
        (about(("disable %d", "enable %d", "enable %d")), 4),
        (about(("ignore %d 2", "condition %d x == 2", "condition %d")), 3),
        (plain(("c",)), 12), (plain(("n",)), 12), (plain(("s",)), 8),
        (plain(("r",)), 3), (plain(("unt",)), 3), (until, 1),
        (plain(("w", "p x", "b", "args", "l .")), 3),
    ]
    OWN = [
        (plain(("u", "d")), 2),
        (plain(("finish", "info b", "stepi", "nexti")), 5),
        (counted, 4), (jump, 2), (any_line, 2),
    ]


def counting(program, name, pdb):
    """A breakpoint on each line, none of which stops: how often is each met?

    Nothing runs before they are there: it is the default backend's work.  pdb
    leaves breakpoints where there is no code: for it statements alone.
    """
    lines = program.stops if pdb else range(1, len(program.lines) + 1)
    return "".join("b %s:%d, 0\n" % (name, n) for n in lines) + "c\nb\nq\n"
