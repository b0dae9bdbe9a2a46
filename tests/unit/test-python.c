/*
 * Which Python, and which program: over made-up directories.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "ui/locations.h"
#include "ui/program.h"
#include "ui/python.h"
#include "tap.h"

static char root[] = "/tmp/pydbg-test-python-XXXXXX";

/* root/PATH; owned. */
static struct pd_str
at(const char *path)
{
	return pd_strf("%s/%s", root, path);
}

/* A file, with the directories above it. */
static void
put(const char *path, const char *text, mode_t mode)
{
	struct pd_str file = at(path);
	char *p;
	int fd;

	for (p = file.s + strlen(root) + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(file.s, 0755);
		*p = '/';
	}
	fd = open(file.s, O_WRONLY | O_CREAT | O_TRUNC, mode);
	if (fd == -1 || write(fd, text, strlen(text)) == -1)
		tap_note("cannot make %s", file.s);
	close(fd);
	chmod(file.s, mode);
	pd_str_done(&file);
}

static void
make_tree(void)
{
	put("bin/python3", "", 0755);
	put("bin/python3.12", "", 0755);
	put("bin/python", "", 0644);		/* not executable */
	put("bin/tool", "#!/usr/bin/env python3\n", 0755);
	put("bin/safe", "#!/nowhere/python3 -Es\n", 0755);
	put("bin/shim", "#!/bin/bash\n", 0755);
	put("opt/python3", "", 0755);
	put("proj/.venv/pyvenv.cfg", "", 0644);
	put("proj/.venv/bin/python", "", 0755);
	put("proj/.venv/bin/shim", "#!/x/python\n", 0755);
	put("proj/sub/deep/x.py", "", 0644);
	put("half/venv/bin/python", "", 0755);	/* no pyvenv.cfg */
	put("env/pyvenv.cfg", "", 0644);
	put("env/bin/python", "", 0755);
	put("env/bin/black", "#!/x/python\n", 0755);
	put("plain/x.py", "", 0644);
	put("plain/-x.py", "", 0644);
	put("plain/secret.py", "", 0000);
	put("plain/tool/data", "", 0644);	/* a directory named as NAME */
	put("pkg/__main__.py", "", 0644);
	put("pyenv/shims/python3.13", "#!/bin/bash\n", 0755);
	put("pyenv/versions/3.13.2/bin/python3.13", "", 0755);
	put("pyenv/versions/3.13.10/bin/python3.13", "", 0755);
	put("pyenv/versions/3.14.0/bin/python3.14", "", 0755);
}

