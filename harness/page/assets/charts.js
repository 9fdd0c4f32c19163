// Draws the numbers of the data block with Chart.js. The tables say the same: a chart that cannot be
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

  /// Numbers of runs or boots from 1 on, and values, with half a step of room at both ends.
  const scales = (color, count, wholes, first = 1) => {
    const ticks = { color: color.quiet, font: { size: 11 } };
    const whole = (value) => (Number.isInteger(value) ? String(value) : "");
    return {
      x: { type: "linear", min: first - 0.5, max: first + count - 0.5, grid: { display: false },
           ticks: { ...ticks, maxRotation: 0, callback: whole } },
      // There is no half of an instruction.
      y: { grid: { color: color.line },
           ticks: { ...ticks, ...(wholes ? { precision: 0 } : {}), callback: (value) => number.format(value) } },
    };
  };
  const from = (first) => (value, index) => ({ x: index + first, y: value });
  const points = (color, label, values, first = 1) => ({
    label, data: values.map(from(first)), showLine: false, pointRadius: 3, pointBackgroundColor: color,
    pointBorderColor: color });
  const curve = (label, values, more, first = 1) => ({
    label, data: values.map(from(first)), pointRadius: 0, pointHitRadius: 0, borderWidth: 1, ...more });
  /// Two curves that nobody sees, and what lies between them.
  const band = (color, low, high, first = 1) => [
    curve("Lowest", low, { borderColor: "transparent" }, first),
    curve("Highest", high, { borderColor: "transparent", backgroundColor: color, fill: "-1" }, first)];

  /// A frame with words, and in it a canvas that follows the frame's width and the colour scheme.
  const add = (parent, title, words, height, make) => {
    const frame = document.createElement("div");
    frame.className = "chart";
    const heading = document.createElement("h3");
    heading.textContent = title;
    const text = document.createElement("p");
    text.textContent = words;
    const place = document.createElement("div");
    place.className = "canvas";
    place.style.height = `${height}px`;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${title}: ${words}`);
    place.append(canvas);
    frame.append(heading, text, place);
    parent.append(frame);
    const chart = { canvas, place, make, plot: null };
    charts.push(chart);
    draw(chart);
  };
  const draw = (chart) => {
    chart.plot?.destroy();
    const { options, ...rest } = chart.make(colors());
    chart.plot = new Chart(chart.canvas, {
      type: "line", ...rest,
      options: { animation: false, maintainAspectRatio: false, ...options,
                 plugins: { legend: { display: false }, tooltip: { enabled: false },
                            ...options.plugins } } });
  };

  /// One number over the boots: a point a boot, its median, and the interval of that as a band.
  const samples_chart = (metric) => (color) => {
    const ends = (value) => metric.samples.map(() => value);
    const first = metric.first;
    return {
      data: { datasets: [
        points(color.accent, "Boot", metric.samples, first),
        ...band(color.band, ends(metric.low), ends(metric.high), first),
        curve("Median", ends(metric.median), { borderColor: color.accent, borderDash: [4, 3] },
              first)] },
      options: { scales: scales(color, metric.samples.length, metric.samples.every(Number.isInteger), first) },
    };
  };

  const place = document.getElementById("samples");
  const samples = place ? data.samples ?? [] : [];
  // The first are what the run is about; the others wait to be asked for.
  const kOpen = 6;
  const more = document.createElement("details");
  const inside = document.createElement("div");
  if (samples.length > kOpen) {
    const summary = document.createElement("summary");
    summary.textContent = `${samples.length - kOpen} more charts`;
    inside.className = "charts";
    more.append(summary, inside);
    place.after(more);
  }
  for (const [index, metric] of samples.entries()) {
    add(index < kOpen ? place : inside, metric.name,
        `median ${number.format(metric.median)} ${metric.unit}, ` +
        `${number.format(metric.low)} to ${number.format(metric.high)}; ${metric.samples.length} boots`,
        150, samples_chart(metric));
  }

  /// A dashed line down the chart at each of these places on the axis below.
  const marks = (color, places) => ({
    id: "marks",
    afterDatasetsDraw: (chart) => {
      const { ctx, chartArea, scales: { x } } = chart;
      ctx.save();
      ctx.strokeStyle = color;
      ctx.setLineDash([3, 3]);
      for (const one of places) {
        const left = Math.round(x.getPixelForValue(one)) + 0.5;
        ctx.beginPath();
        ctx.moveTo(left, chartArea.top);
        ctx.lineTo(left, chartArea.bottom);
        ctx.stroke();
      }
      ctx.restore();
    },
  });

  /// A number over past runs: the runs with their spread, the levels they keep, the steps between.
  const day = new Intl.DateTimeFormat([], { dateStyle: "medium" });
  const moment = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "short" });
  const said = (format, text) => {
    const at = new Date(text ?? "");
    return Number.isNaN(at.getTime()) ? text ?? "" : format.format(at);
  };
  const series_chart = (one) => (color) => {
    const of = (key) => one.points.map((point) => point[key] ?? null);
    const axes = scales(color, one.points.length, of("value").every((value) => value === null || Number.isInteger(value)));
    // Below each run its day and its commit, in two lines.
    axes.x.ticks.callback = (value) => {
      const point = Number.isInteger(value) ? one.points[value - 1] : null;
      return point?.time ? [said(day, point.time), point.commit] : "";
    };
    axes.x.ticks.autoSkip = false;
    // As many as there is room for, each at a run.
    axes.x.afterBuildTicks = (axis) => {
      const room = Math.max(1, Math.floor(axis.chart.width / 110));
      const step = Math.ceil(one.points.length / room);
      axis.ticks = one.points.map((_, at) => ({ value: at + 1 })).filter((_, at) => at % step === 0);
    };
    return {
      data: { datasets: [
        points(color.accent, "Median", of("value")),
        ...band(color.band, of("low"), of("high")),
        curve("Level", of("level"), { borderColor: color.bar, borderWidth: 2, stepped: "before" })] },
      options: {
        scales: axes,
        interaction: { mode: "index", intersect: false },
        plugins: { tooltip: { enabled: true, callbacks: {
          title: (items) => {
            const point = one.points[items[0]?.dataIndex] ?? {};
            return point.time ? `${said(moment, point.time)}, ${point.commit}` : "";
          },
          label: (item) => `${item.dataset.label}: ${number.format(item.parsed.y)}` } } },
      },
      plugins: [marks(color.fail, one.steps)],
    };
  };
  for (const [index, one] of (data.series ?? []).entries()) {
    add(document.getElementById(`series-${index}`), one.name, one.words, 260, series_chart(one));
  }

  const redraw = () => charts.forEach(draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  // report.js, which comes before, has changed the colours. Paper is narrower than most windows, and its width is not
  // known yet: what fits on A4 and on Letter.
  const kPaper = 640;
  addEventListener("beforeprint", () => {
    for (const { place } of charts) place.style.width = `${Math.min(place.clientWidth, kPaper)}px`;
    redraw();
  });
  addEventListener("afterprint", () => {
    for (const { place } of charts) place.style.width = "";
    redraw();
  });
})();
