/*
 * The inside of the walk that writes a core: what dump*.c share.
 *
 * dump.c goes through the queue; dump-map.c numbers by address; dump-ref.c
 * references and texts; dump-type.c types and what kind their instances are;
 * dump-object.c, dump-kinds.c, dump-library.c, dump-dtype.c, dump-numpy.c one
 * object's record; dump-attrs.c its attributes; dump-frame.c threads, frames
 * and their variables; dump-exc.c exceptions; dump-head.c the process;
 * dump-source.c texts of files; dump-file.c names, renaming.
 */
#ifndef PD_ENGINE_DUMP_ROOM_H
#define PD_ENGINE_DUMP_ROOM_H

#include <sys/stat.h>

#include "base/vec.h"
#include "core/write.h"
#include "engine/compat-object.h"
#include "engine/dump.h"

/* ---- dump-map.c: numbers by address -------------------------------------- */

/* Open addressing, 16 bytes a slot. */
struct pd_map_slot {
	const void	*key;		/* NULL: free */
	uint64_t	 n;
};
struct pd_map {
	struct pd_map_slot	*v;
	size_t			 n, cap;	/* cap: a power of two */
};
/* The number kept for a key, 0: none. */
uint64_t	 pd_map_get(const struct pd_map *, const void *key);
/* The place of a key's number, made with 0 if it is new. */
uint64_t	*pd_map_at(struct pd_map *, const void *key);
void		 pd_map_done(struct pd_map *);

/* ---- the walk ------------------------------------------------------------ */

/* An item of the queue is a pointer with one of these in its low bits, and
 * whether it is far: met in modules first (dump.c). */
enum { PD_Q_OBJECT, PD_Q_FRAME, PD_Q_CHUNK, PD_Q_MASK = 3, PD_Q_FAR = 4 };

/* A container that goes on in CHUNKs: where the next one begins. */
struct pd_run_on {
	PyObject	*o;
	PyObject	**seq;		/* of its items, or NULL */
	bool		 owned;		/* seq is ours to free */
	Py_ssize_t	 pos;		/* of a dict or set: of its iteration */
	uint64_t	 done, total;	/* references */
};

struct pd_attr {
	PyObject	*key;		/* or NULL: .name */
	const char	*name;
	enum { PD_A_OBJECT, PD_A_INT, PD_A_BOOL, PD_A_FLOAT, PD_A_FRAME,
	    PD_A_TEXT } what;
	union {
		PyObject	*o;		/* NULL: no value */
		int64_t		 i;
		double		 f;
		const char	*text;
		struct _PyInterpreterFrame	*frame;
	};
};

/* What is known of a type. */
struct pd_tinfo {
	PyTypeObject	*type;
	enum pd_core_kind kind;		/* of its instances */
	bool		 members;	/* some class of its has tp_members */
	PyTypeObject	*base;		/* DEQUE: the builtin one */
	/* Names of its own dict, bits of dump-type.c's table. */
	uint32_t	 defined, python;
	PyObject	*repr, *str;	/* borrowed from its dict, or NULL */
	PyObject	*fields;	/* _fields or __dataclass_fields__ */
	bool		 dataclass;
	/* A scalar of numpy: 'i', 'u', 'f', 'c', 'b', 'M', 'm', 'V'; its
	 * bytes. */
	char		 scalar;
	unsigned char	 scalar_size;
};

struct pd_dumper {
	const struct pd_dump	*req;
	struct pd_core_writer	*w;
	struct pd_map	 ids;		/* objects and frames: numbers */
	uintptr_t	*queue;		/* by number less 1 */
	size_t		 queued, queue_cap;
	struct pd_map	 types;		/* PyTypeObject *: number */
	struct pd_tinfo	**tinfos;	/* by number less 1 */
	size_t		 ntypes, types_cap, types_written;
	struct pd_pairs	 pairs;		/* scratch */
	struct pd_attr	*attrs;		/* scratch: those of an object */
	size_t		 nattrs, attrs_cap;
	struct pd_buf	 text;		/* scratch */
	struct pd_vec	 runs;		/* struct pd_run_on *, owned */
	struct pd_vec	 frames;	/* struct pd_dframe, as numbered */
	struct pd_map	 frame_of;	/* iframe: its first number */
	struct pd_vec	 excs;		/* struct pd_dexc */
	struct pd_vec	 threads;	/* struct pd_core_thread */
	struct pd_map	 sources;	/* co_filename: number */
	struct pd_vec	 files;		/* struct pd_core_source */
	struct pd_vec	 secrets;	/* struct pd_str: values */
	enum pd_core_cut closed;	/* no more objects are numbered */
	bool		 far;		/* what is written is far */
	uint64_t	 nfar;		/* far ones that are numbered */
	uint64_t	 written;	/* the number that is being written */
	uint64_t	 near_left;	/* others that are not yet written */
	enum pd_core_cut far_cut;	/* some were left out for near ones */
	enum pd_core_cut half;		/* what half of is used up, bytes or
					   seconds */
	uint64_t	 level, level_end;	/* of depth: its last number */
	uint64_t	 cut_objects;
	uint64_t	 began;		/* ns */
	int		 numpy;		/* its first number; -1: none */
};

