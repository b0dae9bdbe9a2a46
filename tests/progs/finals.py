import atexit
import sys

atexit.register(print, "atexit ran")


def work():
    try:
        x = 1
        y = 2
        return x + y
    finally:
        print("finally ran")


print(work())
sys.stderr.write("to stderr\n")
