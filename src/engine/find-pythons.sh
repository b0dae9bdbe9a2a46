#!/bin/sh
# The Pythons to build engines for: a line "3.N PYTHON INCLUDE" for each minor
# version from 3.11 on whose headers are there, the first of each version
# wins.  Candidates are the arguments, or else python3 and each python3.N on
# PATH.  With arguments, one that does not serve is an error.

told=$#
if [ $# -eq 0 ]; then
	old_ifs=$IFS
	IFS=:
	for dir in $PATH; do
		for p in "$dir"/python3 "$dir"/python3.[0-9] \
		    "$dir"/python3.[0-9][0-9]; do
			[ -x "$p" ] && set -- "$@" "$p"
		done
	done
	IFS=$old_ifs
fi

ask='
import os, sys, sysconfig
if sys.version_info < (3, 11):
    sys.exit("older than 3.11")
if sysconfig.get_config_var("Py_GIL_DISABLED"):
    sys.exit("free-threaded")
inc = sysconfig.get_path("include")
if not os.path.exists(os.path.join(inc, "internal", "pycore_frame.h")):
    sys.exit("no headers in " + inc)
print("3.%d" % sys.version_info[1], sys.executable, inc)
'

seen=' '
for p in "$@"; do
	line=$("$p" -I -c "$ask" 2>&1)
	if [ $? -ne 0 ]; then
		[ "$told" -eq 0 ] && continue
		echo "cannot build an engine for $p: $line" >&2
		exit 1
	fi
	version=${line%% *}
	case $seen in
	*" $version "*) continue ;;
	esac
	seen="$seen$version "
	echo "$line"
done
[ "$seen" != ' ' ] || {
	echo "no Python from 3.11 on with headers was found" >&2
	exit 1
}
