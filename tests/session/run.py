#!/usr/bin/env python3
"""Runs session transcripts: tests/session/NAME.session.

A transcript reads as a session on a terminal would:

    # What it shows; any number of lines.
    # python: >=3.12            only on these (also <, ==; several by commas)
    # pdb: no, WHY              pdb does not do this (see --pdb)
    # sanitizer: no, WHY        not in a sanitized build
    # trace: no, WHY            not with the trace backend (see --backend)
    # prompt: 'my> '            another prompt than '(pydbg) '
    # file NAME: text\\nmore     written before; ~/NAME goes to HOME
    $ pydbg prog.py args        a command for sh; cwd is a copy of tests/progs
    > {dir}/prog.py(1)<module>()
    -> x = 1
    (pydbg) p x                 what stands behind a prompt is input
    (stdin) text                input too, for the program's own input()
    [exit 0]

All the input goes down one pipe at once.  stdout and stderr are one stream; as
there is no echo, the input is woven in behind each prompt.  `(pydbg) [EOF]` is
the prompt that met the end of the input; `(unread) text` at the end is input
that nobody asked for; `\\c` at the end of a line says that no newline came.
A line that begins with [3.11], [3.12-] (up to), [3.13+] (from), [3.11,3.13] holds
on these versions only, input lines too.  Paths become {dir}, {home},
{examples}, {python}, {lib}, {version}; addresses 0xADDR, `process 12` PID.  The command sees $PYTHON,
$PYDBG, $BUILD and $EXAMPLES (a copy).

--accept writes what was seen into the transcripts, headers kept; versions
that did not run keep their lines.  --pdb runs real pdb instead and takes
the frames of its own machinery out: for first drafts, and for seeing that a
transcript without `# pdb: no` is what pdb prints.

The transcripts are the same whatever brings the events: each runs with the
backend that its Python has by default, and with the trace backend (in a
sanitized build with the default alone).  --backend names others;
`# trace: no, WHY` is for what cannot be the same, `# trace 3.11: no, WHY` on
that version alone.
"""

import argparse
import ast
import concurrent.futures
import difflib
import glob
import os
import re
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402

KNOWN = ["3.11", "3.12", "3.13", "3.14"]
TAG = re.compile(r"\[(3\.\d+(?:[-+]|(?:,3\.\d+)*))\] ")
OTHER_PROMPTS = ["((pydbg)) ", "(((pydbg))) ", "(com) ", "...   ", ">>> ",
                 "... "]
DEADLINE = 30
DEFAULT, TRACE = "default", "trace"


def default_backend(python):
    """What `info python` calls it."""
    return "swapped code" if python.minor == "3.11" else "monitoring"


def key(version):
    return tuple(int(n) for n in version.split("."))


def tag_holds(tag, version):
    if tag.endswith("-"):
        return key(version) <= key(tag[:-1])
    if tag.endswith("+"):
        return key(version) >= key(tag[:-1])
    return version in tag.split(",")


def tag_for(versions, known):
    """The prefix of a line that holds on these of the known versions."""
    have = [v for v in known if v in versions]
    if have == known:
        return ""
    if len(have) > 1 and have == known[:len(have)]:
        return "[%s-] " % have[-1]
    if have == known[-len(have):]:
        return "[%s+] " % have[0]
    return "[%s] " % ",".join(have)


