import atexit
import warnings

atexit.register(print, "atexit ran")
try:
    warnings.warn("careful", DeprecationWarning)
    x = 1
finally:
    print("finally ran")
