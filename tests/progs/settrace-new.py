import sys
import threading

seen = []


def tracer(frame, event, arg):
    seen.append(event)
    return tracer if event == "call" else None


def broken(frame, event, arg):
    raise ValueError("of the trace function")


def work():
    a = 1
    return a


sys.settrace(tracer)
work()
print(seen, sys.gettrace() is tracer)
sys.settrace(None)
work()
sys.settrace(broken)
try:
    work()
except ValueError as e:
    print(e, sys.gettrace())


def thread():
    work()
    print(sys.gettrace() is tracer)


threading.settrace(tracer)
t = threading.Thread(target=thread)
t.start()
t.join()
print(len(seen), sys.gettrace())
