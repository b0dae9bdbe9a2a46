/*
 * The program pydbg: from the command line to a session.
 *
 * Exit status: 2 for what is wrong with the command line or the Python, 1 for
 * a program that is not there, else what the session says.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/path.h"
#include "target/crash.h"
#include "ui/export.h"
#include "ui/front.h"
#include "ui/locations.h"
#include "ui/options.h"
#include "ui/out.h"
#include "ui/program.h"

/* A file that we open must not become somebody's stdin, stdout or stderr. */
static void
open_standard_fds(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
}

static int
fail(const char *text, const char *hint, int code)
{
	fprintf(stderr, "pydbg: %s%s\n", text, hint);
	return code;
}

static void
print(void (*make)(struct pd_buf *), FILE *to)
{
	struct pd_buf b = { 0 };

	make(&b);
	fputs(pd_buf_c(&b), to);
	pd_buf_done(&b);
}

/* The program in our place, which leaves a core; comes back if it cannot. */
static int
run_dumping(const struct pd_options *o, struct pd_program *p,
    struct pd_locations *l)
{
	struct pd_launch launch = { .python = p->python, .argv = p->argv,
	    .start_so = l->start_so, .engine_dir = l->engine_dir };
	struct pd_str dir = o->crash_dir[0] != '\0' ?
	    pd_path_abs(o->crash_dir, NULL) : pd_str_from("");
	struct pd_err err;

	if (dir.n > 0 && !pd_path_is_dir(dir.s))
		pd_err_set(&err, "no directory '%s'", dir.s);
	else
		pd_crash_exec(&launch, dir.s, &err);
	pd_str_done(&dir);
	return fail(err.msg, "", 2);
}

static int
debug(const struct pd_options *o, int argc, char **argv)
{
	struct pd_program program;
	struct pd_locations where;
	struct pd_str exe;
	struct pd_err err;
	int code;

	code = pd_program_find(o, argc, argv, &program, &err);
	if (code == 1)		/* pdb's words, where pdb says them */
		printf("%s\n", err.msg);
	else if (code != 0)
		fail(err.msg, "", code);
	else if (exe = pd_locations_exe(), pd_locations_find(exe.s,
	    getenv("PYDBG_LIBEXEC"), &where, &err) == -1) {
		code = fail(err.msg, "", 2);
		pd_str_done(&exe);
	} else {
		pd_str_done(&exe);
		if (program.note.s != NULL)
			fail(program.note.s, "", 0);
		code = o->crash_dir != NULL ?
		    run_dumping(o, &program, &where) :
		    pd_front_run(o, &program, &where);
		pd_locations_done(&where);
	}
	pd_program_done(&program);
	return code;
}

/* --core, without a program. */
static int
core(const struct pd_options *o, int argc)
{
	if (o->core == NULL)
		return fail("--export needs --core FILE", "", 2);
	if (o->module != NULL || o->rest < argc)
		return fail("--core takes no program", "", 2);
	if (o->export == NULL)
		return pd_front_run(o, NULL, NULL);
	if (strcmp(o->export, "json") != 0)
		return fail("--export knows json and nothing else", "", 2);
	return pd_export_json(o->core);
}

static int
run(const struct pd_options *o, int argc, char **argv)
{
	if (o->help) {
		print(pd_options_help, stdout);
		return 0;
	}
	if (o->version) {
		printf("pydbg %s\n", PD_VERSION);
		return 0;
	}
	if (o->core != NULL || o->export != NULL)
		return core(o, argc);
	if (o->module == NULL && o->rest >= argc) {
		print(pd_options_usage, stderr);
		fputs("pydbg --help lists the options\n", stderr);
		return 2;
	}
	return debug(o, argc, argv);
}

int
main(int argc, char **argv)
{
	struct pd_options o = { 0 };
	struct pd_buf text = { 0 };
	struct pd_err err;
	int code;

	open_standard_fds();
	pd_log_open(getenv("PYDBG_LOG"));
	if (pd_options_parse(&o, argc, argv, &err) == -1)
		code = fail(err.msg, "; pydbg --help lists the options", 2);
	else if (o.cd != NULL && !o.help && !o.version && chdir(o.cd) == -1) {
		pd_buf_addf(&text, "cannot change to %s: %s", o.cd,
		    strerror(errno));
		code = fail(pd_buf_c(&text), "", 2);
	} else
		code = run(&o, argc, argv);
	pd_buf_done(&text);
	pd_options_done(&o);
	pd_log_close();
	return fflush(stdout) == EOF && code == 0 ? pd_out_unwritten(errno) :
	    code;
}
