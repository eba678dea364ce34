/* Coastlines under the dots of a map: TopoJSON from our own server, fetched when the map comes near the screen (or at once
   for paper), decoded here and drawn by Plotly as one line. charts.js draws the dots with or without them. */
(function () {
  "use strict";
  const kept = new Map(); // address -> the line, once it is there

  /* Arcs are runs of whole-number steps; a negative number means the arc ~n backwards. */
  function decode(topology) {
    const { scale, translate } = topology.transform;
    const arcs = topology.arcs.map(arc => {
      let x = 0, y = 0;
      return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
    });
    const xs = [], ys = [];
    for (const line of topology.objects.coastlines.arcs) {
      for (const number of line) {
        const points = number < 0 ? [...arcs[~number]].reverse() : arcs[number];
        for (const [x, y] of points) { xs.push(Math.round(x * 100) / 100); ys.push(Math.round(y * 100) / 100); }
      }
      xs.push(null);
      ys.push(null);
    }
    return [{ type: "scatter", mode: "lines", x: xs, y: ys, hoverinfo: "skip", line: { color: "@rule-strong", width: 0.8 }, connectgaps: false, cliponaxis: true }];
  }
  function under(plot, line) {
    plot.underlay = line;
    window.chartFigures?.redraw(plot);
  }
  async function fetchFor(plot) {
    const address = plot.dataset.coastlines;
    try {
      if (!kept.has(address)) {
        const answer = await fetch(address);
        if (!answer.ok) return; // dots alone, the table beside them
        kept.set(address, decode(await answer.json()));
      }
      under(plot, kept.get(address));
    } catch (reason) {
      console.warn(reason);
    }
  }
  const maps = () => document.querySelectorAll(".plot[data-coastlines]");
  const near = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); fetchFor(entry.target); }
  }, { rootMargin: "600px" });
  maps().forEach(plot => near.observe(plot));

  window.addEventListener("beforeprint", () => { // paper does not wait, so this asks and stands still
    for (const plot of maps()) {
      if (plot.underlay) continue;
      const request = new XMLHttpRequest();
      request.open("GET", plot.dataset.coastlines, false);
      try { request.send(); } catch { continue; }
      if (request.status === 200) plot.underlay = decode(JSON.parse(request.responseText));
    }
  });
})();
