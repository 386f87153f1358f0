"""What a page sends: the settings of Streamlit that this rests on, and budgets of bytes that hold on any machine."""

import inspect
import tomllib

import pytest
import streamlit.config
from streamlit.testing.v1 import AppTest
from visitor import done

from atlas.charts.clock.page import clock_figure
from atlas.charts.clock.view import clock
from atlas.charts.map.page import map_figure
from atlas.charts.map.view import READINGS, world_map
from atlas.charts.timeline.page import timeline_figure
from atlas.charts.timeline.view import ORDERS, timeline
from atlas.law.law_cache import law_day, law_days
from atlas.law.strength import strengths
from atlas.maps.geometry import get_geometry
from atlas.publish.browse import SHOWN, browse
from atlas.response.durations import default_start
from atlas.tables.schema import DATA
from atlas.ui import page as ui
from atlas.web.sockets import Prompt, widen_window
from benchmarks.visitor import TEXT, TEXTS, Visitor

ROOT = DATA.parent
# Bytes: over the socket, compressed, and of the messages themselves, which a proxy may have to send as they are.
COLOUR_WIRE, COLOUR_RAW, DAY_WIRE, FIRST_WIRE = 12_000, 26_000, 30_000, 30_000
SECONDS = 60


# What it rests on


def test_streamlit_still_has_the_hidden_options():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    known = streamlit.config.get_config_options()
    for name, value in (
        ("runner.postScriptGC", False),
        ("global.minCachedMessageSize", 500.0),
        ("global.maxCachedMessageAge", 3),
        ("server.enableWebsocketCompression", True),
        ("server.disconnectedSessionTTL", 30),
    ):
        section, option = name.split(".")
        assert settings[section][option] == value, name
        assert name in known and isinstance(value, known[name].type), name


def test_streamlit_still_reads_them():
    from streamlit.runtime import app_session, forward_msg_cache
    from streamlit.runtime.scriptrunner import script_runner
    from streamlit.web.server.starlette import starlette_server

    assert "runner.postScriptGC" in inspect.getsource(script_runner)
    assert "global.minCachedMessageSize" in inspect.getsource(forward_msg_cache)
    assert "global.maxCachedMessageAge" in inspect.getsource(app_session)
    assert "server.enableWebsocketCompression" in inspect.getsource(starlette_server)


def test_the_window_of_compression_is_widened(monkeypatch):
    from uvicorn.protocols.websockets import websockets_sansio_impl as served

    monkeypatch.setattr(served, "ServerPerMessageDeflateFactory", served.ServerPerMessageDeflateFactory)
    widen_window()
    factory = served.ServerPerMessageDeflateFactory(
        server_max_window_bits=12, client_max_window_bits=12, compress_settings={"memLevel": 5}
    )
    assert factory.server_max_window_bits == 15 and factory.compress_settings["memLevel"] == 6


def test_small_messages_leave_at_once():
    import socket

    class Server:
        """As uvicorn: `receive` belongs to an object that has the connection."""

        def __init__(self, connection):
            self.connection, self.transport = connection, self

        def get_extra_info(self, name):
            return self.connection

        async def receive(self):
            return {}

    asked = []

    async def app(scope, receive, send):
        asked.append(scope["type"])

    for kind in ("http", "websocket"):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
            done(Prompt(app)({"type": kind}, Server(connection).receive, _anything))
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0
    # Another server has no such object; the request is passed on all the same.
    done(Prompt(app)({"type": "websocket"}, _nothing, _anything))
    assert asked == ["http", "websocket", "websocket"]


async def _nothing():
    return {"type": "lifespan.shutdown"}


async def _anything(message):
    pass


# Budgets


@pytest.fixture(scope="module")
def walk(server):
    """Bytes of a visitor's first steps, by step: on the socket, and of the messages."""
    found = {}

    async def steps():
        async with Visitor(server.url, detailed=True) as visitor:
            found["first"] = await visitor.open()
            for name, colour in (
                ("colour", "Enforcement strength"),
                ("another colour", "What we know"),
                ("the first colour again", "Enforcement strength"),
            ):
                found[name] = await visitor.act("colour", TEXTS, [colour])
            found["place"] = await visitor.act("place", TEXT, "Malaysia")
            await visitor.go("timeline")
            await visitor.trigger("date_track", "day", "2026-01-16")
            found["timeline day"] = await visitor.trigger("date_track", "day", "2026-01-17")
            await visitor.go("strength")
            found["strength day"] = await visitor.trigger("date_track", "day", "2026-01-18")

    done(steps())
    return found


def test_the_walk_meets_no_error(walk):
    assert not [name for name, answer in walk.items() if answer.errors]


@pytest.mark.parametrize("step", ["colour", "another colour"])
def test_a_changed_colour_is_a_small_message(walk, step):
    answer = walk[step]
    assert answer.wire <= COLOUR_WIRE and answer.raw <= COLOUR_RAW, dict(answer.kinds)


