/*
 * format(): the format specification mini-language.
 *
 * Called by the evaluator of cores.  The rules are those of "Format String
 * Syntax" in the library reference.
 */
#include "core/eval-format.h"
#include "core/eval-lib.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- specs --------------------------------------------------------------- */

static _Noreturn void
invalid(struct pd_ev *ev, const struct pd_pv *v, const char *spec, size_t n)
{
	pd_ev_raise(ev, "ValueError", "Invalid format specifier '%.*s' for "
	    "object of type '%s'", (int)(n > 200 ? 200 : n), spec,
	    pd_pv_type_name(ev, v));
}

static int64_t
digits(struct pd_ev *ev, const char *s, size_t n, size_t *i)
{
	int64_t v = 0;

	for (; *i < n && isdigit((unsigned char)s[*i]); ++*i) {
		v = v * 10 + (s[*i] - '0');
		if (v > INT32_MAX)
			pd_ev_raise(ev, "ValueError", "Too many decimal "
			    "digits in format string");
	}
	return v;
}

static bool
is_align(char c)
{
	return c != '\0' && strchr("<>=^", c) != NULL;
}

struct pd_fspec
pd_fspec_parse(struct pd_ev *ev, const struct pd_pv *v, const char *s,
    size_t n)
{
	struct pd_fspec f = { .precision = -1, .fill = " ", .nfill = 1 };
	size_t i = 0, size = 1;

	if (n > 0)
		pd_utf_get(s, n, &size);
	if (n > size && is_align(s[size])) {
		f.fill = s;
		f.nfill = size;
		f.align = s[size];
		i = size + 1;
	} else if (n > 0 && is_align(s[0])) {
		f.align = s[i++];
	}
	if (i < n && (s[i] == '+' || s[i] == '-' || s[i] == ' '))
		f.sign = s[i++];
	if (i < n && s[i] == 'z' && ev->hex >= 0x030b0000) {
		f.no_neg_zero = true;
		i++;
	}
	if (i < n && s[i] == '#') {
		f.alternate = true;
		i++;
	}
	if (i < n && s[i] == '0' && f.nfill == 1 && f.fill[0] == ' ' &&
	    f.fill != s) {
		f.zero = true;
		f.fill = "0";
		i++;
		if (f.align == '\0' && v->kind != PD_K_STR)
			f.align = '=';
	}
	if (i < n && isdigit((unsigned char)s[i]))
		f.width = digits(ev, s, n, &i);
	if (i < n && (s[i] == ',' || s[i] == '_'))
		f.group = s[i++];
	if (i < n && (s[i] == ',' || s[i] == '_'))
		pd_ev_raise(ev, "ValueError", s[i] == f.group ?
		    "Cannot specify '%c' with '%c'." :
		    "Cannot specify both ',' and '_'.", f.group, s[i]);
	if (i < n && s[i] == '.') {
		i++;
		if (i >= n || !isdigit((unsigned char)s[i]))
			pd_ev_raise(ev, "ValueError",
			    "Format specifier missing precision");
		f.precision = digits(ev, s, n, &i);
	}
	if (n - i > 1)
		invalid(ev, v, s, n);
	if (i < n)
		f.type = s[i];
	return f;
}

static _Noreturn void
unknown_code(struct pd_ev *ev, const struct pd_pv *v, char type)
{
	pd_ev_raise(ev, "ValueError", type > 32 && type < 127 ?
	    "Unknown format code '%c' for object of type '%s'" :
	    "Unknown format code '\\x%x' for object of type '%s'",
	    (unsigned char)type, pd_pv_type_name(ev, v));
}

/* Fills up: sign and prefix, then the body. */
void
pd_fspec_pad(struct pd_ev *ev, struct pd_ptext *t, const struct pd_fspec *f,
    const char *head, const struct pd_ptext *body, char align)
{
	size_t len = strlen(head) + pd_utf_count(body->p != NULL ? body->p :
	    "", body->n);
	size_t pad = (uint64_t)f->width > len ? (size_t)f->width - len : 0;
	size_t left;

	if (f->align != '\0')
		align = f->align;
	left = align == '<' ? 0 : align == '^' ? pad / 2 : pad;
	if (pad > ev->arena.max)
		pd_ev_alloc(ev, SIZE_MAX / 2);
	if (align == '=')
		pd_pt_adds(ev, t, head);
	pd_pt_fill(ev, t, f->fill, f->nfill, left);
	if (align != '=')
		pd_pt_adds(ev, t, head);
	if (body->n > 0)
		pd_pt_add(ev, t, body->p, body->n);
	pd_pt_fill(ev, t, f->fill, f->nfill, pad - left);
}

