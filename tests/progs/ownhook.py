import sys


def hook(kind, value, trace):
    print("my hook:", kind.__name__, value)


sys.excepthook = hook
raise LookupError("to the hook")
