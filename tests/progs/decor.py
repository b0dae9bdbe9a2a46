import functools


def logged(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args)
    return wrapper


@logged
def area(
    width,
    height,
):
    """Multi-line signature,
    multi-line docstring."""
    result = (
        width *
        height
    )
    return result


class Box:
    @staticmethod
    def size():
        return area(2, 3)


print(Box.size())