/* Paths in rows are below root; a leading "=" is taken as it stands. */
static const struct {
	const char	*name;
	const char	*option, *shebang, *dir, *venv, *path;
	const char	*exe, *why;	/* exe NULL: why is the error's head */
} rows[] = {
	{ "PATH", .dir = "plain", .path = "bin",
	  .exe = "bin/python3", .why = "python3 on PATH" },
	{ "none on PATH", .dir = "plain", .path = "plain",
	  .why = "no python3 found" },
	{ "no PATH at all", .dir = "plain", .why = "no python3 found" },
	{ "a version", .option = "3.12", .dir = "plain", .path = "bin",
	  .exe = "bin/python3.12", .why = "--python 3.12" },
	{ "a pyenv shim: the newest below it", .option = "3.13",
	  .dir = "plain", .path = "pyenv/shims",
	  .exe = "pyenv/versions/3.13.10/bin/python3.13", .why = "--python" },
	{ "a version that pyenv alone has", .option = "3.14",
	  .dir = "plain", .path = "bin",
	  .exe = "pyenv/versions/3.14.0/bin/python3.14", .why = "--python" },
	{ "a version that is not there", .option = "3.99", .dir = "plain",
	  .path = "bin", .why = "python '3.99' not found on PATH" },
	{ "a name", .option = "python3", .dir = "proj", .path = "bin",
	  .exe = "bin/python3", .why = "--python python3" },
	{ "a path beats everything", .option = "/opt/python3",
	  .shebang = "#!/bin/python3\n", .dir = "proj", .venv = "env",
	  .path = "bin", .exe = "opt/python3", .why = "--python " },
	{ "a path that is not there", .option = "/opt/python9",
	  .dir = "plain", .path = "bin", .why = "python '" },
	{ "a venv's directory", .option = "/env", .dir = "plain",
	  .path = "bin", .exe = "env/bin/python", .why = "--python " },
	{ "an absolute shebang beats the venvs", .shebang = "#!/opt/python3\n",
	  .dir = "proj", .venv = "env", .path = "bin",
	  .exe = "opt/python3", .why = "the script's first line" },
	{ "a shebang that is not there", .shebang = "#!/opt/python9\n",
	  .dir = "plain", .path = "bin",
	  .exe = "bin/python3", .why = "python3 on PATH" },
	{ "VIRTUAL_ENV beats the directory's", .dir = "proj", .venv = "env",
	  .path = "bin", .exe = "env/bin/python", .why = "VIRTUAL_ENV" },
	{ "a stale VIRTUAL_ENV", .dir = "plain", .venv = "gone",
	  .path = "bin", .exe = "bin/python3", .why = "python3 on PATH" },
	{ "a .venv beside", .dir = "proj", .path = "bin",
	  .exe = "proj/.venv/bin/python", .why = "the venv " },
	{ "a .venv above", .dir = "proj/sub/deep", .path = "bin",
	  .exe = "proj/.venv/bin/python", .why = "the venv " },
	{ "the venv around", .dir = "env/bin", .path = "bin",
	  .exe = "env/bin/python", .why = "the venv " },
	{ "a directory that is no venv", .dir = "half", .path = "bin",
	  .exe = "bin/python3", .why = "python3 on PATH" },
	{ "env python3.12", .shebang = "#!/usr/bin/env python3.12\n",
	  .dir = "plain", .path = "bin",
	  .exe = "bin/python3.12", .why = "python3.12 on PATH" },
	{ "env python, which is not there",
	  .shebang = "#!/usr/bin/env python\n", .dir = "plain",
	  .path = "bin", .exe = "bin/python3", .why = "python3 on PATH" },
	{ "env python in a project with a venv",
	  .shebang = "#!/usr/bin/env python\n", .dir = "proj",
	  .path = "bin", .exe = "proj/.venv/bin/python", .why = "the venv " },
};

static struct pd_str
below(const char *path)
{
	struct pd_str none = { 0 };

	return path != NULL ? at(path) : none;
}

/* "#!/opt/python3\n" with root in front of the path, unless it is env. */
static void
make_shebang(const char *text, struct pd_shebang *sb)
{
	struct pd_str line;

	if (text == NULL)
		text = "";
	line = strncmp(text, "#!/usr", 6) == 0 || *text == '\0' ?
	    pd_str_from(text) : pd_strf("#!%s%s", root, text + 2);
	pd_shebang_parse(line.s, line.n, sb);
	pd_str_done(&line);
}

static void
check_row(size_t i)
{
	struct pd_str dir = below(rows[i].dir), venv = below(rows[i].venv);
	struct pd_str path = below(rows[i].path), exe = below(rows[i].exe);
	struct pd_str option = rows[i].option == NULL ? below(NULL) :
	    rows[i].option[0] == '/' ? below(rows[i].option + 1) :
	    pd_str_from(rows[i].option);
	struct pd_str pyenv = at("pyenv");
	struct pd_shebang sb;
	struct pd_python_choice c = { 0 };
	struct pd_err err = { "" };
	const char *why;
	int r;

	make_shebang(rows[i].shebang, &sb);
	r = pd_python_choose(&(struct pd_python_ask){ option.s, &sb, dir.s,
	    venv.s, path.s, pyenv.s }, &c, &err);
	tap_is_str(r == 0 ? c.exe.s : NULL, exe.s, rows[i].name);
	why = r == 0 ? pd_str_c(&c.why) : err.msg;
	if (!tap_ok(pd_starts(why, rows[i].why), "... and why"))
		tap_note("got %s", why);
	pd_python_choice_done(&c);
	pd_shebang_done(&sb);
	pd_str_done(&dir);
	pd_str_done(&venv);
	pd_str_done(&path);
	pd_str_done(&exe);
	pd_str_done(&pyenv);
	pd_str_done(&option);
}

