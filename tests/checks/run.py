#!/usr/bin/env python3
"""The laws of the source tree, each a case: who includes what, what the
programs link and export, that everything has its test and its manual entry,
format of the C files, lint of the manual pages, the README's examples.
"""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
import pydbgtest  # noqa: E402

ROOT = pydbgtest.ROOT

# L1: what a room may include besides its own headers and the C library.
ROOMS = {
    "src/base": [],
    "src/model": ["base"],
    "src/wire": ["base", "model"],
    "src/start": ["base", "model", "wire"],
    "src/engine": ["base", "model", "wire", "core"],
    "src/core": ["base", "model", "wire"],
    "src/module": ["base", "model", "wire", "engine", "core"],
    "src/target": ["base", "model", "wire", "core"],
    "cmds": ["base", "model", "target"],
    "ui": ["base", "model", "target", "cmds"],
}
# L2: who may include these.
GUARDED = [
    (r"(Python|frameobject|structmember|internal/.*|pycore_.*|cpython/.*)\.h",
     ["src/engine", "src/module"]),
    (r"(n?curses|ncursesw/.*|editline/.*|histedit|readline/.*|term|vterm.*)\.h",
     ["ui"]),
    (r"dlfcn\.h", ["src/start", "src/engine"]),
]
BANNED = [r"/root\b", r"/home/[a-z]", r"(?<![-\w./])/work/", r"\bTODO\b",
          r"\bFIXME\b", r"\bXXX\b"]
# The only symbols that the program in the debuggee may see; src/start and
# src/engine say what they are for.
DOORS = {"pydbg-start.so": None, "pydbg-engine": {"pd_engine_main"},
         "_dump": {"PyInit__dump"}}

tap = pydbgtest.Tap()


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def tracked():
    """Files under version control, or all if there is no git."""
    got = subprocess.run(["git", "-C", ROOT, "ls-files"], text=True,
                         capture_output=True)
    if got.returncode == 0 and got.stdout:
        return [f for f in got.stdout.split("\n")
                if f and os.path.isfile(os.path.join(ROOT, f))]
    result = []
    for top, dirs, files in os.walk(ROOT):
        dirs[:] = [d for d in dirs if not d.startswith(("build", ".git"))
                   and d != "__pycache__"]
        result += [os.path.relpath(os.path.join(top, f), ROOT) for f in files]
    return result


def room_of(path):
    for room in ROOMS:
        if path.startswith(room + "/"):
            return room
    return None


def case(name, problems):
    problems = list(problems)
    tap.ok(not problems, name, "\n".join(problems[:40]))


def wrong_includes(files):
    short = {r.split("/")[-1]: r for r in ROOMS}
    for path in files:
        room = room_of(path)
        if room is None:
            continue
        for n, line in enumerate(read(path).split("\n"), 1):
            match = re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line)
            if not match:
                continue
            quoted, name = match[1] == '"', match[2]
            first = name.split("/")[0]
            if name == "start/doors.h" and room == "src/engine":
                continue
            if quoted and "/" in name and first in short and \
                    short[first] != room and first not in ROOMS[room]:
                yield "%s:%d: %s may not include %s" % (path, n, room, name)
            if ".." in name:
                yield "%s:%d: include from the top: %s" % (path, n, name)


def guarded_includes(files):
    for path in files:
        room = room_of(path)
        for n, line in enumerate(read(path).split("\n"), 1):
            match = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
            for pattern, rooms in GUARDED:
                if match and room and re.fullmatch(pattern, match[1]) and \
                        room not in rooms:
                    yield "%s:%d: %s" % (path, n, match[1])


def curses_outside_screen(files):
    for path in files:
        if path.startswith("ui/") and \
                not path.startswith("ui/tui/screen"):
            for n, line in enumerate(read(path).split("\n"), 1):
                if re.match(r"\s*#\s*include\s+<(n?curses|term)\.h>", line):
                    yield "%s:%d: %s" % (path, n, line.strip())


def said_past_the_sink(files):
    """What commands say goes through pd_out_text(), which keeps the control
    characters of a core from the terminal."""
    for path in files:
        if path.startswith("cmds/") and path != "cmds/sink.c":
            for n, line in enumerate(read(path).split("\n"), 1):
                if re.search(r"\bsink(->|\.)write\(", line):
                    yield "%s:%d: %s" % (path, n, line.strip())