class Session:
    """A transcript file, taken apart."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.splitext(os.path.basename(path))[0]
        with open(path, encoding="utf-8") as f:
            lines = f.read().split("\n")
        if lines and lines[-1] == "":
            lines.pop()
        self.head, self.body = [], []
        self.command = None
        for line in lines:
            if self.command is not None:
                self.body.append(line)
                continue
            self.head.append(line)
            if line.startswith("$ "):
                self.command = line[2:]
            elif line and not line.startswith("#"):
                raise ValueError("%s: neither # nor $: %s" % (path, line))
        if self.command is None:
            raise ValueError("%s: no $ line" % path)
        self.prompt = ast.literal_eval(self.option("prompt", "'(pydbg) '"))
        self.pdb = self.option("pdb", "yes").split(",")[0] == "yes"

    def option(self, name, default):
        for line in self.head:
            if line.startswith("# %s: " % name):
                return line[len(name) + 4:]
        return default

    def files(self):
        for line in self.head:
            match = re.match(r"# file (\S+): (.*)", line)
            if match:
                yield (match[1], match[2].encode().decode("unicode_escape")
                       .encode("latin-1"))

    def runs_on(self, python):
        for rule in self.option("python", "").split(","):
            match = re.match(r"\s*(>=|<|==)\s*(3\.\d+)\s*$", rule)
            if rule.strip() and not match:
                raise ValueError("%s: bad python rule %r" % (self.path, rule))
            if match:
                have, want = key(python.minor), key(match[2])
                if not {">=": have >= want, "<": have < want,
                        "==": have == want}[match[1]]:
                    return False
        return True

    def no_trace(self, python):
        """Why it cannot run there with the trace backend, or ''."""
        for name in ("trace", "trace " + python.minor):
            rule = self.option(name, "yes")
            if rule.startswith("no, "):
                return rule[4:]
        return ""

    def lines_for(self, version):
        result = []
        for line in self.body:
            match = TAG.match(line)
            if not match:
                result.append(line)
            elif tag_holds(match[1], version):
                result.append(line[match.end():])
        return result

    def inputs_for(self, version):
        """The input lines: (prompt or '(stdin) ' or '', text)."""
        result = []
        for line in self.lines_for(version):
            for prompt in [self.prompt, "(stdin) ", "(unread) "] + \
                    OTHER_PROMPTS:
                if line.startswith(prompt):
                    text = line[len(prompt):]
                    if not (prompt == self.prompt and text == "[EOF]"):
                        result.append((prompt, text))
                    break
        return result


def printable(text):
    return "".join(c if c in "\n\t" or c >= " " and c != "\x7f"
                   else "\\x%02x" % ord(c) for c in text)


def weave(out, inputs, prompt):
    """Lines of the transcript from the output and the input lines."""
    text, pos, left = "", 0, list(inputs)

    def take_stdin():
        taken = ""
        while left and left[0][0] == "(stdin) ":
            taken += "(stdin) " + left.pop(0)[1] + "\n"
        return taken

    text += take_stdin()
    while True:
        wanted = {prompt, left[0][0]} if left else {prompt}
        found = [(out.find(p, pos), p) for p in wanted
                 if p not in ("(unread) ",) and out.find(p, pos) >= 0]
        if not found:
            break
        at, seen = min(found)
        text += out[pos:at]
        if text and not text.endswith("\n"):
            text += "\\c\n"
        pos = at + len(seen)
        if left:
            text += seen + left.pop(0)[1] + "\n" + take_stdin()
        else:
            text += seen + "[EOF]\n"
            # The newline that ends the prompt's line at end of file.
            if out[pos:pos + 1] == "\n":
                pos += 1
    text += out[pos:]
    if text and not text.endswith("\n"):
        text += "\\c\n"
    for _, unread in left:
        text += "(unread) " + unread + "\n"
    return text.split("\n")[:-1]


# Frames of pdb's own: in a traceback, in where.
PDB_TRACEBACK = re.compile(
    r'  File "(?:\{lib\}/(?:pdb|bdb|runpy|cmd)\.py|<string>|<frozen [^>]*>)"')
PDB_WHERE = re.compile(
    r"  (?:\{lib\}/(?:pdb|bdb|runpy)\.py|<string>|<frozen runpy>)\(\d+\)")


def without_pdb(lines):
    """Takes pdb's own frames out of tracebacks and of where."""
    result, skip = [], None
    for line in lines:
        if PDB_TRACEBACK.match(line):
            skip = "    "
        elif PDB_WHERE.match(line):
            skip = "-> "
        elif skip and line.startswith(skip):
            skip = skip if skip == "    " else None
        else:
            skip = None
            result.append(line)
    return result


