"""The lock of the start page, apart from those who take it: a module of its own keeps their imports one-way."""

import threading

# Held while the start page is made: a visitor who comes meanwhile waits for it instead of making it a second time.
START_PAGE = threading.Lock()