def versions_outside_compat(files):
    for path in files:
        if path.startswith("src/engine/") and "compat" not in path:
            for n, line in enumerate(read(path).split("\n"), 1):
                if re.match(r"\s*#\s*(if|elif).*PY_(VERSION_HEX|MINOR)", line):
                    yield "%s:%d: %s" % (path, n, line.strip())


def format_problems(path):
    lines = read(path).split("\n")
    if len(lines) > 501 and not path.startswith("tests/"):
        yield "%s: %d lines, at most 500" % (path, len(lines) - 1)
    if not lines[0].startswith("/*"):
        yield "%s:1: says nothing of what the file is for" % path
    body_at = None
    for n, line in enumerate(lines, 1):
        if len(line.expandtabs(8)) > 80:
            yield "%s:%d: longer than 80 columns" % (path, n)
        if line != line.rstrip():
            yield "%s:%d: trailing blanks" % (path, n)
        if re.match(r" {8}", line):
            yield "%s:%d: eight blanks instead of a tab" % (path, n)
        code = re.sub(r'"(\\.|[^"\\])*"', '""', line)
        if re.search(r"(^|[\s;{}])//", code) and "://" not in code:
            yield "%s:%d: // comment" % (path, n)
        if re.match(r"[a-z].*\)$", line) and n < len(lines) and \
                lines[n] == "{" and re.match(
                    r"(static|const|struct|enum|int|void|bool|char|unsigned|"
                    r"size_t|long|uint\d+_t|Py\w+)\b", line):
            yield "%s:%d: return type on the line of the name" % (path, n)
        if line == "{":
            body_at = n
        elif line == "}" and body_at:
            if n - body_at > 70 and not path.startswith("tests/"):
                yield "%s:%d: a function of %d lines" % (
                    path, body_at, n - body_at - 1)
            body_at = None


def unproven_features():
    """README's table is that of tests/features.txt, whose rows are held by
    sessions."""
    readme = read("README")
    for n, line in enumerate(read("tests/features.txt").split("\n"), 1):
        if not line:
            continue
        row, session = line.rsplit(None, 1)
        if "  " + row.rstrip() + "\n" not in readme:
            yield "tests/features.txt:%d: not in README" % n
        yes = n > 1 and row.split()[-1] == "yes"
        if yes and not os.path.isfile(os.path.join(
                ROOT, "tests/session", session + ".session")):
            yield "tests/features.txt:%d: no session %s" % (n, session)


def elf(args):
    env = dict(os.environ, LC_ALL="C")
    return subprocess.run(args, env=env, capture_output=True, text=True,
                          check=True).stdout


def needed(path):
    return re.findall(r"NEEDED.*\[(.*)\]", elf(["readelf", "-dW", path]))


def exported(path):
    names = elf(["nm", "-D", "--defined-only", path]).split("\n")
    return {line.split()[-1].split("@")[0] for line in names if line}


def links_beyond(path, allowed):
    allowed += ["libasan", "libubsan"] if os.environ.get(
        "PYDBG_TEST_ASAN") else []
    for name in needed(path):
        if not name.startswith(tuple(allowed)):
            yield "%s needs %s" % (path, name)


def doors_of_start():
    """The symbols that src/start/start.map lets out."""
    text = re.sub(r"/\*.*?\*/", "", read("src/start/start.map"), flags=re.S)
    match = re.search(r"global:(.*?)(local:|\})", text, re.S)
    return set(re.findall(r"[\w.]+", match[1])) if match else set()


def strange_exports(path, allowed):
    names = exported(path)
    if os.environ.get("PYDBG_TEST_ASAN"):
        names = {n for n in names if not re.match(
            r"_*(asan|ubsan|lsan|sanitizer)|__odr_asan", n)}
    for name in sorted(names - allowed):
        yield "%s exports %s" % (path, name)
    for name in sorted(allowed - names):
        yield "%s lacks its door %s" % (path, name)


def check_programs(build):
    start = glob.glob(build + "/**/pydbg-start.so", recursive=True)
    engine = sorted(glob.glob(build + "/**/pydbg-engine-3.*.so",
                              recursive=True))
    case("pydbg links no libpython, only what it may", links_beyond(
        pydbgtest.pydbg(build), ["libc.so", "libm.so", "ld-linux", "libedit.so",
                                     "libncursesw.so", "libtinfo.so",
                                     "libvterm.so", "libgmp.so",
                                     "libunistring.so", "libjansson.so",
                                     "libz.so"]))
    tap.ok(len(start) == 1, "there is one pydbg-start.so", repr(start))
    tap.ok(bool(engine), "there are engines", "none in " + build)
    for path in start:
        case("pydbg-start.so needs libc alone",
             links_beyond(path, ["libc.so", "ld-linux"]))
        case("pydbg-start.so exports its doors and nothing else",
             strange_exports(path, doors_of_start()))
    for path in engine:
        name = os.path.basename(path)
        case(name + " needs libc alone",
             links_beyond(path, ["libc.so", "libm.so", "ld-linux"]))
        case(name + " exports its door and nothing else",
             strange_exports(path, DOORS["pydbg-engine"]))


