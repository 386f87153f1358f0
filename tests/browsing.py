"""What tests in Chromium share: waiting for a page, opening all that opens, moving by keyboard, another site."""

import calendar
import http.server
import threading

WAIT = 60_000
MONTHS = tuple(calendar.month_name)[1:]
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


def fetched(page, address, **more):
    """An answer to the page's browser. Asked again where the server has just closed the connection that was kept open,
    as it may after some idle seconds: a browser does so too.
    """
    return page.request.get(address, max_retries=3, **more)


def opened(page):
    """Opens what opens: all parts of a page, of which one is seen at a time; Streamlit's expanders by a click, as they
    may fetch their content; and all receipts.
    """
    page.evaluate(
        "() => document.querySelectorAll('[class*=st-key-part_]').forEach(one => [one, one.parentElement].forEach("
        "box => box.matches('[data-testid=stLayoutWrapper], [class*=st-key-part_]')"
        " && box.style.setProperty('display', 'flex', 'important')))"
    )
    closed = page.locator("[data-testid=stExpander] > details:not([open]) > summary").filter(visible=True)
    while closed.count():
        closed.first.click()
        settled(page)
    page.evaluate("() => document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    page.wait_for_timeout(200)


def heard(page, count):
    """Waits for the height of each of the frames on another site: a browser may lay out only those in view."""
    for index in range(count):
        page.locator("iframe").nth(index).scroll_into_view_if_needed()
        page.wait_for_function("index => index in heights", arg=index, timeout=WAIT)


class Host:
    """A site on another origin that frames embeds by the HTML of oEmbed and listens to their heights."""

    def __init__(self, frames: str):
        # It listens before there is anything to hear: a frame that is quick speaks while the page is still being read.
        page = f"""<!DOCTYPE html><html lang="en"><title>Another site</title><h1>Another site</h1><script>
        window.heights = {{}};
        addEventListener("message", event => {{
          if (event.data?.type !== "regime-atlas:height") return;
          document.querySelectorAll("iframe").forEach((frame, index) => {{
            if (frame.contentWindow === event.source) {{ heights[index] = event.data.height; frame.height = event.data.height; }}
          }});
        }});</script>{frames}</html>""".encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page)

            def log_message(self, *text):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://localhost:{self.server.server_port}/"


def unfolded(page):
    """The date as a field with its track, where a page shows it as a line."""
    page.locator(".track[role=group]").wait_for(timeout=WAIT)
    button = page.locator(".track[role=group].folded .open")
    if button.count():
        button.click()


def in_words(day):
    """A day in ISO as the date field shows it."""
    year, month, date = day.split("-")
    return f"{int(date)} {MONTHS[int(month) - 1]} {year}"
