#!/usr/bin/env python3
"""Expressions over the objects of a core, against the program itself.

evalvalues.py evaluates a list of expressions over values of all kinds, and
writes a core; the evaluator must give the same text over the core, addresses
included, as repr() and as pprint.pformat().  On each Python that there is a
module for.  Where code would have to run the answer must say so: NO_PROCESS.
"""

import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "lib"))
sys.path.insert(0, HERE)
import evalcases  # noqa: E402
import evaldiff  # noqa: E402
import evalkinds  # noqa: E402
import pydbgtest  # noqa: E402

NAMES = """
small big minus edge least real tiny inf comp none yes dots text wide lone
quote para lines data array_ longdata one nested numbers table rows mixed span
back part shared twice cycle loop plain child slots stack words name number
colour level bits pair order tree knot ordered counter default deque limited
space proxy date time moment aware delta zone named path pure error empty
missing failed group func meth lam inner gen builtin bmeth cls typ code module
weak obj things mapping own dec frac chain partial arr
""".split()

EXPRESSIONS = """
plain.a[0] + 1
plain.b, plain.c, plain.shared, child.shared, child.me is plain
plain.nope
slots.a
slots.b
slots.a is plain
type(plain)
type(slots), type(colour), type(pair), type(order), type(number), type(stack)
type(plain) is Plain
isinstance(child, Plain), isinstance(plain, Child), isinstance(number, int)
isinstance(error, Exception), isinstance(missing, LookupError)
isinstance(failed, (KeyError, OSError)), isinstance(colour, Colour)
isinstance(level, int), isinstance(stack, list), isinstance(path, str)
issubclass(Child, Plain), issubclass(Custom, ValueError)
vars(plain), plain.__dict__
plain.__class__.__name__, Plain.__name__, child.__class__.__qualname__
Plain.shared, Child.shared, Plain.method
hasattr(plain, 'a'), hasattr(plain, 'zz'), getattr(plain, 'zz', 7)
plain.method, child.method, plain.static, Plain.static
plain == plain, plain == child, plain != child, plain in things
hash(number) == 7, number + 1, number * 2, -number
name.upper(), name + 'x', len(name), name == 'nm'
stack + [3], stack[0], len(stack), stack[::-1], sum(stack), 2 in stack
words['a'], words.get('b'), len(words), list(words), 'a' in words
words['zz']
colour.name, colour.value, Colour.RED is colour, Colour.BLUE, colour == Colour.RED
level.name, level.value, level + 1, level == 3, level < 4
Colour, Level, Bits
pair.left, pair.right, pair[0], len(pair), pair == (1, 'r'), pair + (2,)
order.item, order.count, order.hidden
ordered['a'], list(ordered), ordered == {'b': [2], 'a': 1}
counter['a'], counter['zz'], sum(counter.values()), max(counter, key=counter.get)
default['k'], list(default.items())
deque[0], len(deque), 2 in deque, list(deque), limited.maxlen, deque.maxlen
space.x, space.y, vars(space)
proxy['k'], len(proxy), list(proxy), 'k' in proxy
date.year, date.month, date.day, str(date), date.isoformat()
moment.hour, moment.microsecond, str(moment), moment.isoformat()
str(aware), aware.isoformat(), str(time), str(delta), str(zone), str(named)
delta.days, delta.seconds, delta.total_seconds(), date < date, date == date
moment == moment, f'{date} {moment} {delta}'
str(path), path.name, path.suffix, path.stem, pure.name, f'{path}'
error.args, error.args[0], str(error), str(empty), str(missing), str(failed)
failed.errno, failed.strerror, failed.filename, error.__cause__
group.exceptions, group.message, group.exceptions[0].args
func.__name__, func.__qualname__, func.__module__, func.__code__ is code
code.co_name, code.co_argcount, code.co_firstlineno
meth.__self__ is plain, meth.__func__, inner.__name__, gen.__name__
module.__name__, module.dumps.__name__, json.loads
numbers[5], numbers[9999], numbers[-1], len(numbers), sum(numbers), max(numbers)
numbers[10000]
numbers[4094:4099], numbers[::2500], 9999 in numbers, numbers.index(8000)
table['4999'], len(table), table.get('nope'), '17' in table, sum(table.values())
table['nope']
[r['name'] for r in rows if r['value'] > 3], rows[1]['tags'][0]
sorted(rows, key=lambda r: -r['value'])[0]['name']
{r['name']: r['value'] for r in rows}
sum(r['value'] for r in rows), min(r['value'] for r in rows)
mixed[2], mixed[None], mixed[(1, 2)], mixed[1.0], mixed['x']
twice[0] is twice[1], twice[0] is shared, cycle[0] is cycle, loop['self'] is loop
cycle == cycle, nested[1][1][1]['k'][0], nested[2] == {6, 5}
big + 1, big > 10**50, -minus, big // 7, big % 1000, hex(minus), edge + 1, least - 1
real + real, tiny, inf, comp * 2, comp.real, abs(comp - 1)
text + wide, wide[1], wide[-1], len(wide), wide.upper(), wide.encode(), lone
quote, repr(quote), ascii(wide), text * 3, text[::-1], 'b' in text
data + array_, array_[0], data.hex(), len(longdata), longdata[200:203]
span[2], list(span), len(back), 5 in span, list(back)[:3], part.start, part
text is text, text is name, none is None, yes is True, dots is ...
plain is things[0], things[1] is error, mapping['plain'] is plain
f'{plain.b:>5}|{text!r}|{real:.3f}|{order.count=}'
'%s %r %d' % (text, wide, small), '{0.b} {1[0]}'.format(plain, twice)
any(isinstance(x, Exception) for x in things), [type(x).__name__ for x in things]
list(map(str, [small, text, date])), list(zip(text, [1, 2]))
dict(plain.__dict__, z=1), {**words, 'b': 2}, [*stack, 3], set(twice[0])
frozenset(nested[3]) | {1}, {1, 2} & nested[2], nested[2] - {5}
len(plain)
plain + 1
plain < child
plain[0]
plain()()
None.x
nosuch
text.nosuch
list(mapping), list(mapping.values())[0] is plain, mapping.keys()
id(plain) == id(things[0]), id(plain) == id(child)
dec == dec
tree.left.left, tree.right.right, knot.left is knot
counter.most_common(2), counter.total(), counter == counter, counter + counter
moment + delta, date + delta, moment - moment, delta * 3, delta / 2, -delta
aware < aware, moment.date(), moment.replace(day=9), date.weekday()
date.strftime('%Y/%m/%d'), f'{moment:%H:%M:%S.%f}', abs(delta), delta // delta
path.parent, path.parts, path / 'x', 'x' / pure, path.with_suffix('.txt')
frac + 1, frac * 2.5, frac == frac, frac < 1, frac.numerator, int(frac)
{frac: 1}[frac], {date: 1}[date], {path: 1}[path]
pair._asdict(), pair._replace(left=5), pair._fields
Colour['RED'], Colour(1), list(Colour), len(Colour), Colour.RED in Colour
Colour(9)
Bits.A | Bits.B, Bits.A in bits, bool(bits & Bits.A), Bits(3)
str(level), f'{level}', '%s' % colour
order == order, order in [order]
proxy.get('k'), proxy == {'k': 1}, list(proxy.items())
hasattr(moment, 'strftime'), hasattr([], '__iter__'), hasattr(weak, 'nope')
hasattr(moment, ''), hasattr(moment, 'ctime date'), hasattr(moment, '.day')
hasattr(gen, 'send'), hasattr(dec, 'nope'), hasattr(5, '__add__')
date + 1
ordered.keys(), ordered.items(), str(ordered.values()), type(ordered.keys())
words.keys().isdisjoint(['a']), ordered.items().isdisjoint(['a'])
counter.keys() & words.keys(), ordered.items() & 'a', {('a', 1)} & ordered.items()
'a' & words.keys(), len([1] | words.keys()), mapping.keys() - mapping.keys()
5 | words.keys()
counter.keys() > ordered.items(), counter.keys() >= ordered.items()
words.keys() <= set(words), set(words) >= words.keys(), {1, 2} < {1, 2, 3}
'a' in zone
3 in frac
1 in path
'a' in other
'a' in Colour
Colour not in Tag
dict.fromkeys([1]), dict.fromkeys('ab', 3), {**proxy}, dict(proxy)
moment.isoformat(timespec='hours'), moment.isoformat(' ', 'milliseconds')
clock.isoformat('minutes'), moment.isoformat(sep='\xe9'), date.isoformat()
hasattr(words.keys(), '__iter__'), hasattr(ordered.items(), '__len__')
[*other]
{*other}
words.__dict__, hasattr([], '__dict__'), vars(words), error.__dict__
slots.__dict__
(5).__dict__
stack[0].__dict__
[x + y for x in money[:6] for y in money[:7] + [3, True]]
[x - y for x in money[:7] + [10**12] for y in money[:6]], -money[1], +money[1]
[x * y for x in money for y in money + [7, -2]], sum(money[3:9]), max(money)
[x == y for x in money + extreme for y in money + extreme + [0, 0.1, 2.5, 'a']]
[x < y for x in money for y in money + extreme[:2] + [0, 0.1, 1e300, -5]]
[x >= 0.1 for x in money], [1 < x <= 2.5 for x in money], sorted(money)
[(int(x), round(x), bool(x), str(x), abs(x)) for x in money[:9]]
[round(x, n) for x in money[:9] for n in (0, 2, -2)], [float(x) for x in money]
[f'{x:.2f}|{x:>12.1f}|{x:,.3f}|{x:+.0f}|{x:f}|{x:.1%}' for x in money[:9]]
['%.2f %s %r' % (x, x, x) for x in money], money[0] in {0: 1}, {money[6]: 1}[2.5]
[(x.is_zero(), x.is_signed(), x.is_nan(), x.adjusted()) for x in money + extreme]
dec + 0.5
dec < 'a'
int(extreme[0])
int(extreme[2])
clock.isoformat(timespec='microseconds'), moment.isoformat('T', 'seconds')
moment.isoformat(timespec='nope')
date.isoformat(timespec='hours')
""".strip().split("\n")

