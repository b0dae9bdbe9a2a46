/*
 * model/dump: records as one line of text, for logs and tests.
 *
 * Members that are zero or absent are left out.  Bytes that are not printable
 * ASCII are escaped, so that the line is one line whatever it holds.
 */
#include "model/field.h"

#include <inttypes.h>

static void
dump_str(const struct pd_str *s, struct pd_buf *out)
{
	if (s->s == NULL) {
		pd_buf_adds(out, "absent");
		return;
	}
	pd_buf_addc(out, '"');
	for (size_t i = 0; i < s->n; i++) {
		unsigned char c = (unsigned char)s->s[i];

		if (c == '\n')
			pd_buf_adds(out, "\\n");
		else if (c == '"' || c == '\\')
			pd_buf_addf(out, "\\%c", c);
		else if (c < 0x20 || c >= 0x7f)
			pd_buf_addf(out, "\\x%02x", c);
		else
			pd_buf_addc(out, (char)c);
	}
	pd_buf_addc(out, '"');
}

static void
dump_vec(const struct pd_field *f, const struct pd_vec *vec,
    struct pd_buf *out)
{
	size_t size = pd_field_item_size(f);

	pd_buf_addc(out, '[');
	for (size_t i = 0; i < vec->n; i++) {
		const void *p = (const char *)vec->v + i * size;

		if (i > 0)
			pd_buf_addc(out, ' ');
		if (f->type == PD_T_VEC)
			pd_rec_dump(f->desc, p, out);
		else if (f->type == PD_T_STRVEC)
			dump_str(p, out);
		else
			pd_buf_addf(out, "%" PRIu64, *(const uint64_t *)p);
	}
	pd_buf_addc(out, ']');
}

static void
dump_field(const struct pd_field *f, const void *p, struct pd_buf *out)
{
	switch (f->type) {
	case PD_T_BOOL:
		pd_buf_adds(out, *(const bool *)p ? "true" : "false");
		break;
	case PD_T_U64:
		pd_buf_addf(out, "%" PRIu64, *(const uint64_t *)p);
		break;
	case PD_T_I64:
		pd_buf_addf(out, "%" PRId64, *(const int64_t *)p);
		break;
	case PD_T_STR:
		dump_str(p, out);
		break;
	case PD_T_REC:
		pd_rec_dump(f->desc, p, out);
		break;
	case PD_T_VEC:
	case PD_T_STRVEC:
	case PD_T_U64VEC:
		dump_vec(f, p, out);
		break;
	}
}

void
pd_rec_dump(const struct pd_desc *desc, const void *rec, struct pd_buf *out)
{
	const char *sep = "";

	pd_buf_adds(out, desc->name);
	pd_buf_addc(out, '{');
	for (size_t i = 0; i < desc->n; i++) {
		const struct pd_field *f = &desc->fields[i];

		if (pd_field_is_zero(f, rec))
			continue;
		pd_buf_addf(out, "%s%s=", sep, f->name);
		dump_field(f, (const char *)rec + f->off, out);
		sep = " ";
	}
	pd_buf_addc(out, '}');
}