/* The number of an object, which is queued if it is new; 0: left out. */
uint64_t	 pd_dump_id(struct pd_dumper *, PyObject *);
/* ... of what is far: a module, its namespace. */
uint64_t	 pd_dump_far_id(struct pd_dumper *, PyObject *);
/* ... of a frame's NAMESPACE. */
uint64_t	 pd_dump_frame_id(struct pd_dumper *,
		    struct _PyInterpreterFrame *);
/* Queues n CHUNKs; the number of the first. */
uint64_t	 pd_dump_chunks(struct pd_dumper *, struct pd_run_on *,
		    uint64_t n);
uint64_t	 pd_dump_now(void);	/* ns */

/* ---- dump-ref.c ------------------------------------------------------ */

void	 pd_dump_ref(struct pd_dumper *, PyObject *);
void	 pd_dump_ref_attr(struct pd_dumper *, const struct pd_attr *);
/* Appends at most max bytes of a str in UTF-8 (whole characters), lone
 * surrogates as three bytes, or as the bytes that os.fsencode() gives.  True
 * if all of it was appended. */
bool	 pd_dump_text(PyObject *, size_t max, bool fs, struct pd_buf *);
/* Owned; absent if it is no str. */
struct pd_str	 pd_dump_str(PyObject *);
struct pd_str	 pd_dump_fsname(PyObject *);
/* Is this the value of a variable of the environment that is redacted? */
bool	 pd_dump_is_secret(const struct pd_dumper *, const char *, size_t);
#define PD_DUMP_REDACTED	"<redacted>"
#define PD_DUMP_TEXT_MAX	((size_t)1 << 20)	/* bytes of one text */

/* ---- dump-type.c ----------------------------------------------------- */

/* Number and facts of a type; its record is written, and those of all that it
 * comes from. */
uint64_t	 pd_dump_type(struct pd_dumper *, PyTypeObject *,
		    const struct pd_tinfo **);
/* The module and name of a type, owned. */
void	 pd_dump_type_name(PyTypeObject *, struct pd_str *module,
	    struct pd_str *qualname);
/* Borrowed: an item of a dict whose key is that exact str; NULL. */
PyObject	*pd_dump_dict_get(PyObject *dict, const char *key);
/* Borrowed: the program's module of that name, its dict; NULL. */
PyObject	*pd_dump_module_dict(const char *name);

/* ---- dump-object.c, dump-kinds.c, dump-attrs.c --------------------------- */

/* Writes the record of what is next in the queue. */
void	 pd_dump_object(struct pd_dumper *, PyObject *);
/* ... of what nothing but its kind and type is to be told; NULL: of no
 * object, that kind. */
void	 pd_dump_stub(struct pd_dumper *, PyObject *, enum pd_core_kind,
	    enum pd_core_cut);
void	 pd_dump_chunk(struct pd_dumper *, struct pd_run_on *);
void	 pd_dump_namespace(struct pd_dumper *, struct _PyInterpreterFrame *);

#define PD_FIXED_MAX	80	/* an array's dimensions, and the rest */

