"""Something to break into: busy.py WHAT says "ready" and goes on for ever."""

import socket
import sys
import time


def python():
    n = 0
    while True:
        n += 1


def sleep():
    while True:
        time.sleep(3600)


def read():
    ours, theirs = socket.socketpair()
    while theirs:
        ours.recv(1)


def c():
    while True:
        sum(range(100000))      # a millisecond or two, deaf


what = globals()[sys.argv[1]]
print("ready", flush=True)
what()