def check_module(build):
    """The extension module is in programs that nobody debugs."""
    found = sorted(glob.glob(build + "/src/module/pydbg/_dump.*.so"))
    tap.ok(bool(found), "there are extension modules", "none in " + build)
    for path in found:
        name = os.path.basename(path)
        case(name + " needs libc alone",
             links_beyond(path, ["libc.so", "libm.so", "ld-linux"]))
        case(name + " exports its door and nothing else",
             strange_exports(path, DOORS["_dump"]))


def commands(build):
    """Names and aliases of each command, from help."""
    rows = {}
    for path in glob.glob(os.path.join(ROOT, "cmds", "verbs", "*.c")) + \
            glob.glob(os.path.join(ROOT, "cmds", "*.c")):
        for row in re.findall(r"(?s)struct pd_cmd\s+pd_cmd_\w+\s*=\s*\{(.*?)\n\};",
                              read(path)):
            name = re.search(r'\.name\s*=\s*"([^"]*)"', row)
            alias = re.search(r"\.aliases\s*=\s*\{([^}]*)\}", row)
            if name:
                rows[name[1]] = [name[1]] + re.findall(
                    r'"([^"]*)"', alias[1] if alias else "")
    return rows


def check_commands(build):
    rows = commands(build)
    tap.ok(bool(rows), "the commands' rows were found", "none in cmds")
    typed = set()
    for path in glob.glob(os.path.join(ROOT, "tests/session/*.session")):
        for match in re.finditer(
                r"(?m)^(?:\[3[^]]*\] )?\(pydbg\) \s*(.*)$", read(path)):
            for part in match[1].split(";;"):
                word = re.match(r"\s*(!|[A-Za-z-]+)", part)
                if word:
                    typed.add(word[1])
    case("each command has a session", (
        "no session uses %s" % "/".join(names)
        for names in rows.values() if not typed & set(names)))
    page = os.path.join(ROOT, "man", "pydbg.1")
    if not os.path.exists(page):
        tap.skip("each command has a manual entry", "no man/pydbg.1 yet")
    else:
        entries = set(re.findall(r"(?m)^\.(?:It|Ic|Xo)\b.*", read(page)))
        words = set(re.findall(r"[\w!]+", " ".join(entries)))
        words |= set(re.findall(r"[\w-]+", " ".join(entries)))
        case("each command has a manual entry",
             ("no entry for " + name for name in rows if name not in words))
    case("each command has an example", (
        path for path in glob.glob(os.path.join(ROOT, "cmds/verbs/*.c"))
        if re.search(r"struct pd_cmd\s+pd_cmd_\w+\s*=", read(path)) and
        not re.search(r"\.example\s*=", read(path))))
    settings = re.findall(r'(?m)^\t\{ "([a-z -]+)", PD_SETTING_',
                          read("cmds/settings.c"))
    tap.ok(bool(settings), "the settings' rows were found", "none")
    case("each setting has a manual entry", (
        "no entry for " + name for name in settings if os.path.exists(page)
        and not re.search(r"(?m)^\.It Cm %s\b" % name, read(page))))
    env = pydbgtest.base_env("/")
    got = pydbgtest.run([pydbgtest.pydbg(build), "-q", "-nx", os.path.join(
        pydbgtest.PROGS, "fact.py")], env, stdin=b"help\nq\n")
    words = set(re.findall(r"[A-Za-z!-]+", got.out.decode("utf-8", "replace")))
    case("each command is in help",
         ("help lacks " + name for name in rows if name not in words))


