/*
 * The records of looking into values (op children): a tree that opens lazily.
 *
 * Part of records.h, which says what holds for all records.  Described in
 * children.c.
 */
#ifndef PD_MODEL_CHILDREN_H
#define PD_MODEL_CHILDREN_H

#include "model/field.h"

/*
 * What a value consists of.  Answered without running any of the program's
 * code: no property, no __getattr__, __repr__, __len__, __iter__ or __eq__ of
 * its classes; dict, list and their like are read as what they are at base,
 * other objects by their __dict__ and slots.  The two exceptions are what the
 * user asked for: the expression of PD_ROOT_EXPR, and properties with .ask.
 *
 * The variables of the root are its children; .path leads down from there, a
 * position each, as the answers number them.  Positions hold as long as the
 * value is not changed; .ident of the last answer for that child makes sure.
 */
enum pd_children_root { PD_ROOT_ARGS, PD_ROOT_LOCALS, PD_ROOT_GLOBALS,
	PD_ROOT_EXPR };

struct pd_children_req {
	uint64_t	 frame;
	uint64_t	 root;		/* enum pd_children_root */
	struct pd_str	 text;		/* of PD_ROOT_EXPR */
	struct pd_vec	 path;		/* uint64_t */
	uint64_t	 ident;		/* of the value at its end; 0: any.  If
					   it is another, that is an error */
	uint64_t	 first;		/* position of the first wanted */
	uint64_t	 max;		/* 0: PD_CHILDREN_DEFAULT */
	uint64_t	 bytes;		/* of each text; 0: default */
	bool		 ask;		/* has the values of properties, on the
					   path and among those wanted */
};
#define PD_CHILDREN_DEFAULT	100u
#define PD_CHILDREN_MAX		10000u
extern const struct pd_desc pd_children_req_desc;

enum pd_item_kind {
	PD_ITEM_NAME,		/* a variable: x */
	PD_ITEM_ATTR,		/* .x, and what the interpreter keeps for an
				   object: .__cause__ */
	PD_ITEM_INDEX,		/* [3] */
	PD_ITEM_KEY,		/* ['key'] */
	PD_ITEM_MEMBER,	/* {3}: of what has no order, a set */
	PD_ITEM_PROPERTY	/* .x, computed: has no value unless asked */
};

struct pd_item {
	uint64_t	 kind;		/* enum pd_item_kind */
	uint64_t	 pos;		/* in its parent */
	struct pd_str	 label;		/* as above */
	struct pd_str	 type;		/* the type's name; absent: no value */
	struct pd_str	 text;		/* in short; absent: no value */
	bool		 cut;		/* text ends before the value does */
	bool		 failed;	/* asked, it raised: text is what */
	uint64_t	 count;		/* of its own children */
	struct pd_str	 expr;		/* leads to it in the frame; absent:
					   nothing does */
	uint64_t	 ident;		/* id(): the same one is the same */
	bool		 module;	/* it is a module */
};
extern const struct pd_desc pd_item_desc;

struct pd_children {
	struct pd_vec	 items;		/* struct pd_item, from .first on */
	uint64_t	 total;		/* children that there are */
	struct pd_item	 self;		/* what they are children of, without
					   .pos and .label; of the variables of
					   a frame: nothing */
};
extern const struct pd_desc pd_children_desc;

#endif
