import pdb


def f(x):
    y = x + 1
    pdb.set_trace()
    return y


print(f(1))
