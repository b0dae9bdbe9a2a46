/*
 * target/core-export: a core as JSON.
 *
 * For --export json.  Everything that is no object, and of each frame its
 * variables as texts.  Bytes that are no UTF-8 (lone surrogates, file names)
 * are written as U+FFFD: JSON has no other way.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "target/core-room.h"

#define VALUE_MAX	1000u	/* bytes of a variable's text */

/* The longest piece from p on that is UTF-8. */
static size_t
good_utf8(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0;

	while (i < n) {
		size_t len = p[i] < 0x80 ? 1 : p[i] >= 0xc2 && p[i] < 0xe0 ?
		    2 : p[i] >= 0xe0 && p[i] < 0xf0 ? 3 : p[i] >= 0xf0 &&
		    p[i] < 0xf5 ? 4 : 0;

		if (len == 0 || len > n - i)
			return i;
		for (size_t k = 1; k < len; k++)
			if ((p[i + k] & 0xc0) != 0x80)
				return i;
		if ((p[i] == 0xe0 && p[i + 1] < 0xa0) ||
		    (p[i] == 0xed && p[i + 1] >= 0xa0) ||
		    (p[i] == 0xf0 && p[i + 1] < 0x90) ||
		    (p[i] == 0xf4 && p[i + 1] >= 0x90))
			return i;
		i += len;
	}
	return i;
}

static json_t *
text(const struct pd_str *s)
{
	struct pd_buf b = { 0 };
	const char *p = pd_str_c(s);
	size_t left = s->n;
	json_t *j;

	if (s->s == NULL)
		return json_null();
	while (left > 0) {
		size_t n = good_utf8(p, left);

		pd_buf_add(&b, p, n);
		p += n;
		left -= n;
		if (left > 0) {
			pd_buf_adds(&b, "\xef\xbf\xbd");
			p++;
			left--;
		}
	}
	j = json_stringn(pd_buf_c(&b), b.n);
	pd_buf_done(&b);
	return j;
}

static json_t *
number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

static json_t *
texts(const struct pd_vec *v)
{
	json_t *list = json_array();

	PD_VEC_EACH(v, struct pd_str, s)
		json_array_append_new(list, text(s));
	return list;
}

static void
put_head(json_t *top, struct pd_coretarget *c)
{
	const struct pd_core_head *h = pd_core_store_head(c->store);
	struct pd_str when = pd_target_core_when(h);

	json_object_set_new(top, "writer", text(&h->writer));
	json_object_set_new(top, "written", text(&when));
	json_object_set_new(top, "script", text(&h->script));
	json_object_set_new(top, "argv", texts(&h->argv));
	json_object_set_new(top, "cwd", text(&h->cwd));
	json_object_set_new(top, "pid", number(h->pid));
	json_object_set_new(top, "python", text(&h->version));
	json_object_set_new(top, "python_text", text(&h->version_text));
	json_object_set_new(top, "executable", text(&h->executable));
	json_object_set_new(top, "platform", text(&h->platform));
	json_object_set_new(top, "host", text(&h->host));
	json_object_set_new(top, "environment", texts(&h->env));
	json_object_set_new(top, "path", texts(&h->path));
	json_object_set_new(top, "output", text(&h->output));
	json_object_set_new(top, "objects", number(pd_core_store_count(
	    c->store, PD_CORE_T_OBJECT)));
	json_object_set_new(top, "whole", json_boolean(
	    pd_core_store_end(c->store) != NULL &&
	    pd_core_store_end(c->store)->cut == 0 &&
	    pd_core_store_damaged(c->store) == 0));
	pd_str_done(&when);
}

static json_t *
variables(struct pd_target *t, uint64_t index)
{
	struct pd_vars_req req = { .frame = index, .which = PD_VARS_LOCALS,
	    .max = VALUE_MAX };
	struct pd_vars vars = { 0 };
	json_t *all = json_object();

	if (pd_core_do_vars(t, &req, &vars, NULL) == 0)
		PD_VEC_EACH(&vars.vars, struct pd_var, v) {
			json_t *name = text(&v->name);

			json_object_set_new(all, json_string_value(name),
			    text(&v->value.text));
			json_decref(name);
		}
	pd_rec_done(&pd_vars_desc, &vars);
	return all;
}

/* The frames of the stack that c looks at. */
static json_t *
frames(struct pd_coretarget *c)
{
	json_t *list = json_array();

	for (uint64_t i = 0; i < c->count; i++) {
		struct pd_frame f = { 0 };
		json_t *o = json_object();
		bool there = pd_core_frame_record(c, c->first + i, i, &f);

		json_object_set_new(o, "file", text(&f.file));
		json_object_set_new(o, "line", number(f.line));
		json_object_set_new(o, "function", text(&f.func));
		json_object_set_new(o, "source", text(&f.source));
		if (!f.is_module && there)
			json_object_set_new(o, "locals",
			    variables(&c->target, i));
		json_array_append_new(list, o);
		pd_rec_done(&pd_frame_desc, &f);
		if (!there)
			break;
	}
	return list;
}

