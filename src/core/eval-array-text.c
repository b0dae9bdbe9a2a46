/*
 * The elements of an array, as numpy prints them: in rows and columns, wrapped,
 * the middle left out of what has more than a thousand.
 *
 * For eval-array-repr.c.
 */
#include "core/eval-array.h"

#include "base/str.h"

#define THRESHOLD	1000	/* elements that are all shown */
#define EDGE		3	/* shown of each end of an axis else */

struct print {
	struct pd_ev		*ev;
	const struct pd_nd	*a;
	const char		*sep;
	bool			 summary;
	uint64_t		*at;	/* elements that are shown */
	struct pd_pv		**text;	/* ... their texts, str */
	size_t			 n, next;
};

/* ---- which elements ------------------------------------------------------ */

/* Goes over the indices of an axis; false at the end.  *i begins with 0. */
static bool
skip_middle(const struct print *p, int axis, uint64_t *i)
{
	uint64_t n = p->a->shape[axis];

	if (p->summary && n > 2 * EDGE && *i == EDGE)
		*i = n - EDGE;
	return *i < n;
}

static void
choose(struct print *p, int axis, uint64_t base)
{
	if (axis == p->a->ndim) {
		pd_ev_step(p->ev, 1);
		if (p->at != NULL)
			p->at[p->n] = base;
		p->n++;
		return;
	}
	for (uint64_t i = 0; skip_middle(p, axis, &i); i++)
		choose(p, axis + 1, base * p->a->shape[axis] + i);
}

/* ---- texts of elements --------------------------------------------------- */

/* All elements' texts: of their part of that type, at bytes behind their
 * beginning. */
static struct pd_pv	**column(struct print *, const struct pd_nd_type *,
			    size_t at);

static const char *
bytes_of(struct print *p, size_t i, size_t at)
{
	const char *s = pd_nd_bytes(p->a, p->at[i]);

	return s != NULL ? s + at : NULL;
}

static struct pd_pv *
missing(struct print *p)
{
	return pd_pv_strc(p->ev, "?");
}

/* One under the other, as wide as the widest. */
static void
justify(struct print *p, struct pd_pv **v)
{
	size_t width = 0;

	for (size_t i = 0; i < p->n; i++)
		if (v[i]->s.chars > width)
			width = v[i]->s.chars;
	for (size_t i = 0; i < p->n; i++) {
		struct pd_ptext t = { 0 };

		pd_pt_fill(p->ev, &t, " ", 1, width - v[i]->s.chars);
		pd_pt_add(p->ev, &t, v[i]->s.p, v[i]->s.n);
		v[i] = pd_pt_str(p->ev, &t);
	}
}

static struct pd_pv **
reals(struct print *p, const struct pd_nd_type *type, size_t at, size_t size,
    bool sign)
{
	struct pd_nd_column c = { .size = size, .sign = sign };
	struct pd_pv **r = pd_ev_allocn(p->ev, p->n + 1, sizeof(*r));
	double *f = pd_ev_allocn(p->ev, p->n + 1, sizeof(*f));
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		const char *s = bytes_of(p, i, at);

		if (s != NULL)
			f[n++] = pd_nd_real(s, size, type->big);
	}
	pd_nd_measure(p->ev, &c, f, n);
	for (size_t i = 0, k = 0; i < p->n; i++) {
		struct pd_ptext t = { 0 };

		if (bytes_of(p, i, at) == NULL) {
			r[i] = missing(p);
			continue;
		}
		pd_nd_real_text(p->ev, &t, &c, f[k++]);
		r[i] = pd_pt_str(p->ev, &t);
	}
	return r;
}

