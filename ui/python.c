/*
 * Which Python runs the program.
 *
 * Called by program.c, once for a session.  Must not run anything: whether
 * the executable is a Python that can be debugged is the target's business.
 *
 * The order: --python; the script's "#!" line if it names an absolute python;
 * VIRTUAL_ENV; the venv that holds the script, or a .venv or venv in its
 * directory or one above; python3 on PATH.  A "#!" line that goes by env means
 * PATH, so it only says which name is looked up there at the end: a project's
 * manage.py with "#!/usr/bin/env python" still gets the project's .venv.
 */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "ui/python.h"

/* A choice that was passed over; the first one is kept, it counts most. */
static void
note(struct pd_str *out, struct pd_str text)
{
	if (out->s == NULL)
		*out = text;
	else
		pd_str_done(&text);
}

static bool
is_version(const char *s)
{
	return s[0] == '3' && s[1] == '.' && s[2] != '\0' &&
	    strspn(s + 2, "0123456789") == strlen(s + 2);
}

static struct pd_str
venv_python(const char *venv)
{
	struct pd_str rel = pd_path_join(venv, "bin/python");
	struct pd_str exe = { 0 };

	if (pd_path_is_exec(rel.s))
		exe = pd_path_abs(rel.s, NULL);
	pd_str_done(&rel);
	return exe;
}

static struct pd_str
path_python(const char *name, const char *path)
{
	struct pd_str found = { 0 }, exe;

	if (path != NULL)
		found = pd_path_search(name, path);
	if (found.s == NULL)
		return found;
	exe = pd_path_abs(found.s, NULL);
	pd_str_done(&found);
	return exe;
}

static bool
is_script(const char *path)
{
	struct pd_shebang sb;
	bool yes;

	pd_shebang_read(path, &sb);
	yes = sb.interp.s != NULL;
	pd_shebang_done(&sb);
	return yes;
}

/* The numbers in "3.12.7" count, not the letters. */
static int
by_version_number(const void *a, const void *b)
{
	return strverscmp(*(char *const *)a, *(char *const *)b);
}

/*
 * 3.N: python3.N on PATH.  A pyenv shim there runs only the versions that are
 * selected, so what pyenv has installed goes before a shim.
 */
static struct pd_str
version_python(const struct pd_python_ask *ask)
{
	struct pd_str name = pd_strf("python%s", ask->option), pattern;
	struct pd_str exe = path_python(name.s, ask->path);
	glob_t found = { 0 };

	if (ask->pyenv != NULL && (exe.s == NULL || is_script(exe.s))) {
		pattern = pd_strf("%s/versions/%s.*/bin/%s", ask->pyenv,
		    ask->option, name.s);
		if (glob(pattern.s, GLOB_NOSORT, NULL, &found) == 0) {
			qsort(found.gl_pathv, found.gl_pathc,
			    sizeof(char *), by_version_number);
			pd_str_done(&exe);
			exe = pd_str_from(found.gl_pathv[found.gl_pathc - 1]);
		}
		globfree(&found);
		pd_str_done(&pattern);
	}
	pd_str_done(&name);
	return exe;
}

/* --python: a path, a venv's directory, a name on PATH, 3.N. */
static int
by_option(const struct pd_python_ask *ask, struct pd_python_choice *c,
    struct pd_err *err)
{
	const char *opt = ask->option;
	bool on_path = false;

	if (*opt == '\0')
		return pd_err_set(err, "option '--python' needs a path or 3.N");
	if (is_version(opt)) {
		c->exe = version_python(ask);
		on_path = true;
	} else if (strchr(opt, '/') != NULL || pd_path_is_dir(opt)) {
		if (pd_path_is_dir(opt))
			c->exe = venv_python(opt);
		else if (pd_path_is_exec(opt))
			c->exe = pd_path_abs(opt, NULL);
		if (c->exe.s == NULL && pd_path_exists(opt) &&
		    !pd_path_is_dir(opt))
			return pd_err_set(err, "python '%s' is not executable",
			    opt);
	} else {
		c->exe = path_python(opt, ask->path);
		on_path = true;
	}
	if (c->exe.s == NULL)
		return pd_err_set(err, "python '%s' not found%s", opt,
		    on_path ? " on PATH" : "");
	c->why = pd_strf("--python %s", opt);
	return 0;
}

