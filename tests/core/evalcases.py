"""Expressions for evaldiff.py, made from tables: every operator between
values of every kind, every method with arguments that fit and that do not,
formats, slices, comprehensions, and random compositions of them.
"""

import random

VALUES = [
    "0", "1", "-1", "7", "-13", "255", "10**20", "-(2**64)", "2**63", "True",
    "False", "None", "0.0", "-0.0", "1.5", "-2.75", "1e16", "1e-7", "1e300",
    "float('inf')", "float('nan')", "2j", "(1.5-2j)", "''", "'a'", "'abc'",
    "'Hello World'", "'it\\'s'", "'\\n\\t\\x00'", "'h\\xe9llo'", "'\\u20ac'",
    "'\\U0001f600x'", "'12'", "' 42 '", "b''", "b'abc'", "b'\\x00\\xff'",
    "bytearray(b'xy')", "[]", "[1]", "[3, 1, 2]", "['b', 'a']", "[[1], [2]]",
    "[None, 1.0, 'x']", "()", "(1,)", "(1, 'a')", "{}", "{'a': 1, 'b': 2}",
    "{1: 'x', 2.5: 'y', None: ()}", "set()", "{1}", "{1, 2}",
    "frozenset({1, 2, 3})", "range(5)", "range(10, 0, -3)",
    "slice(1, 5, 2)", "...", "int", "str", "ValueError", "len",
]
INTS = ["0", "1", "2", "-1", "-3", "5", "100", "3", "10**20", "True", "None",
        "1.5", "'a'"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@",
          "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or"]
UNARY = ["-", "+", "~", "not "]
ONE = ["repr", "str", "len", "bool", "int", "float", "list", "tuple", "set",
       "frozenset", "dict", "sorted", "sum", "min", "max", "any", "all", "abs",
       "round", "type", "bin", "hex", "oct", "ord", "chr", "ascii", "bytes",
       "bytearray", "complex", "callable", "range", "format"]
TEXTS = ["''", "'abc'", "'aXbXc'", "'  pad  '", "'Mixed Case tEXT'",
         "'one\\ntwo\\r\\nthree\\n'", "'h\\xe9 \\u20ac \\U0001f600'", "'12'",
         "'-7'", "'\\tx\\ty'", "'\\xdf\\u0130'", "'a.b.c'", "'\\u01c6ungla'",
         "'\\u03a3\\u03a3'", "'x' * 20", "'\\x1c\\u2028'"]
PARTS = ["'a'", "''", "'X'", "' '", "'\\n'", "'\\xe9'", "'ab'", "'.'", "'c'",
         "'\\u20ac'"]
STR0 = ["upper", "lower", "title", "capitalize", "swapcase", "casefold",
        "strip", "lstrip", "rstrip", "split", "rsplit", "splitlines",
        "isalpha", "isdigit", "isalnum", "isspace", "isupper", "islower",
        "istitle", "isascii", "isdecimal", "isnumeric", "isprintable",
        "isidentifier", "expandtabs", "encode"]
STR1 = ["find", "rfind", "index", "rindex", "count", "startswith", "endswith",
        "strip", "lstrip", "rstrip", "split", "rsplit", "partition",
        "rpartition", "removeprefix", "removesuffix", "join"]
WIDTH = ["center", "ljust", "rjust", "zfill", "expandtabs"]
SPECS = ["", "5", "<5", ">5", "^7", "=8", "05", "+", " ", "-", "#x", "x", "X",
         "o", "#o", "b", "#b", "d", "n", "c", ",", "_", "_x", "08,", "+08.2f",
         ".2f", ".0f", "10.3f", "e", ".2e", "E", "g", ".3g", "G", "%", ".1%",
         "*^9", "\u20ac>6", "s", ".2s", "10.2s", "z.1f", "q", "5.", ",.2f",
         "_.1f", "012,.2f", ".5", "<", "0=6", "#g", "#.0f", "x,", "=+6d",
         "0<5", "1000d", ".17g", "+.0e", ".1000f", "^+5", "08.3%"]
FORMATTED = ["0", "1", "-42", "255", "123456789", "10**25", "True", "0.0",
             "-0.0", "3.14159", "-2.5", "1e10", "1234567.891", "1e-10", "1e300",
             "float('inf')", "float('nan')", "'text'", "''", "'\\u20acuro'",
             "None", "[1]", "2j", "(1+2.5j)", "0.5", "99.95", "1e100", "-1e-5"]
