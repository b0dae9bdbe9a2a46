/*
 * Where pydbg's own parts are: the start object and the engines.
 *
 * Called by main.c.  PD_BINDIR and PD_LIBEXECDIR are absolute and come from
 * the build; only the way from one to the other counts, unless the executable
 * is alone somewhere.
 */
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "ui/locations.h"

#define START_SO	"pydbg-start.so"

struct pd_str
pd_locations_exe(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));
	struct pd_str none = { 0 };

	if (n <= 0 || (size_t)n == sizeof(path))
		return none;
	return pd_str_new(path, (size_t)n);
}

struct pd_str
pd_locations_relative(const char *from, const char *to)
{
	struct pd_str f = pd_strf("%s/", from), t = pd_strf("%s/", to);
	struct pd_buf b = { 0 };
	size_t i, common = 0;

	for (i = 0; i < f.n && i < t.n && f.s[i] == t.s[i]; i++)
		if (f.s[i] == '/')
			common = i + 1;
	for (i = common; i < f.n; i++)
		if (f.s[i] == '/')
			pd_buf_adds(&b, "../");
	pd_buf_add(&b, t.s + common, t.n - common);
	pd_str_done(&f);
	pd_str_done(&t);
	if (b.n == 0)
		pd_buf_adds(&b, "./");
	f = pd_buf_take(&b);
	f.s[--f.n] = '\0';
	return f;
}

/* Takes dir/start/pydbg-start.so with engines in dir/engine, or both in dir. */
static bool
try_at(const char *dir, const char *start, const char *engine,
    struct pd_locations *l)
{
	struct pd_str at = pd_path_join(dir, start);

	l->start_so = pd_path_join(at.s, START_SO);
	pd_str_done(&at);
	if (pd_path_exists(l->start_so.s)) {
		at = pd_path_join(dir, engine);
		l->engine_dir = pd_path_real(at.s);
		pd_str_done(&at);
		at = l->start_so;
		l->start_so = pd_path_real(at.s);
		pd_str_done(&at);
		return true;
	}
	pd_str_done(&l->start_so);
	return false;
}

int
pd_locations_find(const char *exe, const char *env, struct pd_locations *l,
    struct pd_err *err)
{
	struct pd_str dir, rel;
	bool ok;

	memset(l, 0, sizeof(*l));
	if (env != NULL && *env != '\0') {
		if (try_at(env, "", "", l))
			return 0;
		return pd_err_set(err, "no " START_SO " in %s (PYDBG_LIBEXEC)",
		    env);
	}
	dir = exe != NULL ? pd_path_dir(exe) : pd_str_from(PD_BINDIR);
	rel = pd_locations_relative(PD_BINDIR, PD_LIBEXECDIR);
	ok = try_at(dir.s, "../src/start", "../src/engine", l) ||
	    try_at(dir.s, rel.s, rel.s, l) || try_at(PD_LIBEXECDIR, "", "", l);
	if (!ok)
		pd_err_set(err, START_SO " is neither beside %s nor in %s",
		    dir.s, PD_LIBEXECDIR);
	pd_str_done(&dir);
	pd_str_done(&rel);
	return ok ? 0 : -1;
}

void
pd_locations_done(struct pd_locations *l)
{
	pd_str_done(&l->start_so);
	pd_str_done(&l->engine_dir);
}
