"""Validates a record against the schemas of ISO 19139 and says what OWSLib reads in it, as JSON.

    python iso.py FILE
"""

import json
import sys
from importlib.util import find_spec
from pathlib import Path

from lxml import etree
from owslib.iso import MD_Metadata

# pycsw is there for these alone, and need not run.
SCHEMAS = Path(find_spec("pycsw").submodule_search_locations[0], "plugins/profiles/apiso/schemas/ogc/iso/19139")

schema = etree.XMLSchema(etree.parse(SCHEMAS / "20070417/gmd/gmd.xsd", etree.XMLParser(no_network=True)))
record = etree.parse(sys.argv[1])
schema.assertValid(record)
told = MD_Metadata(record.getroot())
[about] = told.identification
# OWSLib leaves out what the record has not got.
bbox = getattr(about, "bbox", None)
json.dump(
    {
        "id": told.identifier,
        "title": about.title,
        "bbox": bbox and [float(v) for v in (bbox.minx, bbox.miny, bbox.maxx, bbox.maxy)],
        "start": getattr(about, "temporalextent_start", None),
        "end": getattr(about, "temporalextent_end", None),
        "online": [one.url for one in told.distribution.online],
    },
    sys.stdout,
)