static bool
by_shebang(const struct pd_python_ask *ask, struct pd_python_choice *c)
{
	const struct pd_shebang *sb = ask->shebang;

	if (sb == NULL || !sb->python || sb->env || sb->interp.s[0] != '/')
		return false;
	if (!pd_path_is_exec(sb->interp.s)) {
		note(&c->note, pd_strf("the script's first line names %s, "
		    "which is not there", sb->interp.s));
		return false;
	}
	c->exe = pd_str_dup(&sb->interp);
	c->why = pd_str_from("the script's first line");
	return true;
}

static bool
by_virtual_env(const struct pd_python_ask *ask, struct pd_python_choice *c)
{
	const char *venv = ask->virtual_env;

	if (venv == NULL || *venv == '\0')
		return false;
	c->exe = venv_python(venv);
	if (c->exe.s == NULL) {
		note(&c->note, pd_strf("VIRTUAL_ENV is %s, where there is no "
		    "bin/python", venv));
		return false;
	}
	c->why = pd_str_from("VIRTUAL_ENV");
	return true;
}

/* A venv is code: one that others put above our directory is not ours. */
static bool
is_ours(const char *dir, struct pd_str *why)
{
	struct stat st;

	if (stat(dir, &st) == -1)
		return false;
	if (st.st_uid == geteuid() || st.st_uid == 0)
		return true;
	note(why, pd_strf("the venv %s is left out: it belongs to another user",
	    dir));
	return false;
}

/* Is there a venv at dir/name ("" for dir itself)? */
static bool
try_venv(const char *dir, const char *name, struct pd_str *venv,
    struct pd_str *why)
{
	struct pd_str cfg, exe;
	bool ok;

	*venv = *name != '\0' ? pd_path_join(dir, name) : pd_str_from(dir);
	cfg = pd_path_join(venv->s, "pyvenv.cfg");
	exe = venv_python(venv->s);
	ok = exe.s != NULL && pd_path_exists(cfg.s) && is_ours(venv->s, why);
	pd_str_done(&cfg);
	pd_str_done(&exe);
	if (!ok)
		pd_str_done(venv);
	return ok;
}

struct pd_str
pd_python_venv(const char *dir, struct pd_str *why)
{
	static const char *const names[] = { "", ".venv", "venv" };
	struct pd_str at = pd_str_from(dir), up, venv = { 0 };
	size_t i;

	while (at.s != NULL) {
		for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (try_venv(at.s, names[i], &venv, why)) {
				pd_str_done(&at);
				return venv;
			}
		up = pd_path_dir(at.s);
		if (pd_str_eq(&up, at.s) || up.n == 0)
			pd_str_done(&up);
		pd_str_done(&at);
		at = up;
	}
	return venv;
}

static bool
by_directory(const struct pd_python_ask *ask, struct pd_python_choice *c)
{
	struct pd_str venv;

	if (ask->dir == NULL)
		return false;
	venv = pd_python_venv(ask->dir, &c->note);
	if (venv.s == NULL)
		return false;
	c->exe = venv_python(venv.s);
	c->why = pd_strf("the venv %s", venv.s);
	pd_str_done(&venv);
	return true;
}

static bool
by_path(const char *name, const char *path, struct pd_python_choice *c)
{
	c->exe = path_python(name, path);
	if (c->exe.s == NULL)
		return false;
	c->why = pd_strf("%s on PATH", name);
	return true;
}

int
pd_python_choose(const struct pd_python_ask *ask, struct pd_python_choice *c,
    struct pd_err *err)
{
	const struct pd_shebang *sb = ask->shebang;

	memset(c, 0, sizeof(*c));
	if (ask->option != NULL)
		return by_option(ask, c, err);
	if (by_shebang(ask, c) || by_virtual_env(ask, c) ||
	    by_directory(ask, c))
		return 0;
	if (sb != NULL && sb->python && sb->env &&
	    by_path(sb->interp.s, ask->path, c))
		return 0;
	if (by_path("python3", ask->path, c))
		return 0;
	pd_python_choice_done(c);
	return pd_err_set(err, "no python3 found on PATH; "
	    "--python PATH names one");
}

void
pd_python_choice_done(struct pd_python_choice *c)
{
	pd_str_done(&c->exe);
	pd_str_done(&c->why);
	pd_str_done(&c->note);
}
