/*
 * str % values, and str.format().
 *
 * Called by the evaluator of cores.
 */
#include "core/eval-format.h"
#include "core/eval-lib.h"

#include <ctype.h>
#include <math.h>

/* ---- % ------------------------------------------------------------------- */

struct percent {
	struct pd_ev	*ev;
	const char	*s;
	size_t		 n, i;
	struct pd_pv	*args;		/* as given */
	struct pd_pv	**all;		/* its items, if it is a tuple */
	size_t		 nall, next;
	bool		 mapped;	/* %(name)s was there */
	struct pd_ptext	 out;
};

static struct pd_pv *
next_arg(struct percent *u)
{
	if (u->next >= u->nall)
		pd_ev_raise(u->ev, "TypeError",
		    "not enough arguments for format string");
	return u->all[u->next++];
}

static struct pd_pv *
named_arg(struct percent *u)
{
	size_t from = ++u->i;
	int depth = 1;

	if (u->args->kind != PD_K_DICT)
		pd_ev_raise(u->ev, "TypeError", "format requires a mapping");
	for (; u->i < u->n; u->i++) {
		depth += (u->s[u->i] == '(') - (u->s[u->i] == ')');
		if (depth == 0)
			break;
	}
	if (depth != 0)
		pd_ev_raise(u->ev, "ValueError", "incomplete format key");
	u->i++;
	u->mapped = true;
	return pd_ev_item(u->ev, u->args, pd_pv_str(u->ev, u->s + from,
	    u->i - 1 - from));
}

static int64_t
amount(struct percent *u)
{
	struct pd_pv *v;
	int64_t n = 0;

	if (u->i < u->n && u->s[u->i] == '*') {
		u->i++;
		v = next_arg(u);
		if (!pd_pv_is_int(v))
			pd_ev_raise(u->ev, "TypeError", "* wants int");
		return pd_pv_index(u->ev, v);
	}
	for (; u->i < u->n && isdigit((unsigned char)u->s[u->i]); u->i++) {
		n = n * 10 + (u->s[u->i] - '0');
		if (n > INT32_MAX)
			pd_ev_raise(u->ev, "ValueError", "width too big");
	}
	return n;
}

static void
percent_int(struct percent *u, struct pd_pv *v, struct pd_fspec *f)
{
	struct pd_ev *ev = u->ev;
	struct pd_ptext plain = { 0 }, body = { 0 };
	char head[8] = "";
	int base = f->type == 'x' || f->type == 'X' ? 16 : f->type == 'o' ?
	    8 : 10;
	size_t n = 0;

	if (v->kind == PD_K_FLOAT && base == 10)
		v = pd_int_of_float(ev, v->f[0]);
	if (!pd_pv_is_int(v))
		pd_ev_raise(ev, "TypeError", base == 10 ?
		    "%%%c format: a real number is required, not %s" :
		    "%%%c format: an integer is required, not %s", f->type,
		    pd_pv_type_name(ev, v));
	if (pd_int_sign(v) < 0)
		head[n++] = '-';
	else if (f->sign != '\0')
		head[n++] = f->sign;
	if (f->alternate && base != 10) {
		head[n++] = '0';
		head[n++] = f->type;
	}
	pd_int_text(ev, &plain, v, base);
	if (f->precision > INT32_MAX / 2)
		pd_ev_raise(ev, "OverflowError", "precision too large");
	pd_pt_fill(ev, &body, "0", 1, f->precision > (int64_t)plain.n ?
	    (size_t)f->precision - plain.n : 0);
	for (size_t i = 0; i < plain.n; i++)
		pd_pt_addc(ev, &body, f->type == 'X' ? (char)toupper(
		    (unsigned char)plain.p[i]) : plain.p[i]);
	pd_fspec_pad(ev, &u->out, f, head, &body, '>');
}

