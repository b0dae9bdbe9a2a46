"""Colours and pages: on a terminal, as wanted, and nowhere else."""

import re

PROMPT = r"\(pydbg\)(?:\x1b\[m)? "
ESC = "\x1b["
PROGRAM = "def f(x):\n    return len('a')  # why\n" + "x = 1\n" * 40 + "f(1)\n"
MORE = r"--Enter: more, q: stop, c: all the rest--"


def styled(bench, rows=60, **env):
    env = {k: v for k, v in dict(bench.env, TERM="xterm", **env).items()
           if v is not None}
    return bench.debug(PROGRAM, env=env, rows=rows)


def answer(t, line):
    """What comes after a typed line, up to the next prompt."""
    t.line(line)
    return t.expect("(.*?)" + PROMPT)[1]


def coloured(text):
    """Is there any colour (of all that may move the cursor)?"""
    return bool(re.search(r"\x1b\[[0-9;]+m", text))


def check(good, what):
    if not good:
        raise AssertionError(what)


def case_source_is_highlighted(bench):
    t = styled(bench)
    text = answer(t, "list 1, 2")
    for piece in ("\x1b[94mdef\x1b[m", "\x1b[1;33mf\x1b[m",
                  "\x1b[94mreturn\x1b[m", "\x1b[36mlen\x1b[m",
                  "\x1b[32m'a'\x1b[m", "\x1b[2m# why\x1b[m"):
        check(piece in text.replace("'\x1b[m\x1b[32m", "'").replace(
            "\x1b[m\x1b[32m", ""), repr((piece, text)))


def case_light_theme(bench):
    t = styled(bench, COLORFGBG="0;15")
    check("\x1b[34mdef\x1b[m" in answer(t, "list 1, 1"), t.log)
    answer(t, "set style theme dark")
    check("\x1b[94mdef\x1b[m" in answer(t, "list 1, 1"), t.log)
case_light_theme.once = True


def case_no_colours(bench):
    """NO_COLOR, a dumb terminal, and switched off; and on again."""
    for env in dict(NO_COLOR="1"), dict(TERM="dumb"), dict(TERM=None):
        env = dict({"TERM": "xterm"}, **env)
        t = bench.debug(PROGRAM, rows=60, env={
            k: v for k, v in dict(bench.env, **env).items()
            if v is not None})
        check(not coloured(answer(t, "list 1, 2")), t.log)
    t = styled(bench)
    check(coloured(answer(t, "list 1, 2")), t.log)
    answer(t, "set style enabled off")
    check(not coloured(answer(t, "list 1, 2")), t.log)
    answer(t, "set style enabled")
    check(coloured(answer(t, "list 1, 2")), t.log)
case_no_colours.once = True


def case_pages(bench):
    """Enter and space go on, q and Ctrl-C stop, c asks no more."""
    t = styled(bench, rows=10)
    for keys, last in [(["\r", " ", "\n", " "], True), (["q"], False),
                       (["\x03"], False), ([" ", "q"], False),
                       (["c"], True), (["x", "z", "q"], False)]:
        t.line("list 1, 43")
        t.expect(r"list 1, 43.*?" + MORE)
        for i, key in enumerate(keys):
            t.send(key)
            if key in "\r\n " and i + 1 < len(keys):
                t.expect(MORE)
        text = t.expect("(.*?)" + PROMPT)[1]
        check(("f(" in text) == last, repr((keys, text)))
        check("1" in answer(t, "p 1"), t.log)


def case_a_page_is_full(bench):
    """No question where the output just fits; long lines take several."""
    t = styled(bench, rows=12)
    check("--" not in re.sub(PROMPT, "", answer(t, "list 1, 11").replace(
        "->", "")), t.log)
    t.line("list 1, 12")
    t.expect(MORE)
    t.send("q")
    t.expect(PROMPT)
    t.line("p 'x' * 80 * 12")
    t.expect(MORE)
    t.send(" ")
    t.expect(PROMPT)
case_a_page_is_full.once = True


def case_what_turns_pages_off(bench):
    t = styled(bench, rows=10)
    for line in "set pagination off", "set height unlimited":
        answer(t, line)
        check("f(" in answer(t, "list 1, 43"), t.log)
        answer(t, "set pagination on")
        answer(t, "set height auto")
    answer(t, "set height 5")
    t.line("list 1, 11")
    t.expect(MORE)
    t.send("q")
    t.expect(PROMPT)
    check("s;" not in t.log, t.log)
    t = bench.on_terminal(bench.argv("--batch", "-c", "list 1, 43",
                                     "prog.py"), rows=10,
                          env=dict(bench.env, TERM="xterm"))
    check(t.wait() == 0 and "--Enter" not in t.log, t.log)
    t = bench.debug(PROGRAM, rows=10)
    check("f(" in answer(t, "list 1, 43"), "a dumb terminal")
case_what_turns_pages_off.once = True


def case_small_windows(bench):
    for rows, columns in (1, 80), (2, 20), (24, 1), (3, 5):
        bench.file("prog.py", PROGRAM)
        t = bench.on_terminal(bench.argv("prog.py"), rows=rows,
                              columns=columns,
                              env=dict(bench.env, TERM="xterm"))
        t.line("list 1, 43")
        t.line("q")
        check(t.wait() == 0, t.log)
case_small_windows.once = True


def case_halted_at_a_page(bench):
    """Ctrl-Z and fg: the question still stands."""
    bench.file("prog.py", PROGRAM)
    t = bench.shell()
    t.resize(10, 80)
    t.line("TERM=xterm " + " ".join(bench.argv("prog.py")))
    t.expect(PROMPT)
    t.line("list 1, 43")
    t.expect(MORE)
    t.send("\x1a")
    t.expect(r"Stopped.*\$ ")
    t.line("fg")
    t.expect("pydbg")
    t.send("c")
    t.expect(r"f\(.*" + PROMPT)
    t.line("q")
    t.expect(r"\$ ")
case_halted_at_a_page.once = True


def case_a_stop_is_shown_after_q(bench):
    """What q drops ends where the program runs."""
    t = styled(bench, rows=10)
    t.line("list 1, 43;;n")
    t.expect(MORE)
    t.send("q")
    t.expect(r"prog.py.*?\(.*?3.*?\).*" + PROMPT)


def case_help_fits_the_window(bench):
    t = bench.debug(PROGRAM, rows=60, columns=50)
    answer(t, "set pagination off")
    text = answer(t, "help")
    for line in text.split("\n"):
        check(len(line) <= 50, line)
    check("Breakpoints:" in text, text)
case_help_fits_the_window.once = True


def case_greeting(bench):
    """One line, with the Python and why that one; none with -q."""
    bench.file("prog.py", PROGRAM)
    argv = [a for a in bench.argv("prog.py") if a != "-q"]
    t = bench.on_terminal(argv)
    lines = t.expect("(.*?)" + PROMPT)[1].split("\n")
    check(re.match(r"pydbg [\d.]+, Python %s \(.*: .*\)$" % re.escape(
        bench.python.full), lines[0]), lines)
    check(lines[1].startswith("> "), lines)
    t = bench.on_terminal(bench.argv("prog.py"))
    check(t.expect("(.*?)" + PROMPT)[1].startswith("> "), t.log)
