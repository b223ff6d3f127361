"""Tells what the package icalendar reads in a calendar file, as JSON.

    python3 tests/judge/calendar_file.py visits.ics
"""

import datetime
import json
import sys
import zoneinfo

import icalendar

# As `visits::asking` takes them, up to the last that zoneinfo's tables name.
YEARS = range(2007, 2038)


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


def offset_faults(zone):
    """Hours of `YEARS` at which the file's own zone tells another time than zoneinfo."""
    own, known = zone.to_tz(lookup_tzid=False), zoneinfo.ZoneInfo(str(zone["TZID"]))
    at = datetime.datetime(YEARS[0], 1, 1, tzinfo=datetime.timezone.utc)
    while at.year in YEARS:
        civil = at.astimezone(known).replace(tzinfo=None)
        if own.utcoffset(civil) != known.utcoffset(civil):
            yield civil.isoformat()
        at += datetime.timedelta(hours=6)


def main():
    with open(sys.argv[1], "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    zone = calendar.walk("VTIMEZONE")[0]
    out = {
        "name": str(calendar["X-WR-CALNAME"]),
        "notice": str(calendar.get("X-WR-CALDESC", "")),
        "method": str(calendar.get("METHOD", "")),
        "zone": str(zone["TZID"]),
        "offset_faults": list(offset_faults(zone)),
        "faults": [str(fault) for part in calendar.walk() for fault in part.errors],
        "events": [told(event) for event in calendar.walk("VEVENT")],
    }
    print(json.dumps(out))


if __name__ == "__main__":
    main()
