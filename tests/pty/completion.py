"""What the shell completes behind `pydbg`: bash, and the Tab key."""

import os


def shell(bench):
    for name in "prog.py", "notes.txt", "two words.py":
        bench.file(name, "")
    os.mkdir(os.path.join(bench.top, "subdir"))
    env = dict(bench.env, PATH="/usr/bin:/bin", INPUTRC="/dev/null")
    t = bench.on_terminal(["bash", "--norc", "-i"], env=env, columns=200)
    t.expect(r"\$ ")
    t.line("bind 'set bell-style none'; . '%s/pydbg.bash'; echo re''ady" %
           os.path.dirname(bench.pydbg))
    t.expect("ready.*?\\$ ")
    return t


def completes(t, typed, wanted):
    """Tab makes wanted of typed; the line is dropped afterwards."""
    t.send(typed + "\t" + "#")
    got = t.expect("#")
    line = t.log[t.log.rindex("$ ", 0, got.start()) + 2:got.start()]
    if line != wanted:
        raise AssertionError("%r became %r, not %r" % (typed, line, wanted))
    t.send("\x15")
    t.line("echo dro''pped")
    t.expect("dropped.*?\\$ ")


def case_bash(bench):
    t = shell(bench)
    for typed, wanted in [
            ("pydbg --bat", "pydbg --batch "),
            ("pydbg -q --vers", "pydbg -q --version "),
            ("pydbg pr", "pydbg prog.py "),
            ("pydbg no", "pydbg no"),           # no program
            ("pydbg tw", "pydbg two\\ words.py "),
            ("pydbg sub", "pydbg subdir/"),
            ("pydbg -x no", "pydbg -x notes.txt "),
            ("pydbg -c pr", "pydbg -c pr"),     # a command: not ours
            ("pydbg -c n pr", "pydbg -c n prog.py "),
            ("pydbg --cd su", "pydbg --cd subdir/"),
            ("pydbg --cd pr", "pydbg --cd pr"),
            ("pydbg --cd=su", "pydbg --cd=subdir/"),
            ("pydbg --cd=subdir pr", "pydbg --cd=subdir prog.py "),
            ("pydbg --python /bin/ech", "pydbg --python /bin/echo "),
            ("pydbg prog.py no", "pydbg prog.py notes.txt "),
            ("pydbg prog.py --bat", "pydbg prog.py --bat"),
            ("pydbg -m mod no", "pydbg -m mod notes.txt "),
            ("pydbg -- --bat", "pydbg -- --bat")]:
        completes(t, typed, wanted)
case_bash.once = True
