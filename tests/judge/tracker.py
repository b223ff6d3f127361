"""Judges the tracker's figures with pandas, which shares no code with what made them.

Usage: tracker.py RECORDS CODES ANSWERS

RECORDS is a folder of CSV files as `hlp demo --out RECORDS/` writes them, CODES the folder `data/codes`.
ANSWERS is a JSON array of `{"query", "cycle", "district", "theme", "figures", "records"}`: a question to
`/api/v1/tracker` (empty for the city and all themes), its figures as `{"card figure": [definition, value, n]}`,
and the records behind some of them as `{"card figure": items}`. Every figure is computed twice more, from the
lists by the served definitions and from its own records. Says what differs, a line each, and exits with 1.
"""

import json
import sys
from pathlib import Path

import pandas as pd

ROUNDING = 1e-6
# Columns that are added up, averaged or compared.
NUMBERS = {
    "cost", "invited", "attended", "attended_f", "attended_m", "attended_unknown", "amount", "people_served",
    "participants_f", "participants_m", "participants_unknown", "pre_score_pct", "post_score_pct", "n_pre", "n_post",
    "satisfaction_pct", "n_survey", "khoroos_2020", "khoroos_2022",
}
FLAGS = {"yes": True, "no": False}


def read(folder, name):
    """A list; codes and years stay texts."""
    table = pd.read_csv(Path(folder) / f"{name}.csv", dtype=str, encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    for column in NUMBERS.intersection(table.columns):
        table[column] = pd.to_numeric(table[column])
    return table


def listed(column):
    """One row for each part of cells such as `bzd-1 (3); bzd-10`, without what stands in brackets."""
    parts = column.fillna("").str.split(";").explode().str.replace(r"\(.*\)", "", regex=True).str.strip()
    return parts[parts != ""]


def district(khoroo):
    """District of `bzd-26` or `2022:bzd-26`."""
    return khoroo.str.replace(r"^.*:", "", regex=True).str.replace(r"-\d+$", "", regex=True)


def known_sum(values, n_asked):
    return None if n_asked and values.notna().sum() == 0 else float(values.sum())


def known_mean(values):
    return None if values.notna().sum() == 0 else float(values.mean())


def weighted(values, weights):
    is_known = values.notna() & (weights > 0)
    whole = weights[is_known].sum()
    return None if whole == 0 else float((values[is_known] * weights[is_known]).sum() / whole)


def middle(values, weights):
    """The value with half of the weights on either side, or the mean of the two between which they part."""
    order = values.argsort(kind="stable")
    values, passed = values.iloc[order], weights.iloc[order].cumsum()
    half = passed.iloc[-1] / 2
    lower, upper = values[passed >= half - ROUNDING].iloc[0], values[passed > half + ROUNDING].iloc[0]
    return float(lower + upper) / 2


class City:
    """All lists, and what is asked of them."""

    def __init__(self, records, codes):
        self.practices = read(records, "practices").set_index("id")
        self.practices["district"] = district(self.practices["host"])
        self.cycles = read(records, "cycles").set_index("id")
        self.stages = read(records, "identification_stages")
        self.entries = self.placed(read(records, "identifications"))
        self.votes = self.placed(read(records, "votes"))
        self.copies = self.placed(read(records, "replications"))
        self.workshops = read(records, "workshops")
        people = self.workshops[["attended_f", "attended_m", "attended_unknown"]]
        self.workshops["attended"] = people.sum(axis=1, min_count=1)
        self.visits = read(records, "visits")
        self.visits = self.visits[self.visits["status"] == "held"]
        self.lines = read(records, "budget_lines")
        self.reviews = read(records, "reviews")
        self.trainings = read(records, "trainings")
        statuses = read(codes, "replication_statuses")
        self.counting = set(statuses.loc[statuses["counts"] == "yes", "code"])
        sources = read(codes, "funding_sources")
        self.direct = set(sources.loc[sources["direct"] == "yes", "code"])
        self.ratings = list(read(codes, "ratings")["code"])
        self.khoroos = read(codes, "districts").set_index("code")
        self.changes = read(records, "practice_status_changes")

    @staticmethod
    def placed(table):
        table["district"] = district(table["khoroo"])
        return table

    def theme(self, practices):
        return practices.map(self.practices["theme"])

    def asked(self, table, cycles, place, theme):
        """Rows of one practice and one khoroo each."""
        rows = table[table["cycle"].isin(cycles)]
        if place:
            rows = rows[rows["district"] == place]
        return rows[self.theme(rows["practice"]) == theme] if theme else rows

    def shown(self, table, theme):
        """Event (by the table's index) and practice, of the theme."""
        shown = listed(table["practices"])
        return shown[self.theme(shown) == theme] if theme else shown

    def workshops_asked(self, cycles, place, theme):
        rows = self.workshops[self.workshops["cycle"].isin(cycles)]
        shown = self.shown(rows, theme)
        if theme:
            rows = rows[rows.index.isin(shown.index)]
        if place:
            at_home = shown[shown.map(self.practices["district"]) == place].index
            rows = rows[rows.index.isin(at_home) | (rows["district"] == place)]
        return rows, shown[shown.index.isin(rows.index)]

    def visits_asked(self, cycles, place, theme):
        rows = self.visits[self.visits["cycle"].isin(cycles)]
        shown = self.shown(rows, theme)
        if theme:
            rows = rows[rows.index.isin(shown.index)]
        if place:
            came = listed(rows["visitors"])
            rows = rows[rows.index.isin(came[district(came) == place].index)]
        return rows, shown[shown.index.isin(rows.index)]

    def figures(self, cycle, place, theme):
        cycles = list(self.cycles.index) if cycle == "all" else [cycle]
        entries = self.asked(self.entries, cycles, place, theme)
        votes = self.asked(self.votes, cycles, place, theme)
        out = {}
        workshops, shown = self.workshops_asked(cycles, place, theme)
        visits, seen = self.visits_asked(cycles, place, theme)
        for card, headline, events, practices in [
            ("identify", "identifications", entries, entries["practice"]),
            ("share", "workshops", workshops, shown),
            ("learn", "visits", visits, seen),
            ("prioritise", "priorities", votes, votes["practice"]),
        ]:
            modes = events["mode"]
            is_known = events.empty or modes.notna().any()
            out[f"{card} {headline}"] = len(events)
            out[f"{card} average_budget"] = known_mean(events["cost"])
            # Attended of invited: both of the events that know both.
            people = events[["attended", "invited"]].where(events[["attended", "invited"]].notna().all(axis=1))
            out[f"{card} attended"] = known_sum(people["attended"], len(events))
            out[f"{card} invited"] = known_sum(people["invited"], len(events))
            out[f"{card} practices"] = practices.nunique()
            out[f"{card} face_to_face"] = modes.isin(["face_to_face", "hybrid"]).sum() if is_known else None
            out[f"{card} virtual"] = modes.isin(["virtual", "hybrid"]).sum() if is_known else None
        out.update(self.of_copies(cycles, place, theme))
        out.update(self.of_funnel(set(entries["practice"]), cycles))
        out["reach participation"] = self.participation(cycles, place, entries)
        if cycle == "all" and not place and not theme:
            for org, rows in self.trainings.groupby("org"):
                out.update({f"trainings:{org} {name}": value for name, value in self.of_trainings(rows).items()})
        return out

    def of_copies(self, cycles, place, theme):
        reported = [cycle for cycle in cycles if FLAGS[self.cycles.loc[cycle, "replications_reported"]]]
        copies = self.asked(self.copies, reported, place, theme)
        made = copies[copies["status"].isin(self.counting)]
        lines = self.lines[self.lines["replication"].isin(made["id"])]
        is_direct = lines["source"].isin(self.direct).groupby(lines["replication"]).all()
        is_split = made.empty or not lines.empty
        reviews = self.reviews[self.reviews["replication"].isin(copies["id"])]
        reviewed = self.copies.set_index("id").loc[reviews["replication"], "practice"]
        out = {
            "replicate replications": len(made),
            "replicate practices": made["practice"].nunique(),
            "replicate allocated_budget": known_sum(lines["amount"], len(made)) if is_split else None,
            "replicate direct": int(is_direct.sum()) if is_split else None,
            "replicate other": int((~is_direct.astype(bool)).sum()) if is_split else None,
            "replicate no_budget": len(made) - len(is_direct) if is_split else None,
            "reach people_reached": known_sum(made["people_served"], len(made)),
            "review reviews": len(reviews),
            "review practices": reviewed.nunique(),
        }
        for rating in self.ratings:
            out[f"review rating_{rating}"] = int((reviews["rating"] == rating).sum())
        if not reported:
            out = dict.fromkeys(out)
        for (source, year), amount in lines.groupby(["source", "fiscal_year"])["amount"].sum().items():
            out[f"budget replication_budget_{source}_{year}"] = amount
        lines = self.lines.merge(copies[["id", "status"]], left_on="replication", right_on="id")
        for status, amount in lines.groupby("status")["amount"].sum().items():
            out[f"budget budget_by_status_{status}"] = amount
        return out

    def of_funnel(self, cohort, cycles):
        """What became of the practices entered, wherever and whenever."""
        became = self.changes.groupby("status")["practice"].agg(set)
        states = self.practices.reset_index().groupby("status")["id"].agg(set)

        def ever(*words):
            return set().union(*[table.get(word, set()) for table in (became, states) for word in words])

        planned = self.visits[self.visits["action_plan"].fillna("").str.strip() != ""]
        reported = self.cycles["replications_reported"].map(FLAGS)
        copies = self.copies[self.copies["cycle"].map(reported)]
        made = copies[copies["status"].isin(self.counting)]
        copied = copies.set_index("id")["practice"]
        # Copies are known where they were counted in a cycle asked for or in a later one.
        since = self.cycles.loc[cycles, "starts_on"].min()
        knows_copies = (reported & (self.cycles["starts_on"] >= since)).any()
        # Withdrawal archives, whatever a practice was before; a decision on its entry tells that it was identified.
        accepted = set(self.entries.loc[self.entries["decision"] == "accepted", "practice"])
        accepted |= set(self.stages.loc[self.stages["decision"] == "accepted", "practice"])
        gates = {
            "identified": ever("identified", "shared") | (states.get("archived", set()) & accepted),
            "shared": ever("shared") | set(listed(self.workshops["practices"])),
            "learned": set(listed(planned["practices"])),
            "prioritised": set(self.votes.loc[self.votes["decision"] == "replicate", "practice"]),
            "replicated": set(made["practice"]),
            "reviewed": set(self.reviews["replication"].map(copied)),
        }
        unknown = () if knows_copies else ("replicated", "reviewed")
        return {
            f"funnel funnel_{gate}": None if gate in unknown else len(cohort & passed) for gate, passed in gates.items()
        }

    def participation(self, cycles, place, entries):
        """Khoroos of each vintage on their own."""
        vintages = self.cycles.loc[cycles, "vintage"]
        active = pd.DataFrame({"vintage": entries["cycle"].map(vintages), "khoroo": entries["khoroo"]})
        there = self.khoroos.loc[[place]] if place else self.khoroos
        whole = sum(there[f"khoroos_{vintage}"].sum() for vintage in vintages.unique())
        return 100.0 * len(active.drop_duplicates()) / whole

    @staticmethod
    def of_trainings(rows):
        people = rows[["participants_f", "participants_m", "participants_unknown"]]
        both = rows[["pre_score_pct", "n_pre", "post_score_pct", "n_post"]].notna().all(axis=1)
        both &= (rows["n_pre"] > 0) & (rows["n_post"] > 0)
        before = weighted(rows["pre_score_pct"][both], rows["n_pre"][both])
        after = weighted(rows["post_score_pct"][both], rows["n_post"][both])
        return {
            "trainings": len(rows),
            "participants": known_sum(people.sum(axis=1, min_count=1), len(rows)),
            "participants_f": known_sum(rows["participants_f"], len(rows)),
            "participants_m": known_sum(rows["participants_m"], len(rows)),
            "participants_unknown": known_sum(rows["participants_unknown"], len(rows)),
            **{f"form_{form}": int((rows["form"] == form).sum()) for form in ("online", "classroom", "hybrid")},
            "score_before": before,
            "score_after": after,
            "score_gain": None if before is None else after - before,
            "satisfaction": weighted(rows["satisfaction_pct"], rows["n_survey"].fillna(0)),
        }


def of_records(definition, n, items):
    """The value that a figure's own records make."""
    rows = pd.DataFrame(items, columns=["amount", "share", "weight"], dtype=float)
    shared = rows["amount"] * rows["share"]
    if definition == "average_budget":
        return None if rows.empty else shared.sum() / rows["share"].sum()
    if definition in ("score_before", "score_after", "satisfaction"):
        return weighted(rows["amount"], rows["weight"])
    if definition.startswith("days_to_"):
        return None if rows.empty else middle(rows["amount"], rows["share"])
    if definition == "participation":
        return 100.0 * rows["share"].sum() / n
    return shared.sum() if rows["amount"].notna().any() else rows["share"].sum()


def is_equal(a, b, n_rounded=1):
    """`n_rounded`: numbers that were rounded before they were added up."""
    return a is b if a is None or b is None else abs(a - b) <= ROUNDING * max(1, n_rounded)


# Told by the other judge, which knows lineage: whose khoroo of a later vintage answers for which.
NOT_JUDGED = ("attention silent_khoroos", "attention needs_without_offer")


def faults(city, answer):
    judged = city.figures(answer["cycle"], answer["district"], answer["theme"])
    figures = {k: v for k, v in answer["figures"].items() if k not in NOT_JUDGED and "days_to_" not in k}
    for key in sorted(judged.keys() | figures.keys()):
        told = figures.get(key, [None, "nothing"])[1]
        found = judged.get(key, "nothing")
        if "nothing" in (told, found) or not is_equal(found, told):
            yield f"{key}: the lists make {found}, the tracker {told}"
    for key, items in answer["records"].items():
        definition, told, n = answer["figures"][key]
        found = of_records(definition, n, items)
        if not is_equal(found, told, len(items)):
            yield f"{key}: its {len(items)} records make {found}, the tracker {told}"


def main():
    records, codes, answers = sys.argv[1:]
    city = City(records, codes)
    with open(answers, encoding="utf-8") as file:
        answers = json.load(file)
    n_faults = 0
    for answer in answers:
        for fault in faults(city, answer):
            n_faults += 1
            print(f"{answer['query']}: {fault}")
    n_figures = sum(len(answer["figures"]) for answer in answers)
    n_lists = sum(len(answer["records"]) for answer in answers)
    print(f"pandas {pd.__version__}: {len(answers)} questions, {n_figures} figures, {n_lists} lists, {n_faults} faults")
    return 1 if n_faults or not answers else 0


if __name__ == "__main__":
    sys.exit(main())
