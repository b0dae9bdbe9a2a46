"""What stored-2.pycore is a core of: values of the kinds of format 1.1."""
import array
import collections
import decimal

import numpy


def measure(rows):
    table = numpy.arange(12.0).reshape(3, 4)
    turned = table.T[::-1]
    long = numpy.arange(30000, dtype=">i4")
    mixed = numpy.array([1, "x", None, [2]], dtype=object)
    names = numpy.array(["ab", "h\xe9"])
    days = numpy.array(["2020-02-29", "NaT"], dtype="datetime64[D]")
    part = numpy.array([(1, 2.5, b"x", True)],
                       dtype=[("a", "i4"), ("b", "f8"), ("c", "S3"), ("d", "?")])
    single = numpy.float32(0.1), numpy.uint8(200), numpy.bool_(True)
    price = decimal.Decimal("-1234.50"), decimal.Decimal("1E-10")
    raw = array.array("h", [1, -2, 300])
    views = {"k": 1}.keys(), collections.OrderedDict(a=2).items()
    return table / rows["none"]


measure({"one": 1})
