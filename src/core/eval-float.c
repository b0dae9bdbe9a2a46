/*
 * Floats: their shortest repr, reading them, rounding.
 *
 * Called by the evaluator of cores.  libc reads and writes floats exactly;
 * the shortest digits that read back the same are found by trying.
 */
#include "core/eval-room.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

void
pd_float_digits(double f, char *digits, int *point)
{
	char b[48], *p = digits;

	for (int n = 1; n <= 17; n++) {
		snprintf(b, sizeof(b), "%.*e", n - 1, fabs(f));
		if (strtod(b, NULL) == fabs(f))
			break;
	}
	for (const char *s = b; *s != 'e'; s++)
		if (isdigit((unsigned char)*s))
			*p++ = *s;
	*p = '\0';
	*point = f == 0 ? 1 : atoi(strchr(b, 'e') + 1) + 1;
}

void
pd_float_repr(struct pd_ev *ev, struct pd_ptext *t, double f, bool dot)
{
	char digits[32];
	int point, n;

	if (isnan(f)) {
		pd_pt_adds(ev, t, "nan");
		return;
	}
	if (signbit(f))
		pd_pt_addc(ev, t, '-');
	if (isinf(f)) {
		pd_pt_adds(ev, t, "inf");
		return;
	}
	pd_float_digits(f, digits, &point);
	n = (int)strlen(digits);
	if (point <= -4 || point > 16) {
		pd_pt_addc(ev, t, digits[0]);
		if (n > 1) {
			pd_pt_addc(ev, t, '.');
			pd_pt_adds(ev, t, digits + 1);
		}
		pd_pt_addf(ev, t, "e%c%02d", point < 1 ? '-' : '+',
		    abs(point - 1));
	} else if (point <= 0) {
		pd_pt_adds(ev, t, "0.");
		pd_pt_fill(ev, t, "0", 1, (size_t)-point);
		pd_pt_adds(ev, t, digits);
	} else if (point >= n) {
		pd_pt_adds(ev, t, digits);
		pd_pt_fill(ev, t, "0", 1, (size_t)(point - n));
		if (dot)
			pd_pt_adds(ev, t, ".0");
	} else {
		pd_pt_add(ev, t, digits, (size_t)point);
		pd_pt_addc(ev, t, '.');
		pd_pt_adds(ev, t, digits + point);
	}
}

void
pd_complex_repr(struct pd_ev *ev, struct pd_ptext *t, const double *f)
{
	bool plain = f[0] == 0 && !signbit(f[0]);

	if (!plain) {
		pd_pt_addc(ev, t, '(');
		pd_float_repr(ev, t, f[0], false);
		if (!signbit(f[1]) || isnan(f[1]))
			pd_pt_addc(ev, t, '+');
	}
	pd_float_repr(ev, t, f[1], false);
	pd_pt_adds(ev, t, plain ? "j" : "j)");
}

double
pd_float_round(double f, int64_t digits)
{
	char b[400], *end;
	int exponent, keep;
	double r;

	if (!isfinite(f) || f == 0 || digits > 323)
		return f;
	if (digits < -308)
		return copysign(0, f);
	if (digits >= 0) {
		snprintf(b, sizeof(b), "%.*f", (int)digits, f);
		return strtod(b, NULL);
	}
	/* Digits in front of the point: as many as stay. */
	snprintf(b, sizeof(b), "%.17e", f);
	exponent = atoi(strchr(b, 'e') + 1);
	keep = exponent + 1 + (int)digits;
	if (keep < 0)
		return copysign(0, f);
	if (keep == 0) {
		/* All or nothing; what is in the middle goes to 0. */
		r = strtod(b, &end);
		snprintf(b, sizeof(b), "5e%d", exponent);
		if (fabs(r) <= strtod(b, NULL))
			return copysign(0, f);
		snprintf(b, sizeof(b), "1e%d", exponent + 1);
		return copysign(strtod(b, NULL), f);
	}
	snprintf(b, sizeof(b), "%.*e", keep - 1, f);
	return strtod(b, NULL);
}

static bool
is_word(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && strncasecmp(s, word, n) == 0;
}

bool
pd_float_parse(const char *s, size_t n, double *out)
{
	char room[512], *copy = room, *end;
	size_t m = 0, from = n > 0 && (s[0] == '-' || s[0] == '+');
	bool good = n > from, digit = false;

	if (is_word(s + from, n - from, "inf") ||
	    is_word(s + from, n - from, "infinity")) {
		*out = s[0] == '-' ? -INFINITY : INFINITY;
		return true;
	}
	if (is_word(s + from, n - from, "nan")) {
		*out = s[0] == '-' ? -NAN : NAN;
		return true;
	}
	if (n >= sizeof(room))
		copy = malloc(n + 1);
	if (copy == NULL)
		return false;
	for (size_t i = 0; i < n && good; i++) {
		char c = s[i];

		/* A _ stands between two digits; no hex. */
		if (c == '_')
			good = i > 0 && i + 1 < n &&
			    isdigit((unsigned char)s[i - 1]) &&
			    isdigit((unsigned char)s[i + 1]);
		else if (isdigit((unsigned char)c) || c == '.' || c == '-' ||
		    c == '+' || ((c == 'e' || c == 'E') && digit))
			copy[m++] = c;
		else
			good = false;
		digit |= isdigit((unsigned char)c) != 0;
	}
	copy[m] = '\0';
	if (good) {
		*out = strtod(copy, &end);
		good = digit && *end == '\0';
	}
	if (copy != room)
		free(copy);
	return good;
}

/* As CPython's: equal to that of an equal int. */
uint64_t
pd_float_hash(double f)
{
	uint64_t x = 0, y, mod = (UINT64_C(1) << 61) - 1;
	int sign = 1, e;
	double m;

	if (isinf(f))
		return f > 0 ? 314159 : (uint64_t)-314159;
	if (isnan(f))
		return 0;
	m = frexp(f, &e);
	if (m < 0) {
		sign = -1;
		m = -m;
	}
	while (m != 0) {
		x = (x << 28 & mod) | x >> 33;
		m *= 268435456.0;
		e -= 28;
		y = (uint64_t)m;
		m -= (double)y;
		x += y;
		if (x >= mod)
			x -= mod;
	}
	e = e >= 0 ? e % 61 : 60 - (-1 - e) % 61;
	x = (x << e & mod) | x >> (61 - e);
	x = sign < 0 ? -x : x;
	return x == UINT64_MAX ? UINT64_MAX - 1 : x;
}
