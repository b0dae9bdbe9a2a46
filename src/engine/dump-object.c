/*
 * One object's record: its parts in their order.
 *
 * For the walk alone; see dump-room.h.  dump-kinds.c says what the record is
 * to have (a plan), dump-attrs.c collects the attributes, here both are
 * written.  Long containers go on in CHUNKs, which are queued when the
 * container is written and remember where they begin.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "engine/compat.h"
#include "engine/dump-room.h"

/* ---- items ----------------------------------------------------------- */

/* Writes n references of what runs on; what is not there is left out. */
static void
put_items(struct pd_dumper *d, struct pd_run_on *r, uint64_t n)
{
	uint64_t i = 0;
	PyObject *k, *v;

	pd_core_put_array(d->w, n);
	if (r->seq != NULL) {
		for (; i < n; i++)
			pd_dump_ref(d, r->seq[r->done + i]);
	} else if (PyDict_Check(r->o)) {
		for (; i + 1 < n && PyDict_Next(r->o, &r->pos, &k, &v);
		    i += 2) {
			pd_dump_ref(d, k);
			pd_dump_ref(d, v);
		}
	} else {
		for (; i < n && (k = pd_layout_set_next(r->o, &r->pos)) !=
		    NULL; i++)
			pd_dump_ref(d, k);
	}
	for (; i < n; i++)
		pd_core_ref_const(d->w, PD_CORE_LEFT_OUT);
	r->done += n;
}

static void
put_fixed(struct pd_dumper *d, const struct pd_plan_obj *p)
{
	pd_core_put_array(d->w, p->nitems + p->nseq);
	for (uint64_t i = 0; i < p->nitems; i++)
		pd_dump_ref_attr(d, &p->fixed[i]);
	for (uint64_t i = 0; i < p->nseq; i++)
		pd_dump_ref(d, p->seq[i]);
}

/* The container, as it is to be gone through now and in its chunks. */
static struct pd_run_on *
run_on(struct pd_dumper *d, PyObject *o, struct pd_plan_obj *p)
{
	struct pd_run_on *r = pd_xcalloc(1, sizeof(*r));

	r->o = o;
	r->seq = p->seq;
	r->owned = p->seq_owned;
	r->total = p->nitems;
	p->seq_owned = false;
	*PD_VEC_PUSH(&d->runs, struct pd_run_on *) = r;
	return r;
}

void
pd_dump_chunk(struct pd_dumper *d, struct pd_run_on *r)
{
	uint64_t n = r->total - r->done;

	if (n > PD_CORE_CHUNK_ITEMS)
		n = PD_CORE_CHUNK_ITEMS;
	pd_core_obj_begin(d->w, PD_CORE_CHUNK, 0, 0, 0, PD_CORE_P_ITEMS);
	put_items(d, r, n);
	pd_core_obj_end(d->w);
}

/* ---- values, attributes ---------------------------------------------- */

static void
put_value(struct pd_dumper *d, const struct pd_plan_obj *p)
{
	switch (p->value) {
	case PD_V_NONE:
		break;
	case PD_V_INT:
		pd_core_put_int(d->w, p->i);
		break;
	case PD_V_BIG:
		pd_core_put_bigint(d->w, p->negative, p->s, p->n);
		break;
	case PD_V_FLOAT:
		pd_core_put_float(d->w, p->f[0]);
		break;
	case PD_V_COMPLEX:
		pd_core_put_complex(d->w, p->f[0], p->f[1]);
		break;
	case PD_V_BYTES:
		pd_core_put_bytes(d->w, p->s, p->n);
		break;
	}
}

static void
put_attrs(struct pd_dumper *d)
{
	pd_core_put_array(d->w, d->nattrs * 2);
	for (size_t i = 0; i < d->nattrs; i++) {
		const struct pd_attr *a = &d->attrs[i];

		if (a->key != NULL)
			pd_dump_ref(d, a->key);
		else
			pd_core_ref_name(d->w, a->name, strlen(a->name));
		pd_dump_ref_attr(d, a);
	}
}

/* ---- objects --------------------------------------------------------- */

static void
plan_begin(struct pd_plan_obj *p)
{
	p->value = PD_V_NONE;
	p->items = PD_I_NONE;
	p->negative = false;
	p->seq = NULL;
	p->seq_owned = false;
	p->nitems = 0;
	p->nseq = 0;
	p->ntail = 0;
	p->has_total = false;
	p->has_attrs = false;
	p->dict = NULL;
	p->more_bytes = 0;
	p->cut = PD_CORE_CUT_NONE;
	p->own = (struct pd_buf){ 0 };
}

static void
put_parts(struct pd_dumper *d, PyObject *o, struct pd_plan_obj *p,
    struct pd_run_on *r, uint64_t more, uint64_t dict)
{
	struct pd_run_on now = { .o = o, .seq = p->seq };