NO_PROCESS = """
default.copy()
ordered.copy()
dec / 3
dec ** 2
dec // 2
dec * money[3] * 10**26 + dec / 7
money[9] + 1
extreme[0] + 1
extreme[2] < 1
f'{dec:e}'
plain.prop
plain.method()
Plain.made()
Plain()
own == 1
len(own)
own.anything
open('x')
print(1)
next(gen)
stack.append(3)
words.update({})
path.exists()
module.dumps(1)
func(1)
lam(1)
builtin(plain)()
order == order and Order('a') == Order('a')
eval('1')
__import__('os')
exec('1')
""".strip().split("\n")

# Expression: why its answer is another one.
MEANT = {
    "own": "its __repr__ is the program's code: shown as object's would",
}


def ask(program, core, style, expressions):
    text = "".join(e.replace("\\", "\\\\") + "\n" for e in expressions)
    got = subprocess.run([program, "-s", str(style), core, "1"],
                         input=text.encode(), capture_output=True,
                         timeout=300)
    lines = got.stdout.decode("utf-8", "surrogatepass").split("\n")[:-1]
    assert got.returncode == 0 and len(lines) == len(expressions), (
        got.returncode, len(lines), got.stderr)
    return [re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], line)
            for line in lines]


def compare(tap, what, expressions, wanted, answers, cases=()):
    wrong = []
    for e, want, answer in zip(expressions, wanted, answers):
        if want is None or want == answer:
            continue
        if e in cases and evaldiff.known(want, answer) is not None:
            continue
        if MEANT.get(e) and re.match(r"= <[\w.]+ object at 0x|! there is no "
                                     "process to call ", answer):
            continue
        wrong.append("%s\n  python %.400s\n  ours   %.400s" % (
            e, ascii(want), ascii(answer)))
    tap.ok(not wrong, "%s: %d answers" % (what, len(expressions)),
           "\n".join(wrong) + "\n%d in all" % len(wrong))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--program")
    args = parser.parse_args()
    build = os.path.abspath(args.build)
    program = args.program or os.path.join(build, "tests/core/coreeval")
    modules = os.path.dirname(os.path.dirname(next(iter(glob.glob(
        build + "/**/_dump.*.so", recursive=True)), "/")))
    tap = pydbgtest.Tap()
    expressions = NAMES + EXPRESSIONS + evalkinds.EXPRESSIONS
    # Those that evaldiff.py asks of one Python: versions differ in words.
    cases = [c for c in evalcases.build(5000) if "\n" not in c and
             not evaldiff.too_costly(c)]
    for python in pydbgtest.pythons(build):
        with tempfile.TemporaryDirectory() as dir:
            core, out, source = (os.path.join(dir, n) for n in (
                "v.pycore", "answers", "source"))
            with open(source, "w", encoding="utf-8") as f:
                f.write("\n".join(expressions + cases))
            env = dict(os.environ, PYTHONPATH=modules)
            got = subprocess.run(
                [python.path, os.path.join(HERE, "evalvalues.py"), core, out,
                 source], env=env, capture_output=True, text=True, timeout=300)
            tap.ok(got.returncode == 0, python.full + ": writes a core",
                   got.stderr)
            if got.returncode != 0:
                continue
            with open(out, encoding="utf-8") as f:
                wanted = json.load(f)
            compare(tap, python.full + ": repr", expressions,
                    [w[0] for w in wanted],
                    ask(program, core, 0, expressions))
            compare(tap, python.full + ": pp", expressions,
                    [w[1] and "= " + w[1] for w in wanted],
                    ask(program, core, 1, expressions))
            compare(tap, python.full + ": literals", cases,
                    [w[0] for w in wanted[len(expressions):]],
                    ask(program, core, 0, cases), set(cases))
            answers = ask(program, core, 0, NO_PROCESS)
            wrong = ["%s: %s" % p for p in zip(NO_PROCESS, answers)
                     if not p[1].startswith("! there is no process to ")]
            tap.ok(not wrong, python.full + ": %d that run code are refused" %
                   len(NO_PROCESS), "\n".join(wrong))
    return tap.done()


if __name__ == "__main__":
    sys.exit(main())
