"""Ctrl-C breaks in, wherever the program is, once for each press."""

import os
import random
import signal
import time

from terminal import Failed, until

PROMPT = r"\(pydbg\) "
WORDS = (r"\nProgram interrupted\. \(Use 'cont' to resume\)\.\n> [^\n]*\n"
         r"-> ([^\n]*)\n" + PROMPT)
CTRL_C = "\x03"


def running(t):
    """Until the program has the terminal, so that Ctrl-C is for it."""
    until(lambda: t.foreground() == child(t.pid), "the program runs")


def waiting(t):
    """... and sleeps in a system call."""
    running(t)
    until(lambda: state(child(t.pid)) == "S", "the program waits")


def child(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
        pids = f.read().split()
    return int(pids[0]) if pids else 0


def state(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return ""


def where(bench, text, line, pause=True):
    """Runs the program to its "go", presses Ctrl-C, is told of that line;
    then the program goes on as if nothing had been."""
    t = bench.debug(text)
    t.line("c")
    t.expect(r"^go\n")
    if pause:
        waiting(t)
    t.send(CTRL_C)
    begun = time.monotonic()
    found = t.expect(WORDS)[1]
    took = time.monotonic() - begun
    if line not in found:
        raise Failed("stopped at %r" % found)
    if took > 1:    # 50 ms are promised; a test machine may be loaded
        raise Failed("took %.3f s" % took)
    return t


def case_in_a_loop(bench):
    t = where(bench, "n = 0\nprint('go', flush=True)\nwhile n >= 0:\n"
              "    n += 1\nprint('end')\n", "n", pause=False)
    t.line("n = -5")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^end\n.*" + PROMPT)


def case_jump_from_a_loop(bench):
    """One instruction on there may be another line of the loop.  From 3.12
    on that may be no line event either, in Python's own words."""
    t = where(bench, "def spin():\n    n = 0\n    while True:\n"
              "        n += 1\nprint('go', flush=True)\nspin()\n", "",
              pause=False)
    t.line("n")
    t.expect(PROMPT)
    for _ in range(6):
        t.line("c")
        running(t)
        t.send(CTRL_C)
        t.expect(WORDS)
        t.line("jump 2")
        t.expect(r"^(> [^\n]*\(2\)spin\(\)\n-> n = 0\n|"
                 r"\*\*\* Jump failed: can only jump from a 'line'[^\n]*\n"
                 r"(> [^\n]*\n-> [^\n]*\n)?)" + PROMPT)


def case_in_a_sleep(bench):
    t = where(bench, "import time\nbegun = time.time()\n"
              "print('go', flush=True)\ntime.sleep(1.5)\n"
              "print(1.4 < time.time() - begun < 3)\n", "time.sleep(1.5)")
    t.line("c")
    t.expect("^True\n.*" + PROMPT)


def case_in_a_socket_read(bench):
    t = where(bench, "import socket\na, b = socket.socketpair()\n"
              "print('go', flush=True)\nprint(a.recv(9))\n", "a.recv(9)")
    t.line("b.send(b'x')")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^b'x'\n.*" + PROMPT)


def case_in_a_lock(bench):
    t = where(bench, "import threading\nk = threading.Lock()\nk.acquire()\n"
              "print('go', flush=True)\nk.acquire()\nprint('got')\n",
              "k.acquire()")
    t.line("k.release()")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^got\n.*" + PROMPT)


def case_in_asyncio(bench):
    t = where(bench, "import asyncio\nasync def main():\n"
              "    print('go', flush=True)\n    await asyncio.sleep(1)\n"
              "    print('slept')\nasyncio.run(main())\n", "poll(")
    t.line("c")
    t.expect("^slept\n.*" + PROMPT)


def case_in_a_thread_only_program(bench):
    t = where(bench, "import threading, time\ndef f():\n"
              "    print('go', flush=True)\n    time.sleep(1)\n"
              "    print('done')\nt = threading.Thread(target=f)\n"
              "t.start()\nt.join()\n", "")
    t.line("c")
    t.expect("^done\n.*" + PROMPT)


def case_in_an_import(bench):
    bench.file("slow.py", "import time\nprint('go', flush=True)\n"
               "time.sleep(1)\nprint('loaded')\n")
    t = where(bench, "import slow\n", "time.sleep(1)")
    t.line("c")
    t.expect("^loaded\n.*" + PROMPT)


def case_in_input(bench):
    t = where(bench, "print('go', flush=True)\nprint(repr(input('> ')))\n",
              "input(")
    t.line("c")
    running(t)
    t.line("typed")
    t.expect("^'typed'\n.*" + PROMPT)


def case_handlers_stay_the_programs(bench):
    t = where(bench, "import signal, time\n"
              "def h(*a): print('handled')\nsignal.signal(signal.SIGINT, h)\n"
              "print('go', flush=True)\ntime.sleep(.5)\n"
              "print(signal.getsignal(signal.SIGINT) is h)\n"
              "signal.raise_signal(signal.SIGTERM)\n", "time.sleep")
    t.line("c")
    t.expect("^True\n")
    if "handled" in t.log:
        raise Failed("the program's handler ran")


def case_children_inherit_what_the_program_ignores(bench):
    t = bench.debug("""import os, signal, subprocess, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
ask = [sys.executable, '-c', 'import signal; print("child:", '
       'signal.getsignal(signal.SIGINT) is signal.SIG_IGN, flush=True)']
subprocess.run(ask)
subprocess.run(ask, close_fds=False)
subprocess.run(ask, preexec_fn=lambda: None)
os.system("'%s' -c '%s'" % (ask[0], ask[2]))
os.waitpid(os.posix_spawn(ask[0], ask, os.environ), 0)
if os.fork() == 0:
    os.execv(ask[0], ask)
os.wait()
signal.signal(signal.SIGINT, signal.default_int_handler)
subprocess.run(ask)
os.execv(ask[0], ask)
""")
    t.line("c")
    for _ in range(6):
        t.expect("^child: True\n")
    for _ in range(2):
        t.expect("^child: False\n")


def case_ignored_by_the_program(bench):
    t = where(bench, "import signal, time\n"
              "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
              "print('go', flush=True)\ntime.sleep(.5)\nprint('on')\n",
              "time.sleep")
    t.line("c")
    t.expect("^on\n.*" + PROMPT)


def case_during_an_expression(bench):
    t = bench.debug("x = 1\n")
    t.line("p all(i == 0 for i in iter(int, 1))")
    running(t)
    t.send(CTRL_C)
    t.expect(r"\*\*\* KeyboardInterrupt\n" + PROMPT)
    t.line("p 40 + 2")
    t.expect("^42\n" + PROMPT)
    t.line("c")     # nothing is left of it
    t.expect("The program finished and will be restarted\n")
    if "Program interrupted" in t.log:
        raise Failed("a second break-in")


def case_during_a_repr(bench):
    t = bench.debug("class C:\n    def __repr__(self):\n"
                    "        print('in repr', flush=True)\n"
                    "        while True: pass\nx = C()\ny = 1\n")
    t.line("until 6")
    t.expect(PROMPT)
    t.line("p x")
    t.expect("in repr")
    t.send(CTRL_C)
    t.expect("KeyboardInterrupt.*" + PROMPT)
    t.line("p y if 'y' in globals() else 'none'")
    t.expect("none.*" + PROMPT)


def case_in_a_thread_stopped(bench):
    """The stop is in another thread, and the main thread waits for it."""
    t = bench.debug("import threading, time\ndef f():\n    a = 1\n"
                    "t = threading.Thread(target=f)\nt.start()\n"
                    "for i in range(100): time.sleep(.01)\nt.join()\n")
    t.line("b 3")
    t.expect(PROMPT)
    t.line("c")
    t.expect(r"prog.py\(3\)f\(\).*" + PROMPT)
    t.line("p all(i == 0 for i in iter(int, 1))")
    running(t)
    time_to_switch(t)
    t.send(CTRL_C)
    t.expect(r"KeyboardInterrupt.*" + PROMPT)
    t.line("p a if 'a' in locals() else 'none'")
    t.expect("none.*" + PROMPT)


def time_to_switch(t):
    """Until the process has had 0.1 s of processor more."""
    pid = child(t.pid)
    begun = os.sysconf("SC_CLK_TCK") / 10 + ticks(pid)
    until(lambda: ticks(pid) >= begun, "it runs")


def ticks(pid):
    with open("/proc/%d/stat" % pid) as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def case_stuck_in_C(bench):
    t = bench.debug("print('go', flush=True)\nsum(iter(int, 1))\n")
    t.line("c")
    t.expect("^go\n")
    for answer in "n", "y":
        for _ in range(2):
            time_to_switch(t)
            time_to_switch(t)
            time_to_switch(t)
            t.send(CTRL_C)
        t.expect(r"does not react.*\(y or n\) ")
        t.line(answer)
    t.expect("Program terminated with signal SIGKILL.*" + PROMPT)
    t.line("run")
    t.expect(r"prog.py\(1\).*" + PROMPT)


def case_a_C_loop_that_returns(bench):
    t = bench.debug("print('go', flush=True)\nsum(range(10**8))\nx = 1\n")
    t.line("c")
    t.expect("^go\n")
    t.send(CTRL_C)
    t.expect(WORDS)


def case_at_exit(bench):
    t = where(bench, "import threading, time\ndef f():\n    time.sleep(1)\n"
              "    print('done')\nthreading.Thread(target=f).start()\n"
              "print('go', flush=True)\n", "")
    t.line("c")
    t.expect("^done\n.*" + PROMPT)


def case_in_atexit(bench):
    t = where(bench, "import atexit, time\ndef f():\n"
              "    print('go', flush=True)\n    time.sleep(1)\n"
              "    print('done')\natexit.register(f)\n", "time.sleep(1)")
    t.line("c")
    t.expect("^done\n.*" + PROMPT)


def case_at_the_start(bench):
    bench.file("sitecustomize.py", "import time\nprint('go', flush=True)\n"
               "time.sleep(.5)\n")
    bench.env["PYTHONPATH"] = bench.top
    bench.file("prog.py", "x = 1\n")
    t = bench.on_terminal(bench.argv("prog.py"))
    t.expect("^go\n")
    t.send(CTRL_C)
    t.expect(WORDS)
    t.line("n")
    t.expect(PROMPT)


def case_at_the_prompt(bench):
    t = bench.debug("x = 1\ny = 2\n")
    t.send("p 12" + CTRL_C)
    t.expect(PROMPT)
    t.line("n")
    t.expect(r"prog.py\(2\)")
    t.line("c")
    t.expect("The program finished")
    if "Program interrupted" in t.log:
        raise Failed("a break-in came of it")


def case_commands_on_a_pipe(bench):
    """One process group: Ctrl-C reaches both, one break-in comes of it."""
    fifo = os.path.join(bench.top, "fifo")
    os.mkfifo(fifo)
    bench.file("prog.py", "import time\nprint('go', flush=True)\n"
               "time.sleep(.5)\nprint('on', flush=True)\ntime.sleep(.5)\n"
               "print('end', flush=True)\n")
    t = bench.on_terminal(["sh", "-c", 'exec "$@" < fifo', "sh"] +
                          bench.argv("prog.py"))
    with open(fifo, "w") as lines:
        lines.write("c\n")
        lines.flush()
        t.expect("go\n")
        t.send(CTRL_C)
        t.expect("Program interrupted.*" + PROMPT)
        t.send(CTRL_C)      # at the prompt: nothing
        t.expect("KeyboardInterrupt.*" + PROMPT)
        lines.write("c\n")
        lines.flush()
        t.expect("on\n")
        t.expect("end\n")
        lines.write("q\n")
    t.wait()
    if t.log.count("Program interrupted") != 1:
        raise Failed("%d break-ins" % t.log.count("Program interrupted"))


def case_often_with_commands_on_a_pipe(bench):
    """It comes to both each time, in either order."""
    fifo = os.path.join(bench.top, "fifo")
    os.mkfifo(fifo)
    bench.file("prog.py", "import time\ni = 0\nwhile True:\n    i += 1\n"
               "    print('tick', flush=True)\n    time.sleep(.005)\n")
    t = bench.on_terminal(["sh", "-c", 'exec "$@" < fifo', "sh"] +
                          bench.argv("prog.py"))
    rand = random.Random(bench.python.minor)
    with open(fifo, "w") as lines:
        for i in range(50):
            lines.write("c\n")
            lines.flush()
            t.expect("tick\n")
            t.read(rand.random() * 0.01)
            t.send(CTRL_C)
            t.expect("Program interrupted.*?" + PROMPT)
        lines.write("q\n")
    t.wait()
    count = t.log.count("Program interrupted")
    if count != 50 or "KeyboardInterrupt" in t.log:
        raise Failed("%d break-ins" % count)


HANDLED = """import signal, time
def h(*a): print('handled', flush=True)
signal.signal(signal.SIGINT, h)
print('go', flush=True)
time.sleep(.5)
print('end', flush=True)
"""


def handled(bench, how, stops, passed):
    t = bench.debug(HANDLED)
    t.line("handle SIGINT " + how)
    t.expect(r"SIGINT\s+%s\s+\S+\s+%s\s+Interrupt\n" % (
        "Yes" if stops else "No", "Yes" if passed else "No") + PROMPT)
    t.line("c")
    t.expect("^go\n")
    waiting(t)
    t.send(CTRL_C)
    if stops:
        t.expect(WORDS)
        if "handled" in t.log:
            raise Failed("handled before it went on")
        t.line("c")
    t.expect("end\n")
    if ("handled" in t.log) != passed:
        raise Failed("passed: %s" % (not passed))
    t.line("q")


def case_handle_nostop_pass(bench):
    handled(bench, "nostop pass", False, True)


def case_handle_nostop_nopass(bench):
    handled(bench, "nostop nopass", False, False)


def case_handle_stop_pass(bench):
    handled(bench, "stop pass", True, True)


def case_pass_without_a_handler(bench):
    t = bench.debug("import time\nprint('go', flush=True)\ntime.sleep(9)\n")
    t.line("handle SIGINT pass")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^go\n")
    waiting(t)
    t.send(CTRL_C)
    t.expect(WORDS)
    t.line("c")
    t.expect("KeyboardInterrupt\n.*Uncaught exception.*" + PROMPT)


def case_killed_with_INT(bench):
    """SIGINT from elsewhere, to either process."""
    t = bench.debug("import time\nprint('go', flush=True)\ntime.sleep(9)\n")
    for to in child(t.pid), t.pid, child(t.pid):
        t.line("c")
        waiting(t)
        os.kill(to, signal.SIGINT)
        t.expect(WORDS)


def case_killed_with_INT_at_the_prompt(bench):
    """It is the program's, when it goes on; not what is typed meanwhile."""
    t = bench.debug("import time\nx = 1\ntime.sleep(.2)\nprint('end')\n")
    os.kill(child(t.pid), signal.SIGINT)
    for i in range(3):
        t.line("p 40 + %d" % i)
        t.expect("^4%d\n" % i + PROMPT)
    t.line("c")
    t.expect(WORDS)
    t.line("c")
    t.expect("^end\n")
    if t.log.count("interrupted") != 1:
        raise Failed("%d break-ins" % t.log.count("interrupted"))


MIXED = """import asyncio, json, re, threading, time
n = 0
def sort(): return sorted(range(20000), key=lambda x: -x)
def text(): return re.sub('a', lambda m: 'b', 'a' * 5000)
def wait(): time.sleep(.01)
def fail():
    try: raise ValueError(n)
    except ValueError: return n
def gen(): return sum(i for i in range(20000))
def thread():
    t = threading.Thread(target=gen); t.start(); t.join()
async def task(): await asyncio.gather(*[asyncio.sleep(.001) for i in range(9)])
def run(): asyncio.run(task())
print('go', flush=True)
while n >= 0:
    for f in sort, text, wait, fail, gen, thread, run, json.dumps:
        f(n) if f is json.dumps else f()
        n += 1
print('end')
"""


def case_two_hundred_times(bench):
    """Nothing is lost, nothing hangs: each press stops, each c goes on."""
    rand = random.Random(bench.python.minor)
    t = bench.debug(MIXED)
    t.line("c")
    t.expect("^go\n")
    for i in range(200):
        running(t)
        # It is what the press meets that is to be random.
        t.read(rand.random() * 0.02)
        t.send(CTRL_C)
        t.expect(r"\nProgram interrupted\. \(Use 'cont' to resume\)\.\n.*"
                 + PROMPT)
        t.line("c")
        t.expect("c\n")
    running(t)
    t.send(CTRL_C)
    t.expect("Program interrupted.*" + PROMPT)
    if t.log.count("Program interrupted") != 201:
        raise Failed("%d stops" % t.log.count("Program interrupted"))
    t.line("import __main__; __main__.n = -99")
    t.expect(PROMPT)
    t.line("c")
    t.expect("^end\n.*" + PROMPT)
