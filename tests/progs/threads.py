import threading


def work(box, n):
    value = n * 10
    box.append(value)


box = []
for n in range(2):
    t = threading.Thread(target=work, args=(box, n), name="worker-%d" % n)
    t.start()
    t.join()
print(box)
