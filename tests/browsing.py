"""What tests in Chromium share: waiting for a page, opening all that opens, moving by keyboard."""

WAIT = 60_000
# Functions, not expressions: the pages' security policy lets nothing be evaluated from text.
AT_REST = "() => document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


def settled(page, pause=250):
    """Waits until the run of the page is over and its script has drawn it."""
    page.wait_for_function(AT_REST, timeout=WAIT)
    page.wait_for_timeout(pause)


def visit(page, address):
    """Opens a page of the app and waits for its title."""
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=WAIT)
    settled(page)


def opened(page):
    """Opens what opens: Streamlit's expanders by a click, as they may fetch their content, and all receipts."""
    closed = page.locator("[data-testid=stExpander] > details:not([open]) > summary")
    while closed.count():
        closed.first.click()
        settled(page)
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    page.wait_for_timeout(200)
