"""Core files of Python programs, to be opened by `pydbg --core FILE`.

    import pydbg
    pydbg.install_excepthook()      # when an exception ends the program
    pydbg.dump()                    # here and now

The manual is pydbg(3).
"""

from pydbg._dump import (__version__, dump, install_excepthook,
                         uninstall_excepthook)

__all__ = ["dump", "install_excepthook", "uninstall_excepthook"]
