/*
 * CPython's internals and version differences.
 *
 * Only this file includes internal headers; nothing here knows what the
 * engine does with the answers.  Sources: Include/internal/pycore_frame.h,
 * pycore_interp.h, Python/ceval.c and Python/legacy_tracing.c of each version.
 */
#define Py_BUILD_CORE_MODULE 1

#include "engine/compat.h"

#include <internal/pycore_code.h>
#include <internal/pycore_frame.h>
#if PY_VERSION_HEX >= 0x030c0000
#include <internal/pycore_instruments.h>
#endif
#if PY_VERSION_HEX >= 0x030e0000
#include <internal/pycore_interpframe.h>
#include <internal/pycore_stackref.h>
#endif

#include <opcode.h>

#if PY_VERSION_HEX < 0x030b0000
#error "pydbg needs Python 3.11 or later"
#endif

int
pd_compat_trace_all(Py_tracefunc hook)
{
#if PY_VERSION_HEX >= 0x030c0000
	PyEval_SetTraceAllThreads(hook, NULL);
	return PyErr_Occurred() ? -1 : 0;
#else
	PyThreadState *ts;

	for (ts = PyInterpreterState_ThreadHead(PyInterpreterState_Get());
	    ts != NULL; ts = PyThreadState_Next(ts))
		if (ts->c_tracefunc != hook &&
		    _PyEval_SetTrace(ts, hook, NULL) < 0)
			return -1;
	return 0;
#endif
}

Py_tracefunc
pd_compat_trace_of(PyThreadState *ts)
{
	return ts->c_tracefunc;
}

int
pd_compat_trace_opcodes(PyFrameObject *f, bool on)
{
	PyObject *o = (PyObject *)f, *had = Py_XNewRef(f->f_trace);
	int rc = 0;

	/* 3.13 does nothing for a frame without a trace function of its own. */
	if (PY_VERSION_HEX >= 0x030d0000 && had == NULL)
		rc = PyObject_SetAttrString(o, "f_trace", Py_True);
	if (rc == 0)
		rc = PyObject_SetAttrString(o, "f_trace_opcodes",
		    on ? Py_True : Py_False);
	if (rc == 0 && had == NULL && f->f_trace != NULL)
		rc = PyObject_SetAttrString(o, "f_trace", Py_None);
	Py_XDECREF(had);
	if (rc < 0)
		return -1;
#if PY_VERSION_HEX >= 0x030c0000 && PY_VERSION_HEX < 0x030d0000
	/* 3.12 looks at what frames want only when a hook is set. */
	if (on && PyThreadState_Get()->c_tracefunc != NULL)
		PyEval_SetTrace(PyThreadState_Get()->c_tracefunc,
		    PyThreadState_Get()->c_traceobj);
#endif
	return PyErr_Occurred() ? -1 : 0;
}

#if PD_HAVE_MONITORING
unsigned
pd_compat_event_tools(PyFrameObject *f)
{
	PyCodeObject *code = PyFrame_GetCode(f);
	const _PyCoMonitoringData *m = code->_co_monitoring;
	PyObject *bytes = PyCode_GetCode(code);
	int at = PyFrame_GetLasti(f);
	const unsigned char *op;
	unsigned tools = 0;

	Py_DECREF(code);		/* the frame holds it */
	if (bytes == NULL)
		PyErr_Clear();
	if (bytes == NULL || m == NULL || at < 0 ||
	    at >= PyBytes_GET_SIZE(bytes)) {
		Py_XDECREF(bytes);
		return 0;
	}
	op = (const unsigned char *)PyBytes_AS_STRING(bytes) + at;
	/* Where it begins a line the event is the line's. */
	if (*op == JUMP_BACKWARD && at > 0 &&
	    PyCode_Addr2Line(code, at - 2) == PyCode_Addr2Line(code, at))
		tools = m->tools != NULL ? m->tools[at / 2] :
		    m->active_monitors.tools[PY_MONITORING_EVENT_JUMP];
	else
		tools = m->line_tools != NULL ? m->line_tools[at / 2] :
		    m->active_monitors.tools[PY_MONITORING_EVENT_LINE];
	Py_DECREF(bytes);
	return tools;
}
#endif

#if PD_HAVE_MONITORING
#if PY_VERSION_HEX >= 0x030e0000
#define LINE_OPCODE(m, i) ((m)->lines->data[(i) * (m)->lines->bytes_per_entry])
#else
#define LINE_OPCODE(m, i) ((m)->lines[i].original_opcode)
#endif

/* As de_instrument_line() in Python/instrumentation.c, but only what is
 * understood: base is the opcode without any events. */
