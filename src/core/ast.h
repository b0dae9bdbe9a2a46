/*
 * Python expressions as trees.
 *
 * The grammar is that of "Expressions" in the language reference of 3.12, for
 * cores of all versions.  What cannot be evaluated without a process (await,
 * yield) is parsed all the same, so that the answer is not a SyntaxError.
 *
 * Trees live in an arena and are never changed once they are made.
 */
#ifndef PD_CORE_AST_H
#define PD_CORE_AST_H

#include <stddef.h>

#include "base/err.h"
#include "core/arena.h"

enum pd_ast_kind {
	PD_AST_NONE,		/* None, True, False, ... */
	PD_AST_TRUE,
	PD_AST_FALSE,
	PD_AST_ELLIPSIS,
	PD_AST_INT,		/* text: digits with their 0x, without _ */
	PD_AST_FLOAT,		/* text */
	PD_AST_IMAG,		/* text, without the j */
	PD_AST_STR,		/* text: its value */
	PD_AST_BYTES,		/* text: its value */
	PD_AST_FSTR,		/* list: STR and FIELD */
	PD_AST_FIELD,		/* a: expression, b: spec (FSTR) or NULL, op:
				 * conversion or 0, text: source with = */
	PD_AST_NAME,		/* text */
	PD_AST_ATTR,		/* a.text */
	PD_AST_ITEM,		/* a[b] */
	PD_AST_SLICE,		/* a:b:c, each may be NULL */
	PD_AST_CALL,		/* a(list), of anything, STAR, KEYWORD, DSTAR */
	PD_AST_KEYWORD,		/* text=a */
	PD_AST_STAR,		/* *a */
	PD_AST_DSTAR,		/* **a */
	PD_AST_UNARY,		/* op a */
	PD_AST_BINARY,		/* a op b */
	PD_AST_AND,		/* list */
	PD_AST_OR,		/* list */
	PD_AST_COMPARE,		/* a, list of OPERAND */
	PD_AST_OPERAND,		/* op a */
	PD_AST_COND,		/* b if a else c */
	PD_AST_NAMED,		/* text := a */
	PD_AST_LAMBDA,		/* list of PARAM, a: body */
	PD_AST_PARAM,		/* text, a: default or NULL, op: PD_PARAM_ */
	PD_AST_LIST,		/* list */
	PD_AST_TUPLE,		/* list */
	PD_AST_SET,		/* list */
	PD_AST_DICT,		/* list of PAIR, DSTAR */
	PD_AST_PAIR,		/* a: b */
	PD_AST_LISTCOMP,	/* a, list of FOR */
	PD_AST_SETCOMP,		/* a, list of FOR */
	PD_AST_DICTCOMP,	/* a: b, list of FOR */
	PD_AST_GENEXP,		/* a, list of FOR */
	PD_AST_FOR,		/* a: target, b: iterable, list: conditions,
				 * op: 1 if async */
	PD_AST_AWAIT,		/* a */
	PD_AST_YIELD,		/* a or NULL, op: 1 if from */
	PD_AST_MAX
};

enum pd_ast_op {
	PD_OP_ADD = 1,
	PD_OP_SUB,
	PD_OP_MUL,
	PD_OP_MATMUL,
	PD_OP_DIV,
	PD_OP_FLOORDIV,
	PD_OP_MOD,
	PD_OP_POW,
	PD_OP_LSHIFT,
	PD_OP_RSHIFT,
	PD_OP_AND,
	PD_OP_XOR,
	PD_OP_OR,
	/* unary */
	PD_OP_POS,
	PD_OP_NEG,
	PD_OP_INVERT,
	PD_OP_NOT,
	/* comparisons */
	PD_OP_LT,
	PD_OP_LE,
	PD_OP_EQ,
	PD_OP_NE,
	PD_OP_GT,
	PD_OP_GE,
	PD_OP_IN,
	PD_OP_NOT_IN,
	PD_OP_IS,
	PD_OP_IS_NOT
};

enum pd_ast_param {
	PD_PARAM_POSITIONAL,	/* before a / */
	PD_PARAM_PLAIN,
	PD_PARAM_STAR,		/* *args */
	PD_PARAM_KEYWORD,	/* behind a * */
	PD_PARAM_DSTAR		/* **kwargs */
};

struct pd_ast_text {
	const char	*s;	/* UTF-8, surrogates as three bytes; may hold
				 * NUL; a NUL behind it */
	size_t		 n;
};

struct pd_ast {
	enum pd_ast_kind	  kind;
	int			  op;
	size_t			  pos;		/* byte in the source */
	struct pd_ast		 *a, *b, *c;
	struct pd_ast		**list;
	size_t			  n;		/* of list */
	struct pd_ast_text	  text;
};

/*
 * Parses one expression (a tuple without brackets is one as well); the text
 * must live as long as the tree.  NULL and one line that begins with
 * "SyntaxError: " if it is none; err tells the place as Python counts it:
 * line and column from 1, the line only if there are several.
 */
struct pd_ast	*pd_ast_parse(struct pd_arena *, const char *, size_t,
		    struct pd_err *);

#endif
