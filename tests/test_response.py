"""The ladder: counting, peak and current, joint acts, and what we know."""

from atlas.response.evidence import knowledge
from atlas.response.ladder import acts, change_days, current, in_force, peak
from atlas.tables.method import get_method

DAY = "2026-11-23"


def test_peak_never_falls(atlas):
    frame = acts(atlas)
    days = list(change_days(atlas, frame).index)
    before = {}
    for day in days:
        now = peak(frame, day).to_dict()
        assert all(now[place] >= rung for place, rung in before.items())
        before = now


def test_current_never_exceeds_peak(atlas):
    frame = acts(atlas)
    for day in change_days(atlas, frame).index:
        reached = peak(frame, day)
        assert all(reached[place] >= rung for place, rung in current(frame, day).items())


def test_a_joint_act_counts_once_and_stands_under_each_party(atlas):
    frame = acts(atlas)
    letter = frame[frame["response_id"] == "usa-2026-01-23-ag-coalition-letter"]
    assert letter["joint"].all() and len(letter) == letter["jurisdiction_id"].nunique() >= 8
    day = letter["from_day"].iloc[0]
    once = frame[(frame["from_day"] == day) & frame["counts"]]["response_id"].nunique()
    ended = frame[(frame["until_day"] == day) & frame["lasting"] & frame["counts"]]["response_id"].nunique()
    assert change_days(atlas, frame)[day] == once + ended


def test_background_context_and_members_do_not_count(atlas):
    frame = acts(atlas).set_index("response_id")
    for row in atlas.responses.itertuples():
        counted = frame.loc[[row.response_id], "counts"].iloc[0]
        assert counted == (row.relation == "prompted" and row.capacity != "members")
    assert frame.loc["ca-bc-2025-09-04-crt-penalty-x", "rung"] == 0


def test_law_making_is_no_rung(atlas):
    frame = acts(atlas)
    off_ladder = {action for track in get_method()["tracks"].values() for action in track}
    assert (frame.loc[frame["action"].isin(off_ladder), "rung"] == 0).all()


def test_a_later_party_joins_later(atlas):
    frame = acts(atlas)
    joint = frame[frame["response_id"] == "eu-2026-02-23-edpb-joint-statement"].set_index("jurisdiction_id")["from_day"]
    assert joint["EU"] == "2026-02-23" and joint["NGA"] > "2026-02-23"


def test_the_day_of_lifting_no_longer_counts(atlas):
    frame = acts(atlas)
    malaysia = frame[(frame["jurisdiction_id"] == "MYS") & (frame["action"] == "restriction")]
    assert not in_force(malaysia, "2026-01-22").empty and in_force(malaysia, "2026-01-23").empty


def test_what_we_know(atlas):
    known = knowledge(atlas, DAY)
    assert known["TWN"].state == "nothing_found"
    assert known["JPN"].state == "found" and known["JPN"].stale
    assert known["JPN"].evidence_to < DAY
    assert not knowledge(atlas, "2026-02-01")["JPN"].stale
    assert "not_searched" in {place.state for place in known.values()}
