/*
 * `await` at the prompt of a coroutine's frame.
 *
 * The frame is in the middle of its task, and its event loop is in the middle
 * of running that task.  So the loop is told that it is not running, runs
 * until the awaited thing is done, other tasks with it, and is put back as it
 * was.  Called by eval.c under a guard: what the other tasks come upon
 * meanwhile stops nowhere.
 */
#include "engine/engine.h"

#include "engine/compat-eval.h"
#include "engine/eval.h"

/*
 * The loop's _run_once() goes on after this with as many handles as it had
 * counted before; those that ran in here are replaced by cancelled ones.
 */
static const char drive_text[] =
    "def drive(coro, sys):\n"
    "    events = sys.modules.get('asyncio.events')\n"
    "    loop = events and events._get_running_loop()\n"
    "    if loop is None:\n"
    "        try:\n"
    "            coro.send(None)\n"
    "        except StopIteration as e:\n"
    "            return e.value\n"
    "        coro.close()\n"
    "        raise RuntimeError('await: no event loop of asyncio is '\n"
    "                           'running in this thread')\n"
    "    if not hasattr(loop, '_run_once'):\n"
    "        coro.close()\n"
    "        raise RuntimeError('await: this kind of event loop cannot '\n"
    "                           'be run from within')\n"
    "    tasks = sys.modules['asyncio.tasks']\n"
    "    task = tasks.current_task(loop)\n"
    "    ready = len(loop._ready)\n"
    "    state = loop._thread_id, loop._stopping\n"
    "    hooks = sys.get_asyncgen_hooks()\n"
    "    if task is not None:\n"
    "        tasks._leave_task(loop, task)\n"
    "    loop._thread_id = None\n"
    "    events._set_running_loop(None)\n"
    "    try:\n"
    "        return loop.run_until_complete(coro)\n"
    "    finally:\n"
    "        loop._thread_id, loop._stopping = state\n"
    "        events._set_running_loop(loop)\n"
    "        sys.set_asyncgen_hooks(*hooks)\n"
    "        if task is not None:\n"
    "            tasks._enter_task(loop, task)\n"
    "        while len(loop._ready) < ready:\n"
    "            handle = events.Handle(id, (), loop)\n"
    "            handle.cancel()\n"
    "            loop._ready.append(handle)\n";

static PyObject *drive;		/* owned: the function, once made */

static int
make_drive(void)
{
	PD_OWNED name = PyUnicode_FromString("<pydbg await>");
	PD_OWNED ns = PyDict_New();
	PD_OWNED code = NULL;
	PD_OWNED r = NULL;

	if (name == NULL || ns == NULL || PyDict_SetItemString(ns,
	    "__builtins__", PyEval_GetBuiltins()) < 0)
		return -1;
	code = pd_compile_utf8(drive_text, name, Py_file_input, 0);
	if (code == NULL)
		return -1;
	r = PyEval_EvalCode(code, ns, ns);
	if (r == NULL)
		return -1;
	drive = Py_XNewRef(PyDict_GetItemString(ns, "drive"));
	return drive == NULL ? -1 : 0;
}

PyObject *
pd_await_run(PyObject *coro)
{
	PD_OWNED name = PyUnicode_FromString("sys");
	PD_OWNED sys = name == NULL ? NULL : PyImport_GetModule(name);
	PyObject *r = NULL;

	if (sys != NULL && (drive != NULL || make_drive() == 0))
		r = PyObject_CallFunctionObjArgs(drive, coro, sys, NULL);
	else if (!PyErr_Occurred())
		PyErr_SetString(PyExc_RuntimeError, "await: there is no sys");
	Py_DECREF(coro);
	return r;
}

bool
pd_await_is(PyObject *code)
{
	return PyCode_Check(code) &&
	    (((PyCodeObject *)code)->co_flags & CO_COROUTINE) != 0;
}

static bool
is_async(PyFrameObject *f)
{
	PyCodeObject *co = PyFrame_GetCode(f);
	bool r = (co->co_flags & (CO_COROUTINE | CO_ASYNC_GENERATOR)) != 0;

	Py_DECREF(co);
	return r;
}

PyObject *
pd_await_compile(PyFrameObject *f, PyObject *text, int start)
{
	PyObject *t, *v, *tb, *code;

	code = pd_compile_str(text, start, 0);
	if (code != NULL || !PyErr_ExceptionMatches(PyExc_SyntaxError) ||
	    !is_async(f))
		return code;
	PyErr_Fetch(&t, &v, &tb);
	code = pd_compile_str(text, start, PyCF_ALLOW_TOP_LEVEL_AWAIT);
	if (code != NULL && pd_await_is(code)) {
		Py_XDECREF(t);
		Py_XDECREF(v);
		Py_XDECREF(tb);
		return code;
	}
	Py_CLEAR(code);
	PyErr_Restore(t, v, tb);
	return NULL;
}
