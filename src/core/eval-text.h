/*
 * Methods that str, bytes and bytearray share, for their tables.
 */
#ifndef PD_CORE_EVAL_TEXT_H
#define PD_CORE_EVAL_TEXT_H

#include "core/eval-room.h"

/* The text that a method is called on; raises if the core has not all. */
struct pd_pv	*pd_text_self(struct pd_ev *, struct pd_pcall *);
/* An argument that must be text of the same kind; what begins the message. */
struct pd_pv	*pd_text_arg(struct pd_ev *, struct pd_pv *self,
		    struct pd_pv *, const char *what);

struct pd_pv	*pd_text_search(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_count(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_startswith(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_strip(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_remove(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_replace(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_just(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_zfill(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_expandtabs(struct pd_ev *, struct pd_pcall *);
/* eval-split.c */
struct pd_pv	*pd_text_split(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_splitlines(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_partition(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_join(struct pd_ev *, struct pd_pcall *);
/* eval-case.c */
struct pd_pv	*pd_text_case(struct pd_ev *, struct pd_pcall *);
struct pd_pv	*pd_text_is(struct pd_ev *, struct pd_pcall *);

/* Rows of a table of methods that all have. */
#define PD_TEXT_METHODS							\
	{ "capitalize", pd_text_case, "/" },				\
	{ "center", pd_text_just, "width fillchar? /" },		\
	{ "count", pd_text_count, "sub start? end? /" },		\
	{ "endswith", pd_text_startswith, "suffix start? end? /" },	\
	{ "expandtabs", pd_text_expandtabs, "tabsize?" },		\
	{ "find", pd_text_search, "sub start? end? /" },		\
	{ "index", pd_text_search, "sub start? end? /" },		\
	{ "isalnum", pd_text_is, "/" },					\
	{ "isalpha", pd_text_is, "/" },					\
	{ "isascii", pd_text_is, "/" },					\
	{ "isdigit", pd_text_is, "/" },					\
	{ "islower", pd_text_is, "/" },					\
	{ "isspace", pd_text_is, "/" },					\
	{ "istitle", pd_text_is, "/" },					\
	{ "isupper", pd_text_is, "/" },					\
	{ "join", pd_text_join, "iterable /" },				\
	{ "ljust", pd_text_just, "width fillchar? /" },			\
	{ "lower", pd_text_case, "/" },					\
	{ "lstrip", pd_text_strip, "chars? /" },			\
	{ "partition", pd_text_partition, "sep /" },			\
	{ "removeprefix", pd_text_remove, "prefix /" },			\
	{ "removesuffix", pd_text_remove, "suffix /" },			\
	{ "replace", pd_text_replace, "old new count? /" },		\
	{ "rfind", pd_text_search, "sub start? end? /" },		\
	{ "rindex", pd_text_search, "sub start? end? /" },		\
	{ "rjust", pd_text_just, "width fillchar? /" },			\
	{ "rpartition", pd_text_partition, "sep /" },			\
	{ "rsplit", pd_text_split, "sep? maxsplit?" },			\
	{ "rstrip", pd_text_strip, "chars? /" },			\
	{ "split", pd_text_split, "sep? maxsplit?" },			\
	{ "splitlines", pd_text_splitlines, "keepends?" },		\
	{ "startswith", pd_text_startswith, "prefix start? end? /" },	\
	{ "strip", pd_text_strip, "chars? /" },				\
	{ "swapcase", pd_text_case, "/" },				\
	{ "title", pd_text_case, "/" },					\
	{ "upper", pd_text_case, "/" },					\
	{ "zfill", pd_text_zfill, "width /" }

#endif