/* What an object's record is to have. */
struct pd_plan_obj {
	enum { PD_V_NONE, PD_V_INT, PD_V_BIG, PD_V_FLOAT, PD_V_COMPLEX,
	    PD_V_BYTES } value;
	int64_t		 i;
	double		 f[2];
	const void	*s;		/* bytes; magnitude of an int */
	size_t		 n;
	const void	*tail;		/* the end of what s begins */
	size_t		 ntail;
	bool		 negative;
	/* ITEMS: of a sequence, a dict, a set, or a few that are made here. */
	enum { PD_I_NONE, PD_I_SEQ, PD_I_DICT, PD_I_SET, PD_I_FIXED } items;
	PyObject	**seq;
	bool		 seq_owned;
	struct pd_attr	 fixed[PD_FIXED_MAX];
	uint64_t	 nitems;	/* references in all */
	bool		 has_total;
	uint64_t	 total;
	bool		 has_attrs;	/* even if there are none */
	PyObject	*dict;		/* the __dict__ as an object */
	uint64_t	 more_bytes;	/* that the type does not tell of */
	enum pd_core_cut cut;
	uint64_t	 nseq;		/* of FIXED: behind these, in seq */
	char		 names[2][48];	/* of FIXED, where made here */
	struct pd_buf	 own;		/* what s may lie in; freed */
};
void	 pd_dump_plan(struct pd_dumper *, PyObject *, const struct pd_tinfo *,
	    struct pd_plan_obj *);
/* Adds to the few ITEMS that are made here; a text must stay. */
void	 pd_dump_fix(struct pd_plan_obj *, PyObject *);
void	 pd_dump_fix_int(struct pd_plan_obj *, int64_t);
void	 pd_dump_fix_text(struct pd_plan_obj *, const char *);
typedef void (*pd_plan_fn)(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
/* dump-library.c */
void	 pd_plan_date(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_time(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_datetime(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_timedelta(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_timezone(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_path(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
bool	 pd_dump_is_path(PyTypeObject *);
void	 pd_plan_decimal(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_array(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
/* dump-numpy.c: is a class in C of this name a scalar?  Then its kind, too. */
bool	 pd_dump_npscalar(PyTypeObject *, struct pd_tinfo *);
void	 pd_plan_dtype(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_ndarray(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_npscalar(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
void	 pd_plan_npnumber(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);

/* Collect into d->attrs; pd_dump_attrs() what the kind has and the object's
 * own, with the slots of its classes. */
void	 pd_dump_attrs(struct pd_dumper *, PyObject *,
	    const struct pd_tinfo *, struct pd_plan_obj *);
struct pd_attr	*pd_dump_attr(struct pd_dumper *, const char *name,
		    PyObject *);
/* Borrowed: what is in a slot of that name, whatever class has it; NULL. */
PyObject	*pd_dump_slot(PyObject *, const char *name);
/* Borrowed: an attribute of the object's own, its slots not; NULL. */
PyObject	*pd_dump_own(struct pd_dumper *, PyObject *, const char *name);

/* ---- dump-frame.c, dump-exc.c -------------------------------------------- */

struct pd_dframe {
	struct _PyInterpreterFrame	*f;
	int		 line;		/* 0: where it is */
	int		 lasti;
	bool		 hidden;
};
struct pd_dexc {
	PyObject	*exc;		/* borrowed */
	struct pd_core_exc rec;
};

/* Fills d->excs, d->threads, d->frames: what is there, numbered. */
void	 pd_dump_collect(struct pd_dumper *);
/* Adds a traceback's frames, innermost first, and what is below them if below
 * is set. */
void	 pd_dump_add_tb(struct pd_dumper *, PyObject *tb, bool below,
	    struct pd_core_exc *);
/* Adds an exception and those it leads to; its number. */
uint64_t	 pd_dump_add_exc(struct pd_dumper *, PyObject *, bool below);
/* Queues the variables of all frames, before what else they lead to. */
void	 pd_dump_number_frames(struct pd_dumper *);
/* Writes EXC, THREAD, FRAME and SOURCE. */
void	 pd_dump_put_excs(struct pd_dumper *);
void	 pd_dump_put_frames(struct pd_dumper *);
/* dump-zip.c: appends at most max bytes of what FILE.zip/NAME, a file that is
 * none, has in it; st is the zip file's.  False: there is no such thing, or it
 * cannot be read. */
bool	 pd_dump_zip(const char *file, size_t max, struct pd_buf *,
	    struct stat *st);
/* The number of the text of a code object's file, which is read; 0: none. */
uint64_t	 pd_dump_source(struct pd_dumper *, PyCodeObject *,
		    const struct pd_str *file);

/* ---- dump-head.c ----------------------------------------------------- */

void	 pd_dump_put_head(struct pd_dumper *);
void	 pd_dump_put_modules(struct pd_dumper *);

#endif