/* The first n characters of digits in groups. With zeros in front as far as
 * min places. */
static void
grouped(struct pd_ev *ev, struct pd_ptext *t, const char *s, size_t n,
    char group, size_t each, size_t min)
{
	struct pd_ptext r = { 0 };
	size_t i = 0, places = 0;

	/* From the right, turned round at the end. */
	while (i < n || places < min) {
		if (i > 0 && i % each == 0 && group != '\0') {
			/* A separator alone does not fill the last place. */
			pd_pt_addc(ev, &r, group);
			places++;
		}
		pd_pt_addc(ev, &r, i < n ? s[n - 1 - i] : '0');
		places++;
		i++;
	}
	for (size_t k = r.n; k > 0; k--)
		pd_pt_addc(ev, t, r.p[k - 1]);
}

/* ---- int ----------------------------------------------------------------- */

static const char *
sign_of(bool negative, char sign)
{
	return negative ? "-" : sign == '+' ? "+" : sign == ' ' ? " " : "";
}

static void
format_int(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    const struct pd_fspec *f)
{
	struct pd_ptext plain = { 0 }, body = { 0 };
	int base = f->type == 'b' ? 2 : f->type == 'o' ? 8 :
	    f->type == 'x' || f->type == 'X' ? 16 : 10;
	char head[8];
	size_t used;

	if (f->precision >= 0)
		pd_ev_raise(ev, "ValueError", "Precision not allowed in "
		    "integer format specifier");
	if (f->group == ',' && base != 10)
		pd_ev_raise(ev, "ValueError", "Cannot specify ',' with '%c'.",
		    f->type);
	if (f->no_neg_zero)
		pd_ev_raise(ev, "ValueError", "Negative zero coercion (z) not "
		    "allowed in format specifier with integer format code "
		    "'%c'", f->type != '\0' ? f->type : 'd');
	pd_int_text(ev, &plain, v, base);
	if (f->type == 'X')
		for (size_t i = 0; i < plain.n; i++)
			plain.p[i] = (char)toupper((unsigned char)plain.p[i]);
	snprintf(head, sizeof(head), "%s%s%.1s", sign_of(pd_int_sign(v) < 0,
	    f->sign), f->alternate && base != 10 ? "0" : "",
	    f->alternate && base != 10 ? &f->type : "");
	used = strlen(head);
	grouped(ev, &body, plain.p, plain.n, f->group, base == 10 ? 3 : 4,
	    f->nfill == 1 && f->fill[0] == '0' && f->align == '=' &&
	    (uint64_t)f->width > used ? (size_t)f->width - used : 0);
	pd_fspec_pad(ev, t, f, head, &body, '>');
}

static void
format_char(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    const struct pd_fspec *f)
{
	struct pd_ptext body = { 0 };
	int64_t i = 0;

	if (f->sign != '\0')
		pd_ev_raise(ev, "ValueError", "Sign not allowed with integer "
		    "format specifier 'c'");
	if (!pd_int_fits(v, &i))
		pd_ev_raise(ev, "OverflowError",
		    "Python int too large to convert to C long");
	if (i < 0 || i > 0x10ffff)
		pd_ev_raise(ev, "OverflowError",
		    "%%c arg not in range(0x110000)");
	pd_pt_char(ev, &body, (uint32_t)i);
	pd_fspec_pad(ev, t, f, "", &body, '<');
}

/* ---- float --------------------------------------------------------------- */

/* g with Python's rules: repr's digits without a type and precision. */
static void
general(struct pd_ev *ev, struct pd_ptext *out, double x, char type,
    int64_t precision, bool alternate)
{
	char fmt[16], *b;
	int n;

	if (precision > 100000)
		pd_ev_raise(ev, "ValueError", "precision too big");
	snprintf(fmt, sizeof(fmt), "%%%s.*%c", alternate ? "#" : "", type);
	n = snprintf(NULL, 0, fmt, (int)precision, x);
	b = pd_ev_alloc(ev, (size_t)(n > 0 ? n : 0) + 1);
	snprintf(b, (size_t)n + 1, fmt, (int)precision, x);
	pd_pt_adds(ev, out, b);
}