PERCENTS = ["%s", "%r", "%a", "%d", "%i", "%x", "%#x", "%X", "%o", "%e",
            "%.2f", "%8.3f", "%-8d|", "%08d", "%+d", "% d", "%g", "%c", "%5s|",
            "%-5s|", "%.2s", "%%", "%", "%q", "%(a)s", "%*d", "%.3d", "%#o",
            "%05s", "%F", "%G", "%.0f", "%.3g", "%5%"]
SLICES = ["[:]", "[1:]", "[:-1]", "[::2]", "[::-1]", "[5:1:-1]", "[-2:]",
          "[0]", "[-1]", "[99]", "[-99:99]", "[1:2:0]", "['a']", "[None:2]",
          "[True]", "[1.0]", "[:10**30]", "[10**30]", "[2:1]", "[::-2]"]
METHODS = [
    "[3, 1, 3].count(3)", "[3, 1, 3].index(3, 1)", "[1].index(2)",
    "[1, 2].copy()", "(1, 2, 1).count(1)", "(1,).index(9)",
    "{'a': 1}.get('a')", "{'a': 1}.get('b', 0)", "{'a': 1}.keys()",
    "{'a': 1}.values()", "{'a': 1}.items()", "list({'a': 1}.items())",
    "{'a': 1}.keys() & {'a'}", "{'a': 1}.keys() | ['b']",
    "{1: 2}.items() == {1: 2}.items()", "{'a': 1} | {'b': 2}",
    "{1, 2}.union([3], (4,))", "{1, 2}.intersection([2])",
    "{1, 2}.difference({2})", "{1, 2}.symmetric_difference({2, 3})",
    "{1}.issubset([1, 2])", "{1, 2}.issuperset({1})", "{1}.isdisjoint([2])",
    "{1} < {1, 2}", "{1} <= {1}", "{1, 2} > {3}", "{1}.copy()",
    "(255).bit_length()", "(-255).bit_count()", "(3).as_integer_ratio()",
    "(1000).to_bytes(2, 'big')", "(1000).to_bytes(4, 'little')",
    "(-2).to_bytes(1, 'big', signed=True)", "(-2).to_bytes(1, 'big')",
    "(300).to_bytes(1, 'big')", "int.from_bytes(b'\\x01\\x00', 'big')",
    "int.from_bytes(b'\\xff\\xfe', 'little', signed=True)",
    "(5).real", "(5).imag", "(5).numerator", "(1.5).real", "(2j).imag",
    "(1.5).is_integer()", "(2.0).is_integer()", "(0.1).as_integer_ratio()",
    "(1.5).hex()", "(-0.1).hex()", "(0.0).hex()", "(1+2j).conjugate()",
    "(5e-324).hex()", "float('inf').as_integer_ratio()",
    "range(5).index(3)", "range(0, 10, 2).count(4)", "range(5).start",
    "range(0, 9, 3).stop", "slice(1, 5).indices(4)", "slice(None, None, -1)"
    ".indices(5)", "range(10)[2:8:3]", "range(10)[-1]", "range(3)[5]",
    "5 in range(0, 10, 5)", "range(0) == range(2, 1)", "len(range(10**18))",
    "b'a,b'.split(b',')", "b'abc'.find(b'c')", "b'abc'.find(99)",
    "b'AbC'.lower()", "b'abc'.hex()", "b'abcd'.hex('-', 2)",
    "b'h\\xc3\\xa9'.decode()", "b'\\xff'.decode()",
    "b'\\xff'.decode('utf-8', 'replace')", "b'\\xff'.decode('latin-1')",
    "b'\\xff'.decode('ascii')", "'\\u20ac'.encode('ascii')",
    "'\\u20ac'.encode('ascii', 'replace')", "'\\xe9'.encode('latin-1')",
    "'\\u20ac'.encode('latin-1', 'backslashreplace')",
    "b'a' + bytearray(b'b')", "bytearray(b'a') + b'b'", "b'ab' * 3",
    "bytes([1, 2, 3])", "bytes(3)", "bytes([300])", "list(b'ab')",
    "b'abc'.startswith((b'x', b'a'))", "b'abc'.replace(b'b', b'')",
    "b'  x '.strip()", "b'abc'.isalpha()", "b'a\\nb'.splitlines()",
    "b'%s' == b'%s'", "b'abc'[0]", "b'abc'[1:]", "b'a' in b'cab'",
    "'{} {}'.format(1, 2)", "'{1} {0}'.format('a', 'b')",
    "'{x} {y!r}'.format(x=1, y='z')", "'{0[a]}'.format({'a': 5})",
    "'{0[1]}'.format([4, 5])", "'{0.real}'.format(5)", "'{:>{}}'.format(7, 4)",
    "'{'.format()", "'}'.format()", "'{{}}'.format()", "'{}'.format()",
    "'{a}'.format()", "'{:d}'.format('x')", "'{!x}'.format(1)",
    "'{0}{}'.format(1, 2)", "'{a}'.format_map({'a': 1})",
    "'abc'.translate({97: 'X', 98: None, 99: 0x64})",
    "'a-b'.replace('-', '+', 0)", "'aaa'.replace('a', 'b', 2)",
    "'abc'.replace('', '.')", "'a b  c'.split(None, 1)",
    "'a b  c '.rsplit(None, 1)", "'a,b,c'.split(',', 1)",
    "'a,b,c'.rsplit(',', 1)", "'abc'.split('')", "'abc'.index('z')",
    "'abcabc'.find('c', 3)", "'abcabc'.count('b', 2)",
    "'abc'.startswith('b', 1)", "'abc'.startswith(('x', 'a'))",
    "'abc'.startswith(1)", "'abc'.endswith('c', 0, 3)", "'x'.join(['a', 'b'])",
    "','.join(map(str, range(3)))", "''.join([1])", "','.join('abc')",
    "'abc'.center(8, '*')", "'abc'.ljust(2)", "'abc'.rjust(6, 'xy')",
    "divmod(7, -3)", "divmod(-7.5, 2)", "divmod(1, 0)", "pow(2, 10)",
    "pow(2, -1)", "pow(2, 10, 1000)", "pow(3, -1, 7)", "pow(2, 2, 0)",
    "round(2.5)", "round(3.5)", "round(2.675, 2)", "round(1234, -2)",
    "round(1250, -2)", "round(-2.5)", "round(1e20)", "round(15.5, -1)",
    "round(25.0, -1)", "round(0.5, 0)", "round(1.5, None)",
    "round(float('nan'))", "round(float('inf'))", "round(12.0, -1)",
    "sum([0.1] * 10)", "sum([1, 2.5, 3])", "sum([[1], [2]], [])",
    "sum(['a'], '')", "sum([True, 2])", "max([1, 5, 3], key=lambda x: -x)",
    "min('b', 'a')", "max([], default=0)", "max(1)", "min([])",
    "max((3, 'c'), (3, 'd'))", "sorted('bca', reverse=True)",
    "sorted([(1, 'b'), (1, 'a')], key=lambda p: p[0])",
    "sorted([1, 'a'])", "sorted({'b': 1, 'a': 2})", "sorted([3, 1], key=None)",
    "list(zip([1, 2], 'ab'))", "list(zip([1], [2, 3], strict=True))",
    "list(zip())", "dict(zip('ab', [1, 2]))", "list(enumerate('ab', 1))",
    "list(map(lambda x, y: x + y, [1, 2], [3, 4]))", "list(map(len, ['a', '']))",
    "list(filter(None, [0, 1, '', 'a']))", "list(filter(str.isdigit, 'a1b2'))",
    "list(reversed([1, 2]))", "list(reversed({'a': 1}))", "next(iter([]), 5)",
    "next(iter([1]))", "next(iter([]))", "next(5)", "iter(5)",
    "int('ff', 16)", "int('0x1f', 0)", "int('z')", "int('1_000')",
    "int('__1')", "int(' -5 ')", "int('')", "int('12', 2)", "int(3.99)",
    "int(-3.99)", "int('010')", "int('010', 0)", "int(b'12')", "int([])",
    "float('1e5')", "float('nan')", "float('-inf')", "float('1_0.5')",
    "float('x')", "float('')", "float(' 2.5 ')", "float([])", "float('0x10')",
    "str(b'a')", "str(b'a', 'utf-8')", "str(None)", "str(1.0)", "bool([])",
    "complex(1, 2)", "list('ab')", "tuple({'a': 1})", "set('aab') == {'a', 'b'}",
    "dict(a=1, b=2)", "dict([('a', 1)])", "dict({'x': 1}, y=2)", "dict([1])",
    "dict(['ab'])", "dict(1)", "dict([(1, 2, 3)])", "isinstance(1, int)",
    "isinstance(True, (str, int))", "isinstance('a', object)",
    "isinstance(1, 'x')", "issubclass(bool, int)", "issubclass(KeyError, "
    "LookupError)", "issubclass(1, int)", "type(1) is int", "type([]) == list",
    "type(None)", "type(ValueError)", "type(zip())", "type(len)",
    "int.__name__", "str.upper('a')", "str.upper(1)", "len", "int", "ValueError",
    "hasattr(1, 'real')", "hasattr('a', 'nope')", "getattr(1, 'imag')",
    "getattr(1, 'nope', None)", "getattr(1, 'nope')", "'a'.nope", "(1).x = 2",
    "hash(1) == hash(1.0)", "hash(2**61 - 1)", "hash(-1)", "hash(0.5)",
    "hash([])", "hash({})", "{[]: 1}", "{{}}", "{1: 2}[3]", "{'a': 1}['b']",
    "{1: 'a'}[1.0]", "{1: 'a'}[True]", "{(1, 2): 3}[1, 2]", "[][0]", "()[0]",
    "''[0]", "5[0]", "5()", "'a'()", "None.x", "None()", "len()", "len(1, 2)",
    "len(x=1)", "abs('a')", "ord('ab')", "chr(-1)", "chr(0x110000)", "chr(97)",
    "callable(len)", "callable(1)", "format(3.14159, '.2f')", "format('a', 'd')",
    "1 is 1", "None is None", "[] is []", "'a' 'b'", "1 < 2 < 3", "1 < 3 < 2",
    "1 == 1.0 == True", "3 in [1, 2, 3]", "'b' in 'abc'", "1 in 'abc'",
    "2 not in {1: 2}", "1 in 5", "[1, 2] < [1, 3]", "[1] < [1, 0]",
    "(1, 'a') < (1, 2)", "[] == ()", "{1: 2} == {1: 2.0}", "[1] == [True]",
    "float('nan') == float('nan')", "[float('nan')] == [float('nan')]",
    "2**64 == float(2**64)", "2**64 + 1 == float(2**64)", "10**400 > 1e308",
    "10**400 * 1.0", "10**400 / 10**399", "10**400 / 3", "2**1000 / 2**1000",
    "(2**53 + 1) / 1", "3 / 7", "-(10**30) // 7", "-(10**30) % 7", "7 // -2",
    "7 % -2", "-7.5 // 2", "-7.5 % 2", "5.0 // 0", "5 % 0", "5.5 % 0.0",
    "0 ** 0", "0 ** -1", "(-8) ** (1/3) == (-8) ** (1/3)", "2 ** 0.5",
    "(-2) ** 3", "-2 ** 2", "2 ** -2", "2.0 ** 10000", "1j ** 2", "1j / 0",
    "(1+2j) * (3-4j)", "(1+2j) / (3-4j)", "1j < 2", "~5", "~True", "-True",
    "not 0", "1 << 100", "1 << -1", "(1 << 100) >> 98", "-1 >> 100",
    "2**100 & 2**99 - 1", "-1 & 2**70", "2**70 | 1", "5 ^ -3",
    "1_000", "0xff", "0b101", "0o17", "1e3", ".5", "5.", "1.5e-3j", "0777",
    "1__0", "0x", "1a", "00", "0.0e0",
    "f'{1}'", "f'{1!r}'", "f'{\"a\"!r:>5}'", "f'{1:{2}}'", "f'{1=}'", "f'{ 1 = }'",
    "f'{1=:3}'", "f'{{}}'", "f'{'", "f'}'", "f'{}'", "f'a' 'b' f'{1}'",
    "f'{1:.{1+1}f}'", "f'{3.14159:.2f}'", "f'{[1, 2][0]}'", "f'{None}'",
    "f'''{\n1}'''", "f'{(lambda x: x)(1)}'", "f'{1!z}'", "f'{1:x}'", "rf'\\{1}'",
    "f'\\x41{1}'", "f'\\N{EURO SIGN}{1}'", "'\\N{EURO SIGN}'", "b'\\u20ac'",
    "r'\\n'", "'\\101'", "'\\q'", "'\\x4'", "b'\\xe9'", "b'\u00e9'",
    "'a' b'b'", "u'x'", "'unterminated", "'''a\nb'''",
    "[x for x in range(5)]", "[x * 2 for x in range(5) if x % 2]",
    "[(x, y) for x in range(2) for y in range(x)]",
    "[[y for y in range(x)] for x in range(3)]", "{x: x * x for x in range(3)}",
    "{x % 2 for x in range(5)}", "list(x for x in 'ab')",
    "sum(x for x in range(4))", "any(x > 2 for x in range(5))",
    "all(x < 2 for x in [0, 1])", "any(x == 1 or 1/0 for x in [1, 0])",
    "[y := 5, y * 2]", "[(z := x) for x in range(3)] + [z]",
    "(w := 3) + w", "[a for a, b in [(1, 2)]]", "[b for a, *b in [(1, 2, 3)]]",
    "[a for a, b in [(1,)]]", "[a for a, b in [(1, 2, 3)]]", "[a for a, b in [1]]",
    "[x for x in 5]", "[*range(3), *'ab']", "(*[1],)", "{*[1, 2], 3}",
    "{**{'a': 1}, 'b': 2}", "{**5}", "[*5]", "(lambda: 1)()",
    "(lambda x, y=2: x + y)(1)", "(lambda *a, **k: (a, k))(1, 2, z=3)",
    "(lambda x, /, y, *, z: (x, y, z))(1, y=2, z=3)", "(lambda x: x)()",
    "(lambda: 1)(1)", "(lambda x: x)(y=1)", "1 if True else 2", "1 if [] else 2",
    "0 or 'a'", "1 and 0", "[] or {} or 'x'", "not not 1", "x_undefined",
    "[x_undefined for i in range(1)]", "()", "(1)", "(1,)", "1,", "1, 2", "[1, 2,]",
    "{}", "{1}", "{1: 2,}", "...", "", " 1", "1 +", "(1", "[1", "1)", "a b",
    "1 = 2", "def f", "lambda", "lambda x:", "[for x in y]", "f(", "f(a=1, 2)",
    "f(a=1, a=2)", "f(**a, *b)", "f(x for x in y, 1)", "*a", "print x",
    "1 if 2", "x for x in y", "{1: 2, 3}", "{1, 2: 3}", "a.1", "a[", "a[]",
    "@", "?", "1 <> 2", "is", "None = 1", "a := 1", "(a.b := 1)", "\\", "$",
    "yield", "await x", "(yield)", "import x", "[i for i in range(3)][::-1]",
    "len('h\\xe9llo')", "'h\\xe9llo'[1]", "'h\\xe9llo'[::-1]",
    "'\\U0001f600x'[1]", "'\\xe9' > 'e'", "'\\uffff' < '\\U00010000'",
    "repr('\\ud800')", "repr('\\xad\\u200b\\u3000')", "repr('\\x7f\\x80\\xa0')",
    "ascii('\\xe9\\u20ac\\U0001f600')", "repr('\\'\"')", "repr('\\'')",
    "[1, [2, [3]]]", "((), [], {}, set())", "frozenset()", "{1: {2: [3]}}",
    "1e22", "1e21", "123456789012345680.0", "1e-4", "0.0001", "0.00001", "1e5",
    "1.0", "100000000000000000.0", "5e-324", "1.7976931348623157e308", "1e400",
    "0.1 + 0.2", "1/3", "2/3", "1e15 + 0.3", "-1e-300", "1e23",
    "(0.1).__class__", "[].__class__", "'a'.__class__.__name__",
    "max({'a': 3, 'b': 5}, key={'a': 3, 'b': 5}.get)",
    "sorted([3, 1, 2], key=lambda x: (x % 2, x))",
    "{k: v for k, v in sorted({'b': 1, 'a': 2}.items())}",
    "' '.join(w.capitalize() for w in 'some words here'.split())",
    "sum(len(w) for w in ['a', 'bb'])", "list(zip(*[(1, 2), (3, 4)]))",
    "[x for x in [1, 2, 3] if x > 1 if x < 3]", "1 if 1 else 2 if 1 else 3",
    "not 1 == 2", "-1 ** 2", "2 ** 3 ** 2", "1 + 2 * 3 - 4 / 2",
    "1 | 2 ^ 3 & 4 << 1", "(1 < 2) < 3", "1 in [1] in [[1]]", "2**5000000",
    "(x for x in 'a')",
]


