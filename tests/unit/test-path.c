/*
 * base/path, held against what Python's posixpath says.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/path.h"
#include "tap.h"

/* Takes the string; what and the arguments name the check. */
static void
is_path(struct pd_str got, const char *want, const char *what, const char *a,
    const char *b)
{
	char name[300];

	snprintf(name, sizeof(name), "%s '%s' '%s'", what, a, b);
	tap_is_str(got.s, want, name);
	pd_str_done(&got);
}

static void
test_names(void)
{
	static const char *const joins[][3] = {
		{ "a", "b", "a/b" }, { "a/", "b", "a/b" },
		{ "a", "/b", "/b" }, { "", "b", "b" }, { "a", "", "a/" },
		{ "", "", "" }, { "/", "b", "/b" }, { "a//", "b", "a//b" }
	};
	static const char *const abses[][3] = {
		{ "f", "/w", "/w/f" }, { "", "/w", "/w" },
		{ ".", "/w", "/w" }, { "..", "/w/v", "/w" },
		{ "../../..", "/w", "/" }, { "a/./b//c/", "/", "/a/b/c" },
		{ "/a/../b", "/w", "/b" }, { "//a/b", "/w", "//a/b" },
		{ "///a", "/w", "/a" }, { "//", "/w", "//" },
		{ "//..", "/w", "//" }, { "/..", "/w", "/" },
		{ "a..", "/w", "/w/a.." }, { "...", "/w", "/w/..." },
		{ "/", "/w", "/" }, { "x y/\xff", "/w", "/w/x y/\xff" }
	};
	static const char *const dirs[][3] = {
		{ "/a/b", "/a", "b" }, { "a", "", "a" }, { "/a", "/", "a" },
		{ "a/", "a", "" }, { "//a", "//", "a" }, { "a//b", "a", "b" },
		{ "", "", "" }, { "/", "/", "" }, { "///", "///", "" }
	};

	for (size_t i = 0; i < sizeof(joins) / sizeof(joins[0]); i++)
		is_path(pd_path_join(joins[i][0], joins[i][1]), joins[i][2],
		    "join", joins[i][0], joins[i][1]);
	for (size_t i = 0; i < sizeof(abses) / sizeof(abses[0]); i++)
		is_path(pd_path_abs(abses[i][0], abses[i][1]), abses[i][2],
		    "abs", abses[i][0], abses[i][1]);
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		is_path(pd_path_dir(dirs[i][0]), dirs[i][1], "dir",
		    dirs[i][0], "");
		tap_is_str(pd_path_base(dirs[i][0]), dirs[i][2], "base");
	}
}

static void
put_file(const char *name, const char *text, mode_t mode)
{
	FILE *f = fopen(name, "w");

	if (f == NULL)
		return;
	fputs(text, f);
	fclose(f);
	chmod(name, mode);
}

static void
is_real(const char *root, const char *p, const char *want)
{
	char whole[PATH_MAX];

	snprintf(whole, sizeof(whole), "%s%s", root, want);
	is_path(pd_path_real(p), whole, "real", p, "");
}

static void
link_to(const char *target, const char *name)
{
	if (symlink(target, name) == -1)
		tap_note("symlink %s: %s", name, strerror(errno));
}

static void
test_real(const char *root)
{
	char whole[PATH_MAX];

	mkdir("d", 0700);
	mkdir("d/e", 0700);
	put_file("d/f", "text\n", 0600);
	put_file("d/x", "#!/bin/sh\n", 0700);
	link_to("d", "l");
	link_to("l/e", "m");
	link_to("../f", "d/e/g");
	snprintf(whole, sizeof(whole), "%s/d/f", root);
	link_to(whole, "abs");
	link_to("loop2", "loop1");
	link_to("loop1", "loop2");
	link_to("self/x", "self");
	link_to("nowhere/at", "dangling");
	is_real(root, "d/f", "/d/f");
	is_real(root, "l/f", "/d/f");
	is_real(root, "m/g", "/d/f");
	is_real(root, "m/..", "/d");
	is_real(root, "m/../../d/./f", "/d/f");
	is_real(root, "abs", "/d/f");
	is_real(root, "loop1", "/loop1");
	is_real(root, "loop1/y", "/loop1/y");
	is_real(root, "self", "/self/x");
	is_real(root, "dangling/z", "/nowhere/at/z");
	is_real(root, "none/../d", "/d");
	is_real(root, "l/l/l", "/d/l/l");
	is_real(root, "", "");
	is_real("", "/", "/");
	is_real("", "/../..", "/");
	is_real("", "//", "/");
}

static void
test_looks(void)
{
	struct pd_str got;

	tap_ok(pd_path_exists("l/f") && !pd_path_exists("dangling"),
	    "exists follows links");
	tap_ok(pd_path_is_dir("l") && !pd_path_is_dir("d/f"), "is_dir");
	tap_ok(pd_path_is_exec("d/x") && !pd_path_is_exec("d"), "is_exec");
	is_path(pd_path_search("x", "/nowhere:d:l"), "d/x", "search",
	    "search finds the first", "");
	is_path(pd_path_search("f", "d"), NULL, "search",
	    "what is not executable is not found", "");
	is_path(pd_path_search("d/x", "/nowhere"), "d/x", "search",
	    "a name with a slash is taken as it is", "");
	is_path(pd_path_search("x", NULL), NULL, "search", "no PATH", "");
	is_path(pd_path_search("", "d"), NULL, "search", "no name", "");
	tap_is_int(chdir("d"), 0, "into d");
	got = pd_path_search("x", "/nowhere:");
	tap_is_str(got.s, "./x", "an empty entry is the directory");
	pd_str_done(&got);
	tap_is_int(chdir(".."), 0, "and back");
}

static void
test_read(void)
{
	struct pd_err err = { "untouched" };
	struct pd_str s = { 0 };

	tap_is_int(pd_path_read("d/f", 5, &s, &err), 0, "read at the limit");
	tap_is_str(s.s, "text\n", "reads all");
	tap_is_str(err.msg, "untouched", "leaves err alone");
	pd_str_done(&s);
	tap_is_int(pd_path_read("d/f", 4, &s, &err), -1, "past the limit");
	tap_is_str(err.msg, "cannot read d/f: it has more than 4 bytes",
	    "says so");
	tap_is_int(pd_path_read("none", 4, &s, &err), -1, "not there");
	tap_is_str(err.msg, "cannot open none: No such file or directory",
	    "says so");
	tap_is_int(pd_path_read("d", 4, &s, &err), -1, "a directory");
	tap_is_str(err.msg, "cannot read d: Is a directory", "says so");
	tap_ok(s.s == NULL, "and gives nothing");
	tap_is_int(pd_path_read("/dev/zero", 1 << 20, &s, &err), -1,
	    "a file without an end");
}

int
main(void)
{
	char dir[] = "/tmp/pydbg-test-path.XXXXXX";
	static const char *const files[] = { "d/e/g", "d/e", "d/f", "d/x",
		"d", "l", "m", "abs", "loop1", "loop2", "self", "dangling" };

	test_names();
	if (mkdtemp(dir) == NULL || chdir(dir) == -1) {
		tap_ok(false, "a directory for the test");
		return tap_done();
	}
	test_real(dir);
	test_looks();
	test_read();
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		remove(files[i]);
	tap_is_int(rmdir(dir), 0, "the directory goes");
	is_path(pd_path_abs("x", NULL), "/x", "abs",
	    "abs without a working directory", "");
	return tap_done();
}