/* 1.500e+10: zeros before the exponent away. */
static void
trim(struct pd_ptext *t)
{
	char *e = memchr(t->p, 'e', t->n), *p = e;
	size_t rest;

	if (e == NULL || memchr(t->p, '.', t->n) == NULL)
		return;
	while (p[-1] == '0')
		p--;
	if (p[-1] == '.')
		p--;
	rest = (size_t)(t->p + t->n - e);
	memmove(p, e, rest + 1);
	t->n -= (size_t)(e - p);
}

void
pd_fspec_float(struct pd_ev *ev, struct pd_ptext *out, double x, char type,
    int64_t precision, bool alternate)
{
	struct pd_ptext t = { 0 };
	char lower = (char)tolower((unsigned char)type);

	x = fabs(x);
	if (!isfinite(x)) {
		pd_pt_adds(ev, out, isnan(x) ? isupper((unsigned char)type) ?
		    "NAN" : "nan" : isupper((unsigned char)type) ? "INF" :
		    "inf");
		if (type == '%')
			pd_pt_addc(ev, out, '%');
		return;
	}
	if (type == '%') {
		general(ev, out, x * 100, 'f', precision < 0 ? 6 : precision,
		    alternate);
		pd_pt_addc(ev, out, '%');
	} else if (type == '\0' && precision < 0) {
		pd_float_repr(ev, out, x, true);
	} else if (type == '\0') {
		/* Like g, with at least one digit behind the point, and an
		 * exponent a place earlier. */
		int e;
		char b[32];

		snprintf(b, sizeof(b), "%.*e", (int)(precision > 1 ?
		    precision > 18 ? 17 : precision - 1 : 0), x);
		e = atoi(strchr(b, 'e') + 1);
		if (x != 0 && e == (precision > 1 ? precision : 1) - 1 &&
		    e > 0) {
			general(ev, out, x, 'e', precision > 1 ? precision -
			    1 : 0, false);
			trim(out);
			return;
		}
		general(ev, &t, x, 'g', precision, false);
		pd_pt_add(ev, out, t.p, t.n);
		if (strchr(t.p, '.') == NULL && strchr(t.p, 'e') == NULL)
			pd_pt_adds(ev, out, ".0");
	} else {
		general(ev, out, x, lower == 'n' ? 'g' : type,
		    precision < 0 ? 6 : precision, alternate);
	}
}

static bool
all_zero(const char *s, size_t n)
{
	for (size_t i = 0; i < n && s[i] != 'e' && s[i] != 'E'; i++)
		if (s[i] >= '1' && s[i] <= '9')
			return false;
	return true;
}

static void
format_float(struct pd_ev *ev, struct pd_ptext *t, double x,
    const struct pd_fspec *f)
{
	struct pd_ptext plain = { 0 }, body = { 0 };
	bool negative = signbit(x) && !isnan(x);
	const char *head;
	size_t whole = 0, used;

	pd_fspec_float(ev, &plain, x, f->type, f->precision, f->alternate);
	if (f->no_neg_zero && negative && all_zero(plain.p, plain.n))
		negative = false;
	head = sign_of(negative, f->sign);
	while (whole < plain.n && isdigit((unsigned char)plain.p[whole]))
		whole++;
	used = strlen(head) + plain.n - whole;
	grouped(ev, &body, plain.p, whole, f->group, 3, whole > 0 &&
	    f->nfill == 1 && f->fill[0] == '0' && f->align == '=' &&
	    (uint64_t)f->width > used ? (size_t)f->width - used : 0);
	pd_pt_add(ev, &body, plain.p + whole, plain.n - whole);
	pd_fspec_pad(ev, t, f, head, &body, '>');
}

static void
format_complex(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v,
    const struct pd_fspec *f)
{
	struct pd_ptext body = { 0 };
	bool plain = f->type == '\0';
	struct pd_fspec part = { .type = f->type, .precision = f->precision,
	    .group = f->group, .sign = f->sign, .fill = " ", .nfill = 1,
	    .alternate = f->alternate };

	if (f->fill[0] == '0' && f->nfill == 1)
		pd_ev_raise(ev, "ValueError", "Zero padding is not allowed in "
		    "complex format specifier");
	if (f->align == '=')
		pd_ev_raise(ev, "ValueError", "'=' alignment flag is not "
		    "allowed in complex format specifier");
	if (plain && f->precision < 0 && f->sign == '\0' &&
	    f->group == '\0') {
		pd_complex_repr(ev, &body, v->f);
	} else {
		if (plain)
			part.type = 'g';
		if (plain && f->precision < 0)
			pd_ev_no_process(ev, "complex.__format__");
		plain &= v->f[0] != 0 || signbit(v->f[0]);
		if (plain)
			pd_pt_addc(ev, &body, '(');
		if (plain || f->type != '\0') {
			format_float(ev, &body, v->f[0], &part);
			part.sign = '+';
		}
		format_float(ev, &body, v->f[1], &part);
		pd_pt_adds(ev, &body, plain ? "j)" : "j");
	}
	pd_fspec_pad(ev, t, f, "", &body, '>');
}