static void
percent_float(struct percent *u, struct pd_pv *v, struct pd_fspec *f)
{
	struct pd_ptext body = { 0 };
	char head[2] = "";
	struct pd_pv *known;
	double x;

	if (!pd_pv_is_int(v) && v->kind != PD_K_FLOAT &&
	    (known = pd_lib_number(u->ev, v, "float", NULL)) != NULL)
		v = known;
	if (!pd_pv_is_int(v) && v->kind != PD_K_FLOAT)
		pd_ev_raise(u->ev, "TypeError", "must be real number, not %s",
		    pd_pv_type_name(u->ev, v));
	x = pd_num_float(u->ev, v);
	head[0] = signbit(x) && !isnan(x) ? '-' : f->sign;
	pd_fspec_float(u->ev, &body, x, f->type, f->precision < 0 ? 6 :
	    f->precision, f->alternate);
	pd_fspec_pad(u->ev, &u->out, f, head, &body, '>');
}

static void
percent_text(struct percent *u, struct pd_pv *v, struct pd_fspec *f)
{
	struct pd_ev *ev = u->ev;
	struct pd_ptext body = { 0 };
	int64_t c;

	f->fill = " ";
	if (f->align == '=')
		f->align = '>';
	if (f->type == 's')
		pd_ev_str(ev, &body, v);
	else if (f->type == 'r')
		pd_ev_repr(ev, &body, v);
	else if (f->type == 'a')
		pd_ev_ascii(ev, &body, v);
	else if (v->kind == PD_K_STR && v->s.chars == 1)
		pd_pt_add(ev, &body, v->s.p, v->s.n);
	else if (!pd_pv_is_int(v))
		pd_ev_raise(ev, "TypeError", "%%c requires int or char");
	else if (!pd_int_fits(v, &c) || c < 0 || c > 0x10ffff)
		pd_ev_raise(ev, "OverflowError",
		    "%%c arg not in range(0x110000)");
	else
		pd_pt_char(ev, &body, (uint32_t)c);
	if (f->precision >= 0 && f->type != 'c' && body.n > 0)
		body.n = pd_utf_offset(body.p, body.n, (size_t)f->precision);
	pd_fspec_pad(ev, &u->out, f, "", &body, '>');
}

static void
flags(struct percent *u, struct pd_fspec *f)
{
	for (; u->i < u->n; u->i++)
		switch (u->s[u->i]) {
		case '-':
			f->align = '<';
			break;
		case '+':
			f->sign = '+';
			break;
		case ' ':
			f->sign = f->sign != '\0' ? f->sign : ' ';
			break;
		case '#':
			f->alternate = true;
			break;
		case '0':
			f->zero = true;
			break;
		default:
			return;
		}
}

static void
conversion(struct percent *u)
{
	struct pd_fspec f = { .precision = -1, .fill = " ", .nfill = 1 };
	struct pd_pv *v = NULL;

	if (u->i < u->n && u->s[u->i] == '%') {
		pd_pt_addc(u->ev, &u->out, '%');
		u->i++;
		return;
	}
	if (u->i < u->n && u->s[u->i] == '(')
		v = named_arg(u);
	flags(u, &f);
	f.width = amount(u);
	if (f.width < 0) {
		f.align = '<';
		f.width = f.width > INT32_MIN ? -f.width : 0;
	}
	if (u->i < u->n && u->s[u->i] == '.') {
		u->i++;
		f.precision = amount(u);
		if (f.precision < 0)
			f.precision = 0;
	}
	while (u->i < u->n && strchr("hlL", u->s[u->i]) != NULL)
		u->i++;
	if (u->i >= u->n)
		pd_ev_raise(u->ev, "ValueError", "incomplete format");
	f.type = u->s[u->i++];
	if (f.zero && f.align == '\0') {
		f.fill = "0";
		f.align = '=';
	}
	if (v == NULL)
		v = next_arg(u);
	if (strchr("diuxXo", f.type) != NULL)
		percent_int(u, v, &f);
	else if (strchr("eEfFgG", f.type) != NULL)
		percent_float(u, v, &f);
	else if (strchr("srac", f.type) != NULL)
		percent_text(u, v, &f);
	else
		pd_ev_raise(u->ev, "ValueError", "unsupported format character "
		    "'%c' (0x%x) at index %zu", f.type >= 32 && f.type < 127 ?
		    f.type : '?', (unsigned char)f.type,
		    pd_utf_count(u->s, u->i - 1));
}

