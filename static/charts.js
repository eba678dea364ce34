/* Draws every .plot from the JSON block that its data-fig names. Figures hold token names ("@malicious"), never colours:
   they are read from app.css here, so one figure serves light, dark and print. A plot is drawn when it comes near the
   screen; its height is fixed by its class, so nothing moves. Without Plotly the table under the chart opens. */
(function () {
  "use strict";
  const root = document.documentElement;
  const NARROW = 560; // below this width the figure's "narrow" variant is laid over it
  const NAMED_MAP = 640; // the same for a map, whose names need more room
  const FULL_MAP = 770; // the width for which the dots of a map are given
  const NEAR = "300px";
  const PATIENCE = 200; // milliseconds that a chart waits at most for the reader's own doings
  const PAPER = { full: 684, half: 328, small: 210, font: 10 }; // pixels of A4 between the margins of print.css
  const config = {
    displayModeBar: false, responsive: false, showTips: false, doubleClick: false, scrollZoom: false, setBackground: pause,
  };
  const widths = new Map(); // drawn plot -> the width it was drawn for
  let printing = false;
  let pausing = false;

  const read = id => {
    const block = document.getElementById(id);
    return block ? JSON.parse(block.textContent) : null;
  };
  const template = read("chart-template");

  const known = new Map(); // token -> value: to ask the style sheet makes the browser work out the style of the whole page
  function tokens() {
    const style = getComputedStyle(root);
    return name => {
      if (!known.has(name)) known.set(name, style.getPropertyValue(name === "font" ? "--sans" : "--" + name).trim());
      return known.get(name);
    };
  }
  function resolve(value, token) {
    if (typeof value === "string") return value.startsWith("@") ? token(value.slice(1)) : value;
    if (Array.isArray(value)) return value.map(item => resolve(item, token));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, token)]));
    }
    return value;
  }
  function merge(into, from) {
    for (const [key, value] of Object.entries(from)) {
      into[key] = value && typeof value === "object" && !Array.isArray(value) ? merge(into[key] || {}, value) : value;
    }
    return into;
  }

  function showTable(plot) {
    plot.hidden = true;
    plot.closest("figure")?.querySelectorAll("details").forEach(details => { details.open = true; });
  }
  function forPaper(layout) { // the text of a page is smaller than that of a screen
    const looks = structuredClone(template);
    looks.layout.font.size = looks.layout.annotationdefaults.font.size = PAPER.font;
    return merge(layout, { template: looks });
  }
  /* The figure of a plot for a width, in the colours that the style sheet has at this moment; null without a figure. */
  function make(plot, width, paper) {
    const figure = read(plot.dataset.fig);
    if (!figure) return null;
    let layout = figure.layout || {};
    if (width < (plot.dataset.coastlines ? NAMED_MAP : NARROW) && figure.narrow) layout = merge(layout, figure.narrow);
    layout = resolve(paper ? forPaper(layout) : merge(layout, { template }), tokens());
    if (plot.dataset.coastlines) { // dots keep their proportion to the map
      const scale = Math.min(1, width / FULL_MAP);
      for (const trace of figure.data) trace.marker.size = trace.marker.size.map(size => Math.max(3, size * scale));
    }
    const under = plot.underlay ? resolve(plot.underlay, tokens()) : []; // coastlines, which map.js fetches
    return { data: [...under, ...resolve(figure.data, tokens())], layout };
  }
  function draw(plot, printWidth) {
    const width = printWidth || plot.clientWidth;
    const made = make(plot, width, Boolean(printWidth));
    if (!made) return showTable(plot);
    made.layout.width = width || undefined;
    made.layout.height = plot.clientHeight || undefined;
    widths.set(plot, width);
    return Plotly.react(plot, made.data, made.layout, config);
  }

  /* Plotly asks for the background of a chart between its frame and its marks, and waits there for what is promised: the
     page answers its reader between the two halves of a chart's work. Our charts have no background. */
  function pause(plot) {
    if (pausing) plot._promises.push(new Promise(resolve => { setTimeout(resolve); }));
  }

  function forget() { // plots that a swap has taken away
    for (const plot of widths.keys()) if (!plot.isConnected) { Plotly.purge(plot); widths.delete(plot); }
  }
  function redraw(filter = () => true) {
    forget();
    for (const plot of [...widths.keys()]) if (filter(plot)) draw(plot);
  }

  if (!window.Plotly || !template) {
    const open = () => document.querySelectorAll(".plot[data-fig]:not([hidden])").forEach(showTable);
    open();
    new MutationObserver(open).observe(document.body, { childList: true, subtree: true });
    return;
  }

  window.chartFigures = { make, redraw: plot => { if (widths.has(plot)) draw(plot); } };

  /* One chart at a time, the uppermost first, so that the page answers the reader between two of them. */
  const idle = window.requestIdleCallback || (task => setTimeout(task));
  const queue = [];
  async function drawNext() {
    const plot = queue[0];
    try {
      pausing = true;
      const drawn = plot.isConnected && !widths.has(plot) && draw(plot);
      pausing = false;
      await drawn;
    } finally { // one that fails keeps none of the others from being drawn
      pausing = false;
      queue.shift();
      if (queue.length) idle(drawNext, { timeout: PATIENCE });
    }
  }
  const near = new IntersectionObserver(entries => {
    const come = printing ? [] : entries.filter(entry => entry.isIntersecting);
    come.sort((one, other) => one.boundingClientRect.top - other.boundingClientRect.top);
    for (const entry of come) near.unobserve(entry.target);
    if (come.length && queue.push(...come.map(entry => entry.target)) === come.length) idle(drawNext, { timeout: PATIENCE });
  }, { rootMargin: NEAR });
  function watch() {
    forget();
    document.querySelectorAll(".plot[data-fig]:not([data-watched])").forEach(plot => {
      plot.dataset.watched = "";
      near.observe(plot);
    });
  }
  watch();
  // New plots may come with any swap of the page: watching the page itself needs no event of any library.
  new MutationObserver(changes => {
    if (changes.some(change => [...change.addedNodes].some(node => node.nodeType === 1 && !node.closest(".plot")))) watch();
  }).observe(document.body, { childList: true, subtree: true });

  let waiting;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!printing) redraw(plot => plot.clientWidth !== widths.get(plot)); }, 150);
  });
  document.addEventListener("themechange", () => { known.clear(); redraw(); });

  /* Paper: light colours, page width, every chart, also those that were never near the screen. */
  function paperWidth(plot) {
    if (plot.closest(".multiples")) return PAPER.small;
    return plot.closest(".c6:not(.wide-print), .c4, .c3") ? PAPER.half : PAPER.full;
  }
  let themeBefore;
  window.addEventListener("beforeprint", () => {
    printing = true;
    themeBefore = root.dataset.theme;
    root.dataset.theme = "light";
    known.clear();
    forget();
    document.querySelectorAll(".plot[data-fig]").forEach(plot => draw(plot, paperWidth(plot)));
  });
  window.addEventListener("afterprint", () => {
    printing = false;
    if (themeBefore) root.dataset.theme = themeBefore; else delete root.dataset.theme;
    known.clear();
    redraw();
  });
})();
