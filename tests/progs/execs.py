import weakref

TEXT = """# the first line
def inner(n):
    return n + 1

result = inner(%d)
"""

alive = []


def compiled(n):
    code = compile(TEXT % n, __file__, "exec")
    alive.append(weakref.ref(code))
    names = {}
    exec(code, names)
    return names["result"]


print(sum(compiled(n) for n in range(2000)))
print(sum(ref() is not None for ref in alive) < 1000)
