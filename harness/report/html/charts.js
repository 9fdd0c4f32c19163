// Draws the numbers of the data block with uPlot. The tables say the same: a chart that cannot be
// drawn takes nothing from the report.
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
  const charts = [];

  const colors = () => {
    const style = getComputedStyle(document.documentElement);
    const of = (name) => style.getPropertyValue(name).trim();
    return { accent: of("--accent"), band: of("--band"), bar: of("--bar"), quiet: of("--quiet"),
             line: of("--line"), fail: of("--fail") };
  };
  const font = "11px system-ui, sans-serif";

  const axes = (color, label) => {
    const common = { stroke: color.quiet, font, grid: { stroke: color.line, width: 1 },
                     ticks: { stroke: color.line, width: 1, size: 4 } };
    return [
      { ...common, size: 26, gap: 3, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
        values: (_, marks) => marks.map(label), grid: { show: false } },
      { ...common, gap: 4, values: (_, marks) => marks.map((mark) => number.format(mark)),
        size: (_, values) => 14 + 6.4 * Math.max(0, ...(values ?? []).map((text) => text.length)) },
    ];
  };

  /// A frame with words, and in it a canvas that follows the frame's width and the colour scheme.
  const add = (parent, title, words, make) => {
    const frame = document.createElement("div");
    frame.className = "chart";
    const heading = document.createElement("h3");
    heading.textContent = title;
    const text = document.createElement("p");
    text.textContent = words;
    const place = document.createElement("div");
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", `${title}: ${words}`);
    frame.append(heading, text, place);
    parent.append(frame);
    const chart = { place, make, plot: null };
    charts.push(chart);
    draw(chart);
    new ResizeObserver(() => {
      if (place.clientWidth !== chart.plot.width) {
        chart.plot.setSize({ width: place.clientWidth, height: chart.plot.height });
      }
    }).observe(place);
  };
  const draw = (chart) => {
    chart.plot?.destroy();
    const [options, series] = chart.make(colors());
    chart.plot = new uPlot({ legend: { show: false }, padding: [8, 8, 0, 0], ...options,
                             width: chart.place.clientWidth || 300 }, series, chart.place);
  };

  /// One number over the boots: a point a boot, its median, and the interval of that as a band.
  const samples_chart = (metric) => (color) => {
    const same = (value) => metric.samples.map(() => value);
    return [{
      height: 150,
      scales: { x: { time: false, range: (_, from, to) => [from - 0.5, to + 0.5] } },
      axes: axes(color, (boot) => (Number.isInteger(boot) ? String(boot) : "")),
      bands: [{ series: [3, 2], fill: color.band }],
      series: [
        {},
        { stroke: color.accent, paths: () => null,
          points: { show: true, size: 6, fill: color.accent, stroke: color.accent } },
        { stroke: "transparent", points: { show: false } },
        { stroke: "transparent", points: { show: false } },
        { stroke: color.accent, width: 1, dash: [4, 3], points: { show: false } },
      ],
    }, [metric.samples.map((_, at) => at + 1), metric.samples, same(metric.low), same(metric.high),
        same(metric.median)]];
  };

  const place = document.getElementById("samples");
  for (const metric of place ? data.samples ?? [] : []) {
    add(place, metric.name,
        `median ${number.format(metric.median)} ${metric.unit}, ` +
        `${number.format(metric.low)} to ${number.format(metric.high)}; ${metric.samples.length} boots`,
        samples_chart(metric));
  }

  /// A number over past runs: the runs with their spread, the levels they keep, the steps between.
  const series_chart = (one) => (color) => {
    const of = (key) => one.points.map((point) => point[key] ?? null);
    const steps = (plot) => {
      const context = plot.ctx;
      context.save();
      context.strokeStyle = color.fail;
      context.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
      context.lineWidth = devicePixelRatio;
      for (const step of one.steps) {
        const x = Math.round(plot.valToPos(step, "x", true));
        context.beginPath();
        context.moveTo(x, plot.bbox.top);
        context.lineTo(x, plot.bbox.top + plot.bbox.height);
        context.stroke();
      }
      context.restore();
    };
    const figure = (_, value) => (value == null ? "" : number.format(value));
    const hidden = { stroke: "transparent", points: { show: false }, value: figure };
    return [{
      height: 260,
      legend: { show: true },
      scales: { x: { time: false, range: (_, from, to) => [from - 0.7, to + 0.7] } },
      axes: axes(color, (run) => (Number.isInteger(run) ? String(run) : "")),
      bands: [{ series: [3, 2], fill: color.band }],
      hooks: { draw: [steps] },
      series: [
        { label: "Run", value: (_, run) => (run == null ? "" : one.points[run - 1].label ?? "") },
        { label: "Median", stroke: color.accent, paths: () => null, value: figure,
          points: { show: true, size: 6, fill: color.accent, stroke: color.accent } },
        { ...hidden, label: "Lowest" },
        { ...hidden, label: "Highest" },
        { label: "Level", stroke: color.bar, width: 2, paths: uPlot.paths.stepped({ align: 1 }),
          points: { show: false }, value: figure },
      ],
    }, [one.points.map((_, at) => at + 1), of("value"), of("low"), of("high"), of("level")]];
  };
  for (const [at, one] of (data.series ?? []).entries()) {
    add(document.getElementById(`series-${at}`), one.name, one.words, series_chart(one));
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach(draw));
})();
