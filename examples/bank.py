"""Transfers between accounts.  It ends in an exception: a post mortem shows
which transfer was wrong, and in which state the accounts were."""


class Account:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance

    def __repr__(self):
        return f"<{self.owner}: {self.balance}>"

    def withdraw(self, amount):
        if amount > self.balance:
            raise ValueError(f"{self.owner} has only {self.balance}")
        self.balance -= amount


def transfer(accounts, source, target, amount):
    accounts[source].withdraw(amount)
    accounts[target].balance += amount


accounts = {name: Account(name, 100) for name in ("ada", "bob", "eve")}
for source, target, amount in [("ada", "bob", 30), ("bob", "eve", 120),
                               ("bob", "ada", 20)]:
    transfer(accounts, source, target, amount)
print(accounts)
