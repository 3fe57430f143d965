"""Browsers before a bureau's desk that is open, and the clock that it goes by."""

from starlette.testclient import TestClient

from gouji.desk.bureau.app import guarded
from gouji.desk.bureau.desk import HERE
from gouji.desk.bureau.exports import new_link
from gouji.desk.bureau.keeping.model import BUREAU, Account, Role

URL = "http://desk.test"


class Clock:
    """The seconds of the epoch, which a test may move on."""

    def __init__(self):
        self.now = 1_700_000_000

    def __call__(self):
        return self.now


class Site:
    """An open desk and its browsers, each with its own cookies."""

    def __init__(self, desk, clock):
        self.desk, self.clock = desk, clock
        self.app = guarded(desk)

    def browser(self, **given):
        client = ("192.168.1.9", 50000)
        origin = {"Origin": URL}
        return TestClient(
            **{"app": self.app, "base_url": URL, "headers": origin, "client": client} | given
        )

    def link(self, account):
        link = new_link(self.desk.store, account, HERE, self.desk.now)
        return link.removeprefix(self.desk.options.url)

    def inside(self, account):
        """A browser that came in by a link of the account."""
        browser = self.browser()
        answer = browser.post("/in", data={"token": self.link(account).rpartition("/")[2]})
        assert answer.status_code == 200
        return browser

    def unit(self, key="001"):
        return self.inside(Account(Role.UNIT, key))

    def bureau(self):
        return self.inside(BUREAU)


def send(browser, data, name="填报.xlsx"):
    """Hand a workbook in; the page that follows."""
    return browser.post("/upload", files={"workbook": (name, data)})
