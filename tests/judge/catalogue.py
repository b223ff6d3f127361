"""Says what rdflib reads in a catalogue of DCAT, as JSON: a member a dataset, by its identifier.

    python catalogue.py FILE
"""

import json
import sys

import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF, RDFS

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")

graph = rdflib.Graph().parse(sys.argv[1], format="json-ld")


def by_language(subject, name):
    return {text.language: str(text) for text in graph.objects(subject, name)}


def value(subject, *path):
    for name in path:
        subject = graph.value(subject, name) if subject is not None else None
    return None if subject is None else str(subject.toPython())


def told(dataset):
    distributions = list(graph.objects(dataset, DCAT.distribution))
    assert all((one, RDF.type, DCAT.Distribution) in graph for one in distributions)
    return {
        "title": by_language(dataset, DCTERMS.title),
        "description": by_language(dataset, DCTERMS.description),
        "provenance": by_language(graph.value(dataset, DCTERMS.provenance), RDFS.label),
        "modified": value(dataset, DCTERMS.modified),
        "start": value(dataset, DCTERMS.temporal, DCAT.startDate),
        "bbox": value(dataset, DCTERMS.spatial, DCAT.bbox),
        "systems": sorted(str(one) for one in graph.objects(dataset, DCTERMS.conformsTo)),
        "licence": value(dataset, DCTERMS.license),
        "space": value(dataset, VOID.uriSpace),
        "access": sorted(str(graph.value(one, DCAT.accessURL)) for one in distributions),
    }


[catalogue] = graph.subjects(RDF.type, DCAT.Catalog)
datasets = list(graph.objects(catalogue, DCAT.dataset))
assert all((one, RDF.type, DCAT.Dataset) in graph for one in datasets)
json.dump({value(one, DCTERMS.identifier): told(one) for one in datasets}, sys.stdout)