def test_what_was_seen_before_is_not_sent_again(walk):
    assert walk["the first colour again"].wire <= COLOUR_WIRE / 2
    assert (
        walk["the first colour again"].kinds["ref_hash"] > 0
        and "plotly_chart" not in walk["the first colour again"].kinds
    )


def test_the_first_frame_and_other_days_are_bounded(walk):
    assert walk["first"].wire <= FIRST_WIRE
    for step in ("place", "timeline day", "strength day"):
        assert walk[step].wire <= DAY_WIRE, (step, dict(walk[step].kinds))


def test_pictures_and_the_date_track_travel_as_addresses(walk):
    assert walk["colour"].kinds["logo"] < 300
    assert walk["colour"].kinds["bidi_component"] < 2000


# Tables


def test_a_table_is_sent_when_it_is_opened():
    app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=SECONDS).run()
    assert "<table" not in " ".join(element.proto.body for element in app.get("html"))


def test_long_tables_come_in_pages(atlas):
    everything = [
        row["id"]
        for number in range(1, browse(atlas, "sources").pages + 1)
        for row in browse(atlas, "sources", page=number).rows
    ]
    assert sorted(everything) == sorted(atlas["sources"]["source_id"])
    published = atlas["sources"].set_index("source_id")["published"].reindex(everything).tolist()
    assert published == sorted(published, reverse=True), "the newest first, what has no date last"
    first = browse(atlas, "sources")
    assert len(first.rows) == SHOWN and first.total == len(everything) and first.pages > 1
    assert browse(atlas, "sources", page=10**6).page == first.pages and browse(atlas, "sources", page=-3).page == 1
    assert browse(atlas, "sources", "no such words at all").rows == []


def test_evidence_leafs_through_and_keeps_the_page_in_its_address(atlas):
    def asked(**query):
        app = AppTest.from_file(ROOT / "dashboard.py", default_timeout=SECONDS)
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        app.switch_page("pages/evidence.py")
        for key, value in query.items():
            app.query_params[key] = value
        app.run()
        assert not app.exception
        return app, " ".join(element.proto.body for element in app.get("html"))

    app, said = asked(table="sources", page="3")
    assert f"{2 * SHOWN + 1} to {3 * SHOWN} are shown" in said and app.query_params["page"] in ("3", ["3"])
    app.text_input(key="find").set_value("court").run()
    assert "page" not in app.query_params, "another list begins at its beginning"
    _, said = asked(table="sources", page="99999")
    assert f"to {len(atlas['sources']):,} are shown" in said
    _, said = asked(page="minus one")
    assert "The address asked for the page" in said


def test_a_long_twin_comes_in_pages():
    import pandas as pd

    def page():
        import pandas as pd

        from atlas.ui.page import twin

        twin("Table", "table", "Numbers", pd.DataFrame({"Number": range(400)}))

    app = AppTest.from_function(page).run()
    assert not app.get("html")
    app = AppTest.from_function(page)
    app.session_state["table"] = True
    app.run()
    said = " ".join(element.proto.body for element in app.get("html"))
    assert said.count("<tr") == ui.TWIN_ROWS + 1 and len(pd.DataFrame({"Number": range(400)})) > ui.TWIN_ROWS


# What is kept


@pytest.mark.parametrize("dark", [False, True])
def test_figures_of_plain_values_are_figures(atlas, dark):
    day = atlas.package.evidence_to
    for reading in READINGS:
        assert map_figure(atlas, world_map(atlas, reading, day), get_geometry(), dark, "JPN").checked().data
    for order in ORDERS:
        assert timeline_figure(timeline(atlas, day, order), dark).checked().data
    assert clock_figure(clock(atlas, default_start(atlas), day), dark).checked().data


def test_the_law_stands_still_between_its_days(atlas):
    days = law_days(atlas)
    assert list(days) == sorted(set(days)) and law_day(atlas, "2026-11-23") <= "2026-11-23"
    for day in ("2026-01-01", "2026-02-17", "2026-11-23"):
        assert law_day(atlas, day) in days and law_day(atlas, law_day(atlas, day)) == law_day(atlas, day)
        assert strengths(atlas, day) is strengths(atlas, law_day(atlas, day))


@pytest.mark.parametrize(
    ("table", "column"),
    [("powers", "instrument_id"), ("response_parties", "response_id"), ("jurisdictions", "jurisdiction_id")],
)
def test_rows_by_key_are_the_rows_of_the_table(atlas, table, column):
    frame = atlas[table]
    for value in frame[column].unique()[:20]:
        theirs = frame[frame[column] == value]
        found = atlas.rows_of(table, column, value)
        assert {name: [str(row[name]) for row in found] for name in frame.columns} == {
            name: list(map(str, theirs[name].tolist())) for name in frame.columns
        }
    assert atlas.rows_of(table, column, "no such key") == []