class Runner:
    def __init__(self, build, use_pdb):
        self.build, self.use_pdb = build, use_pdb
        # Made before there are threads: what is open for writing while
        # another forks cannot be executed ("text file busy").
        self.bin = tempfile.TemporaryDirectory(prefix="pydbg-session-bin-")
        wrapper = os.path.join(self.bin.name, "pydbg")
        with open(wrapper, "w") as f:
            if use_pdb:
                f.write('#!/bin/sh\nexec env PYTHONUNBUFFERED=1 "$PYTHON" '
                        '-m pdb "$@"\n')
            else:
                f.write('#!/bin/sh\n${PYDBG_TEST_PRELOAD:+export '
                        'LD_PRELOAD="$PYDBG_TEST_PRELOAD"}\n'
                        'exec "$PYDBG" --python "$PYTHON" "$@"\n')
        os.chmod(wrapper, 0o755)

    def normalise(self, text, python, top, backend):
        for path, name in ((os.path.join(top, "dir"), "{dir}"),
                           (os.path.join(top, "home"), "{home}"),
                           (os.path.join(top, "examples"), "{examples}"),
                           (python.lib, "{lib}"),
                           (os.path.realpath(python.exe), "{python}"),
                           (python.exe, "{python}"),
                           (python.path, "{python}"), (self.build, "{build}"),
                           (python.full, "{version}")):
            if path:
                text = text.replace(path, name)
        # Lines of the library differ with each of Python's releases.
        text = re.sub(r"((?:\{lib\}/[^()\s:]*\.py|<frozen [^>]*>)[(:])\d+",
                      r"\1N", text)
        text = re.sub(r"\b(process +)\d+", r"\1PID", text)
        if backend != DEFAULT:
            text = re.sub(r"^(hook     )%s$" % re.escape(backend),
                          r"\1" + default_backend(python), text, flags=re.M)
        return re.sub(r"\b0x[0-9a-f]{6,}\b", "0xADDR", text)

    def prepare(self, session, python, top, backend):
        """Makes the directories; returns the environment."""
        work, home = os.path.join(top, "dir"), os.path.join(top, "home")
        shutil.copytree(pydbgtest.PROGS, work, symlinks=True,
                        ignore=shutil.ignore_patterns("__pycache__"))
        os.mkdir(home)
        for name, data in session.files():
            path = os.path.join(home, name[2:]) if name.startswith("~/") \
                else os.path.join(work, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as f:
                f.write(data)
            os.chmod(path, 0o644)
        env = pydbgtest.base_env(home)
        env.pop("PYDBG_BACKEND", None)
        if backend != DEFAULT:
            env["PYDBG_BACKEND"] = backend
        env["PYTHON"] = python.path
        env["EXAMPLES"] = os.path.join(top, "examples")
        shutil.copytree(os.path.join(pydbgtest.ROOT, "examples"),
                        env["EXAMPLES"],
                        ignore=shutil.ignore_patterns("__pycache__"))
        if not self.use_pdb:
            env["PYDBG"] = pydbgtest.pydbg(self.build)
            env["BUILD"] = self.build
        env["PATH"] = self.bin.name + ":" + env["PATH"]
        return env, work

    def run(self, session, python, backend=DEFAULT):
        """The transcript's lines as they come out on that python."""
        inputs = session.inputs_for(python.minor)
        data = "".join(t + "\n" for _, t in inputs)
        top = os.path.realpath(tempfile.mkdtemp(prefix="pydbg-session-"))
        try:
            env, work = self.prepare(session, python, top, backend)
            got = pydbgtest.run(
                ["/bin/sh", "-c", session.command], env, work,
                data.encode("utf-8", "surrogateescape"), DEADLINE, merge=True)
            text = printable(got.out.decode("utf-8", "backslashreplace"))
            text = self.normalise(text, python, top, backend)
            if self.use_pdb:
                text = text.replace("(Pdb) ", "(pydbg) ")
            lines = weave(text, inputs, session.prompt)
            if self.use_pdb:
                lines = without_pdb(lines)
        finally:
            shutil.rmtree(top, ignore_errors=True)
        lines.append("[deadline of %d s passed]" % DEADLINE if got.late
                     else "[exit %d]" % got.status)
        return lines


def merge(by_version):
    """One body from the versions' lines: [(line, {versions})]."""
    merged = []
    for version in sorted(by_version, key=key):
        lines = by_version[version]
        old = [line for line, _ in merged]
        result = []
        matcher = difflib.SequenceMatcher(None, old, lines, autojunk=False)
        for what, a, b, c, d in matcher.get_opcodes():
            if what == "equal":
                result += [(line, vs | {version}) for line, vs in merged[a:b]]
            else:
                result += merged[a:b]
                result += [(line, {version}) for line in lines[c:d]]
        merged = result
    return merged


def accept(session, results):
    """results: {version: lines}.  Writes the file if it changed."""
    versions = sorted(set(KNOWN) | set(results), key=key)
    applicable = [v for v in versions
                  if session.runs_on(type("P", (), {"minor": v}))]
    bodies = {v: results.get(v, session.lines_for(v)) for v in applicable}
    # A version that did not run stays like the newest seen if it was.
    newest = [v for v in applicable if v in results][-1:]
    for v in applicable:
        if v not in results and newest and \
                session.lines_for(v) == session.lines_for(newest[0]):
            bodies[v] = results[newest[0]]
    text = "\n".join(session.head) + "\n"
    for line, vs in merge(bodies):
        text += tag_for(vs, applicable) + line + "\n"
    with open(session.path, encoding="utf-8") as f:
        if f.read() == text:
            return False
    with open(session.path, "w", encoding="utf-8") as f:
        f.write(text)
    return True


def find(filters, where):
    paths = sorted(glob.glob(os.path.join(where, "*.session")))
    if filters:
        paths = [p for p in paths
                 if any(f in "/" + os.path.basename(p) for f in filters)]
    return [Session(p) for p in paths]


def do_accept(runner, pool, sessions, pythons):
    for session in sessions:
        on = [p for p in pythons if session.runs_on(p)]
        results = {}
        for p, lines in zip(on, pool.map(
                lambda p, s=session: runner.run(s, p), on)):
            if results.setdefault(p.minor, lines) != lines:
                print("%s: %s differs from an earlier %s:" %
                      (session.name, p, p.minor))
                print("\n".join(difflib.unified_diff(
                    results[p.minor], lines, lineterm="")))
        if results and accept(session, results):
            print("accepted %s" % session.name)
    return 0


def backends_of(args):
    """The backends that each session runs with."""
    if args.backend:
        return args.backend
    if os.environ.get("PYDBG_BACKEND"):
        return [os.environ["PYDBG_BACKEND"]]
    if args.pdb or args.accept or os.environ.get("PYDBG_TEST_ASAN"):
        return [DEFAULT]
    return [DEFAULT, TRACE]


def run_all(runner, pool, sessions, pythons, backends):
    """Each session on each python with each backend; the exit status."""
    tap = pydbgtest.Tap()
    jobs = [(s, p, b) for b in backends for p in pythons for s in sessions
            if s.runs_on(p)]
    skipped = [j for j in jobs if j[2] == TRACE and j[0].no_trace(j[1])]
    jobs = [j for j in jobs if j not in skipped]
    if not jobs:
        tap.ok(False, "sessions", "no python with an engine, or no session")

    def name(s, p, b):
        return "%s on %s" % (s.name, p) + (
            "" if b == DEFAULT else " with backend %s" % b)

    for job, got in zip(jobs, pool.map(lambda job: runner.run(*job), jobs)):
        want = job[0].lines_for(job[1].minor)
        tap.ok(got == want, name(*job), "\n".join(
            difflib.unified_diff(want, got, "transcript", "seen", "", "",
                                 3, "")))
    for job in skipped:
        tap.skip(name(*job), job[0].no_trace(job[1]))
    return tap.done()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", default="")
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--pdb", action="store_true")
    parser.add_argument("--dir", default=HERE)
    parser.add_argument("--python", action="append",
                        help="only on pythons whose path or version has this")
    parser.add_argument("--backend", action="append",
                        help="trace, monitoring, 'swapped code' or default")
    parser.add_argument("-j", type=int, default=os.cpu_count() or 2)
    parser.add_argument("filter", nargs="*")
    args = parser.parse_args()
    build = os.path.abspath(args.build) if args.build else ""
    pythons = pydbgtest.pythons("" if args.pdb else build)
    if args.python:
        pythons = [p for p in pythons if any(
            n == p.minor or n in p.path for n in args.python)]
    filters = args.filter or os.environ.get("PYDBG_TEST_FILTER", "").split()
    sessions = find(filters, args.dir)
    runner = Runner(build, args.pdb)
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        if args.pdb:
            sessions = [s for s in sessions if s.pdb]
        if os.environ.get("PYDBG_TEST_ASAN"):
            sessions = [s for s in sessions
                        if s.option("sanitizer", "yes") == "yes"]
        if args.accept:
            return do_accept(runner, pool, sessions, pythons)
        return run_all(runner, pool, sessions, pythons, backends_of(args))


if __name__ == "__main__":
    sys.exit(main())
