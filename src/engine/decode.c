/*
 * The encoding of source files: PEP 263 (cookie.c) and the byte order mark.
 *
 * Called by source.c.  Codecs that are not built in are Python's, and are
 * looked up under a guard; the program has them loaded already if it compiled
 * the same file.
 */
#include "engine/decode.h"

#include <string.h>

#include "engine/cookie.h"
#include "engine/engine.h"

static PyObject *
decode(const char *p, size_t n, const char *coding)
{
	PyObject *s = NULL;
	struct pd_guard g;

	if (coding != NULL) {
		pd_guard_enter(&g, PD_REPR_MS);
		s = PyUnicode_Decode(p, (Py_ssize_t)n, coding, "replace");
		pd_guard_leave(&g);
	}
	if (s == NULL)
		s = PyUnicode_DecodeUTF8(p, (Py_ssize_t)n, "replace");
	return s;
}

struct pd_str
pd_decode_source(const struct pd_buf *raw)
{
	PyObject *t, *v, *tb, *s;
	const char *p = raw->s == NULL ? "" : raw->s;
	struct pd_buf text = {0};
	size_t n = raw->n;
	char name[64];
	bool known = false;
	struct pd_str r;

	PyErr_Fetch(&t, &v, &tb);
	if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		p += 3;
		n -= 3;
	} else {
		known = pd_cookie_find(p, n, name);
	}
	s = decode(p, n, known ? name : NULL);
	if (s != NULL) {
		r = pd_str_from_py(s);
		pd_buf_add(&text, r.s, r.n);
		pd_str_done(&r);
		Py_DECREF(s);
	}
	PyErr_Clear();
	r = pd_decode_newlines(&text);
	pd_buf_done(&text);
	PyErr_Restore(t, v, tb);
	return r;
}
