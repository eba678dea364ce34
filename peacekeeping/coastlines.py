"""Coastlines of the world for maps: out of plotly.js's geographic files, and nothing else of them.

plotly.js keeps its maps (the world at 1:110 million among them) as TopoJSON inside one script. We serve the coastlines
alone: a file without any boundary can draw none.
"""

import json
import re
from typing import Any

WORLD = '"dist/topojson/world_110m.json"'
START, END = "module.exports = ", "};"
_BARE_KEY = re.compile(r"([{,]\s*)([A-Za-z_]\w*):")


def world_coastlines(script: str) -> str:
    """A TopoJSON topology with the object `coastlines`, of the text of plotly-geo-assets.js.

    Raises:
        ValueError: the script is not written as it was when this was: no world in it, or not of the known shape.
    """
    try:
        start = script.index(START, script.index(WORLD)) + len(START)
        literal = script[start : script.index(END, start) + 1]
        world: dict[str, Any] = json.loads(_BARE_KEY.sub(r'\1"\2":', literal))
        lines = [line for part in world["objects"]["coastlines"]["geometries"] for line in part["arcs"]]
        arcs, transform = world["arcs"], world["transform"]
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"no coastlines in the geographic files of plotly.js: {error}") from error
    used = sorted({number if number >= 0 else ~number for line in lines for number in line})
    place = {number: n for n, number in enumerate(used)}
    renumbered = [[place[n] if n >= 0 else ~place[~n] for n in line] for line in lines]
    topology = {
        "type": "Topology",
        "objects": {"coastlines": {"type": "MultiLineString", "arcs": renumbered}},
        "arcs": [arcs[number] for number in used],
        "transform": transform,
    }
    return json.dumps(topology, separators=(",", ":"))
