/*
 * model/field and model/records: copying, comparing, freeing, dumping by
 * description, and that each description covers its record whole.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "model/records.h"
#include "randrec.h"
#include "tap.h"

static size_t
type_size(const struct pd_field *f)
{
	switch (f->type) {
	case PD_T_BOOL:
		return sizeof(bool);
	case PD_T_U64:
	case PD_T_I64:
		return sizeof(uint64_t);
	case PD_T_STR:
		return sizeof(struct pd_str);
	case PD_T_REC:
		return f->desc->size;
	default:
		return sizeof(struct pd_vec);
	}
}

static size_t
type_align(const struct pd_field *f)
{
	return f->type == PD_T_BOOL ? 1 : _Alignof(uint64_t);
}

static size_t
round_up(size_t n, size_t align)
{
	return (n + align - 1) / align * align;
}

/* A member that nobody described would be a hole wider than padding. */
static bool
covers(const struct pd_desc *desc)
{
	size_t end = 0, align = 1;

	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];

		if (f->off != round_up(end, type_align(f))) {
			tap_note("%s: something in front of %s has no row",
			    desc->name, f->name);
			return false;
		}
		end = f->off + type_size(f);
		if (type_align(f) > align)
			align = type_align(f);
	}
	return round_up(end, align) == desc->size;
}

static bool
keys_ascend(const struct pd_desc *desc)
{
	unsigned last = 0;

	for (size_t i = 0; i < desc->n; i++) {
		if (desc->fields[i].key <= last)
			return false;
		last = desc->fields[i].key;
	}
	return true;
}

static void
test_tables(void)
{
	for (size_t i = 0; all_descs[i] != NULL; i++) {
		tap_ok(covers(all_descs[i]), "%s: every member has its row",
		    all_descs[i]->name);
		tap_ok(keys_ascend(all_descs[i]), "%s: keys ascend",
		    all_descs[i]->name);
	}
}

static bool
all_bytes_zero(const void *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((const char *)p)[i] != 0)
			return false;
	return true;
}

static void
test_random(const struct pd_desc *desc)
{
	struct rnd r = { .state = 7 };
	void *a = pd_xcalloc(1, desc->size), *b = pd_xcalloc(1, desc->size);
	bool same = true, zeroed = true, dumps = true;

	for (int i = 0; i < 200; i++) {
		struct pd_buf x = { 0 }, y = { 0 };

		rnd_record(&r, desc, a);
		pd_rec_copy(desc, b, a);
		same = same && pd_rec_equal(desc, a, b);
		pd_rec_dump(desc, a, &x);
		pd_rec_done(desc, a);
		pd_rec_dump(desc, b, &y);
		dumps = dumps && strcmp(x.s, y.s) == 0 &&
		    strchr(x.s, '\n') == NULL && x.n == strlen(x.s);
		pd_rec_done(desc, b);
		zeroed = zeroed && all_bytes_zero(a, desc->size) &&
		    all_bytes_zero(b, desc->size);
		pd_buf_done(&x);
		pd_buf_done(&y);
	}
	tap_ok(same, "%s: a copy is equal", desc->name);
	tap_ok(dumps, "%s: a copy outlives the original", desc->name);
	tap_ok(zeroed, "%s: done leaves zero", desc->name);
	free(a);
	free(b);
}

/* Each member by itself makes records differ, and is_zero sees it. */
static void
test_differ(void)
{
	struct pd_sample zero = { 0 };

	for (size_t i = 0; i < pd_sample_desc.n; i++) {
		const struct pd_field *f = &pd_sample_desc.fields[i];
		struct pd_sample s = { 0 };
		struct rnd r = { .state = 3 };

		do {
			struct pd_desc one = { .name = "one",
				.size = sizeof(s), .fields = f, .n = 1 };

			pd_rec_done(&one, &s);
			rnd_record(&r, &one, &s);
		} while (pd_field_is_zero(f, &s));
		tap_ok(!pd_rec_equal(&pd_sample_desc, &s, &zero) &&
		    !pd_rec_equal(&pd_sample_desc, &zero, &s),
		    "%s makes a difference", f->name);
		pd_rec_done(&pd_sample_desc, &s);
	}
	for (size_t i = 0; i < pd_sample_desc.n; i++)
		tap_ok(pd_field_is_zero(&pd_sample_desc.fields[i], &zero),
		    "%s is zero", pd_sample_desc.fields[i].name);
}

static void
test_absent(void)
{
	struct pd_text a = { 0 }, b = { .text = pd_str_from("") };

	tap_ok(!pd_rec_equal(&pd_text_desc, &a, &b),
	    "absent and empty differ");
	pd_rec_copy(&pd_text_desc, &a, &b);
	tap_ok(a.text.s != NULL && a.text.s != b.text.s && a.text.n == 0,
	    "a copy of the empty string is empty, not absent");
	pd_rec_done(&pd_text_desc, &a);
	pd_rec_done(&pd_text_desc, &b);
}

static void
test_dump(void)
{
	struct pd_sample s = { .flag = true, .u = 7, .i = -3,
		.s = pd_str_new("a\"\0\n\xff", 5), .in.num = 1 };
	struct pd_buf out = { 0 };

	PD_VEC_PUSH(&s.recs, struct pd_inner)->num = 2;
	PD_VEC_PUSH(&s.recs, struct pd_inner);
	*PD_VEC_PUSH(&s.strs, struct pd_str) = pd_str_from("x");
	PD_VEC_PUSH(&s.strs, struct pd_str);
	*PD_VEC_PUSH(&s.nums, uint64_t) = UINT64_MAX;
	pd_rec_dump(&pd_sample_desc, &s, &out);
	tap_is_str(pd_buf_c(&out), "pd_sample{flag=true u=7 i=-3 "
	    "s=\"a\\\"\\x00\\n\\xff\" in=pd_inner{num=1} "
	    "recs=[pd_inner{num=2} pd_inner{}] strs=[\"x\" absent] "
	    "nums=[18446744073709551615]}", "the dump's form");
	pd_buf_done(&out);
	pd_rec_done(&pd_sample_desc, &s);
}

int
main(void)
{
	test_tables();
	for (size_t i = 0; all_descs[i] != NULL; i++)
		test_random(all_descs[i]);
	test_differ();
	test_absent();
	test_dump();
	return tap_done();
}
