/*
 * What dump-dtype.c and dump-numpy.c share: dtypes as they lie in memory.
 */
#ifndef PD_ENGINE_DUMP_NUMPY_H
#define PD_ENGINE_DUMP_NUMPY_H

#include "engine/dump-room.h"

/* PyArray_Descr of ndarraytypes.h. */
struct pd_npdescr {
	PyObject	 head;
	PyTypeObject	*type_of;
	char		 kind, type, order, flags;
	int		 num;
	union {
		struct {
			int		 size, align;
			void		*subarray;
			PyObject	*fields, *names;
			void		*functions;
			PyObject	*metadata;
			void		*unit;
		} v1;
		struct {
			uint64_t	 flags;
			Py_ssize_t	 size, align;
			PyObject	*metadata;
			Py_hash_t	 hash;
			void		*reserved[2];
			void		*subarray;
			PyObject	*fields, *names;
			void		*unit;
		} v2;
	};
};

struct pd_npunit {
	int	 base, count;
};

/* What is needed of a dtype, whatever numpy's version. */
struct pd_dtype {
	char		 kind, order;
	size_t		 size;
	bool		 subarray;
	PyObject	*fields, *names;
	struct pd_npunit	 unit;
};

/* False: of another make. */
bool	 pd_dtype_read(struct pd_dumper *, const struct pd_npdescr *,
	    struct pd_dtype *);
/* "float64", "datetime64[D]". */
void	 pd_dtype_name(struct pd_buf *, const struct pd_dtype *);
/* "<f8", "|S2", "<M8[D]". */
void	 pd_dtype_str(struct pd_buf *, const struct pd_dtype *);

#endif