/* The j stands behind the digits, before what fills the column. */
static struct pd_pv **
complexes(struct print *p, const struct pd_nd_type *type, size_t at)
{
	size_t half = type->size / 2;
	struct pd_pv **re = reals(p, type, at, half, false);
	struct pd_pv **im = reals(p, type, at + half, half, true);

	for (size_t i = 0; i < p->n; i++) {
		struct pd_ptext t = { 0 };
		size_t n = im[i]->s.n;

		while (n > 0 && im[i]->s.p[n - 1] == ' ')
			n--;
		pd_pt_add(p->ev, &t, re[i]->s.p, re[i]->s.n);
		pd_pt_add(p->ev, &t, im[i]->s.p, n);
		pd_pt_addc(p->ev, &t, 'j');
		pd_pt_add(p->ev, &t, im[i]->s.p + n, im[i]->s.n - n);
		re[i] = pd_pt_str(p->ev, &t);
	}
	return re;
}

static struct pd_pv **
records(struct print *p, const struct pd_nd_type *type, size_t at)
{
	struct pd_pv ***f = pd_ev_allocn(p->ev, type->nfields, sizeof(*f));
	struct pd_pv **r = pd_ev_allocn(p->ev, p->n + 1, sizeof(*r));

	for (size_t k = 0; k < type->nfields; k++)
		f[k] = column(p, &type->fields[k].type, at +
		    type->fields[k].at);
	for (size_t i = 0; i < p->n; i++) {
		struct pd_ptext t = { 0 };

		pd_pt_addc(p->ev, &t, '(');
		for (size_t k = 0; k < type->nfields; k++) {
			pd_pt_adds(p->ev, &t, k > 0 ? ", " : "");
			pd_pt_add(p->ev, &t, f[k][i]->s.p, f[k][i]->s.n);
		}
		pd_pt_adds(p->ev, &t, type->nfields == 1 ? ",)" : ")");
		r[i] = pd_pt_str(p->ev, &t);
	}
	return r;
}

static struct pd_pv *
element(struct print *p, const struct pd_nd_type *type, size_t i, size_t at)
{
	const char *s = bytes_of(p, i, at);
	struct pd_ptext t = { 0 };
	struct pd_pv *v;

	if (type->kind == 'O') {
		v = p->a->type.kind == 'O' ? pd_nd_at(p->ev, p->a, p->at[i]) :
		    pd_pv_const(PD_K_CUT);
		if (v->kind == PD_K_LIST)
			pd_pt_adds(p->ev, &t, "list(");
		pd_ev_repr(p->ev, &t, v);
		if (v->kind == PD_K_LIST)
			pd_pt_addc(p->ev, &t, ')');
	} else if (s == NULL) {
		return missing(p);
	} else if (type->kind == 'M' || type->kind == 'm') {
		bool quote = type->kind == 'M' ||
		    pd_nd_int(s, 8, type->big, true) == INT64_MIN;

		pd_pt_adds(p->ev, &t, quote ? "'" : "");
		pd_nd_time(p->ev, &t, type, s);
		pd_pt_adds(p->ev, &t, quote ? "'" : "");
	} else if (type->kind == 'b') {
		pd_pt_adds(p->ev, &t, *s == 0 ? "False" : p->a->ndim > 0 ?
		    " True" : "True");
	} else {
		pd_ev_repr(p->ev, &t, pd_nd_value(p->ev, type, s));
	}
	return pd_pt_str(p->ev, &t);
}

static struct pd_pv **
column(struct print *p, const struct pd_nd_type *type, size_t at)
{
	struct pd_pv **r;

	if (type->kind == 'f')
		return reals(p, type, at, type->size, false);
	if (type->kind == 'c')
		return complexes(p, type, at);
	if (type->nfields > 0)
		return records(p, type, at);
	r = pd_ev_allocn(p->ev, p->n + 1, sizeof(*r));
	for (size_t i = 0; i < p->n; i++)
		r[i] = element(p, type, i, at);
	if (strchr("iuMm", type->kind) != NULL)
		justify(p, r);
	return r;
}

/* ---- rows ---------------------------------------------------------------- */

