#!/usr/bin/env python3
"""Core files, from a program's death to the answers: tests/core/run.py.

For each Python that there is a module for a core is written (by the program
shop.py here, which dies of an exception), and opened: the same commands must
give the same answers, and those of the stored core of each version of the
format.  Also: what opening does to the system (strace), cores without any
Python about, files that are no cores, cores that are cut, large ones.
"""

import argparse
import glob
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
sys.path.insert(0, HERE)
import manual  # noqa: E402
import pydbgtest  # noqa: E402

tap = pydbgtest.Tap()

COMMANDS = """where
info threads
p self.items[0].price, s
up
info locals
p [o.discount for o in orders], len(orders), big[9999]
p sorted(d), d['a'], sum(big), q[1]
p f"{total:.2f}|{n:>4}", orders[4].items[0].name
pp d
whatis orders[0]
whatis orders[0].total
list 23,25
args
exceptions
exceptions 0
where 1
exceptions 1
up
find Order if self.discount
referrers orders[4].items
path orders[4].items[0]
info types Order
orders[1].discount
next
x = 1
p open('x')
p nosuch
thread 2
bt full
frame 1
up 9
core info
"""


def modules(build):
    return os.path.join(build, "src", "module")


def write_core(build, python, directory, home):
    """Runs shop.py until it dies; the core's name."""
    shutil.copy(os.path.join(HERE, "shop.py"), directory)
    env = pydbgtest.base_env(home)
    env.update(PYTHONPATH=modules(build), API_TOKEN="very-secret")
    preload = os.environ.get("PYDBG_TEST_PRELOAD")
    if preload:
        env["LD_PRELOAD"] = preload
    got = pydbgtest.run([python.exe, "-B", "shop.py"], env, cwd=directory,
                        deadline=60)
    found = glob.glob(os.path.join(directory, "shop.py.*.pycore"))
    if len(found) != 1:
        raise RuntimeError("%s wrote %r: %s" % (python, found, (
            got.out + got.err).decode("utf-8", "replace")))
    name = os.path.join(directory, "shop.pycore")
    os.rename(found[0], name)
    return name


def ask(build, core, commands, cwd, home, options=(), env=None, batch=True):
    argv = [pydbgtest.pydbg(build), *options, "--core", core]
    if batch:
        argv += ["--batch"] + [w for line in commands.splitlines()
                               for w in ("-c", line)]
    return pydbgtest.run(argv, env or pydbgtest.base_env(home), cwd=cwd,
                         stdin=b"" if batch else commands.encode(),
                         merge=True, deadline=60)


def neutral(text, directory):
    """What differs from one run or Python to another, taken out."""
    text = text.replace(directory, "{dir}")
    text = re.sub(r"0x[0-9a-f]{6,}", "0xADDR", text)
    text = re.sub(r"(started|daemon) \d{9,}", r"\1 IDENT", text)
    text = re.sub(r"/[\w./-]*/(threading|runpy)\.py\(\d+\)", r"{lib}/\1.py(N)",
                  text)
    text = re.sub(r"(?m)^(written|python|executable|platform|host|process|"
                  r"contents|core|writer|arguments) .*", r"\1 ...", text)
    text = re.sub(r", written .*", ", written ...", text)
    text = re.sub(r"(?m)^ *\d+ +\d+  (__main__.Order)", r"N N  \1",
                  text)
    return text


def of_program(text):
    """The lines of the library's frames taken out: they differ."""
    return [line for line in text.split("\n")
            if "{lib}" not in line and not re.match(r"-> (self\.|waiter|"
                                                    r"signaled|return _run)",
                                                    line)]


def same_answers(build, pythons, top, home):
    """Written on each Python: the same answers, and those in answers.txt."""
    want = None
    path = os.path.join(HERE, "answers.txt")
    cores = {}
    for python in pythons:
        directory = os.path.join(top, "on" + python.full)
        os.mkdir(directory)
        try:
            core = write_core(build, python, directory, home)
        except RuntimeError as e:
            tap.ok(False, "%s writes a core" % python.full, str(e))
            continue
        cores[python.full] = core
        empty = os.path.join(top, "empty" + python.full)
        os.mkdir(empty)
        shutil.copy(core, os.path.join(empty, "shop.pycore"))
        os.remove(os.path.join(directory, "shop.py"))
        got = ask(build, "shop.pycore", COMMANDS, empty, home)
        text = neutral(got.out.decode("utf-8", "replace"),
                       os.path.realpath(directory))
        text = "\n".join(of_program(text))
        if args.accept and want is None:
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        if want is None:
            with open(path, encoding="utf-8") as f:
                want = f.read()
        tap.ok(text == want, "a core of Python %s answers as written down" %
               python.full, difference(want, text))
        tap.ok("very-secret" not in got.out.decode("utf-8", "replace") and
               b"very-secret" not in open(core, "rb").read(),
               "%s: no secret is in it" % python.full)
    return cores


