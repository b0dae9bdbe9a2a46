/*
 * The process: what ran, where, with what; its modules.
 *
 * For the walk alone; see dump-room.h.  The environment is that of the
 * process; secrets in it are left out, and wherever else the same value is met
 * as a whole text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "base/path.h"
#include "engine/compat.h"
#include "engine/dump-room.h"

/* Parts of names whose values are secrets, whatever their case. */
static const char *const secret_names[] = { "key", "token", "secret",
    "password", "passwd", "passphrase", "credential" };

/* What is shorter is too common to be looked for elsewhere. */
#define SECRET_MIN	6

/* ---- the environment ------------------------------------------------- */

static bool
has_part(const char *name, size_t n, const char *part, size_t k)
{
	for (size_t i = 0; k > 0 && i + k <= n; i++)
		if (strncasecmp(name + i, part, k) == 0)
			return true;
	return false;
}

static bool
is_secret_name(const char *name, size_t n, const char *more)
{
	size_t k;

	for (size_t i = 0; i < sizeof(secret_names) / sizeof(*secret_names);
	    i++)
		if (has_part(name, n, secret_names[i],
		    strlen(secret_names[i])))
			return true;
	for (; *more != '\0'; more += k) {
		more += strspn(more, ", \t");
		k = strcspn(more, ", \t");
		if (has_part(name, n, more, k))
			return true;
	}
	return false;
}

static void
put_env(struct pd_dumper *d, struct pd_core_head *head)
{
	const char *more = pd_str_c(&d->req->limits.redact);

	for (char **e = environ; e != NULL && *e != NULL; e++) {
		const char *eq = strchr(*e, '=');
		size_t n = eq != NULL ? (size_t)(eq - *e) : strlen(*e);
		struct pd_str *s = PD_VEC_PUSH(&head->env, struct pd_str);

		if (eq == NULL || eq[1] == '\0' ||
		    !is_secret_name(*e, n, more)) {
			*s = pd_str_from(*e);
			continue;
		}
		*s = pd_strf("%.*s=%s", (int)n, *e, PD_DUMP_REDACTED);
		if (strlen(eq + 1) >= SECRET_MIN)
			*PD_VEC_PUSH(&d->secrets, struct pd_str) =
			    pd_str_from(eq + 1);
	}
}

/* What it has written, without the secrets: a program that prints them would
 * have them in its core. */
static struct pd_str
output(const struct pd_dumper *d)
{
	struct pd_str s = pd_str_new(pd_str_c(&d->req->output),
	    d->req->output.n);

	PD_VEC_EACH(&d->secrets, struct pd_str, x) {
		struct pd_buf b = { 0 };
		const char *p = s.s, *at;

		while ((at = memmem(p, s.n - (size_t)(p - s.s), x->s,
		    x->n)) != NULL) {
			pd_buf_add(&b, p, (size_t)(at - p));
			pd_buf_adds(&b, PD_DUMP_REDACTED);
			p = at + x->n;
		}
		pd_buf_add(&b, p, s.n - (size_t)(p - s.s));
		pd_str_done(&s);
		s = pd_buf_take(&b);
	}
	return s;
}

/* ---- the process ----------------------------------------------------- */

static void
put_list(const char *name, struct pd_vec *out)
{
	PyObject *list = PySys_GetObject(name);	/* borrowed */

	if (list == NULL || !PyList_Check(list))
		return;
	for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
		PyObject *o = PyList_GET_ITEM(list, i);
		struct pd_str *s = PD_VEC_PUSH(out, struct pd_str);

		*s = pd_dump_fsname(o);
		if (s->s == NULL)
			*s = pd_str_from("");
	}
}

/* Since the kernel started it; field 22 of its stat. */
static uint64_t
uptime(void)
{
	char buf[1024], *p;
	unsigned long long ticks = 0;
	struct timespec now;
	FILE *f = fopen("/proc/self/stat", "re");
	size_t n;

	if (f == NULL)
		return 0;
	n = fread(buf, 1, sizeof(buf) - 1, f);
	fclose(f);
	buf[n] = '\0';
	p = strrchr(buf, ')');
	for (int field = 2; p != NULL && field < 22; field++)
		p = strchr(p + 1, ' ');
	if (p == NULL || sscanf(p, " %llu", &ticks) != 1 ||
	    clock_gettime(CLOCK_BOOTTIME, &now) != 0)
		return 0;
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec -
	    ticks * (1000000000u / (uint64_t)sysconf(_SC_CLK_TCK));
}

