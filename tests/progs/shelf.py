import sys

class Book:
    def __init__(self, title, pages):
        self.title = title
        self.pages = pages

class Shelf:
    def __init__(self):
        self.books = {}

    def add(self, book):
        self.books[book.title] = book

    def mean(self):
        pages = [b.pages for b in self.books.values()]
        return sum(pages) / (len(pages) - 3)

def main():
    shelf = Shelf()
    for title, pages in ('Emma', 474), ('Ulysses', 730), ('Walden', 352):
        shelf.add(Book(title, pages))
    return shelf.mean()

main()
