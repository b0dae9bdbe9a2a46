/*
 * The embedding: pydbg-start.so calls pd_engine_main() in place of the
 * python's own main().
 *
 * It does what Py_BytesMain() does, with the public API (PEP 587), and sets
 * an audit hook before the interpreter is initialised; when the program is
 * about to run pd_program_begins() tells the debugger and watches for the main
 * frame.  A forked child is disarmed: it runs on as if nobody debugged it.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/compat.h"
#include "engine/core.h"

struct pd_chan	 pd_channel;
bool		 pd_disarmed;
const struct pd_start_doors *pd_doors;
PyObject	*pd_timeout_type, *pd_restart_type;

static PyThreadState *main_tstate;	/* of the main thread */

/* Memory that is given back when there is none left. */
#define RESERVE	(1u << 20)		/* bytes */
static void	*reserve;

static bool
give_reserve(size_t wanted)
{
	void *r = reserve;

	(void)wanted;
	reserve = NULL;
	free(r);
	return r != NULL;
}

static void
in_child(void)
{
	pd_disarmed = true;
	if (pd_channel.fd >= 0)
		close(pd_channel.fd);
	pd_channel.fd = -1;
	pd_channel.ring = (struct pd_ring){ 0 };	/* not mapped here */
}

bool
pd_is_main_thread(void)
{
	return PyThreadState_Get() == main_tstate;
}

pthread_t
pd_main_thread(void)
{
	return (pthread_t)main_tstate->thread_id;
}

static struct pd_str
sys_text(const char *name)
{
	PyObject *o = PySys_GetObject(name);	/* borrowed */

	return o != NULL && PyUnicode_Check(o) ? pd_str_from_py(o) :
	    (struct pd_str){ 0 };
}

void
pd_python_describe(struct pd_python *out)
{
	const char *v = Py_GetVersion();

	out->version = pd_str_new(v, strcspn(v, " "));
	out->hex = Py_Version;
	out->executable = sys_text("executable");
	out->prefix = sys_text("prefix");
	out->engine = pd_str_from(pd_doors->engine);
	out->pid = (uint64_t)getpid();
	out->backend = pd_str_from(pd_backend->name);
}

static int
make_types(void)
{
	pd_timeout_type = PyErr_NewException("pydbg.Timeout",
	    PyExc_BaseException, NULL);
	pd_restart_type = PyErr_NewException("pydbg.Restart",
	    PyExc_BaseException, NULL);
	return pd_timeout_type == NULL || pd_restart_type == NULL ? -1 : 0;
}

static void
cannot_start(const char *what)
{
	struct pd_text text = { 0 };
	struct pd_str why = pd_exception_take();

	text.text = pd_strf("the engine cannot start: %s: %s", what,
	    pd_str_c(&why));
	pd_serve_send(PD_KIND_EVENT, PD_OP_FAILED, &text);
	_exit(2);
}

void
pd_program_begins(void)
{
	struct pd_python py = { 0 };
	struct pd_ring ring;
	PyObject *mod = PyImport_AddModule("__main__");	/* borrowed */

	if (mod == NULL || make_types() < 0 || pd_quit_init() < 0 ||
	    pd_wake_init() < 0 || pd_inline_init() < 0)
		cannot_start("python");
	main_tstate = PyThreadState_Get();
	pd_main_globals = PyModule_GetDict(mod);
	pd_thread_init();
	pd_crash_init(pd_doors->words_fd);
	pd_backend_choose();
	pd_mainframe_watch();
	pd_python_describe(&py);
	py.ring = pd_ring_map(&ring, pd_doors->words_fd, PD_RING_ENGINE);
	if (pd_serve_send(PD_KIND_EVENT, PD_OP_READY, &py) < 0)
		_exit(2);
	pd_channel.ring = ring;
	pd_rec_done(&pd_python_desc, &py);
}

/* As Py_BytesMain(): reads argv and the environment like the python does. */
static int
initialise(int argc, char **argv, int (*audit_init)(void))
{
	PyConfig config;
	PyStatus status;

	PyConfig_InitPythonConfig(&config);
	status = PyConfig_SetBytesArgv(&config, argc, argv);
	/* The hook after that: preinitialisation chooses the allocator (-X
	 * dev), which frees the hook's memory at the end. */
	if (!PyStatus_Exception(status) && audit_init() < 0)
		status = PyStatus_Error("no audit hook");
	if (!PyStatus_Exception(status))
		status = Py_InitializeFromConfig(&config);
	PyConfig_Clear(&config);
	if (PyStatus_IsExit(status))
		return status.exitcode;
	if (PyStatus_Exception(status))
		Py_ExitStatusException(status);
	return -1;
}

__attribute__((visibility("default"))) int
	pd_engine_main(int, char **, int, const struct pd_start_doors *);

int
pd_engine_main(int argc, char **argv, int fd,
    const struct pd_start_doors *doors)
{
	int rc;

	pd_doors = doors;
	pd_log_open(doors->log);
	pd_bug_abort(doors->abort_on_bug);
	if (doors->version >= 3 && doors->crash_dir != NULL) {
		rc = initialise(argc, argv, pd_crashdump_init);
		return rc >= 0 ? rc : Py_RunMain();
	}
	pd_chan_init(&pd_channel, fd);
	reserve = malloc(RESERVE);
	pd_oom_set(give_reserve);
	pthread_atfork(NULL, NULL, in_child);
	rc = initialise(argc, argv, pd_audit_init);
	return rc >= 0 ? rc : Py_RunMain();
}
