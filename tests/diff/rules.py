"""The differences from pdb that are meant: each is one row of RULES.

A row is (name, whose output it is applied to, function, reason).  A function
takes the list of lines and gives another.  Everything else that differs is a
failure.
"""

import re

OWN = r"(?:\{lib\}/(?:pdb|bdb|cmd|runpy|codeop|code)\.py|<frozen runpy>)"
OWN_FRAME = re.compile(r"(?:> |  )(?:%s\(\d+\)|<string>\(1\)<module>\(\)(?:->.*)?$)"
                       % OWN)
OWN_TRACE = re.compile(r'  File "(?:%s|<string>|<frozen [^"]*>)", line' % OWN)
EXTRA_RETURN = re.compile(r"> <string>\(1\)<module>\(\)->")
PROMPTS = re.compile(r"(?:\(+Pdb\)+ |\(com\) )*")


def unprompted(line):
    """The line behind the prompts that stand before it, and those."""
    n = PROMPTS.match(line).end()
    return line[n:], line[:n]


def in_debug(lines):
    """Pairs (line, does a recursive debugger run it?)."""
    depth = 0
    for line in lines:
        if "LEAVING RECURSIVE DEBUGGER" in line:
            depth -= 1
        yield line, depth > 0
        if "ENTERING RECURSIVE DEBUGGER" in line:
            depth += 1


def own_frames(lines):
    """Frames of pdb's machinery, with the line of source below."""
    result, drop_source, held = [], False, ""
    for line, nested in in_debug(lines):
        text, prompts = unprompted(line)
        if drop_source and text.startswith("-> "):
            drop_source, held = False, held + prompts
            continue
        drop_source = False
        if OWN_FRAME.match(text) and not (nested and "<string>" in text):
            drop_source, held = True, held + prompts
            continue
        result.append(held + line)
        held = ""
    return result + ([held] if held else [])


def own_trace(lines):
    """Entries of tracebacks that are pdb's, with the code below."""
    result, dropping = [], False
    for line in lines:
        if OWN_TRACE.match(line):
            dropping = True
        elif not (dropping and line.startswith("    ")):
            dropping = False
        if not dropping:
            result.append(line)
    return result


def extra_return(lines):
    """--Return-- of <string>, which is where pdb runs the program."""
    result, held = [], ""
    pairs = list(in_debug(lines))
    while pairs:
        line, nested = pairs.pop(0)
        text, prompts = unprompted(line)
        if text == "--Return--" and not nested and pairs and \
                EXTRA_RETURN.match(pairs[0][0]):
            # The command given there was one for pdb alone.
            held += prompts
            pairs.pop(0)
            if pairs and PROMPTS.match(pairs[0][0]).end():
                pairs[0] = (pairs[0][0].split(" ", 1)[1], pairs[0][1])
            continue
        result.append(held + line)
        held = ""
    return result + ([held] if held else [])


def drop(pattern):
    """Lines that match, whatever prompts stand before them."""
    def rule(lines, compiled=re.compile(pattern)):
        result, held = [], ""
        for line in lines:
            text, prompts = unprompted(line)
            if compiled.fullmatch(text):
                held += prompts
            else:
                result.append(held + line)
                held = ""
        return result + ([held] if held else [])
    return rule


def replace(pattern, by):
    def rule(lines, compiled=re.compile(pattern)):
        return [compiled.sub(by, line) for line in lines]
    return rule


def exit_text(lines):
    """What the interpreter prints of sys.exit("text") itself."""
    result = []
    for line in lines:
        m = re.match(r"(?:.* )?The program exited via sys.exit\(\). "
                     "Exit status: (.*)", line)
        if m and result and result[-1].endswith(m.group(1)) and \
                not m.group(1).isdigit():
            line = result.pop()[:-len(m.group(1))] + line
        result.append(line)
    return result


def unbound(lines):
    """The warning of a jump, whose place is that of who jumps."""
    result = []
    for line in lines:
        if result and "RuntimeWarning: assigning None to" in result[-1] and \
                line.startswith("  "):
            continue
        if "RuntimeWarning: assigning None to" in line:
            line = line[line.index("RuntimeWarning"):]
        result.append(line)
    return result


def bare_traceback(lines):
    return [line for line, below in zip(lines, lines[1:] + [""])
            if not (line == "Traceback (most recent call last):" and
                    re.fullmatch(r'  File "[^"]*", line \d+', below))]


def syntax_place(lines):
    result, drop = [], False
    for line in lines:
        text, prompts = unprompted(line)
        if text == "> {dir}/syntax.py(2)<module>()":
            drop = True
            result += [prompts] if prompts else []
        elif not (drop and text.startswith("-> ")):
            drop = False
            result.append(line)
    return result


BOTH, PDB, PYDBG = "both", "pdb", "pydbg"

RULES = [
    ("no machinery frames", PDB, own_frames,
     "the program is not run by bdb.py and runpy: where shows it alone"),
    ("no machinery in tracebacks", PDB, own_trace,
     "for the same reason an uncaught exception's traceback is the program's"),
    ("no extra --Return--", PDB, extra_return,
     "nor does stepping off its end stop in <string>"),
    ("end swallowed", PDB, drop(r"\*\*\* NameError: name 'end' is not defined"),
     "an end behind a command that ended the list has nothing to complain of"),
    ("convenience table", PDB,
     replace(r'__pdb_convenience_variables\["(\w+)"\]', r"$\1"),
     "$name is shown as it was typed"),
    ("text of sys.exit", PYDBG, exit_text,
     "the program's process ends as it does without a debugger: Python says "
     "the text"),
    ("unbound locals", BOTH, unbound,
     "a warning's place: who sets f_lineno is in pdb.py, or in no file"),
    ("syntax error's traceback", PDB, bare_traceback,
     "nothing is left of it but its first line: all entries are pdb's"),
    ("syntax error's place", PYDBG, syntax_place,
     "pydbg shows the place, where pdb has only frames of its own"),
    ("usage with counts", PYDBG,
     replace(r"(Usage: \S+) \[count\]", r"\1"),
     "commands take counts on every version"),
    ("usage of enable", PYDBG,
     replace(r"(Usage: enable) \[once \| delete\]", r"\1"),
     "enable takes gdb's words too"),
    ("error in a condition", PYDBG,
     drop(r"\*\*\* Error in condition of breakpoint .*"),
     "pdb stops without a word"),
    ("addresses", BOTH, replace(r"0x[0-9a-f]{6,}", "0xADDR"),
     "two processes"),
]


def apply(lines, whose):
    for _, side, rule, _ in RULES:
        if side in (BOTH, whose):
            lines = rule(list(lines))
    return lines
