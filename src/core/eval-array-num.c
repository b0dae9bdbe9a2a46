/*
 * Columns of floating point numbers, as numpy prints them: eight digits behind
 * the point at most, all points under one another.
 *
 * For the arrays of the evaluator of cores.
 */
#include "core/eval-array.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PRECISION	8

/* binary16: 11 bits, the least 2 ** -24. */
static double
as_half(double v)
{
	int e;
	double unit;

	frexp(v, &e);
	unit = ldexp(1, e - 11 > -24 ? e - 11 : -24);
	return rint(v / unit) * unit;
}

static bool
same(const char *text, double f, size_t size)
{
	if (size == 4)
		return strtof(text, NULL) == (float)f;
	return (size == 2 ? as_half(strtod(text, NULL)) :
	    strtod(text, NULL)) == f;
}

void
pd_nd_digits(double f, size_t size, char *digits, int *point)
{
	char b[48], *p = digits;

	for (int n = 1; n <= 17; n++) {
		snprintf(b, sizeof(b), "%.*e", n - 1, fabs(f));
		if (same(b, fabs(f), size))
			break;
	}
	for (const char *s = b; *s != 'e'; s++)
		if (isdigit((unsigned char)*s))
			*p++ = *s;
	*p = '\0';
	*point = f == 0 ? 1 : atoi(strchr(b, 'e') + 1) + 1;
}

/* Without zeros at the end, with the point. */
static void
trim(char *s)
{
	char *e = strchr(s, 'e'), tail[16] = "", *p;

	if (e != NULL) {
		snprintf(tail, sizeof(tail), "%s", e);
		*e = '\0';
	}
	if (strchr(s, '.') == NULL)
		strcat(s, ".");
	p = s + strlen(s);
	while (p[-1] == '0')
		p--;
	strcpy(p, tail);
}

/* "1.5", "2.", or "1.5e-10"; b has room for 360 bytes. */
static void
short_text(double f, size_t size, bool exp, bool sign, char *b)
{
	char digits[32];
	int point, behind;

	pd_nd_digits(f, size, digits, &point);
	behind = (int)strlen(digits) - (exp ? 1 : point);
	if (behind < 0)
		behind = 0;
	if (behind > PRECISION)
		behind = PRECISION;
	if (exp)
		snprintf(b, 340, sign ? "%+.*e" : "%.*e", behind, f);
	else
		snprintf(b, 340, sign ? "%+.*f" : "%.*f", behind, f);
	trim(b);
}

static void
measure_one(struct pd_nd_column *c, double f)
{
	char b[360], *dot, *e;
	size_t n;

	short_text(f, c->size, c->exp, c->sign, b);
	dot = strchr(b, '.');
	e = strchr(b, 'e');
	n = (size_t)(dot - b);
	if (n > c->left)
		c->left = n;
	n = e != NULL ? (size_t)(e - dot) - 1 : strlen(dot + 1);
	if (n > c->right)
		c->right = n;
	if (e != NULL && strlen(e) - 2 > c->exp_digits)
		c->exp_digits = strlen(e) - 2;
}

/* Too far from one another, or from 1, to be written in full? */
static bool
needs_exp(const double *v, size_t n)
{
	double least = INFINITY, most = 0;

	for (size_t i = 0; i < n; i++) {
		double f = fabs(v[i]);

		if (!isfinite(f) || f == 0)
			continue;
		least = f < least ? f : least;
		most = f > most ? f : most;
	}
	return most > 0 && (most >= 1e8 || least < 0.0001 ||
	    most / least > 1000);
}

void
pd_nd_measure(struct pd_ev *ev, struct pd_nd_column *c, const double *v,
    size_t n)
{
	size_t special = 0, width;

	c->exp = needs_exp(v, n);
	c->left = c->right = c->exp_digits = 0;
	for (size_t i = 0; i < n; i++) {
		pd_ev_step(ev, 4);
		if (isfinite(v[i])) {
			measure_one(c, v[i]);
			continue;
		}
		width = isinf(v[i]) && (c->sign || v[i] < 0) ? 4 : 3;
		special = width > special ? width : special;
	}
	c->precision = c->right;
	if (c->exp)
		c->right += c->exp_digits + 2;
	/* What is no number stands over the point and what is behind. */
	if (special > c->left + c->right + 1)
		c->left = special - c->right - 1;
}

void
pd_nd_real_text(struct pd_ev *ev, struct pd_ptext *t,
    const struct pd_nd_column *c, double f)
{
	char b[360], *dot, *e;
	size_t width = c->left + c->right + 1, n;

	if (!isfinite(f)) {
		snprintf(b, sizeof(b), "%s%s", isnan(f) ? "" : f < 0 ? "-" :
		    c->sign ? "+" : "", isnan(f) ? "nan" : "inf");
		n = strlen(b);
		pd_pt_fill(ev, t, " ", 1, width > n ? width - n : 0);
		pd_pt_adds(ev, t, b);
		return;
	}
	short_text(f, c->size, c->exp, c->sign, b);
	dot = strchr(b, '.');
	n = (size_t)(dot - b);
	pd_pt_fill(ev, t, " ", 1, c->left > n ? c->left - n : 0);
	if (!c->exp) {
		pd_pt_adds(ev, t, b);
		n = strlen(dot + 1);
		pd_pt_fill(ev, t, " ", 1, c->right > n ? c->right - n : 0);
		return;
	}
	e = strchr(b, 'e');
	n = (size_t)(e - dot) - 1;
	pd_pt_add(ev, t, b, (size_t)(e - b));
	pd_pt_fill(ev, t, "0", 1, c->precision > n ? c->precision - n : 0);
	pd_pt_add(ev, t, e, 2);
	n = strlen(e + 2);
	pd_pt_fill(ev, t, "0", 1, c->exp_digits > n ? c->exp_digits - n : 0);
	pd_pt_adds(ev, t, e + 2);
}