def build(count):
    """About count expressions, always the same ones."""
    rng = random.Random(20)
    cases = list(METHODS)
    for op in UNARY:
        cases += ["%s%s" % (op, v) for v in VALUES]
    for f in ONE:
        cases += ["%s(%s)" % (f, v) for v in VALUES]
    for t in TEXTS:
        cases += ["%s.%s()" % (t, m) for m in STR0]
        cases += ["%s.%s(%s)" % (t, m, p) for m in STR1
                  for p in rng.sample(PARTS, 4)]
        cases += ["%s.%s(%s)" % (t, m, n) for m in WIDTH
                  for n in rng.sample(INTS[:8], 2)]
        cases += ["%s.replace(%s, %s)" % (t, a, b) for a, b in zip(
            rng.sample(PARTS, 3), rng.sample(PARTS, 3))]
    cases += ["format(%s, %r)" % (v, s) for v in FORMATTED for s in SPECS]
    cases += ["%r %% (%s,)" % (p, v) for p in PERCENTS
              for v in rng.sample(FORMATTED, 9)]
    cases += ["(%s)%s" % (v, s) for v in VALUES for s in rng.sample(SLICES, 7)]
    pairs = [(a, op, b) for a in VALUES for op in BINARY for b in VALUES]
    left = max(count - len(cases) - count // 8, 500)
    cases += ["(%s) %s (%s)" % p for p in rng.sample(pairs, left)]
    while len(cases) < count:
        cases.append(compose(rng, 3))
    return cases


def compose(rng, depth):
    if depth == 0 or rng.random() < 0.2:
        return "(%s)" % rng.choice(VALUES)
    kind = rng.randrange(9)
    sub = [compose(rng, depth - 1) for _ in range(3)]
    if kind == 0:
        return "(%s %s %s)" % (sub[0], rng.choice(BINARY), sub[1])
    if kind == 1:
        return "%s(%s)" % (rng.choice(ONE), sub[0])
    if kind == 2:
        return "[%s, %s]" % (sub[0], sub[1])
    if kind == 3:
        return "(%s if %s else %s)" % tuple(sub)
    if kind == 4:
        return "[%s for v in %s]" % (rng.choice(["v", "(v, %s)" % sub[1],
                                                 "repr(v)"]), sub[0])
    if kind == 5:
        return "%s%s" % (sub[0], rng.choice(SLICES))
    if kind == 6:
        return "(%s, %s)" % (sub[0], sub[1])
    if kind == 7:
        return "repr(%s)" % sub[0]
    return "{%s: %s}" % (sub[0], sub[1])


LEAVES = ["1", "None", "2.5", "set()", "frozenset({{1, 2}})", "range(5)",
          "'word ' * {0}", "b'x' * {0}", "'long' + 'x' * {0}",
          "'a\\nb c\\n' * {0}", "'\u4e2d\xe9 ' * {0}", "bytearray(b'z') * {0}",
          "'quo\\'te \\t' * {0}", "10 ** {0}"]


def layout(rng, depth):
    """A value whose pprint takes a few lines."""
    if depth == 0 or rng.random() < 0.25:
        return rng.choice(LEAVES).format(rng.randrange(40))
    kind = rng.randrange(4)
    items = [layout(rng, depth - 1) for _ in range(rng.randrange(9))]
    if kind == 0:
        return "[%s]" % ", ".join(items)
    if kind == 1:
        return "(%s)" % "".join(i + ", " for i in items)
    if kind == 2:
        return "{%s}" % ", ".join("%s: %s" % (rng.choice(
            ["'k%d'" % i, str(i), "(%d, 'a')" % i, "None"]), v)
            for i, v in enumerate(items))
    # A display of constants goes through a frozenset, and has its order.
    return "set([%s])" % ", ".join(str(rng.randrange(100000))
                                   for _ in range(rng.randrange(1, 30)))


def layouts(count):
    rng = random.Random(3)
    return [layout(rng, 4) for _ in range(count)]