/* The launch for a target: argv joined, or the error's text. Directories
 * are relative to root, which is the working directory. */
static const struct {
	const char	*name, *cwd, *word, *module, *want;
	int		 code;
} programs[] = {
	{ "a script", "plain", "x.py", NULL, "PY|x.py|arg", 0 },
	{ "a script by its path", ".", "./plain/x.py", NULL,
	  "PY|./plain/x.py|arg", 0 },
	{ "a script that looks like an option", "plain", "-x.py", NULL,
	  "PY|--|-x.py|arg", 0 },
	{ "a module", "plain", NULL, "mod", "PY|-m|mod|arg", 0 },
	{ "a directory", ".", "pkg", NULL, "PY|pkg|arg", 0 },
	{ "a directory without __main__", ".", "plain", NULL,
	  "Error: plain is a directory", 1 },
	{ "a missing script", ".", "nosuch.py", NULL,
	  "Error: nosuch.py does not exist", 1 },
	{ "a missing name", ".", "nosuch", NULL,
	  "Error: nosuch does not exist", 1 },
	{ "a missing path", ".", "./nosuch", NULL,
	  "Error: ./nosuch does not exist", 1 },
	{ "an empty name", ".", "", NULL, "Error:  does not exist", 1 },
	{ "a name on PATH", ".", "tool", NULL, "PY|ROOT/bin/tool|arg", 0 },
	{ "a name on PATH beside a directory", "plain", "tool", NULL,
	  "PY|ROOT/bin/tool|arg", 0 },
	{ "a name with its line's option", ".", "safe", NULL,
	  "PY|-Es|ROOT/bin/safe|arg", 0 },
	{ "a name that is no Python", ".", "shim", NULL,
	  "Error: ROOT/bin/shim is not a Python script", 1 },
	{ "a name in the venv's bin behind one that is no Python",
	  "proj/sub", "shim", NULL, "VENV|ROOT/proj/.venv/bin/shim|arg", 0 },
};

/* Every occurrence of what becomes with. */
static void
replace(struct pd_buf *b, const char *what, const char *with)
{
	struct pd_buf out = { 0 };
	const char *p = pd_buf_c(b), *hit;

	if (*what == '\0')
		return;
	for (; (hit = strstr(p, what)) != NULL; p = hit + strlen(what)) {
		pd_buf_add(&out, p, (size_t)(hit - p));
		pd_buf_adds(&out, with);
	}
	pd_buf_adds(&out, p);
	pd_buf_done(b);
	*b = out;
}

static void
check_program(size_t i)
{
	char word[64], arg[] = "arg", name[] = "pydbg";
	char *argv[] = { name, word, arg, NULL };
	struct pd_options o = { .module = programs[i].module,
	    .rest = programs[i].module != NULL ? 2 : 1 };
	struct pd_str dir = at(programs[i].cwd), venv, py;
	struct pd_program p;
	struct pd_buf got = { 0 };
	struct pd_err err;

	snprintf(word, sizeof(word), "%s",
	    programs[i].word != NULL ? programs[i].word : "");
	if (chdir(dir.s) == -1)
		tap_note("chdir %s", dir.s);
	tap_is_int(pd_program_find(&o, 3, argv, &p, &err), programs[i].code,
	    programs[i].name);
	PD_VEC_EACH(&p.argv, struct pd_str, s)
		pd_buf_addf(&got, "%s%s", got.n > 0 ? "|" : "", s->s);
	if (programs[i].code != 0)
		pd_buf_adds(&got, err.msg);
	py = at("bin/python3");
	venv = at("proj/.venv/bin/python");
	replace(&got, py.s, "PY");
	replace(&got, venv.s, "VENV");
	replace(&got, root, "ROOT");
	tap_is_str(pd_buf_c(&got), programs[i].want, "... its arguments");
	if (programs[i].code == 0)
		tap_is_str(PD_VEC_AT(&p.argv, struct pd_str, p.args_at)->s,
		    "arg", "... where the program's begin");
	pd_buf_done(&got);
	pd_program_done(&p);
	pd_str_done(&dir);
	pd_str_done(&py);
	pd_str_done(&venv);
}