def difference(want, got):
    import difflib
    return "\n".join(difflib.unified_diff(
        want.split("\n"), got.split("\n"), "want", "got", "", "", 1, ""))


def stored(build, top, home):
    """Cores of older versions of the format stay readable."""
    for path in sorted(glob.glob(os.path.join(HERE, "stored-*.pycore"))):
        name = os.path.basename(path)
        with open(path[:-len(".pycore")] + ".in", encoding="utf-8") as f:
            got = ask(build, path, f.read(), top, home)
        text = got.out.decode("utf-8", "replace")
        with open(path[:-len(".pycore")] + ".txt", encoding="utf-8") as f:
            want = f.read()
        text = re.sub(r"0x[0-9a-f]{6,}", "0xADDR", text)
        tap.ok(got.status == 0 and text == want, name + " is read",
               difference(want, text))


def by_the_manual(build, core, top, home):
    """What pydbg-core(5) says is enough to read a core, and true."""
    with open(os.path.join(HERE, "../../man/pydbg-core.5"),
              encoding="utf-8") as f:
        tables = manual.read(core, f.read())
    head, exc, thread = (tables[t][0] for t in ("HEAD", "EXC", "THREAD"))
    frames = tables["FRAME"][thread["first"] - 1:][:thread["count"]]
    where = ["%s(%d)%s()" % (f["file"].decode(), f["line"],
                             f["func"].decode())
             for f in reversed(frames) if not f.get("hidden")]
    counts = tuple(len(tables[t]) for t in (
        "OBJECT", "FRAME", "THREAD", "MODULE", "SOURCE"))
    want = {"program": head["script"].decode(), "process": str(head["pid"]),
            "exception": exc["text"].decode(),
            "directory": head["cwd"].decode(),
            "executable": head["executable"].decode()}
    got = ask(build, core, "where\ncore info\n", top, home)
    text = got.out.decode("utf-8", "replace")
    told = dict(re.findall(r"(?m)^(\w+) +(.*)$", text))
    shown = [line[2:] for line in text.splitlines()
             if re.match(r"[ >] /.*\(\d+\)\S+\(\)$", line)]
    tap.ok({k: told.get(k) for k in want} == want and shown[-len(where):] ==
           where and re.findall(r"\d+", told.get("contents", ""))[:5] ==
           [str(n) for n in counts] and tables["END"][0]["objects"] ==
           counts[0], "pydbg-core(5) says how to read it",
           "%s\n%s\n%s\n%s" % (want, where, counts, text))


def what_it_opens(build, core, top, home):
    """Opening a core opens the core, and what the loader and terminfo need."""
    strace = shutil.which("strace")
    if strace is None or os.environ.get("PYDBG_TEST_ASAN"):
        tap.skip("opening opens nothing else", "no strace, or sanitized")
        return
    trace = os.path.join(top, "trace")
    here = os.path.join(top, "evil")
    os.mkdir(here)
    with open(os.path.join(here, ".pdbrc"), "w") as f:
        f.write("p 'the rc file of the directory was run'\n")
    argv = [strace, "-f", "-o", trace, "-e", "trace=open,openat,openat2,"
            "creat,execve,fork,vfork,clone,clone3,connect,socket,unlink,"
            "rename,mkdir", pydbgtest.pydbg(build), "--core", core]
    got = pydbgtest.run(argv, pydbgtest.base_env(home), cwd=here, merge=True,
                        stdin=COMMANDS.encode(), deadline=60)
    if not os.path.exists(trace) or b"ptrace" in got.out[:300]:
        tap.skip("opening opens nothing else", "strace cannot trace here")
        return
    allowed = re.compile(
        r'execve\("%s|"(/etc/ld\.so\.(cache|preload)|/(usr/)?lib/[^"]*\.so'
        r'[.0-9]*|/dev/null|/dev/tty|%s/\.(pdbrc|pydbgrc)|%s)"|terminfo|'
        r'locale|gconv|/proc/self/exe|^\d+ +(\+\+\+|---)|PYDBG_LOG' % (
            re.escape(pydbgtest.pydbg(build)), re.escape(home),
            re.escape(core)))
    strange = [line for line in open(trace, encoding="utf-8",
                                     errors="replace")
               if not allowed.search(line)]
    tap.ok(not strange, "opening opens nothing else, and runs nothing",
           "".join(strange[:20]))
    tap.ok(b"the rc file" not in got.out, "./.pdbrc is not run",
           got.out.decode("utf-8", "replace"))
    tap.ok(b"[Item(" in got.out or b"Order" in got.out,
           "and the commands answered", got.out.decode("utf-8", "replace"))


