/*
 * Blocks of source: a text, and the lines that longlist must show of it.
 * The numbers are what inspect.getblock() gives.
 */
#include "base/pyblock.h"
#include "tap.h"

static const struct {
	const char	*name, *text;
	size_t		 lines;
} blocks[] = {
	{ "a function", "def f():\n    x = 1\n    return x\n\nf()\n", 3 },
	{ "a method", "    def f(self):\n        a = 1\n\n        b = 2\n"
	    "    def g(self):\n        pass\n", 4 },
	{ "decorators", "@a\n@b(lambda x: x,\n   2)\ndef f():\n    pass\nx\n",
	    5 },
	{ "on one line", "def f(): pass\nx = 1\n", 1 },
	{ "a head over lines", "def f(a,\n      b):\n    return (a +\nb)\nx\n",
	    4 },
	{ "a string over lines", "def f():\n    x = '''\nno: end\n'''\n"
	    "    return x\ny\n", 5 },
	{ "quotes and a hash in strings", "def f():\n    x = '#' + \"'\" + "
	    "'\\''\n    return x\ny\n", 3 },
	{ "a continued line", "def f():\n    return 1 + \\\n2\ny\n", 3 },
	{ "comments of the body, not those behind", "def f():\n    a = 1\n"
	    "# left\n    # body\n    b = 2\n    # last\n\n# out\ny\n", 6 },
	{ "nested blocks", "def f():\n    if 1:\n        a\n    else:\n"
	    "        b\ny\n", 5 },
	{ "tabs", "def f():\n\tif 1:\n\t\ta\n\tb\nc\n", 4 },
	{ "a lambda", "x = lambda a: (a,\n    1)\ny = 2\n", 2 },
	{ "a class", "class A:\n    x = 1\n    def f(self):\n        pass\n"
	    "\nA()\n", 4 },
	{ "async", "async def f():\n    await x\ny\n", 2 },
	{ "to the end of the file", "def f():\n    return 1", 2 },
	{ "no function at all", "x = 1\ny = 2\n", 1 },
	{ "nothing", "", 1 },
	{ "an open bracket", "def f(:\n    x\n", 2 },
	{ "CRLF", "def f():\r\n    x = 1\r\n\r\ny\r\n", 2 },
};

static const struct {
	const char	*line;
	bool		 starts;
} heads[] = {
	{ "def f():", true }, { "    def f():", true }, { "@deco", true },
	{ "async  def f():", true }, { "x = lambda: 1", true },
	{ "x = lambda y: 1", true }, { "xlambda y", false },
	{ "define()", false }, { "class A:", false }, { "", false },
	{ "asyncdef f", false }, { "x = 1", false },
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		tap_is_int((intmax_t)pd_pyblock_lines(blocks[i].text,
		    strlen(blocks[i].text)), (intmax_t)blocks[i].lines,
		    blocks[i].name);
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		tap_ok(pd_pyblock_starts(heads[i].line,
		    strlen(heads[i].line)) == heads[i].starts, "begins: '%s'",
		    heads[i].line);
	return tap_done();
}
