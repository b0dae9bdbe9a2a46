"""Job control, as a shell expects it: bash -i on a terminal."""

import os
import shlex
import shutil
import subprocess

from ctrlc import CTRL_C, PROMPT, WORDS, child, running, state, until
from terminal import Failed

CTRL_Z = "\x1a"
LOOP = ("import time\nn = 0\nprint('go', flush=True)\n"
        "while n < 10**9:\n    time.sleep(.01); n += 1\n")


def start(bench, text, behind=""):
    bench.file("prog.py", text)
    t = bench.shell()
    t.line(shlex.join(bench.argv("prog.py")) + behind)
    return t


def debugger(t):
    return child(t.pid)


def case_suspend_the_program(bench):
    t = start(bench, LOOP)
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n")
    t.send(CTRL_Z)
    t.expect(r"Stopped.*\$ ")
    for pid in debugger(t), child(debugger(t)):
        if state(pid) != "T":
            raise Failed("%d runs on" % pid)
    t.line("echo at the $((1 + 1)) shell")
    t.expect(r"at the 2 shell\n\$ ")
    t.line("fg")
    t.expect("pydbg")
    until(lambda: t.foreground() == child(debugger(t)),
          "the program has the terminal")
    t.send(CTRL_C)
    t.expect(WORDS)
    t.line("p n >= 0")
    t.expect("^True\n" + PROMPT)
    t.line("q")
    t.expect(r"\$ ")


def case_suspend_at_the_prompt(bench):
    t = start(bench, LOOP)
    t.expect(PROMPT)
    t.send(CTRL_Z)
    t.expect(r"Stopped.*\$ ")
    t.line("fg")
    t.expect("pydbg")
    t.line("p 40 + 2")
    t.expect("^42\n" + PROMPT)
    t.line("c")
    t.expect("^go\n")
    t.send(CTRL_C)
    t.expect(WORDS)
    t.line("q")
    t.expect(r"\$ ")


def case_suspend_during_an_expression(bench):
    t = start(bench, LOOP)
    t.expect(PROMPT)
    t.line("p input('in' + 'put? ')")
    t.expect("input[?] ")
    t.send(CTRL_Z)
    t.expect(r"Stopped.*\$ ")
    t.line("fg")
    t.expect("pydbg")
    until(lambda: t.foreground() == child(debugger(t)),
          "the program has the terminal")
    t.line("answer")
    t.expect("^'answer'\n" + PROMPT)
    t.line("q")
    t.expect(r"\$ ")


def case_started_in_the_background(bench):
    t = start(bench, "print('go', flush=True)\nprint(input('> '))\n", " &")
    t.expect(r"\[1\] \d+\n")
    until(lambda: state(debugger(t)) == "T", "it is stopped")
    t.line("jobs")
    t.expect("Stopped")
    t.line("fg")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n> ")
    t.line("typed")
    t.expect("^typed\n.*" + PROMPT)
    t.line("c")
    t.expect("^go\n> ")
    t.send(CTRL_C)
    t.expect(WORDS)
    t.line("q")
    t.expect(r"\$ ")


def case_continued_in_the_background(bench):
    """bg: the program runs on, and stops the job when it wants to read."""
    t = start(bench, "import os, time\nprint('go', flush=True)\n"
              "while not os.path.exists('now'): time.sleep(.01)\n"
              "print('asks', flush=True)\nprint(repr(input('> ')))\n")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n")
    t.send(CTRL_Z)
    t.expect(r"Stopped.*\$ ")
    t.line("bg")
    t.expect(r"\[1\]\+? .*&\n")
    until(lambda: state(child(debugger(t))) in ("S", "R"), "it runs on")
    bench.file("now", "")
    t.expect("asks\n")
    until(lambda: state(debugger(t)) == "T", "the job is stopped")
    t.line("fg")
    until(lambda: t.foreground() == child(debugger(t)),
          "the program has the terminal")
    t.line("typed")
    t.expect("^'typed'\n.*" + PROMPT)
    t.line("q")
    t.expect(r"\$ ")


def case_stop_while_in_the_background(bench):
    """A breakpoint is hit in the background: the prompt waits for fg."""
    t = start(bench, "import os, time\nprint('go', flush=True)\n"
              "while not os.path.exists('now'): time.sleep(.01)\nx = 1\n")
    t.expect(PROMPT)
    t.line("b 4")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n")
    t.send(CTRL_Z)
    t.expect(r"Stopped.*\$ ")
    t.line("bg")
    t.expect(r"\[1\]\+? .*&\n")
    bench.file("now", "")
    until(lambda: state(debugger(t)) == "T", "the job is stopped")
    if t.foreground() != t.pid:
        raise Failed("the shell has lost its terminal")
    t.line("fg")
    t.expect(r"prog.py\(4\)<module>\(\).*" + PROMPT)
    t.line("p 40 + 2")
    t.expect("^42\n" + PROMPT)
    t.line("q")
    t.expect(r"\$ ")