static json_t *
exception(struct pd_coretarget *c, uint64_t place)
{
	const struct pd_core_listed *from = PD_VEC_AT(&c->excs,
	    struct pd_core_listed, place);
	struct pd_exceptions_req req = { .select = true, .index = place };
	struct pd_exceptions none = { 0 };
	struct pd_core_exc x = { 0 };
	json_t *o = json_object();

	if (pd_core_store_rec(c->store, PD_CORE_T_EXC, from->number,
	    &pd_core_exc_desc, &x, NULL) == 0) {
		struct pd_str repr = pd_core_exception_text(c, &x);

		json_object_set_new(o, "type", text(&x.type));
		json_object_set_new(o, "text", text(&x.text));
		json_object_set_new(o, "repr", text(&repr));
		json_object_set_new(o, "notes", texts(&x.notes));
		pd_str_done(&repr);
	}
	if (c->target.ops->exceptions(&c->target, &req, &none, NULL) == 0)
		json_object_set_new(o, "frames", frames(c));
	pd_rec_done(&pd_core_exc_desc, &x);
	return o;
}

/* The raised one in front, what led to it behind, then what groups hold. */
static uint64_t
place_of(const struct pd_coretarget *c, uint64_t i)
{
	return i < c->chain ? c->chain - 1 - i : i;
}

static json_t *
exceptions(struct pd_coretarget *c)
{
	json_t *list = json_array();

	for (size_t i = 0; i < c->excs.n; i++) {
		const struct pd_core_listed *from = PD_VEC_AT(&c->excs,
		    struct pd_core_listed, place_of(c, i));
		json_t *o = exception(c, place_of(c, i));

		if (from->of != 0)
			json_object_set_new(o, from->member ? "in" : "led_to",
			    json_integer((json_int_t)place_of(c,
			    from->of - 1)));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *
threads(struct pd_coretarget *c)
{
	struct pd_nothing nothing = { 0 };
	struct pd_threads all = { 0 };
	json_t *list = json_array();

	c->target.ops->threads(&c->target, &nothing, &all, NULL);
	PD_VEC_EACH(&all.threads, struct pd_thread, t) {
		struct pd_thread_req req = { .thread = t->id };
		struct pd_thread one = { 0 };
		json_t *o = json_object();

		json_object_set_new(o, "id", number(t->id));
		json_object_set_new(o, "name", text(&t->name));
		json_object_set_new(o, "current", json_boolean(t->current));
		if (c->target.ops->thread(&c->target, &req, &one, NULL) == 0) {
			json_object_set_new(o, "frames", frames(c));
			json_object_set_new(o, "exceptions", exceptions(c));
		}
		json_array_append_new(list, o);
		pd_rec_done(&pd_thread_desc, &one);
	}
	pd_rec_done(&pd_threads_desc, &all);
	return list;
}

static json_t *
modules(struct pd_coretarget *c)
{
	json_t *list = json_array();
	uint64_t n = 0;

	while ((n = pd_core_store_next(c->store, PD_CORE_T_MODULE,
	    n + 1)) != 0) {
		struct pd_core_module m = { 0 };
		json_t *o = json_object();

		if (pd_core_store_rec(c->store, PD_CORE_T_MODULE, n,
		    &pd_core_module_desc, &m, NULL) == 0) {
			json_object_set_new(o, "name", text(&m.name));
			json_object_set_new(o, "file", text(&m.file));
			json_object_set_new(o, "version", text(&m.version));
		}
		json_array_append_new(list, o);
		pd_rec_done(&pd_core_module_desc, &m);
	}
	return list;
}

int
pd_target_core_json(struct pd_target *t, struct pd_buf *out,
    struct pd_err *err)
{
	struct pd_coretarget *c = pd_core_of(t);
	json_t *top = json_object();
	char *all;

	put_head(top, c);
	json_object_set_new(top, "threads", threads(c));
	json_object_set_new(top, "modules", modules(c));
	pd_core_store_trim(c->store);
	all = json_dumps(top, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	json_decref(top);
	if (all == NULL)
		return pd_err_set(err, "%s: cannot be written as JSON",
		    pd_str_c(&c->file));
	pd_buf_adds(out, all);
	pd_buf_addc(out, '\n');
	free(all);
	return 0;
}