/* ---- str ----------------------------------------------------------------- */

static void
format_str(struct pd_ev *ev, struct pd_ptext *t, const struct pd_pv *v,
    const struct pd_fspec *f)
{
	struct pd_ptext body = { 0 };
	size_t n = v->s.n;

	if (f->sign != '\0')
		pd_ev_raise(ev, "ValueError", f->sign == ' ' ? "Space not "
		    "allowed in string format specifier" : "Sign not allowed "
		    "in string format specifier");
	if (f->no_neg_zero)
		pd_ev_raise(ev, "ValueError", "Negative zero coercion (z) not "
		    "allowed in string format specifier");
	if (f->alternate)
		pd_ev_raise(ev, "ValueError", "Alternate form (#) not allowed "
		    "in string format specifier");
	if (f->group != '\0')
		pd_ev_raise(ev, "ValueError", "Cannot specify '%c' with 's'.",
		    f->group);
	if (f->align == '=')
		pd_ev_raise(ev, "ValueError", "'=' alignment not allowed in "
		    "string format specifier");
	if (f->precision >= 0)
		n = pd_utf_offset(v->s.p, v->s.n, (size_t)f->precision);
	pd_pt_add(ev, &body, v->s.p, n);
	pd_fspec_pad(ev, t, f, "", &body, '<');
}

static void
format_number(struct pd_ev *ev, struct pd_ptext *t, struct pd_pv *v,
    const struct pd_fspec *f)
{
	static const char floats[] = "eEfFgGn%";
	bool is_int = pd_pv_is_int(v);

	if (is_int && f->type == 'c')
		format_char(ev, t, v, f);
	else if (is_int && (f->type == '\0' || strchr("bdoxXn", f->type)))
		format_int(ev, t, v, f);
	else if (f->type != '\0' && strchr(floats, f->type) == NULL)
		unknown_code(ev, v, f->type);
	else if (f->group != '\0' && f->type == 'n')
		pd_ev_raise(ev, "ValueError", "Cannot specify '%c' with 'n'.",
		    f->group);
	else if (v->kind != PD_K_COMPLEX)
		format_float(ev, t, pd_num_float(ev, v), f);
	else if (f->type == '%')
		unknown_code(ev, v, f->type);
	else
		format_complex(ev, t, v, f);
}

struct pd_pv *
pd_ev_format(struct pd_ev *ev, struct pd_pv *v, const char *spec, size_t n)
{
	const struct pd_plib *lib = pd_lib_of(v);
	struct pd_ptext t = { 0 };
	struct pd_fspec f;

	if (v->kind == PD_K_CUT)
		pd_ev_cut(ev);
	if (n == 0)
		return pd_ev_str_of(ev, v);
	if (pd_pv_flag(v, PD_CORE_TYPE_ENUM) && pd_str_eq(&v->st->type->str,
	    "enum.Enum.__str__"))
		v = pd_ev_str_of(ev, v);
	if (pd_num_is(v) || v->kind == PD_K_STR) {
		f = pd_fspec_parse(ev, v, spec, n);
		if (v->kind != PD_K_STR)
			format_number(ev, &t, v, &f);
		else if (f.type != '\0' && f.type != 's')
			unknown_code(ev, v, f.type);
		else
			format_str(ev, &t, v, &f);
		return pd_pt_str(ev, &t);
	}
	if (lib != NULL && lib->format != NULL)
		return lib->format(ev, v, spec, n);
	if (v->kind == PD_K_OBJECT && v->st != NULL && lib != &pd_lib_path &&
	    lib != &pd_lib_delta && lib != &pd_lib_zone && v->st->type != NULL)
		pd_ev_no_process(ev, "__format__");
	pd_ev_raise(ev, "TypeError", "unsupported format string passed to "
	    "%s.__format__", pd_pv_type_name(ev, v));
}
