"""Opens layers as QGIS does, and says what it sees, as JSON: a member a layer, in the order asked.

Reads a list of questions from standard input. A question has the `file` of a layer definition, the `source` of a layer
with its `provider`, or the source of vector `tiles`; and perhaps a `box` (west, south, east, north in degrees) or a `filter` for one more count.

Runs with the Python that Debian's python3-qgis is for, not with that of the other judges.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeatureRequest,
    QgsLayerDefinition,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
    QgsVectorTileBasicRenderer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402


def colours(layer, features):
    """Fill of each feature, by its field `code`; a feature that no rule is for has none."""
    context = QgsRenderContext()
    context.expressionContext().appendScope(layer.createExpressionContextScope())
    renderer = layer.renderer().clone()
    renderer.startRender(context, layer.fields())
    found = {}
    for feature in features:
        context.expressionContext().setFeature(feature)
        symbols = renderer.symbolsForFeature(feature, context)
        found[feature["code"]] = [symbol.color().name() for symbol in symbols]
    renderer.stopRender(context)
    return found


def share_painted(layer, box):
    """Share of the pixels of this box, in degrees, that the layer covers."""
    crs = QgsCoordinateReferenceSystem("EPSG:3857")
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(crs)
    settings.setOutputSize(QSize(256, 256))
    settings.setBackgroundColor(QColor(0, 0, 0, 0))
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    turn = QgsCoordinateTransform(degrees, crs, QgsProject.instance())
    settings.setExtent(turn.transformBoundingBox(QgsRectangle(*box)))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    pixels = [image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())]
    return sum(alpha > 0 for alpha in pixels) / len(pixels)


def seen(question):
    if "tiles" in question:
        layer = QgsVectorTileLayer(question["tiles"], "tiles")
        assert layer.isValid(), question
        renderer = QgsVectorTileBasicRenderer()
        renderer.setStyles(QgsVectorTileBasicRenderer.simpleStyleWithRandomColors())
        layer.setRenderer(renderer)
        return {"share_painted": share_painted(layer, question["box"])}
    if "file" in question:
        [layer] = QgsLayerDefinition.loadLayerDefinitionLayers(question["file"])
    else:
        layer = QgsVectorLayer(question["source"], "layer", question["provider"])
    assert layer.isValid(), question
    features = list(layer.getFeatures())
    told = {
        "name": layer.name(),
        "provider": layer.providerType(),
        "n": len(features),
        "n_told": layer.featureCount(),
        "n_without_ground": sum(not feature.hasGeometry() for feature in features),
        "fields": [field.name() for field in layer.fields()],
    }
    if "file" in question:
        told["colours"] = colours(layer, features)
    if "box" in question:
        request = QgsFeatureRequest().setFilterRect(QgsRectangle(*question["box"]))
        told["codes_in_box"] = sorted(feature["code"] for feature in layer.getFeatures(request))
    if "filter" in question:
        request = QgsFeatureRequest().setFilterExpression(question["filter"])
        told["codes_of_filter"] = sorted(feature["code"] for feature in layer.getFeatures(request))
    return told


application = QgsApplication([], False)
application.initQgis()
json.dump([seen(question) for question in json.load(sys.stdin)], sys.stdout)
sys.stdout.flush()
# Its own end sometimes crashes after all was said.
os._exit(0)
