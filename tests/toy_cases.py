"""Two more incidents, as rows: one under the law that was read, one under another. A case needs nothing but rows."""

import csv
from pathlib import Path

# Cases before the one of the data, so that their acts lie on earlier days than all of its own.
SAME_SUBJECT, OTHER_SUBJECT = "toy-images-2024", "toy-chat-2023"
# Acts of a place that has acts in the data, and of one that nobody has searched about them.
RESTRICTED, ACTED_IN, SEARCHED_IN = "ita-2023-03-31-toy-block", "ITA", "MLT"
SOURCE = "s-1c3b1c66e6"


def add(folder: Path, table: str, **cells: str) -> None:
    """One row at the end of a table; cells that are not given are empty."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        head = next(csv.reader(file))
    assert not set(cells) - set(head), set(cells) - set(head)
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([cells.get(name, "") for name in head])


def with_toy_cases(folder: Path) -> None:
    """Writes both cases into a data folder."""
    for case, subject, product, day in (
        (SAME_SUBJECT, "sexual_deepfakes", "Painter", "2024-05-02"),
        (OTHER_SUBJECT, "chatbot_data_protection", "Chatter", "2023-03-30"),
    ):
        add(
            folder,
            "cases",
            case_id=case,
            name=f"{product} case",
            description=f"People used {product}. Authorities reacted.",
            law_subject=subject,
            product=product,
            first_day="2023-03-01",
            last_day="2027-12-31",
        )
        for target, kind, name in ((product, "product", product), (f"{product}_Ltd", "company", f"{product} Limited")):
            add(folder, "case_targets", case_id=case, target_id=target, target_kind=kind, name_in_sentence=name)
        start = f"{case}-start"
        add(
            folder,
            "case_starts",
            start_id=start,
            case_id=case,
            label="First report",
            date=day,
            is_default="true",
            reason="The only one.",
        )
        add(folder, "case_start_sources", start_id=start, source_id=SOURCE)
    _act(folder, RESTRICTED, OTHER_SUBJECT, "Block of Chatter", "restriction", "2023-03-31", "Chatter", "2023-04-28")
    _act(folder, "ita-2024-05-03-toy-case", SAME_SUBJECT, "Case on Painter", "investigation", "2024-05-03", "Painter")
    for case in (SAME_SUBJECT, OTHER_SUBJECT):
        add(
            folder,
            "search_log",
            search_id=f"mlt-{case}",
            jurisdiction_id=SEARCHED_IN,
            case_id=case,
            subject="response",
            question="Official act",
            result="nothing_found",
            searched_on="2026-11-26",
            method="Stored copies of public pages",
        )


def _act(
    folder: Path, identity: str, case: str, title: str, action: str, day: str, product: str, end: str = ""
) -> None:
    add(
        folder,
        "responses",
        response_id=identity,
        case_id=case,
        jurisdiction_id=ACTED_IN,
        title=title,
        action=action,
        date=day,
        date_precision="day",
        date_earliest=day,
        date_latest=day,
        date_kind="announced",
        end_date=end,
        end_kind="expired" if end else "",
        target_entity=f"{product}_Ltd",
        target_product=product,
        status="concluded" if end else "ongoing",
        relation="prompted",
        capacity="institution",
        summary=f"{title}.",
        confidence="medium",
    )
    add(
        folder,
        "response_parties",
        response_id=identity,
        jurisdiction_id=ACTED_IN,
        authority_id="ita-garante-privacy",
        role="lead",
    )
    add(folder, "response_sources", response_id=identity, source_id=SOURCE)
