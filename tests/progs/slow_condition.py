import threading
one, two = threading.Event(), threading.Event()
def gate():
    one.set()
    two.wait()
    return True
def work():
    x = 1
    return x
def other():
    y = 2
    return y
t = threading.Thread(target=work)
t.start()
one.wait()
other()
two.set()
t.join()
print("end")