static void
check_unreadable(void)
{
	struct pd_str dir = at("plain");
	char name[] = "pydbg", word[] = "secret.py", *argv[] = { name, word };
	struct pd_options o = { .rest = 1 };
	struct pd_program p;
	struct pd_err err = { "" };

	if (geteuid() == 0) {
		tap_skip("an unreadable script", "root reads everything");
		pd_str_done(&dir);
		return;
	}
	if (chdir(dir.s) == -1)
		tap_note("chdir %s", dir.s);
	tap_is_int(pd_program_find(&o, 2, argv, &p, &err), 1,
	    "an unreadable script");
	tap_ok(strstr(err.msg, "secret.py cannot be read") != NULL,
	    "... is named");
	pd_program_done(&p);
	pd_str_done(&dir);
}

/* The build directory, a staged install, PYDBG_LIBEXEC, nothing. */
static void
check_locations(void)
{
	struct pd_str rel = pd_locations_relative(PD_BINDIR, PD_LIBEXECDIR);
	struct pd_str inst = pd_strf("inst/bin/%s/pydbg-start.so", rel.s);
	struct pd_str build = at("build/ui/pydbg"), exe = at("inst/bin/pydbg");
	struct pd_str none = at("bin/pydbg"), env = at("env2"), real, want;
	struct pd_locations l;
	struct pd_err err;

	put("build/ui/pydbg", "", 0755);
	put("build/src/start/pydbg-start.so", "", 0644);
	put("build/src/engine/pydbg-engine-3.11.so", "", 0644);
	put("inst/bin/pydbg", "", 0755);
	put("env2/pydbg-start.so", "", 0644);
	real = at("build/src/engine");
	tap_is_int(pd_locations_find(build.s, NULL, &l, &err), 0, "build");
	tap_is_str(l.engine_dir.s, real.s, "... its engines");
	pd_locations_done(&l);
	pd_str_done(&real);
	put(inst.s, "", 0644);
	real = at(inst.s);
	want = pd_path_real(real.s);
	tap_is_int(pd_locations_find(exe.s, NULL, &l, &err), 0, "installed");
	tap_is_str(l.start_so.s, want.s, "... its start object");
	pd_locations_done(&l);
	tap_is_int(pd_locations_find(none.s, env.s, &l, &err), 0, "by name");
	tap_is_str(l.engine_dir.s, env.s, "... its engines");
	pd_locations_done(&l);
	tap_is_int(pd_locations_find(build.s, root, &l, &err), -1,
	    "by name, not there");
	pd_str_done(&rel);
	pd_str_done(&inst);
	pd_str_done(&build);
	pd_str_done(&exe);
	pd_str_done(&none);
	pd_str_done(&env);
	pd_str_done(&real);
	pd_str_done(&want);
}

int
main(void)
{
	struct pd_str path, remove;

	if (mkdtemp(root) == NULL)
		return 1;
	make_tree();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_row(i);
	path = at("bin");
	setenv("PATH", path.s, 1);
	unsetenv("VIRTUAL_ENV");
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		check_program(i);
	check_unreadable();
	check_locations();
	remove = pd_strf("/bin/rm -rf %s", root);
	if (chdir("/") == -1 || system(remove.s) != 0)
		tap_note("cannot remove %s", root);
	pd_str_done(&path);
	pd_str_done(&remove);
	return tap_done();
}