def check_lists(files):
    for room in ("tests/unit", "tests/fuzz"):
        meson = read(room + "/meson.build")
        case("all files of %s are in its meson.build" % room, (
            f for f in files if f.startswith(room + "/") and f.endswith(".c")
            and not re.search(r"\b%s\b" % re.escape(re.sub(
                r"^(test|fuzz)-|\.c$", "", os.path.basename(f))), meson)))
    problems = []
    for room in ROOMS:
        for f in files:
            if f.startswith(room + "/") and f.endswith(".c"):
                builds = [os.path.dirname(f), room]
                text = "".join(read(b + "/meson.build") for b in set(builds)
                               if os.path.exists(os.path.join(
                                   ROOT, b, "meson.build")))
                lists = glob.glob(os.path.join(ROOT, room, "*.list"))
                text += "".join(read(x) for x in lists)
                stem = os.path.basename(f)[:-2]
                if not re.search(r"\b%s\b" % re.escape(stem), text):
                    problems.append(f)
    case("all C files are built", problems)


def check_words(files):
    problems = []
    for path in files:
        if path.startswith("tests/checks/") or path.startswith("tests/fuzz/c"):
            continue
        try:
            text = read(path)
        except UnicodeDecodeError:
            continue
        for n, line in enumerate(text.split("\n"), 1):
            for pattern in BANNED:
                if re.search(pattern, line):
                    problems.append("%s:%d: %s" % (path, n, line.strip()))
    case("no paths of a machine, no notes to oneself", problems)


def check_manual(files):
    pages = [f for f in files if re.match(r"man/.*\.[1-8]$", f)]
    if not pages:
        tap.skip("mandoc finds nothing wrong", "no manual page yet")
    for page in pages:
        if not shutil.which("mandoc"):
            tap.skip("mandoc on " + page, "no mandoc")
            continue
        got = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", page],
                             cwd=ROOT, capture_output=True, text=True)
        tap.ok(got.returncode == 0, "mandoc finds nothing wrong in " + page,
               got.stdout + got.stderr)


def core_format_problems():
    """pydbg-core(5) has each member of each record, and each kind."""
    page = read("man/pydbg-core.5")
    fields = re.findall(r"PD_FIELD\(pd_core_\w+, (\d+), PD_T_\w+, (\w+)\)",
                        read("src/model/coredump.c"))
    if not fields:
        yield "no members in src/model/coredump.c"
    for key, name in fields:
        if not re.search(r"(?m)^ +%s +\w+ +%s\b" % (key, name), page):
            yield "pydbg-core(5) lacks member %s %s" % (key, name)
    kinds = re.search(r"(?s)enum pd_core_kind \{(.*?)PD_CORE_KINDS",
                      read("src/core/format.h"))[1]
    for n, name in enumerate(re.findall(r"(?m)^\tPD_CORE_(\w+),", kinds)):
        if not re.search(r"(?m)^ +%d %s\b" % (n, name), page):
            yield "pydbg-core(5) lacks kind %d %s" % (n, name)


def check_readme(build):
    """The README's session must be a transcript that the tests run."""
    path = os.path.join(ROOT, "tests", "session", "readme.session")
    body = [line for line in read(os.path.relpath(path, ROOT)).split("\n")
            if line and not line.startswith(("# ", "[exit "))]
    body = [line.replace("cd $EXAMPLES; ", "") for line in body]
    text = read("README")
    shown = [line[4:] for line in text.split("\n") if line.startswith("    ")]
    at = next((i for i, line in enumerate(shown) if line == body[0]), None)
    tap.ok(at is not None and shown[at:at + len(body)] == body,
           "README's session is tests/session/readme.session",
           "it begins with: %s" % body[0])
    for name in re.findall(r"(?m)^    ((?:src|cmds|ui|man|tests|bench|examples)"
                           r"/[\w/.-]*)", text):
        tap.ok(os.path.exists(os.path.join(ROOT, name)),
               "README names %s, which is there" % name, "it is not")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    args = parser.parse_args()
    files = tracked()
    c_files = [f for f in files if f.endswith((".c", ".h"))]
    case("L1: no room includes one above it", wrong_includes(c_files))
    case("L2: Python.h, curses and libedit in their rooms only",
         guarded_includes(c_files))
    case("L2: only the screen sees curses", curses_outside_screen(c_files))
    case("only compat asks for the Python version",
         versions_outside_compat(c_files))
    case("L4: commands write through the sink", said_past_the_sink(c_files))
    check_programs(os.path.abspath(args.build))
    check_module(os.path.abspath(args.build))
    check_commands(os.path.abspath(args.build))
    check_lists(files)
    check_words(files)
    case("each feature has its session", unproven_features())
    case("C files are formatted",
         (p for f in c_files for p in format_problems(f)))
    check_manual(files)
    case("the manual has the format of cores", core_format_problems())
    check_readme(args.build)
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
