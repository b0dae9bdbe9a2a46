class Custom(Exception):
    pass


def low():
    raise KeyError("low")


def mid():
    try:
        low()
    except KeyError as e:
        raise Custom("mid") from e


def top():
    try:
        mid()
    except Custom:
        return 1 / 0


def quiet():
    try:
        top()
    except ZeroDivisionError:
        raise Custom("quiet") from None


import sys
if len(sys.argv) > 1:
    quiet()
top()
