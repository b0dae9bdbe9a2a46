import os


def open_all():
    fds = []
    try:
        while True:
            fds.append(os.open("/dev/null", os.O_RDONLY))
    except OSError as e:
        n = len(fds)
        error = e.strerror
    print(error)
    for fd in fds:
        os.close(fd)
    return n > 10


print(open_all())
