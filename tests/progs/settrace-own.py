import sys


class Tracer:
    def __init__(self):
        self.lines = 0

    def __call__(self, frame, event, arg):
        if event == "line":
            self.lines += 1
        return self


def work():
    x = 1
    y = 2
    return x + y


tracer = Tracer()
sys.settrace(tracer)
work()
work()
print(sys.gettrace() is tracer, tracer.lines)
sys.settrace(None)
print(work(), sys.gettrace())
