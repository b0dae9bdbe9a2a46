import unittest


def helper(x):
    return x + 1


class Tests(unittest.TestCase):
    def test_a(self):
        self.assertEqual(helper(1), 2)

    def test_b(self):
        self.assertEqual(helper(1), 3)


unittest.main()
