"""Tells what the package icalendar reads in a calendar file, as JSON.

    python3 tests/judge/calendar_file.py visits.ics
"""

import json
import sys

import icalendar


def told(event):
    begins, ends, geo = event["DTSTART"], event["DTEND"], event["GEO"]
    return {
        "uid": str(event["UID"]),
        "begins_at": begins.dt.isoformat(),
        "ends_at": ends.dt.isoformat(),
        "zones": [begins.params["TZID"], ends.params["TZID"]],
        "summary": str(event["SUMMARY"]),
        "language": event["SUMMARY"].params["LANGUAGE"],
        "location": str(event["LOCATION"]),
        "description": str(event["DESCRIPTION"]),
        "at": [geo.longitude, geo.latitude],
        "url": str(event["URL"]),
    }


def main():
    with open(sys.argv[1], "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    offsets = [zone["TZOFFSETTO"].td.total_seconds() / 3600 for zone in calendar.walk("STANDARD")]
    out = {
        "name": str(calendar["X-WR-CALNAME"]),
        "zone": str(calendar.walk("VTIMEZONE")[0]["TZID"]),
        "offsets_hours": offsets,
        "faults": [str(fault) for part in calendar.walk() for fault in part.errors],
        "events": [told(event) for event in calendar.walk("VEVENT")],
    }
    print(json.dumps(out))


if __name__ == "__main__":
    main()
