def fail(n):
    raise TypeError("call %d" % n)


def other():
    try:
        fail(2)
    except TypeError:
        raise KeyError("key")


errors = []
for f in (lambda: fail(1), other):
    try:
        f()
    except Exception as e:
        errors.append(e)
raise ExceptionGroup("several", errors)
