/* A chart as a picture: title, key, plot, note and source as they stand on the page, in light colours, as SVG or PNG.
   The drawing is Plotly's own export; around it stand our words, so that a picture never leaves without its release. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const WIDTH = 1080, PAD = 32, INNER = WIDTH - 2 * PAD, SCALE = 2;
  const PANEL = { across: 3, gap: 24, height: 170 };
  const root = document.documentElement;
  const pen = document.createElement("canvas").getContext("2d");

  /* Colours of the page in light, read at once: the theme is put back before anything is painted. */
  function inLight(make) {
    const before = root.dataset.theme;
    root.dataset.theme = "light";
    try { return make(); } finally {
      if (before) root.dataset.theme = before; else delete root.dataset.theme;
    }
  }
  function element(name, attributes = {}, text = "") {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    return made;
  }
  const words = node => node ? node.textContent.replace(/\s+/g, " ").trim() : "";

  function lines(text, font, width) {
    pen.font = font;
    const found = [""];
    for (const word of text.split(" ")) {
      const longer = found.at(-1) ? `${found.at(-1)} ${word}` : word;
      if (found.at(-1) && pen.measureText(longer).width > width) found.push(word); else found[found.length - 1] = longer;
    }
    return found;
  }
  function paragraph(picture, text, looks, top) {
    if (!text) return top;
    const font = `${looks.weight || 400} ${looks.size}px ${looks.family}`;
    let y = top;
    for (const line of lines(text, font, INNER)) {
      y += Math.round(looks.size * 1.35);
      picture.append(element("text", {
        x: PAD, y, "font-family": looks.family, "font-size": looks.size, "font-weight": looks.weight || 400, fill: looks.fill,
      }, line));
    }
    return y + 6;
  }
  /* The signs of the key with the colours that the style sheet gives them. */
  function signs(figure) {
    return [...figure.querySelectorAll(".key li")].map(item => {
      const sign = item.querySelector("svg").cloneNode(true);
      const drawn = item.querySelector("svg").querySelectorAll("rect, path, circle");
      [...sign.querySelectorAll("rect, path, circle")].forEach((part, i) => {
        const style = getComputedStyle(drawn[i]);
        for (const name of ["fill", "stroke", "stroke-width"]) part.setAttribute(name, style.getPropertyValue(name));
        part.removeAttribute("class");
      });
      return { sign, label: words(item) };
    });
  }
  function key(picture, entries, looks, top) {
    if (!entries.length) return top;
    pen.font = `400 ${looks.size}px ${looks.family}`;
    let x = PAD, y = top + 8;
    for (const { sign, label } of entries) {
      const width = 20 + pen.measureText(label).width + 22;
      if (x > PAD && x + width > WIDTH - PAD) { x = PAD; y += 22; }
      for (const [name, value] of Object.entries({ x, y, width: 14, height: 14, viewBox: "0 0 14 14" })) sign.setAttribute(name, value);
      picture.append(sign, element("text", { x: x + 20, y: y + 12, "font-family": looks.family, "font-size": looks.size, fill: looks.fill }, label));
      x += width;
    }
    return y + 22;
  }
  /* Plotly writes its looks as inline styles, which the policy of the page takes away, in an image too: they become
     attributes before the picture is parsed as a document. */
  function parsed(markup) {
    const plot = new DOMParser().parseFromString(markup.replace(/ style="/g, ' data-looks="'), "image/svg+xml").documentElement;
    for (const part of [plot, ...plot.querySelectorAll("[data-looks]")]) {
      for (const rule of (part.getAttribute("data-looks") || "").split(";")) {
        const at = rule.indexOf(":"), name = rule.slice(0, at).trim(), value = rule.slice(at + 1).trim();
        if (at > 0 && name !== "background") part.setAttribute(name, value.replace(/&quot;|"/g, "'"));
      }
      part.removeAttribute("data-looks");
    }
    return document.importNode(plot, true);
  }
  async function drawing(made, width, height) {
    const address = await Plotly.toImage({ data: made.data, layout: { ...made.layout, width, height } }, { format: "svg", width, height });
    return parsed(decodeURIComponent(address.slice(address.indexOf(",") + 1)));
  }
  function place(picture, plot, x, y) {
    plot.setAttribute("x", x);
    plot.setAttribute("y", y);
    picture.append(plot);
  }

  async function compose(figure) {
    const plots = [...figure.querySelectorAll(".plot[data-fig]")];
    const several = plots.length > 1;
    const width = several ? (INNER - (PANEL.across - 1) * PANEL.gap) / PANEL.across : INNER;
    const light = inLight(() => {
      const style = getComputedStyle(root);
      const token = name => style.getPropertyValue(name).trim();
      return {
        ink: token("--ink"), soft: token("--ink-2"), paper: token("--paper"), sans: token("--sans"), serif: token("--serif"),
        key: signs(figure),
        made: plots.map(plot => window.chartFigures.make(plot, width)),
      };
    });
    const picture = element("svg", { xmlns: SVG, width: WIDTH, viewBox: `0 0 ${WIDTH} 10`, role: "img" });
    const paper = element("rect", { width: WIDTH, fill: light.paper });
    const title = words(figure.querySelector("h2, h3"));
    picture.append(element("title", {}, title), paper);
    const text = { family: light.sans, size: 15, fill: light.soft };
    let y = paragraph(picture, title, { family: light.serif, size: 24, weight: 700, fill: light.ink }, PAD - 8);
    y = paragraph(picture, words(figure.querySelector(".sub")), text, y);
    y = key(picture, light.key, { ...text, size: 14 }, y);
    if (several) {
      const heads = plots.map(plot => plot.parentElement);
      for (let i = 0; i < plots.length; i += 1) {
        const x = PAD + (i % PANEL.across) * (width + PANEL.gap);
        if (i && i % PANEL.across === 0) y += PANEL.height + 58;
        picture.append(
          element("text", { x, y: y + 20, "font-family": light.sans, "font-size": 14, "font-weight": 700, fill: light.ink }, words(heads[i].querySelector("h4"))),
          element("text", { x, y: y + 38, "font-family": light.sans, "font-size": 12, fill: light.soft }, words(heads[i].querySelector("p"))),
        );
        place(picture, await drawing(light.made[i], width, PANEL.height), x, y + 44);
      }
      y += PANEL.height + 58;
    } else {
      const height = Math.round(plots[0].clientHeight * 1.15);
      place(picture, await drawing(light.made[0], width, height), PAD, y + 6);
      y += height + 12;
    }
    y = paragraph(picture, words(figure.querySelector(".caveat")), text, y);
    y = paragraph(picture, words(figure.querySelector(".src")), { ...text, size: 13 }, y + 4);
    const height = y + PAD / 2;
    paper.setAttribute("height", height);
    picture.setAttribute("height", height);
    picture.setAttribute("viewBox", `0 0 ${WIDTH} ${height}`);
    return { markup: new XMLSerializer().serializeToString(picture), height };
  }

  async function asPng({ markup, height }) {
    const address = URL.createObjectURL(new Blob([markup], { type: "image/svg+xml" }));
    try {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = WIDTH * SCALE;
      canvas.height = Math.ceil(height * SCALE);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return await new Promise((done, failed) => canvas.toBlob(blob => blob ? done(blob) : failed(new Error("no picture")), "image/png"));
    } finally {
      URL.revokeObjectURL(address);
    }
  }
  function fileName(figure, kind) {
    const page = location.pathname.split("/").filter(Boolean).join("-") || "overview";
    return `${page}_${figure.id}.${kind}`;
  }
  function hand(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function save(button) {
    const figure = button.closest("figure"), kind = button.dataset.save, said = button.textContent;
    button.setAttribute("aria-busy", "true");
    try {
      const picture = await compose(figure);
      const blob = kind === "png" ? await asPng(picture) : new Blob([picture.markup], { type: "image/svg+xml" });
      hand(blob, fileName(figure, kind));
    } catch (reason) {
      console.error(reason);
      button.textContent = button.dataset.failed;
      setTimeout(() => { button.textContent = said; }, 4000);
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("click", event => {
    const button = event.target.closest("button[data-save]");
    if (button && window.Plotly && window.chartFigures && !button.hasAttribute("aria-busy")) save(button);
  });
})();
