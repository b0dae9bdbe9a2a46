/*
 * model/field: what follows from a record's description.
 *
 * For both processes and for cores.  Walks records by their tables; knows
 * none by name.  Depth is the tables' depth: they do not refer to themselves.
 */
#include "model/field.h"

#include <string.h>

#include "base/err.h"

static const void *
at(const void *rec, const struct pd_field *f)
{
	return (const char *)rec + f->off;
}

static void *
at_mut(void *rec, const struct pd_field *f)
{
	return (char *)rec + f->off;
}

size_t
pd_field_item_size(const struct pd_field *f)
{
	switch (f->type) {
	case PD_T_VEC:
		return f->desc->size;
	case PD_T_STRVEC:
		return sizeof(struct pd_str);
	case PD_T_U64VEC:
		return sizeof(uint64_t);
	default:
		return 0;
	}
}

/* ---- done ---------------------------------------------------------------- */

static void
vec_done(const struct pd_field *f, struct pd_vec *vec)
{
	if (f->type == PD_T_STRVEC)
		PD_VEC_EACH(vec, struct pd_str, s)
			pd_str_done(s);
	if (f->type == PD_T_VEC)
		for (size_t i = 0; i < vec->n; i++)
			pd_rec_done(f->desc,
			    (char *)vec->v + i * f->desc->size);
	pd_vec_done(vec);
}

void
pd_rec_done(const struct pd_desc *desc, void *rec)
{
	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];

		switch (f->type) {
		case PD_T_STR:
			pd_str_done(at_mut(rec, f));
			break;
		case PD_T_REC:
			pd_rec_done(f->desc, at_mut(rec, f));
			break;
		case PD_T_VEC:
		case PD_T_STRVEC:
		case PD_T_U64VEC:
			vec_done(f, at_mut(rec, f));
			break;
		case PD_T_BOOL:
		case PD_T_U64:
		case PD_T_I64:
			break;
		}
	}
	memset(rec, 0, desc->size);
}

/* ---- copy ---------------------------------------------------------------- */

static void
vec_copy(const struct pd_field *f, struct pd_vec *dst,
    const struct pd_vec *src)
{
	size_t size = pd_field_item_size(f);

	for (size_t i = 0; i < src->n; i++) {
		const void *from = (const char *)src->v + i * size;
		void *to = pd_vec_push(dst, size);

		if (f->type == PD_T_VEC)
			pd_rec_copy(f->desc, to, from);
		else if (f->type == PD_T_STRVEC)
			*(struct pd_str *)to = pd_str_dup(from);
		else
			memcpy(to, from, size);
	}
}

static void
field_copy(const struct pd_field *f, void *to, const void *from)
{
	switch (f->type) {
	case PD_T_BOOL:
		memcpy(to, from, sizeof(bool));
		break;
	case PD_T_U64:
	case PD_T_I64:
		memcpy(to, from, sizeof(uint64_t));
		break;
	case PD_T_STR:
		*(struct pd_str *)to = pd_str_dup(from);
		break;
	case PD_T_REC:
		pd_rec_copy(f->desc, to, from);
		break;
	case PD_T_VEC:
	case PD_T_STRVEC:
	case PD_T_U64VEC:
		vec_copy(f, to, from);
		break;
	}
}

void
pd_rec_copy(const struct pd_desc *desc, void *dst, const void *src)
{
	if (dst == src) {
		PD_BUG("%s copied onto itself", desc->name);
		return;
	}
	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];

		field_copy(f, at_mut(dst, f), at(src, f));
	}
}

/* ---- equal, zero --------------------------------------------------------- */

static bool
str_equal(const struct pd_str *a, const struct pd_str *b)
{
	if (a->s == NULL || b->s == NULL)
		return a->s == NULL && b->s == NULL;
	return a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
}

static bool
vec_equal(const struct pd_field *f, const struct pd_vec *a,
    const struct pd_vec *b)
{
	size_t size = pd_field_item_size(f);

	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const void *x = (const char *)a->v + i * size;
		const void *y = (const char *)b->v + i * size;
		bool same;

		if (f->type == PD_T_VEC)
			same = pd_rec_equal(f->desc, x, y);
		else if (f->type == PD_T_STRVEC)
			same = str_equal(x, y);
		else
			same = memcmp(x, y, size) == 0;
		if (!same)
			return false;
	}
	return true;
}

static bool
field_equal(const struct pd_field *f, const void *a, const void *b)
{
	switch (f->type) {
	case PD_T_BOOL:
		return *(const bool *)a == *(const bool *)b;
	case PD_T_U64:
	case PD_T_I64:
		return memcmp(a, b, sizeof(uint64_t)) == 0;
	case PD_T_STR:
		return str_equal(a, b);
	case PD_T_REC:
		return pd_rec_equal(f->desc, a, b);
	case PD_T_VEC:
	case PD_T_STRVEC:
	case PD_T_U64VEC:
		return vec_equal(f, a, b);
	}
	return false;
}

bool
pd_rec_equal(const struct pd_desc *desc, const void *a, const void *b)
{
	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];

		if (!field_equal(f, at(a, f), at(b, f)))
			return false;
	}
	return true;
}

bool
pd_field_is_zero(const struct pd_field *f, const void *rec)
{
	const void *p = at(rec, f);

	switch (f->type) {
	case PD_T_BOOL:
		return !*(const bool *)p;
	case PD_T_U64:
	case PD_T_I64:
		return *(const uint64_t *)p == 0;
	case PD_T_STR:
		return ((const struct pd_str *)p)->s == NULL;
	case PD_T_REC:
		for (size_t i = 0; i < f->desc->n; i++)
			if (!pd_field_is_zero(&f->desc->fields[i], p))
				return false;
		return true;
	case PD_T_VEC:
	case PD_T_STRVEC:
	case PD_T_U64VEC:
		return ((const struct pd_vec *)p)->n == 0;
	}
	return true;
}
