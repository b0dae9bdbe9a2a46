/*
 * Differences between Python versions that reading and evaluating meet.
 *
 * For the files about frames, values, evaluation, source and locations; the
 * rest of the version knowledge is in compat.[ch].  Public API only.
 */
#ifndef PD_ENGINE_COMPAT_EVAL_H
#define PD_ENGINE_COMPAT_EVAL_H

#include "engine/engine.h"

/* pdb.py of 3.13 and later: break goes to the first executable line,
 * lookupmodule takes dotted names. */
#define PD_PDB_313		(PY_VERSION_HEX >= 0x030d0000)

/* The fields of f-strings are tokens: a quote in one does not end it. */
#define PD_FSTRINGS_ARE_TOKENS	(PY_VERSION_HEX >= 0x030c0000)

/* linecache of 3.14 and later has the lines of frozen modules. */
#define PD_FROZEN_HAS_LINES	(PY_VERSION_HEX >= 0x030e0000)

/* Lib/traceback.py: suggestions in TracebackException since 3.12 (before that
 * only the interpreter's own printer had them); since 3.13 names with a
 * leading underscore are left out and the import hint is a question; notes
 * that are a str are no list of notes since 3.12. */
#define PD_TB_SUGGESTS		(PY_VERSION_HEX >= 0x030c0000)
#define PD_TB_HIDES_UNDERSCORE	(PY_VERSION_HEX >= 0x030d0000)
#define PD_TB_IMPORT_QUESTION	(PY_VERSION_HEX >= 0x030d0000)
#define PD_TB_STR_NOTES		(PY_VERSION_HEX < 0x030c0000)
#define PD_TB_NOTES_ERRORS	(PY_VERSION_HEX >= 0x030d0000)
/* The candidates' limits of the two implementations that traceback uses:
 * its own in 3.12, _suggestions in 3.13. */
#define PD_TB_SUGGEST_C		(PY_VERSION_HEX >= 0x030d0000)

/* To 3.12 a function's locals are a dict, a copy that is to be written
 * back; later a proxy that writes through. */
#define PD_LOCALS_ARE_COPIED	(PY_VERSION_HEX < 0x030d0000)

/* New reference: a mapping of the frame's locals, brought up to date. */
static inline PyObject *
pd_compat_locals(PyFrameObject *f)
{
#if PY_VERSION_HEX < 0x030d0000
	if (PyFrame_FastToLocalsWithError(f) < 0)
		return NULL;
#endif
	return PyFrame_GetLocals(f);
}

/* Where they are copied: writes the dict back to the frame's variables; one
 * that is no longer in the dict becomes unbound. Keeps the exception. */
static inline void
pd_compat_locals_store(PyFrameObject *f)
{
#if PY_VERSION_HEX < 0x030d0000
	PyFrame_LocalsToFast(f, 1);
#else
	(void)f;
#endif
}

/* Room for calls of ours where the program is at its limit of recursion: n
 * more, or with -n as before. */
static inline void
pd_compat_recursion_room(PyThreadState *ts, int n)
{
#if PY_VERSION_HEX < 0x030c0000
	ts->recursion_remaining += n;
#else
	ts->py_recursion_remaining += n;
#if PY_VERSION_HEX < 0x030e0000
	ts->c_recursion_remaining += n;
#endif
#endif
}

/* The exception for source text with a NUL: SyntaxError since 3.11.4. */
static inline PyObject *
pd_compat_nul_error(void)
{
	return Py_Version >= 0x030b0400 ? PyExc_SyntaxError : PyExc_ValueError;
}

/* New reference: the namespace of a class itself; NULL: it has none. The
 * built-in ones keep theirs with the interpreter since 3.12. */
static inline PyObject *
pd_compat_type_dict(PyTypeObject *type)
{
#if PY_VERSION_HEX < 0x030c0000
	return Py_XNewRef(type->tp_dict);
#else
	return PyType_GetDict(type);
#endif
}

/* New reference: an instance's own attributes; NULL: it has none, or none
 * yet. Runs no code.  (One whose attributes are kept without a dict gets it
 * by this, as by vars().) */
static inline PyObject *
pd_compat_instance_dict(PyObject *o)
{
	PyObject **p = _PyObject_GetDictPtr(o);

	PyErr_Clear();
	return p != NULL ? Py_XNewRef(*p) : NULL;
}

#endif
