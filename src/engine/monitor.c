/*
 * The monitoring backend (3.12 and later, PEP 669): breakpoints at no cost.
 *
 * A tool of sys.monitoring with C callbacks.  Code objects are met at their
 * first start or resumption (PY_START, PY_RESUME; each then DISABLEd): those
 * with breakpoints get local LINE and JUMP events, of which the LINEs of lines
 * that hold none are taken away again at once, and the JUMPs are DISABLEd when
 * they are first met.  So a line without a breakpoint runs as the interpreter
 * runs it.  The frames that run already when breakpoints change are looked
 * through at that time.
 *
 * A jump backward within a line is a line event for trace functions, and so
 * for pdb (Python/legacy_tracing.c): a loop in one line, or a comprehension
 * that is no function of its own, is met with each turn.
 *
 * The tool is taken when the first breakpoint comes and given back with the
 * last; if there is none to be had the trace backend takes over.
 *
 * DISABLE holds until restart_events(), which each change of the breakpoints
 * calls.  Steps are the trace hook's (trace.c), in their thread; there it asks
 * the breakpoints too, and the callbacks here stay silent.
 */
#include <errno.h>

#include "engine/compat.h"
#include "engine/core.h"

#if PD_HAVE_MONITORING

static PyObject		*mon;		/* owned: sys.monitoring */
static PyObject		*disable;	/* owned: its DISABLE */
static int		 tool = -1;
static int		 ev_start, ev_resume, ev_line, ev_jump, ev_instruction;
static unsigned long	 generation;	/* of the breakpoints as armed */
static bool		 armed;
static struct pd_vec	 armed_codes;	/* PyObject *, owned: have LINE */
static size_t		 look_at = 256;	/* so many: some may be ours alone */
static int		 busy;		/* calls of our own */
static int		 leaving = -1;	/* id that the program wants */

static int
int_attr(PyObject *o, const char *name)
{
	PD_OWNED v = PyObject_GetAttrString(o, name);
	long n = v != NULL ? PyLong_AsLong(v) : -1;

	return (int)n;
}

/* Calls a function of sys.monitoring. 0, -1 with exception. */
#define CALL(name, ...) (busy++, \
	call_done(PyObject_CallMethod(mon, name, __VA_ARGS__)))

static int
call_done(PyObject *r)
{
	busy--;
	Py_XDECREF(r);
	return r == NULL ? -1 : 0;
}

bool
pd_monitor_is_busy(void)
{
	return busy > 0;
}

int
pd_monitor_tool(void)
{
	return tool;
}

/* A tool's events in a code object, or everywhere (NULL); 0: it has none. */
static long
events_of(int id, PyObject *code)
{
	PD_OWNED events = NULL;

	busy++;
	events = code == NULL ? PyObject_CallMethod(mon, "get_events", "i",
	    id) : PyObject_CallMethod(mon, "get_local_events", "iO", id, code);
	busy--;
	if (events != NULL)
		return PyLong_AsLong(events);
	PyErr_Clear();
	return 0;
}

static int
set_events(int id, PyObject *code, long events)
{
	return code == NULL ? CALL("set_events", "il", id, events) :
	    CALL("set_local_events", "iOl", id, code, events);
}

/* LINE events for a code object.  They put other tools' INSTRUCTION events
 * out of action there (seen on 3.12.1 and 3.13.0): these are set anew. */
static int
give_lines(PyObject *code)
{
	PyObject *const where[] = { NULL, code };
	long had[6][2] = { { 0 } };
	int rc = 0;

	for (int i = 0; i < 12; i++) {
		long *h = &had[i / 2][i % 2];

		*h = i / 2 != tool ? events_of(i / 2, where[i % 2]) : 0;
		if (rc == 0 && (*h & ev_instruction) != 0)
			rc = set_events(i / 2, where[i % 2],
			    *h & ~(long)ev_instruction);
	}
	if (rc == 0)
		rc = set_events(tool, code, ev_line | ev_jump);
	for (int i = 0; i < 12; i++)
		if (rc == 0 && (had[i / 2][i % 2] & ev_instruction) != 0)
			rc = set_events(i / 2, where[i % 2], had[i / 2][i % 2]);
	return rc;
}

/* A program may compile without end: code that nobody else has any more is
 * let go.  Its end may run the program's code, and that come here. */
static void
drop_dead(void)
{
	struct pd_vec dead = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < armed_codes.n; i++) {
		PyObject *code = *PD_VEC_AT(&armed_codes, PyObject *, i);

		if (Py_REFCNT(code) == 1)
			*PD_VEC_PUSH(&dead, PyObject *) = code;
		else
			*PD_VEC_AT(&armed_codes, PyObject *, n++) = code;
	}
	armed_codes.n = n;
	look_at = 2 * n > 256 ? 2 * n : 256;
	PD_VEC_EACH(&dead, PyObject *, code)
		Py_DECREF(*code);
	pd_vec_done(&dead);
}

/* LINE events where breakpoints are, no others: those of lines that nothing
 * else comes to would stay, and cost. */
