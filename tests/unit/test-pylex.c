/*
 * The lexer for showing Python: pieces of lines, and what lines leave open.
 */
#include "base/pylex.h"
#include "base/str.h"
#include "tap.h"

/* Pieces that are not TEXT are shown as K<def>. */
static const char letters[PD_PYTOK_MAX + 1] = ".KCBDSNXA";

struct seen {
	struct pd_buf	 b;
	size_t		 bytes;
	enum pd_pytok	 last;
};

static void
see(void *ctx, enum pd_pytok kind, const char *p, size_t n)
{
	struct seen *s = ctx;

	s->bytes += n;
	/* Pieces of one kind that touch are told as one. */
	if (kind != s->last && s->last != PD_PYTOK_TEXT)
		pd_buf_addc(&s->b, '>');
	if (kind != s->last && kind != PD_PYTOK_TEXT)
		pd_buf_addf(&s->b, "%c<", letters[kind]);
	s->last = kind;
	pd_buf_add(&s->b, p, n);
}

static const struct {
	const char	*text, *want;	/* lines are parted by \n */
} cases[] = {
	{ "", "" },
	{ "def f(x):", "K<def> D<f>(x):" },
	{ "async def f():", "K<async> K<def> D<f>():" },
	{ "class A(B, metaclass=M):", "K<class> D<A>(B, metaclass=M):" },
	{ "    return x + 1  # why", "    K<return> x + N<1>  X<# why>" },
	{ "x = None if True else False",
	  "x = C<None> K<if> C<True> K<else> C<False>" },
	{ "defx = classy", "defx = classy" },
	{ "print(len(a), end='')", "B<print>(B<len>(a), end=S<''>)" },
	{ "a.print(x.len)", "a.print(x.len)" },
	{ "id = 1; max(key=id)", "id = N<1>; B<max>(key=B<id>)" },
	{ "id == 1", "B<id> == N<1>" },
	{ "raise ValueError('x')", "K<raise> B<ValueError>(S<'x'>)" },
	{ "except (OSError, MyError):", "K<except> (B<OSError>, B<MyError>):" },
	/* Strings. */
	{ "x = 'a\\'b' + \"c'd\"", "x = S<'a\\'b'> + S<\"c'd\">" },
	{ "rb'\\' + 1' + R\"\\\\\"", "S<rb'\\' + 1'> + S<R\"\\\\\">" },
	{ "x = b'' + u'' + br''", "x = S<b''> + S<u''> + S<br''>" },
	{ "rx = fob'a'", "rx = fobS<'a'>" },
	{ "x = 'open\ny = 1", "x = S<'open>|y = N<1>" },
	{ "x = '\ny = 1", "x = S<'>|y = N<1>" },
	{ "x = 'open\\\n still' + y", "x = S<'open\\>|S< still'> + y" },
	{ "'''a\nb\n\n'c' d''' + e", "S<'''a>|S<b>||S<'c' d'''> + e" },
	{ "\"\"\"a\\\"\"\" b\"\"\" if x",
	  "S<\"\"\"a\\\"\"\" b\"\"\"> K<if> x" },
	{ "''", "S<''>" },
	{ "''''''", "S<''''''>" },
	{ "'''def'''\ndef", "S<'''def'''>|K<def>" },
	/* f-strings. */
	{ "f'a{b}c'", "S<f'a>{b}S<c'>" },
	{ "f'{{a}} {b!r:>{w}} {c}'",
	  "S<f'{{a}} >{b!r:S<>>{w}}S< >{c}S<'>" },
	{ "f'{x:%H:%M}' + y", "S<f'>{x:S<%H:%M>}S<'> + y" },
	{ "f'{d['a']}' + f\"{', '.join(s)}\"",
	  "S<f'>{d[S<'a'>]}S<'> + S<f\">{S<', '>.join(s)}S<\">" },
	{ "f'{f'{f'{1}'}'}'", "S<f'>{S<f'>{S<f'>{N<1>}S<'>}S<'>}S<'>" },
	{ "f'''{\nx if y else [1,\n2]}\nz''' + a",
	  "S<f'''>{|x K<if> y K<else> [N<1>,|N<2>]}|S<z'''> + a" },
	{ "f'{ {1: 2}[1] }'", "S<f'>{ {N<1>: N<2>}[N<1>] }S<'>" },
	{ "f'{(lambda x: x)(1)}'",
	  "S<f'>{(K<lambda> x: x)(N<1>)}S<'>" },
	{ "f'}'", "S<f'}'>" },
	{ "rf'\\{x}'", "S<rf'\\{x}'>" },
	/* Numbers. */
	{ "1 0x1F 0b1_0 1_000 1.5e-3 .5j 1J 1e5", "N<1> N<0x1F> N<0b1_0> "
	  "N<1_000> N<1.5e-3> N<.5j> N<1J> N<1e5>" },
	{ "1if x else 0xfor", "N<1>K<if> x K<else> N<0xf>K<or>" },
	{ "x1 + a[1:2]", "x1 + a[N<1>:N<2>]" },
	/* Statements that soft keywords begin. */
	{ "match x:", "K<match> x:" },
	{ "match(x):", "K<match>(x):" },
	{ "match = 1", "match = N<1>" },
	{ "match(x)", "match(x)" },
	{ "match[a:b] = 3", "match[a:b] = N<3>" },
	{ "    case [1, *_]: pass", "    K<case> [N<1>, *_]: K<pass>" },
	{ "case.x()", "case.x()" },
	{ "re.match(x)", "re.match(x)" },
	{ "type X[T] = list[T]", "K<type> X[T] = B<list>[T]" },
	{ "type(x)", "B<type>(x)" },
	{ "f(match x", "f(match x" },
	/* Decorators. */
	{ "@app.route('/')", "A<@app.route>(S<'/'>)" },
	{ "x = a @ b", "x = a @ b" },
	{ "f(\n@x)", "f(|@x)" },
	/* Lines that belong together. */
	{ "def \\\nf(): pass", "K<def> \\|D<f>(): K<pass>" },
	{ "def\nf()", "K<def>|f()" },
	{ "# no \\\n@x", "X<# no \\>|A<@x>" },
	{ "x = 1; @y", "x = N<1>; A<@y>" },
	/* Whatever comes. */
	{ "\303\251t\303\251 = \"\303\251\"", "\303\251t\303\251 = "
	  "S<\"\303\251\">" },
	{ ")]} $ ? \\", ")]} $ ? \\" },
	{ "'\\", "S<'\\>" },
};

static void
lex_lines(const char *text, struct seen *s)
{
	struct pd_pylex lx = { 0 };
	const char *nl;
	size_t n;

	for (;; text = nl + 1) {
		n = strcspn(text, "\n");
		nl = text + n;
		s->bytes = 0;
		pd_pylex_line(&lx, text, n, see, s);
		see(s, PD_PYTOK_TEXT, "", 0);
		if (s->bytes != n)
			pd_buf_adds(&s->b, " (not covered)");
		if (*nl == '\0')
			return;
		pd_buf_addc(&s->b, '|');
	}
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct seen s = { .last = PD_PYTOK_TEXT };
		char name[64];

		lex_lines(cases[i].text, &s);
		snprintf(name, sizeof(name), "%.60s", cases[i].text);
		for (char *p = name; *p != '\0'; p++)
			if (*p == '\n' || *p == '#')
				*p = '|';
		tap_is_str(pd_buf_c(&s.b), cases[i].want, name);
		pd_buf_done(&s.b);
	}
	return tap_done();
}