def without_python(build, core, top, home):
    env = {"PATH": "/nonexistent", "HOME": home, "TERM": "dumb"}
    got = ask(build, core, "p s\n", top, home, env=env)
    tap.ok(got.status == 0 and b"6.0" in got.out,
           "no Python, no locale, no PATH: it answers",
           got.out.decode("utf-8", "replace"))


def refused(build, core, top, home):
    def put(name, data):
        path = os.path.join(top, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    whole = open(core, "rb").read()
    cases = [
        (put("empty", b""), "is empty"),
        (put("text", b"import os\nos._exit(3)\n" * 100),
         "is not a core of pydbg"),
        (put("newer", whole[:8] + b"\x02\x00\x01\x00" + whole[12:]),
         "is a core of version 2.1; this pydbg reads version 1"),
        (put("head", whole[:16]), "nothing of the core can be read"),
        (put("noise", whole[:16] + os.urandom(300000)),
         "nothing of the core can be read"),
        (put("bomb", gzip.compress(b"\x93PYCORE\n\x01\0\0\0\0\0\0\0" +
                                   bytes(50 << 20))),
         "nothing of the core can be read"),
        (top, "is a directory, not a core"),
        ("/dev/zero", "is not a core of pydbg"),
        (os.path.join(top, "nosuch"), "No such file or directory"),
    ]
    for path, why in cases:
        got = ask(build, path, "where\n", top, home)
        text = got.out.decode("utf-8", "replace")
        tap.ok(got.status == 1 and not got.late and why in text and
               text.count("\n") == 1 and "where" not in text,
               "%s: %s" % (os.path.basename(path), why),
               "status %d: %s" % (got.status, text[:500]))
    # At the prompt of a program it costs nothing.
    got = pydbgtest.run(
        [pydbgtest.pydbg(build), "--core", core], pydbgtest.base_env(home),
        cwd=top, merge=True, stdin=b"core %s\np s\n" % os.path.join(
            top, "text").encode())
    tap.ok(b"is not a core" in got.out and b"6.0" in got.out,
           "core FILE that is none: the other one stays",
           got.out.decode("utf-8", "replace"))


def cut_off(build, core, top, home):
    whole = open(core, "rb").read()
    for percent in 10, 50, 90:
        path = os.path.join(top, "cut%d" % percent)
        with open(path, "wb") as f:
            f.write(whole[:len(whole) * percent // 100])
        got = ask(build, path, "where\nlist\ninfo locals\n", top, home)
        text = got.out.decode("utf-8", "replace")
        tap.ok(got.status in (0, 1) and "The file is cut off" in text and
               "shop.py(25)total()" in text and "main()" in text,
               "cut at %d %%: the frames are there" % percent, text)
    for packer, name in (["gzip", "-c"], "gz"), (["zstd", "-qc"], "zst"):
        if shutil.which(packer[0]) is None:
            tap.skip("packed by " + packer[0], "there is none")
            continue
        path = os.path.join(top, "shop.pycore." + name)
        with open(path, "wb") as f:
            subprocess.run(packer + [core], stdout=f, check=True)
        got = ask(build, path, "p s\n", top, home)
        tap.ok(got.status == 0 and b"6.0" in got.out,
               "packed by " + packer[0], got.out.decode("utf-8", "replace"))


def exported(build, core, top, home):
    got = pydbgtest.run([pydbgtest.pydbg(build), "--core", core, "--export",
                         "json"], pydbgtest.base_env(home), cwd=top)
    try:
        data = json.loads(got.out)
        frame = data["threads"][0]["frames"][0]
        good = (frame["function"] == "total" and frame["locals"]["s"] == "6.0"
                and data["threads"][0]["exceptions"][0]["type"].endswith(
                    "ZeroDivisionError") and data["whole"] is True)
    except (ValueError, KeyError, IndexError) as e:
        good, data = False, repr(e)
    tap.ok(good and got.status == 0, "--export json",
           got.err.decode() + str(data)[:2000])
    got = pydbgtest.run([pydbgtest.pydbg(build), "--export", "json", "x.py"],
                        pydbgtest.base_env(home), cwd=top)
    tap.ok(got.status == 2 and b"--export needs --core" in got.err,
           "--export needs --core", repr(got.err))


def large(build, python, top, home):
    """A million objects: as quick to open as few."""
    directory = os.path.join(top, "large")
    os.mkdir(directory)
    core = os.path.join(directory, "large.pycore")
    env = pydbgtest.base_env(home)
    env.update(PYTHONPATH=modules(build))
    if os.environ.get("PYDBG_TEST_ASAN"):
        tap.skip("a million objects", "sanitized")
        return
    got = pydbgtest.run([python.exe, "-c", """
import sys, pydbg
class Row:
    def __init__(self, i):
        self.i, self.text = i, 'text %%d' %% i
def go():
    rows = [Row(i) for i in range(400000)]
    x = 42
    pydbg.dump(file=%r, max_objects=0, max_bytes=0, max_seconds=0)
go()""" % core], env, deadline=120)
    if not os.path.exists(core):
        tap.ok(False, "a million objects", (got.out + got.err).decode())
        return
    best = {}
    for commands in "where\n", "where\np x\n":
        best[commands] = 1e9
        for _ in range(5):
            began = time.monotonic()
            got = ask(build, core, commands, directory, home)
            best[commands] = min(best[commands], time.monotonic() - began)
    size = os.path.getsize(core)
    tap.ok(size < 10 << 20, "a million objects take less than 10 MB",
           "%d bytes" % size)
    # The figures are bench/'s; here only that nothing is read as a whole.
    tap.ok(best["where\np x\n"] < 0.5 and got.status == 0,
           "and are opened at once", repr(best))
    got = ask(build, core, "find Row if self.i == 399999\npath rows[5]\n"
              "p rows[399998].text, len(rows), rows[-1].i\n", directory, home)
    text = got.out.decode("utf-8", "replace")
    tap.ok("Row at 0x" in text and "[in frame 0: rows[5]]" in text and
           "('text 399998', 400000, 399999)" in text,
           "find, path, an item far behind", text)


def tutorial(build, pythons, top, home):
    """README's: a unittest program dies, the bug is found from its core."""
    directory = os.path.join(top, "tutorial")
    os.mkdir(directory)
    shutil.copy(os.path.join(pydbgtest.ROOT, "examples", "ledger.py"),
                directory)
    env = pydbgtest.base_env(home)
    got = pydbgtest.run([pydbgtest.pydbg(build), "--python",
                         pythons[0].exe, "--dump-on-crash", "ledger.py"],
                        env, cwd=directory, deadline=60, merge=True)
    found = glob.glob(os.path.join(directory, "*.pycore"))
    if not found:
        tap.ok(False, "the tutorial's core is written", got.out.decode())
        return
    empty = os.path.join(directory, "elsewhere")
    os.mkdir(empty)
    shutil.move(found[0], os.path.join(empty, "ledger.pycore"))
    os.remove(os.path.join(directory, "ledger.py"))
    got = ask(build, "ledger.pycore", "where 2\nup\np entry\n"
              "find Entry if self.amount is None\nreferrers entry\n", empty, home)
    text = got.out.decode("utf-8", "replace")
    tap.ok("Entry(" in text and "amount=None" in text and
           "[2] of $1 = list at 0x" in text,
           "the tutorial finds the bug", text)


def main():
    build = os.path.abspath(args.build)
    pythons = [p for p in pydbgtest.pythons(build)
               if glob.glob(os.path.join(modules(build), "pydbg", "_dump."
                            "cpython-%s-*" % p.minor.replace(".", "")))]
    if not pythons:
        tap.ok(False, "there is a module for a Python", "in " + build)
        return tap.done()
    with tempfile.TemporaryDirectory() as top:
        top = os.path.realpath(top)
        home = os.path.join(top, "home")
        os.mkdir(home)
        cores = same_answers(build, pythons, top, home)
        stored(build, top, home)
        if cores:
            core = sorted(cores.items())[0][1]
            for test in (by_the_manual, what_it_opens, without_python,
                         refused, cut_off, exported):
                test(build, core, top, home)
        large(build, pythons[0], top, home)
        tutorial(build, pythons, top, home)
    return tap.done()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--accept", action="store_true",
                        help="write answers.txt anew")
    args = parser.parse_args()
    sys.exit(main())