static void
narrow(PyObject *code)
{
	struct pd_vec lines = { 0 };

	pd_bp_lines((PyCodeObject *)code, &lines);
	pd_compat_keep_lines((PyCodeObject *)code, tool, &lines);
	pd_vec_done(&lines);
}

/* Gives a code object LINE events if breakpoints may be in it. */
static int
meet(PyObject *code)
{
	struct pd_vec lines = { 0 };
	int rc;

	if (!pd_bp_in_file((PyCodeObject *)code) ||
	    (events_of(tool, code) & ev_line) != 0)
		return 0;
	pd_bp_lines((PyCodeObject *)code, &lines);
	rc = pd_code_has_line(code, &lines);
	pd_vec_done(&lines);
	if (rc <= 0)
		return rc;
	if (armed_codes.n >= look_at)
		drop_dead();
	*PD_VEC_PUSH(&armed_codes, PyObject *) = Py_NewRef(code);
	pd_log("bp", "line events in %s",
	    PyUnicode_AsUTF8(((PyCodeObject *)code)->co_name));
	rc = give_lines(code);
	if (rc == 0)
		narrow(code);
	return rc;
}

/* 3.13.0 tells of no line that begins in the line of its RESUME, as all of a
 * lambda does, once that is specialized: it is not while it is instrumented. */
static bool
starts_on_bp(PyObject *code, PyObject *offset)
{
	struct pd_at at = { .code = (PyCodeObject *)code };
	int off = (int)PyLong_AsLong(offset);

	at.line = PyCode_Addr2Line(at.code, off);
	/* An instruction has two bytes. */
	return at.line > 0 &&
	    at.line == PyCode_Addr2Line(at.code, off + 2) &&
	    pd_bp_lies_at(&at);
}

/* PY_START and PY_RESUME: (code, offset). */
static PyObject *
on_start(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
	int saved = errno;
	PyObject *answer = disable;

	(void)self;
	if (!pd_disarmed && n == 2 && PyCode_Check(args[0])) {
		if (meet(args[0]) < 0)
			PyErr_Clear();
		if (starts_on_bp(args[0], args[1]))
			answer = Py_None;
	}
	errno = saved;
	return Py_NewRef(answer);
}

static int
stop_on_line(struct pd_at *at)
{
	struct pd_reason why = { .kind = PD_STOP_LINE, .in_hook = true };
	PyFrameObject *f;
	int rc;

	if (!pd_bp_check(at))
		return 0;
	f = pd_at_frame(at);
	Py_INCREF(f);
	pd_run.tstate = PyThreadState_Get();
	rc = pd_stop_at(f, &why);
	Py_DECREF(f);
	return rc;
}

/* In that line of the code; 0: in none that can hold a breakpoint. */
static PyObject *
on_place(PyObject *code, int line)
{
	PyThreadState *ts = PyThreadState_Get();
	int saved = errno, rc;
	struct pd_at at = { .code = (PyCodeObject *)code, .line = line };
	unsigned long before;

	if (pd_disarmed || line == 0)
		return Py_NewRef(disable);
	if (pd_guard_active())
		Py_RETURN_NONE;
	if (pd_trace_is_on(ts)) {
		pd_bp_moved_on();
		Py_RETURN_NONE;
	}
	if (pd_stop_active())
		pd_stop_wait();
	at.iframe = pd_compat_iframe_now(ts);
	before = pd_bp_crossings;
	if (pd_bp_was_passed(&at)) {
		errno = saved;
		Py_RETURN_NONE;
	}
	rc = stop_on_line(&at);
	errno = saved;
	if (rc == 0 && before == pd_bp_crossings)
		return Py_NewRef(disable);
	if (rc < 0)
		return NULL;
	Py_RETURN_NONE;
}

/* LINE: (code, line). */
static PyObject *
on_line(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
	(void)self;
	if (n != 2 || !PyCode_Check(args[0]))
		return Py_NewRef(disable);
	return on_place(args[0], (int)PyLong_AsLong(args[1]));
}

/* JUMP: (code, from, to), offsets. */
static PyObject *
on_jump(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
	PyCodeObject *code = (PyCodeObject *)args[0];
	int from, to, line;

	(void)self;
	if (n != 3 || !PyCode_Check(args[0]))
		return Py_NewRef(disable);
	from = (int)PyLong_AsLong(args[1]);
	to = (int)PyLong_AsLong(args[2]);
	line = PyCode_Addr2Line(code, to);
	/* Another line has an event of its own. */
	if (to > from || line <= 0 || line != PyCode_Addr2Line(code, from))
		line = 0;
	return on_place(args[0], line);
}

static PyMethodDef start_def = { "pydbg_start",
	(PyCFunction)(void (*)(void))on_start, METH_FASTCALL, NULL };
static PyMethodDef line_def = { "pydbg_line",
	(PyCFunction)(void (*)(void))on_line, METH_FASTCALL, NULL };
static PyMethodDef jump_def = { "pydbg_jump",
	(PyCFunction)(void (*)(void))on_jump, METH_FASTCALL, NULL };

