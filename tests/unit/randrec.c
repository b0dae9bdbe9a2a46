/*
 * Random records, see randrec.h.
 */
#include "randrec.h"

#include "model/records.h"

static const struct pd_field inner_fields[] = {
	PD_FIELD(pd_inner, 1, PD_T_I64, num),
	PD_FIELD(pd_inner, 30, PD_T_STR, text)
};
PD_DESC(pd_inner, inner_fields);

static const struct pd_field sample_fields[] = {
	PD_FIELD(pd_sample, 1, PD_T_BOOL, flag),
	PD_FIELD(pd_sample, 2, PD_T_U64, u),
	PD_FIELD(pd_sample, 3, PD_T_I64, i),
	PD_FIELD(pd_sample, 5, PD_T_STR, s),
	PD_FIELD_OF(pd_sample, 6, PD_T_REC, in, &pd_inner_desc),
	PD_FIELD_OF(pd_sample, 23, PD_T_VEC, recs, &pd_inner_desc),
	PD_FIELD(pd_sample, 24, PD_T_STRVEC, strs),
	PD_FIELD(pd_sample, 300, PD_T_U64VEC, nums)
};
PD_DESC(pd_sample, sample_fields);

const struct pd_desc *const all_descs[] = {
	&pd_sample_desc,
	&pd_inner_desc,
	&pd_frame_desc,
	&pd_thread_desc,
	&pd_bp_desc,
	&pd_bp_news_desc,
	&pd_stop_desc,
	&pd_resume_desc,
	&pd_frames_req_desc,
	&pd_frames_desc,
	&pd_eval_desc,
	&pd_value_desc,
	&pd_exec_desc,
	&pd_vars_req_desc,
	&pd_var_desc,
	&pd_vars_desc,
	&pd_source_req_desc,
	&pd_source_desc,
	&pd_locate_desc,
	&pd_location_desc,
	&pd_bp_id_desc,
	&pd_check_desc,
	&pd_python_desc,
	&pd_threads_desc,
	&pd_thread_req_desc,
	&pd_skip_desc,
	&pd_skips_desc,
	&pd_code_req_desc,
	&pd_insn_desc,
	&pd_code_desc,
	&pd_names_req_desc,
	&pd_name_desc,
	&pd_names_desc,
	&pd_jump_desc,
	&pd_mark_desc,
	&pd_object_desc,
	&pd_exc_desc,
	&pd_exceptions_req_desc,
	&pd_exceptions_desc,
	&pd_nothing_desc,
	&pd_hello_desc,
	&pd_welcome_desc,
	&pd_finish_desc,
	&pd_text_desc,
	NULL
};

/* xorshift64*, Vigna 2016. */
uint64_t
rnd_next(struct rnd *r)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return r->state * 0x2545f4914f6cdd1d;
}

uint64_t
rnd_edge(struct rnd *r)
{
	static const uint64_t edges[] = {
		0, 1, 22, 23, 24, 25, 254, 255, 256, 65534, 65535, 65536,
		0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x100000000,
		0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffffffe,
		0xffffffffffffffff
	};
	const size_t n = sizeof(edges) / sizeof(edges[0]);
	uint64_t pick = rnd_next(r) % (n + 8);

	return pick < n ? edges[pick] : rnd_next(r) >> (rnd_next(r) % 64);
}

static struct pd_str
rnd_str(struct rnd *r)
{
	struct pd_buf buf = { 0 };
	size_t n = rnd_next(r) % 40;

	if (rnd_next(r) % 4 == 0)
		return (struct pd_str){ 0 };
	if (rnd_next(r) % 16 == 0)
		n = 200 + rnd_next(r) % 200;
	if (rnd_next(r) % 8 == 0)
		n = 0;
	for (size_t i = 0; i < n; i++)
		pd_buf_addc(&buf, (char)rnd_next(r));
	return pd_buf_take(&buf);
}

static void
rnd_vec(struct rnd *r, const struct pd_field *f, struct pd_vec *vec)
{
	size_t size = pd_field_item_size(f);

	for (uint64_t n = rnd_next(r) % 6; n > 0; n--) {
		void *p = pd_vec_push(vec, size);

		if (f->type == PD_T_VEC)
			rnd_record(r, f->desc, p);
		else if (f->type == PD_T_STRVEC)
			*(struct pd_str *)p = rnd_str(r);
		else
			*(uint64_t *)p = rnd_edge(r);
	}
}

void
rnd_record(struct rnd *r, const struct pd_desc *desc, void *rec)
{
	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];
		void *p = (char *)rec + f->off;

		switch (f->type) {
		case PD_T_BOOL:
			*(bool *)p = rnd_next(r) % 2;
			break;
		case PD_T_U64:
		case PD_T_I64:
			*(uint64_t *)p = rnd_edge(r);
			break;
		case PD_T_STR:
			*(struct pd_str *)p = rnd_str(r);
			break;
		case PD_T_REC:
			rnd_record(r, f->desc, p);
			break;
		case PD_T_VEC:
		case PD_T_STRVEC:
		case PD_T_U64VEC:
			rnd_vec(r, f, p);
			break;
		}
	}
}