static void
drop_line_event(PyCodeObject *code, Py_ssize_t i, int base)
{
	uint8_t *op = &_PyCode_CODE(code)[i].op.code;
	int under = LINE_OPCODE(code->_co_monitoring, i);

	if (*op == INSTRUMENTED_LINE && (under == base ||
	    (under == INSTRUMENTED_JUMP_BACKWARD && base == JUMP_BACKWARD) ||
	    (under == INSTRUMENTED_JUMP_FORWARD && base == JUMP_FORWARD)))
		*op = (uint8_t)under;
}

void
pd_compat_keep_lines(PyCodeObject *code, int tool, const struct pd_vec *lines)
{
	_PyCoMonitoringData *m = code->_co_monitoring;
	PyObject *bytes = PyCode_GetCode(code);
	const unsigned char *base;
	uint8_t bit = (uint8_t)(1 << tool);

	if (bytes == NULL)
		PyErr_Clear();
	if (bytes == NULL || m == NULL || m->lines == NULL) {
		Py_XDECREF(bytes);
		return;
	}
	base = (const unsigned char *)PyBytes_AS_STRING(bytes);
	for (Py_ssize_t i = 0; i < PyBytes_GET_SIZE(bytes) / 2; i++) {
		uint8_t tools = m->line_tools != NULL ? m->line_tools[i] :
		    m->active_monitors.tools[PY_MONITORING_EVENT_LINE];

		/* Zero: no line begins there.  (255: none of events.) */
		if (LINE_OPCODE(m, i) == 0 || LINE_OPCODE(m, i) == 255 ||
		    (tools & bit) == 0 || pd_compat_is_among(
		    PyCode_Addr2Line(code, (int)i * 2), lines))
			continue;
		if (m->line_tools != NULL)
			m->line_tools[i] &= (uint8_t)~bit;
		if (tools == bit)
			drop_line_event(code, i, base[2 * i]);
	}
	Py_DECREF(bytes);
}
#endif

bool
pd_compat_is_among(long line, const struct pd_vec *lines)
{
	PD_VEC_EACH(lines, int, l)
		if (*l == line)
			return true;
	return false;
}

void
pd_compat_eval_hook(pd_eval_fn fn)
{
	_PyInterpreterState_SetEvalFrameFunc(PyInterpreterState_Get(),
	    fn != NULL ? fn : _PyEval_EvalFrameDefault);
}

PyObject *
pd_compat_eval_default(PyThreadState *ts, struct _PyInterpreterFrame *f,
    int throwing)
{
	return _PyEval_EvalFrameDefault(ts, f, throwing);
}

/* Borrowed: what a frame executes; not always a code object. */
static PyObject *
executable(struct _PyInterpreterFrame *f)
{
#if PY_VERSION_HEX >= 0x030e0000
	return PyStackRef_IsNull(f->f_executable) ? NULL :
	    PyStackRef_AsPyObjectBorrow(f->f_executable);
#elif PY_VERSION_HEX >= 0x030d0000
	return f->f_executable;
#else
	return (PyObject *)f->f_code;
#endif
}

PyObject *
pd_compat_iframe_code(struct _PyInterpreterFrame *f)
{
	PyObject *code = executable(f);

	return code != NULL && PyCode_Check(code) ? code : NULL;
}

PyObject *
pd_compat_iframe_globals(struct _PyInterpreterFrame *f)
{
	PyObject *globals = f->f_globals;

	return globals != NULL && PyDict_Check(globals) ? globals : NULL;
}

struct _PyInterpreterFrame *
pd_compat_iframe_now(PyThreadState *ts)
{
#if PY_VERSION_HEX >= 0x030d0000
	return ts->current_frame;
#else
	return ts->cframe->current_frame;
#endif
}

struct _PyInterpreterFrame *
pd_compat_iframe_of(PyFrameObject *f)
{
	return f->f_frame;
}

PyObject *
pd_compat_iframe_local(struct _PyInterpreterFrame *f, PyCodeObject *code,
    int slot)
{
	const char *kinds = PyBytes_AS_STRING(code->co_localspluskinds);
	PyObject *o;

#if PY_VERSION_HEX >= 0x030e0000
	o = PyStackRef_IsNull(f->localsplus[slot]) ? NULL :
	    PyStackRef_AsPyObjectBorrow(f->localsplus[slot]);
#else
	o = f->localsplus[slot];
#endif
	/* An argument that is a cell holds its value until MAKE_CELL ran. */
	if (o != NULL && (kinds[slot] & (CO_FAST_CELL | CO_FAST_FREE)) &&
	    PyCell_Check(o))
		o = PyCell_GET(o);
	return o;
}

int
pd_compat_local_slot(PyCodeObject *code, PyObject *name)
{
	PyObject *names = code->co_localsplusnames;

	for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++)
		if (PyUnicode_Compare(PyTuple_GET_ITEM(names, i), name) == 0)
			return (int)i;
	return -1;
}