/* Of that tool; none if its id is given back. */
static int
register_callbacks(int id, bool on)
{
	const struct { int event; PyMethodDef *def; } all[] = {
		{ ev_start, &start_def }, { ev_resume, &start_def },
		{ ev_line, &line_def }, { ev_jump, &jump_def },
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < sizeof(all) / sizeof(all[0]); i++) {
		PD_OWNED fn = on ? PyCFunction_New(all[i].def, NULL) :
		    Py_NewRef(Py_None);

		rc = fn == NULL ? -1 : CALL("register_callback", "iiO", id,
		    all[i].event, fn);
	}
	return rc;
}

static int
take_tool(void)
{
	int id;

	for (size_t i = 0; (id = pd_tools_candidate(i)) >= 0; i++) {
		if (id == leaving)
			continue;
		if (CALL("use_tool_id", "is", id, "pydbg") == 0) {
			tool = id;
			return 0;
		}
		PyErr_Clear();
	}
	return -1;
}

static int
monitor_init(void)
{
	PyObject *events = NULL;

	mon = Py_XNewRef(PySys_GetObject("monitoring"));
	if (mon != NULL) {
		disable = PyObject_GetAttrString(mon, "DISABLE");
		events = PyObject_GetAttrString(mon, "events");
	}
	if (disable == NULL || events == NULL) {
		PyErr_Clear();
		return -1;
	}
	ev_start = int_attr(events, "PY_START");
	ev_resume = int_attr(events, "PY_RESUME");
	ev_line = int_attr(events, "LINE");
	ev_jump = int_attr(events, "JUMP");
	ev_instruction = int_attr(events, "INSTRUCTION");
	Py_DECREF(events);
	if (!PyErr_Occurred()) {
		pd_tools_watch(mon);
		return 0;
	}
	PyErr_Clear();
	return -1;
}

static int
forget_codes(void)
{
	struct pd_vec codes = armed_codes;
	int rc = 0;

	armed_codes = (struct pd_vec){ 0 };
	for (size_t i = 0; i < codes.n; i++) {
		PyObject *code = *PD_VEC_AT(&codes, PyObject *, i);

		if (rc == 0)
			rc = set_events(tool, code, 0);
		Py_DECREF(code);
	}
	pd_vec_done(&codes);
	return rc;
}

/* Without breakpoints there is no tool of ours either. */
static int
disarm_bps(void)
{
	int id = tool;

	if (!armed)
		return 0;
	armed = false;
	if (forget_codes() < 0 || set_events(id, NULL, 0) < 0 ||
	    register_callbacks(id, false) < 0)
		return -1;
	tool = -1;
	return CALL("free_tool_id", "i", id);
}

static int
arm_bps(void)
{
	if (armed && generation == pd_bp_generation)
		return 0;
	if (!armed && (take_tool() < 0 ||
	    register_callbacks(tool, true) < 0))
		return -1;
	armed = true;
	generation = pd_bp_generation;
	if (forget_codes() < 0 ||
	    set_events(tool, NULL, ev_start | ev_resume) < 0 ||
	    CALL("restart_events", NULL) < 0)
		return -1;
	/* The frames that run now have started before we looked. */
	return pd_thread_each_code(meet);
}

/* The program wants all tools, or some such thing. */
static void
give_up(void)
{
	PyErr_Clear();
	pd_serve_notice("the program has taken all tools of sys.monitoring: "
	    "with breakpoints it runs slower from here on");
	pd_backend = &pd_backend_trace;
}

void
pd_monitor_leave(int id)
{
	if (!armed || id != tool)
		return;
	leaving = id;
	if (disarm_bps() < 0)
		PyErr_Clear();
	if (arm_bps() < 0) {
		give_up();
		if (pd_trace_all() < 0)
			PyErr_Clear();
	}
	leaving = -1;
}

static int
monitor_arm(bool steps, bool bps)
{
	bool stepped;

	if (!bps && disarm_bps() < 0)
		return -1;
	if (bps && arm_bps() < 0) {
		give_up();
		return pd_backend->arm(steps, bps);
	}
	stepped = pd_trace_is_on(PyThreadState_Get());
	if (pd_trace_steps(steps) < 0)
		return -1;
	/* The hook has lines of its own, and gave us ours back. */
	if (stepped && !steps)
		PD_VEC_EACH(&armed_codes, PyObject *, code)
			narrow(*code);
	return 0;
}

/* Is the event also ours that the trace hook is in? */
static bool
monitor_follows(const struct pd_at *at)
{
	return armed && (pd_compat_event_tools(at->frame) & 1 << tool) != 0;
}

const struct pd_backend pd_backend_monitor = {
	.name = "monitoring",
	.init = monitor_init,
	.arm = monitor_arm,
	.follows = monitor_follows,
};

#else

static int
monitor_init(void)
{
	return -1;
}

const struct pd_backend pd_backend_monitor = {
	.name = "monitoring",
	.init = monitor_init,
};

#endif