struct pd_pv *
pd_percent(struct pd_ev *ev, struct pd_pv *s, struct pd_pv *args)
{
	struct percent u = { .ev = ev, .s = s->s.p, .n = s->s.n,
	    .args = args, .all = &args, .nall = 1 };
	struct pd_pv **one = pd_ev_allocn(ev, 1, sizeof(struct pd_pv *));

	if ((s->st != NULL && s->st->obj.cut != 0) || args->kind == PD_K_CUT)
		pd_ev_cut(ev);
	one[0] = args;
	u.all = args->kind == PD_K_TUPLE ? pd_seq_all(ev, args, &u.nall) :
	    one;
	while (u.i < u.n) {
		if (u.s[u.i] != '%') {
			pd_pt_add(ev, &u.out, u.s + u.i++, 1);
			continue;
		}
		u.i++;
		conversion(&u);
	}
	if (u.next < u.nall && args->kind != PD_K_DICT && !u.mapped)
		pd_ev_raise(ev, "TypeError", "not all arguments converted "
		    "during string formatting");
	return pd_pt_str(ev, &u.out);
}

/* ---- str.format() -------------------------------------------------------- */

struct format {
	struct pd_ev	*ev;
	struct pd_pcall	*call;
	struct pd_pv	*map;		/* of format_map() */
	int64_t		 next;		/* number of a {}; -1: {0} was there */
	unsigned	 depth;
};

static void	format_text(struct format *, struct pd_ptext *, const char *,
		    size_t);

static struct pd_pv *
format_arg(struct format *u, const char *name, size_t n)
{
	struct pd_ev *ev = u->ev;
	struct pd_pcall *c = u->call;
	bool number = n > 0;
	size_t i = 0;
	struct pd_pv *key;

	for (size_t k = 0; k < n; k++)
		number &= isdigit((unsigned char)name[k]) != 0;
	if (n == 0 && u->next < 0)
		pd_ev_raise(ev, "ValueError", "cannot switch from manual field "
		    "specification to automatic field numbering");
	if (number && u->next > 0)
		pd_ev_raise(ev, "ValueError", "cannot switch from automatic "
		    "field numbering to manual field specification");
	if (n == 0 || number) {
		if (u->map != NULL)
			pd_ev_raise(ev, "ValueError",
			    "Format string contains positional fields");
		for (size_t k = 0; k < n && i < SIZE_MAX / 20; k++)
			i = i * 10 + (size_t)(name[k] - '0');
		if (n == 0)
			i = (size_t)u->next++;
		else
			u->next = -1;
		if (i >= c->narg)
			pd_ev_raise(ev, "IndexError", "Replacement index %zu "
			    "out of range for positional args tuple", i);
		return c->arg[i];
	}
	key = pd_pv_str(ev, name, n);
	if (u->map != NULL)
		return pd_ev_item(ev, u->map, key);
	for (size_t k = 0; k < c->nkw; k++)
		if (c->kw[k].n == n && memcmp(c->kw[k].s, name, n) == 0)
			return c->kwarg[k];
	key = pd_ev_repr_str(ev, key);
	pd_ev_raise(ev, "KeyError", "%.*s", (int)(key->s.n > 4096 ? 4096 :
	    key->s.n), key->s.p);
}