PyObject *
pd_compat_iframe_locals(struct _PyInterpreterFrame *f)
{
	return f->f_locals;
}

PyObject *
pd_compat_frame_names(PyFrameObject *f)
{
	PyObject *names = f->f_frame->f_locals;

#if PY_VERSION_HEX >= 0x030d0000
	PyCodeObject *co = PyFrame_GetCode(f);

	if (co->co_flags & CO_OPTIMIZED)
		names = f->f_extra_locals;
	Py_DECREF(co);
#endif
	return names != NULL && PyDict_Check(names) ? names : NULL;
}

struct _PyInterpreterFrame *
pd_compat_gen_iframe(PyObject *o)
{
	PyGenObject *gen = (PyGenObject *)o;

	if (gen->gi_frame_state >= FRAME_COMPLETED)
		return NULL;
	return (struct _PyInterpreterFrame *)&gen->gi_iframe;
}

/* The opcodes at the frame's instruction and the one before it; -1: none. */
static void
opcodes_at(PyFrameObject *f, int *op, int *before)
{
	PyCodeObject *code = PyFrame_GetCode(f);
	PyObject *bytes = PyCode_GetCode(code);
	Py_ssize_t at = PyFrame_GetLasti(f);
	const unsigned char *p;

	*op = *before = -1;
	Py_DECREF(code);
	if (bytes == NULL) {
		PyErr_Clear();
		return;
	}
	p = (const unsigned char *)PyBytes_AS_STRING(bytes);
	if (at >= 0 && at < PyBytes_GET_SIZE(bytes)) {
		*op = p[at];
		*before = at >= 2 ? p[at - 2] : -1;
	}
	Py_DECREF(bytes);
}

bool
pd_compat_is_return(PyFrameObject *f)
{
	int op, before;

	opcodes_at(f, &op, &before);
	/* From 3.13 on the frame already points behind its yield. */
	return op != YIELD_VALUE && !(op == RESUME && before == YIELD_VALUE);
}

bool
pd_compat_is_loop_end(PyFrameObject *f, PyObject *arg)
{
#if PY_VERSION_HEX >= 0x030c0000
	PyObject *value = arg != NULL && PyTuple_Check(arg) &&
	    PyTuple_GET_SIZE(arg) > 1 ? PyTuple_GET_ITEM(arg, 1) : NULL;
	int op, before;

	if (value == NULL || !Py_IS_TYPE(value,
	    (PyTypeObject *)PyExc_StopIteration) ||
	    ((PyStopIterationObject *)value)->value != Py_None)
		return false;
	opcodes_at(f, &op, &before);
	return op == END_FOR;
#else
	(void)f;
	(void)arg;
	return false;
#endif
}

int
pd_compat_jump_begin(bool line)
{
#if PY_VERSION_HEX < 0x030c0000
	PyThreadState *ts = PyThreadState_Get();
	int was = ts->tracing_what;

	if (line)
		ts->tracing_what = PyTrace_LINE;
	return was;
#else
	(void)line;
	return 0;
#endif
}

void
pd_compat_jump_end(int was)
{
#if PY_VERSION_HEX < 0x030c0000
	PyThreadState_Get()->tracing_what = was;
#else
	(void)was;
#endif
}

void
pd_compat_fetch(PyObject *exc[3])
{
#if PY_VERSION_HEX >= 0x030c0000
	exc[1] = PyErr_GetRaisedException();
	exc[0] = exc[1] != NULL ? Py_NewRef((PyObject *)Py_TYPE(exc[1])) : NULL;
	exc[2] = exc[1] != NULL ? PyException_GetTraceback(exc[1]) : NULL;
#else
	PyErr_Fetch(&exc[0], &exc[1], &exc[2]);
	if (exc[0] != NULL) {
		PyErr_NormalizeException(&exc[0], &exc[1], &exc[2]);
		if (exc[2] != NULL)
			PyException_SetTraceback(exc[1], exc[2]);
	}
#endif
}

bool
pd_compat_crash_frame(PyThreadState *ts, PyObject **name, PyObject **func,
    int *line)
{
	struct _PyInterpreterFrame *f = pd_compat_iframe_now(ts);
	PyCodeObject *code = NULL;

	/* Frames that C code pushes have no code object: look further out. */
	for (int i = 0; f != NULL && code == NULL && i < 8; i++) {
		PyObject *o = executable(f);

		if (o != NULL && Py_IS_TYPE(o, &PyCode_Type))
			code = (PyCodeObject *)o;
		else
			f = f->previous;
	}
	if (code == NULL)
		return false;
	*name = code->co_filename;
	*func = code->co_name;
	*line = PyCode_Addr2Line(code,
	    _PyInterpreterFrame_LASTI(f) * (int)sizeof(_Py_CODEUNIT));
	return true;
}
