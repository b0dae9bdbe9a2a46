"""Lines that were typed before: in a session, over sessions, in the file."""

import os
import stat

from edit import (CTRL, DOWN, ENTER, P, UP, end, environment, history, keys,
                  once, start)
from terminal import Failed


def state(env):
    return os.path.join(env["HOME"], ".local", "state", "pydbg")


@once
def case_over_two_sessions(bench):
    s = start(bench)
    keys(s, ("p x" + ENTER, P), ("p 'first'" + ENTER, P))
    end(s)
    s = start(bench)
    keys(s, (UP, P + "p 'first'"), (UP, P + "p x"), (DOWN, P + "p 'first'"),
         (DOWN, P))
    end(s)
    top = state(environment(bench))
    if stat.S_IMODE(os.stat(top).st_mode) != 0o700 or stat.S_IMODE(
            os.stat(os.path.join(top, "history")).st_mode) != 0o600:
        raise Failed("the history is not private")


@once
def case_reverse_search(bench):
    s = start(bench)
    keys(s, ("p 'apple'" + ENTER, P), ("p 'pear'" + ENTER, P))
    s.send(CTRL["R"] + "app")
    s.see("bck:app")
    s.send(ENTER)
    s.see("'pear'\n(pydbg) p 'apple'\n")
    s.see(lambda s: s.text().count("'apple'\n") >= 2 and s.last() == "(pydbg)",
          "the line to be run again")
    end(s)


@once
def case_duplicates_are_dropped(bench):
    s = start(bench)
    keys(s, ("p 1" + ENTER, P), ("p 2" + ENTER, P), ("p 1" + ENTER, P),
         ("p 1" + ENTER, P), (UP, P + "p 1"), (UP, P + "p 2"),
         (UP, P + "p 2"))
    end(s)
    s = start(bench)
    keys(s, (UP, P + "p 1"), (UP, P + "p 2"), (UP, P + "p 2"))
    end(s)


@once
def case_two_sessions_at_once(bench):
    """Both write the file, line by line; none loses the other's."""
    a, b = start(bench), start(bench)
    for i in range(5):
        keys(a, ("p 'a%d'" % i + ENTER, P))
        keys(b, ("p 'b%d'" % i + ENTER, P))
    end(a)
    end(b)
    want = ["p '%s%d'" % (c, i) for i in range(5) for c in "ab"]
    if history(bench) != want:
        raise Failed(repr(history(bench)))


@once
def case_settings(bench):
    """set history save, size and filename."""
    s = start(bench)
    keys(s, ("set history filename %s/mine" % bench.top + ENTER, P),
         ("p 1" + ENTER, P), ("set history save off" + ENTER, P),
         ("p 2" + ENTER, P), (UP, P + "p 2"), (CTRL["C"], P))
    end(s)
    with open(os.path.join(bench.top, "mine")) as f:
        if f.read() != "p 1\nset history save off\n":
            raise Failed("the file is not as it should be")
    s = start(bench)
    keys(s, ("set history size 2" + ENTER, P), ("p 3" + ENTER, P),
         ("p 4" + ENTER, P), (UP, P + "p 4"), (UP, P + "p 3"),
         (UP, P + "p 3"))
    end(s)


@once
def case_the_file_is_shown(bench):
    """The file that is in use, also where nobody has named it."""
    s = start(bench)
    s.send("show history filename" + ENTER)
    s.see('"%s"' % os.path.join(state(environment(bench)), "history"))
    keys(s, ("set history filename /x" + ENTER, P),
         ("set history filename" + ENTER, P))
    s.send("show history filename" + ENTER)
    s.see(lambda s: s.text().count("state/pydbg/history") == 2,
          "the same file again")
    end(s)


@once
def case_the_file_does_not_grow_for_ever(bench):
    env = environment(bench)
    os.makedirs(state(env))
    path = os.path.join(state(env), "history")
    with open(path, "w") as f:
        f.writelines("p %d\n" % i for i in range(100000))
    s = start(bench, env=env)
    keys(s, (UP, P + "p 99999"), (CTRL["C"], P))
    end(s)
    if not 100 <= len(history(bench)) <= 50000:
        raise Failed("%d lines" % len(history(bench)))


@once
def case_what_the_program_reads_is_not_kept(bench):
    """Its input, its passwords, and answers to questions."""
    s = start(bench, "import getpass\na = input('name? ')\n"
              "b = getpass.getpass('word? ')\nprint('got', a, b)\n")
    s.line("unt 4")
    s.see("name?")
    s.line("Grace")
    s.see("word?")
    s.line("sesame")
    s.see_line(P)
    keys(s, ("b 4" + ENTER, P))
    s.line("cl")
    s.see("Clear all breaks?")
    s.line("yes")
    s.see_line(P)
    end(s)
    if history(bench) != ["unt 4", "b 4", "cl"]:
        raise Failed(repr(history(bench)))


@once
def case_a_bad_file(bench):
    """Unreadable, a directory, a device: one line, and on."""
    env = environment(bench)
    os.makedirs(state(env))
    path = os.path.join(state(env), "history")
    os.mkdir(path)
    s = start(bench, env=env)
    keys(s, ("p 5" + ENTER, P), ("p 6" + ENTER, P), (UP, P + "p 6"),
         (UP, P + "p 5"))
    if s.text().count("cannot write the history") != 1:
        raise Failed(s.text())
    end(s)
    os.rmdir(path)
    os.mkfifo(path)
    s = start(bench, env=env)
    s.see("cannot read the history")
    keys(s, ("p 7" + ENTER, P))
    end(s)
    os.remove(path)
    os.symlink("/dev/full", path)
    s = start(bench, env=env)
    keys(s, ("p 8" + ENTER, P))
    end(s)


@once
def case_a_file_that_is_no_text(bench):
    env = environment(bench)
    os.makedirs(state(env))
    with open(os.path.join(state(env), "history"), "wb") as f:
        f.write(b"\0\0\xff\xfe\np 'caf\xe9'\n\n\n" + b"x" * 100000 +
                b"\np 1")
    s = start(bench, env=env)
    keys(s, (UP, P + "p 1"), (CTRL["C"], P), ("p 9" + ENTER, P))
    s.see("\n9\n(pydbg)")
    end(s)


@once
def case_no_home(bench):
    s = start(bench, env=environment(bench, HOME=None))
    keys(s, ("p x" + ENTER, P), (UP, P + "p x"))
    end(s)


@once
def case_a_home_that_cannot_be_written(bench):
    """Everything goes on after one line."""
    s = start(bench, env=environment(bench, HOME="/proc"))
    keys(s, ("p 1 + 1" + ENTER, P), ("p 2 + 2" + ENTER, P))
    s.see(lambda s: s.text().count("cannot write the history") == 1,
          "one complaint")
    end(s)