/* name.attr[item] */
static struct pd_pv *
format_path(struct format *u, const char *s, size_t n)
{
	struct pd_ev *ev = u->ev;
	size_t i = 0, from;
	struct pd_pv *v, *key;
	char *name;

	while (i < n && s[i] != '.' && s[i] != '[')
		i++;
	v = format_arg(u, s, i);
	while (i < n) {
		bool item = s[i++] == '[';

		from = i;
		while (i < n && (item ? s[i] != ']' : s[i] != '.' &&
		    s[i] != '['))
			i++;
		if (i == from)
			pd_ev_raise(ev, "ValueError",
			    "Empty attribute in format string");
		if (item && i == n)
			pd_ev_raise(ev, "ValueError",
			    "Missing ']' in format string");
		if (item) {
			key = isdigit((unsigned char)s[from]) ?
			    pd_int_parse(ev, s + from, i - from, 10) : NULL;
			v = pd_ev_item(ev, v, key != NULL ? key :
			    pd_pv_str(ev, s + from, i - from));
			i++;
			if (i < n && s[i] != '.' && s[i] != '[')
				pd_ev_raise(ev, "ValueError", "Only '.' or "
				    "'[' may follow ']' in format field "
				    "specifier");
		} else {
			name = pd_ev_alloc(ev, i - from + 1);
			memcpy(name, s + from, i - from);
			v = pd_ev_attr(ev, v, name);
		}
	}
	return v;
}

static void
format_field(struct format *u, struct pd_ptext *out, const char *s, size_t n)
{
	struct pd_ev *ev = u->ev;
	size_t i = 0, name;
	struct pd_ptext spec = { 0 }, ascii = { 0 };
	struct pd_pv *v;
	int depth = 0;

	for (; i < n && (depth > 0 || (s[i] != ':' && s[i] != '!')); i++)
		depth += (s[i] == '[') - (s[i] == ']' && depth > 0);
	name = i;
	v = format_path(u, s, name);
	if (i < n && s[i] == '!') {
		if (i + 1 >= n || (i + 2 < n && s[i + 2] != ':'))
			pd_ev_raise(ev, "ValueError", i + 1 >= n ?
			    "unmatched '{' in format spec" : "expected ':' "
			    "after conversion specifier");
		switch (s[i + 1]) {
		case 'r':
			v = pd_ev_repr_str(ev, v);
			break;
		case 's':
			v = pd_ev_str_of(ev, v);
			break;
		case 'a':
			pd_ev_ascii(ev, &ascii, v);
			v = pd_pt_str(ev, &ascii);
			break;
		default:
			pd_ev_raise(ev, "ValueError", "Unknown conversion "
			    "specifier %c", s[i + 1]);
		}
		i += 2;
	}
	if (i < n)
		format_text(u, &spec, s + i + 1, n - i - 1);
	v = pd_ev_format(ev, v, spec.p != NULL ? spec.p : "", spec.n);
	pd_pt_add(ev, out, v->s.p, v->s.n);
}

static void
format_text(struct format *u, struct pd_ptext *out, const char *s, size_t n)
{
	struct pd_ev *ev = u->ev;
	size_t from;
	int depth;

	if (++u->depth > 2)
		pd_ev_raise(ev, "ValueError", "Max string recursion exceeded");
	for (size_t i = 0; i < n; i++) {
		if (s[i] != '{' && s[i] != '}') {
			pd_pt_addc(ev, out, s[i]);
			continue;
		}
		if (i + 1 < n && s[i + 1] == s[i]) {
			pd_pt_addc(ev, out, s[i++]);
			continue;
		}
		if (s[i] == '}')
			pd_ev_raise(ev, "ValueError",
			    "Single '}' encountered in format string");
		if (i + 1 == n)
			pd_ev_raise(ev, "ValueError",
			    "Single '{' encountered in format string");
		from = ++i;
		for (depth = 1; i < n; i++) {
			depth += (s[i] == '{') - (s[i] == '}');
			if (depth == 0)
				break;
		}
		if (i == n)
			pd_ev_raise(ev, "ValueError",
			    "expected '}' before end of string");
		format_field(u, out, s + from, i - from);
	}
	u->depth--;
}

struct pd_pv *
pd_str_format(struct pd_ev *ev, struct pd_pcall *c)
{
	struct format u = { .ev = ev, .call = c };
	struct pd_ptext t = { 0 };

	if (c->fn->params != NULL)
		u.map = c->p[0];
	format_text(&u, &t, c->self->s.p, c->self->s.n);
	return pd_pt_str(ev, &t);
}