static struct pd_str
sys_text(const char *name)
{
	return pd_dump_fsname(PySys_GetObject(name));
}

static void
put_host(struct pd_core_head *head)
{
	struct utsname u;

	if (uname(&u) != 0)
		return;
	head->platform = pd_strf("%s-%s-%s", u.sysname, u.release, u.machine);
	head->host = pd_str_from(u.nodename);
}

/* The file that Python was told to run, without a look at __main__. */
static struct pd_str
told_to_run(void)
{
#if PD_HAVE_CONFIG_GET
	PyObject *file = PyConfig_Get("run_filename");
	struct pd_str s = pd_dump_fsname(file);

	if (file == NULL)
		PyErr_Clear();
	Py_XDECREF(file);
	return s;
#else
	return (struct pd_str){ 0 };
#endif
}

/* The program's file: __file__, which 3.14 takes out of __main__ before
 * sys.excepthook is called. */
static struct pd_str
script(void)
{
	PyObject *file = pd_dump_dict_get(pd_dump_module_dict("__main__"),
	    "__file__");
	struct pd_str s = pd_dump_fsname(file), abs;

	if (s.s == NULL)
		s = told_to_run();
	if (s.s == NULL)
		return s;
	abs = pd_path_abs(s.s, NULL);
	pd_str_done(&s);
	return abs;
}

void
pd_dump_put_head(struct pd_dumper *d)
{
	const struct pd_dump_limits *limits = &d->req->limits;
	const char *v = Py_GetVersion();
	struct pd_core_head head = { .why = d->req->why,
	    .pid = (uint64_t)getpid(), .hex = Py_Version,
	    .max_bytes = limits->bytes, .max_objects = limits->objects,
	    .max_ms = limits->ms, .max_depth = limits->depth };
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	head.time = (uint64_t)now.tv_sec * 1000000000u +
	    (uint64_t)now.tv_nsec;
	head.uptime = uptime();
	head.writer = pd_str_from("pydbg " PD_VERSION);
	head.version = pd_str_new(v, strcspn(v, " "));
	head.version_text = pd_str_from(v);
	head.executable = sys_text("executable");
	head.prefix = sys_text("prefix");
	head.cwd = pd_path_abs(".", NULL);
	head.script = script();
	put_host(&head);
	put_list("argv", &head.argv);
	put_list("path", &head.path);
	put_env(d, &head);
	if (d->req->output.s != NULL)
		head.output = output(d);
	pd_core_put_rec(d->w, PD_CORE_T_HEAD, &pd_core_head_desc, &head);
	pd_rec_done(&pd_core_head_desc, &head);
}

/* ---- modules --------------------------------------------------------- */

static void
put_module(struct pd_dumper *d, PyObject *name, PyObject *o)
{
	struct pd_core_module rec = { 0 };
	PyObject *dict;

	rec.name = pd_dump_str(name);
	if (PyModule_Check(o)) {
		dict = PyModule_GetDict(o);
		rec.file = pd_dump_fsname(pd_dump_dict_get(dict, "__file__"));
		rec.version = pd_dump_str(pd_dump_dict_get(dict,
		    "__version__"));
	}
	rec.object = pd_map_get(&d->ids, o);
	pd_core_put_rec(d->w, PD_CORE_T_MODULE, &pd_core_module_desc, &rec);
	pd_rec_done(&pd_core_module_desc, &rec);
}

void
pd_dump_put_modules(struct pd_dumper *d)
{
	PyObject *modules = PyImport_GetModuleDict(), *k, *v;
	Py_ssize_t pos = 0;

	if (modules == NULL || !PyDict_Check(modules))
		return;
	while (PyDict_Next(modules, &pos, &k, &v))
		if (PyUnicode_Check(k) && v != Py_None)
			put_module(d, k, v);
}