def case_in_a_pipeline(bench):
    """The shell's job is more than pydbg: all of it halts and goes on."""
    t = start(bench, LOOP, " | cat")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n")
    program = os.tcgetpgrp(t.master)
    t.send(CTRL_Z)
    t.expect(r"Stopped.*\$ ")
    t.line("fg")
    t.expect("cat\n")
    # Before that a Ctrl-C is the job's, and ends cat.
    until(lambda: os.tcgetpgrp(t.master) == program,
          "the program has the terminal")
    t.send(CTRL_C)
    t.expect("Program interrupted")
    t.line("q")
    t.expect(r"\$ ")


def case_suspended_without_a_shell(bench):
    """pydbg leads the session, nobody could continue it: Ctrl-Z does nothing,
    as it would to the program alone."""
    t = bench.debug(LOOP)
    t.line("c")
    t.expect("^go\n")
    t.send(CTRL_Z)
    t.read(0.3)
    t.send(CTRL_C)
    t.expect(WORDS)


def case_a_child_of_the_program_reads(bench):
    """At a stop the terminal is ours; whoever reads in the program's group is
    halted, and the Python with it, which must answer nevertheless."""
    t = bench.debug("import subprocess, time\n"
                    "p = subprocess.Popen(['sh', '-c', 'while [ ! -e now ]; "
                    "do sleep .02; done; read x; echo got $x'])\n"
                    "time.sleep(.01)\np.wait()\n")
    t.line("b 4")
    t.expect(PROMPT)
    t.line("c")
    t.expect(r"prog.py\(4\).*" + PROMPT)
    t.line("p p.pid")
    pid = int(t.expect(r"^(\d+)\n" + PROMPT)[1])
    bench.file("now", "")
    until(lambda: state(pid) == "T", "the reader is halted")
    t.line("p 40 + 2")
    t.expect("^42\n" + PROMPT)
    t.line("c")
    running(t)
    t.line("typed")
    t.expect("^got typed\n.*" + PROMPT)


def case_terminal_goes_away(bench):
    """SIGHUP: nothing is left running."""
    t = start(bench, LOOP)
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n")
    pids = [t.pid, debugger(t), child(debugger(t))]
    t.hang_up()
    for pid in pids[1:]:
        until(lambda: state(pid) in ("", "Z"), "process %d is gone" % pid)


def case_terminal_goes_away_at_the_prompt(bench):
    t = start(bench, LOOP)
    t.expect(PROMPT)
    pids = [debugger(t), child(debugger(t))]
    t.hang_up()
    for pid in pids:
        until(lambda: state(pid) in ("", "Z"), "process %d is gone" % pid)


def case_no_job_control(bench):
    """A terminal that is not the controlling one."""
    t = bench.debug("print(input('> '))\n", controlling=False)
    t.line("c")
    t.expect("^> ")
    t.line("typed")
    t.expect("^typed\n.*" + PROMPT)
    t.line("q")
    if t.wait() != 0:
        raise Failed("status %#x" % t.status)


def case_in_script(bench):
    """script(1) puts a terminal between."""
    bench.file("prog.py", LOOP)
    t = bench.on_terminal(["script", "-q", "-e", "-c", shlex.join(
        bench.argv("prog.py")), "log"])
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n")
    t.send(CTRL_C)
    t.expect(WORDS)
    t.line("q")
    if t.wait() != 0:
        raise Failed("status %#x" % t.status)


def case_in_tmux(bench):
    """A server of our own; the pane's text is what counts."""
    if not shutil.which("tmux"):
        return
    bench.file("prog.py", LOOP)

    def tmux(*args):
        return subprocess.run(["tmux", "-f", "/dev/null", "-S",
                               bench.top + "/socket", *args],
                              env=dict(bench.env, TERM="xterm"),
                              capture_output=True, text=True).stdout

    def shows(text):
        until(lambda: text in tmux("capture-pane", "-p"), text)

    tmux("new-session", "-d", "-x", "80", "-y", "24", "-c", bench.top,
         shlex.join(bench.argv("prog.py")))
    try:
        shows("(pydbg)")
        tmux("send-keys", "c", "Enter")
        shows("go")
        tmux("send-keys", "C-c")
        shows("Program interrupted")
        tmux("send-keys", "p 40 + 2", "Enter")
        shows("\n42\n")
        tmux("send-keys", "c", "Enter")
        until(lambda: "python" in tmux("display-message", "-p",
                                       "#{pane_current_command}"),
              "the program runs")
        tmux("send-keys", "C-z")        # nobody could continue it
        tmux("resize-window", "-x", "60", "-y", "12")
        tmux("send-keys", "C-c")
        until(lambda: tmux("capture-pane", "-p", "-S", "-").count(
            "Program interrupted") == 2, "a second break-in")
    finally:
        tmux("kill-server")


case_in_tmux.once = True
case_no_job_control.once = True
case_in_script.once = True