	put_value(d, p);
	if (p->items == PD_I_FIXED)
		put_fixed(d, p);
	else if (p->items != PD_I_NONE)
		put_items(d, r != NULL ? r : &now, more != 0 ?
		    PD_CORE_CHUNK_ITEMS : p->nitems);
	if (p->has_attrs || d->nattrs > 0)
		put_attrs(d);
	if (dict != 0)
		pd_core_put_number(d->w, dict);
	if (p->has_total)
		pd_core_put_uint(d->w, p->total);
	if (more != 0)
		pd_core_put_number(d->w, more);
	if (p->cut != PD_CORE_CUT_NONE) {
		pd_core_put_uint(d->w, p->cut);
		d->cut_objects++;
	}
	if (p->ntail > 0)
		pd_core_put_bytes(d->w, p->tail, p->ntail);
}

static unsigned
parts_of(const struct pd_dumper *d, const struct pd_plan_obj *p,
    uint64_t more, uint64_t dict)
{
	return (p->value != PD_V_NONE ? PD_CORE_P_VALUE : 0u) |
	    (p->items != PD_I_NONE ? PD_CORE_P_ITEMS : 0u) |
	    (p->has_attrs || d->nattrs > 0 ? PD_CORE_P_ATTRS : 0u) |
	    (dict != 0 ? PD_CORE_P_DICT : 0u) |
	    (p->has_total ? PD_CORE_P_TOTAL : 0u) |
	    (more != 0 ? PD_CORE_P_MORE : 0u) |
	    (p->cut != PD_CORE_CUT_NONE ? PD_CORE_P_CUT : 0u) |
	    (p->ntail > 0 ? PD_CORE_P_TAIL : 0u);
}

void
pd_dump_object(struct pd_dumper *d, PyObject *o)
{
	struct pd_plan_obj p;
	const struct pd_tinfo *info;
	struct pd_run_on *r = NULL;
	uint64_t type, more = 0, dict = 0;

	plan_begin(&p);
	d->nattrs = 0;
	d->text.n = 0;
	type = pd_dump_type(d, Py_TYPE(o), &info);
	pd_dump_plan(d, o, info, &p);
	pd_dump_attrs(d, o, info, &p);
	if (p.dict != NULL)
		dict = pd_dump_id(d, p.dict);
	if (p.items != PD_I_FIXED && p.nitems > PD_CORE_CHUNK_ITEMS) {
		r = run_on(d, o, &p);
		more = pd_dump_chunks(d, r,
		    (p.nitems - 1) / PD_CORE_CHUNK_ITEMS);
		p.has_total = true;
		p.total = PyDict_Check(o) ? p.nitems / 2 : p.nitems;
	}
	pd_core_obj_begin(d->w, info->kind, type, (uintptr_t)o,
	    pd_layout_size(o) + p.more_bytes, parts_of(d, &p, more, dict));
	put_parts(d, o, &p, r, more, dict);
	pd_core_obj_end(d->w);
	if (p.seq_owned)
		free(p.seq);
	pd_buf_done(&p.own);
}

void
pd_dump_stub(struct pd_dumper *d, PyObject *o, enum pd_core_kind kind,
    enum pd_core_cut cut)
{
	const struct pd_tinfo *info;
	uint64_t type = 0;

	if (o != NULL) {
		type = pd_dump_type(d, Py_TYPE(o), &info);
		kind = info->kind;
	}
	/* All alike, they take next to nothing; addresses would. */
	pd_core_obj_begin(d->w, kind, type, 0, 0, PD_CORE_P_CUT);
	pd_core_put_uint(d->w, cut);
	pd_core_obj_end(d->w);
	d->cut_objects++;
}

/* ---- a frame's variables --------------------------------------------- */

void
pd_dump_namespace(struct pd_dumper *d, struct _PyInterpreterFrame *f)
{
	PyCodeObject *code = (PyCodeObject *)pd_compat_iframe_code(f);
	PyObject *names = code != NULL ? code->co_localsplusnames : NULL;
	Py_ssize_t n = names != NULL ? PyTuple_GET_SIZE(names) : 0;

	d->nattrs = 0;
	for (Py_ssize_t i = 0; i < n; i++) {
		PyObject *v = pd_compat_iframe_local(f, code, (int)i);
		struct pd_attr *a;

		if (v == NULL && pd_layout_slot_hidden(code, (int)i))
			continue;
		a = pd_dump_attr(d, NULL, v);
		a->key = PyTuple_GET_ITEM(names, i);
	}
	pd_core_obj_begin(d->w, PD_CORE_NAMESPACE, 0, 0, 0, PD_CORE_P_ATTRS);
	put_attrs(d);
	pd_core_obj_end(d->w);
}