/* Puts a word behind those of the line, or begins the next. */
static void
extend(struct print *p, struct pd_ptext *out, struct pd_ptext *line,
    const char *word, size_t n, size_t width, size_t hang)
{
	size_t chars = pd_utf_count(line->p != NULL ? line->p : "", line->n);

	if (chars + pd_utf_count(word, n) > width && chars > hang) {
		while (line->n > 0 && line->p[line->n - 1] == ' ')
			line->n--;
		pd_pt_add(p->ev, out, line->p, line->n);
		pd_pt_addc(p->ev, out, '\n');
		line->n = 0;
		pd_pt_fill(p->ev, line, " ", 1, hang);
	}
	pd_pt_add(p->ev, line, word, n);
}

static void
print_row(struct print *p, struct pd_ptext *t, int axis, size_t hang,
    size_t width)
{
	uint64_t n = p->a->shape[axis];
	struct pd_ptext line = { 0 }, out = { 0 };

	/* It stands behind as many characters as the others are indented. */
	pd_pt_fill(p->ev, &line, " ", 1, hang);
	for (uint64_t i = 0; skip_middle(p, axis, &i); i++) {
		struct pd_pv *word = p->text[p->next++];

		if (p->summary && n > 2 * EDGE && i == n - EDGE) {
			extend(p, &out, &line, "...", 3, width - 1, hang);
			pd_pt_adds(p->ev, &line, p->sep);
		}
		extend(p, &out, &line, word->s.p, word->s.n, width - 1, hang);
		if (i + 1 < n)
			pd_pt_adds(p->ev, &line, p->sep);
	}
	pd_pt_add(p->ev, &out, line.p, line.n);
	pd_pt_add(p->ev, t, out.p + hang, out.n - hang);
}

/* Between rows: as many lines as there are axes below. */
static void
end_row(struct print *p, struct pd_ptext *t, int axis, size_t hang)
{
	pd_pt_adds(p->ev, t, p->sep[0] == ' ' ? "" : ",");
	pd_pt_fill(p->ev, t, "\n", 1, (size_t)(p->a->ndim - axis - 1));
	pd_pt_fill(p->ev, t, " ", 1, hang);
}

static void
print_axis(struct print *p, struct pd_ptext *t, int axis, size_t hang,
    size_t width)
{
	uint64_t n = axis < p->a->ndim ? p->a->shape[axis] : 0;

	if (axis == p->a->ndim) {
		struct pd_pv *word = p->text[p->next++];

		pd_pt_add(p->ev, t, word->s.p, word->s.n);
		return;
	}
	pd_pt_addc(p->ev, t, '[');
	if (axis == p->a->ndim - 1)
		print_row(p, t, axis, hang, width);
	for (uint64_t i = 0; axis < p->a->ndim - 1 &&
	    skip_middle(p, axis, &i); i++) {
		if (p->summary && n > 2 * EDGE && i == n - EDGE) {
			pd_pt_adds(p->ev, t, "...");
			end_row(p, t, axis, hang);
		}
		print_axis(p, t, axis + 1, hang + 1, width - 1);
		if (i + 1 < n)
			end_row(p, t, axis, hang);
	}
	pd_pt_addc(p->ev, t, ']');
}

void
pd_nd_print(struct pd_ev *ev, struct pd_ptext *t, const struct pd_nd *a,
    const char *sep, size_t line, size_t hang)
{
	struct print p = { .ev = ev, .a = a, .sep = sep,
	    .summary = a->count > THRESHOLD };

	if (a->count == 0) {
		pd_pt_adds(ev, t, "[]");
		return;
	}
	choose(&p, 0, 0);
	p.at = pd_ev_allocn(ev, p.n, sizeof(*p.at));
	p.n = 0;
	choose(&p, 0, 0);
	p.text = column(&p, &a->type, 0);
	print_axis(&p, t, 0, hang, line);
}
