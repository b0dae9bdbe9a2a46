#!/bin/sh
# Where a Python looks for the package pydbg when it is installed under a
# prefix: "SUFFIX DIRECTORY", SUFFIX of its extension modules; DIRECTORY is "-"
# where that Python does not look under the prefix (auto), or always (none);
# all: the Python's own place then.
#
#   where.sh PYTHON PREFIX auto|all|none
exec "$1" -I -c '
import os, sys, sysconfig

prefix = os.path.realpath(sys.argv[1])
vars = {"base": prefix, "platbase": prefix, "installed_base": prefix,
        "installed_platbase": prefix}
schemes = [sysconfig.get_default_scheme()]
# Debian has a directory of its own for its packages.
if "deb_system" in sysconfig.get_scheme_names():
    schemes.insert(0, "deb_system" if prefix == "/usr" else "posix_local")
import site
known = [os.path.realpath(p) for p in sys.path + site.getsitepackages()]
found = sysconfig.get_path("platlib") if sys.argv[2] == "all" else "-"
for scheme in schemes if sys.argv[2] != "none" else []:
    vars_ = dict(vars)
    if scheme == "posix_local" and prefix.endswith("/local"):
        vars_ = {k: os.path.dirname(v) for k, v in vars.items()}
    path = sysconfig.get_path("platlib", scheme, vars=vars_)
    if os.path.realpath(path) in known:
        found = path
        break
print(sysconfig.get_config_var("EXT_SUFFIX"), found)
' "$2" "$3"
