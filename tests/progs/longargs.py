def f(text, numbers, *rest, **more):
    here = numbers
    return here


f("a" * 100, list(range(50)), "b" * 70, c="d" * 80)
