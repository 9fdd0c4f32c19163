// The list of runs: asks once a second what is going on, and shows it. Text is put in as text.
"use strict";

(() => {
  const place = document.getElementById("live");
  const { version } = JSON.parse(document.getElementById("state").textContent);
  const number = new Intl.NumberFormat("en");
  const element = (tag, name, text) => {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  };
  const frame = (run) => {
    const made = element("div", "running", "");
    const words = `boot ${run.boot} of ${run.boots}, ${number.format(run.bytes)} bytes, ` +
                  `${(run.milliseconds / 1000).toFixed(1)} s`;
    made.append(element("h3", "", run.scenario), element("p", "note", `${words}; ${run.name}`),
                element("pre", "code", run.tail || "It has said nothing yet."));
    return made;
  };
  const show = (running) => {
    const none = element("p", "note", "Nothing is running.");
    place.replaceChildren(...(running.length ? running.map(frame) : [none]));
    for (const text of place.querySelectorAll("pre")) text.scrollTop = text.scrollHeight;
  };
  const ask = async () => {
    try {
      const answer = await (await fetch("/live", { cache: "no-store" })).json();
      if (answer.version !== version) return location.reload();
      show(answer.running);
    } catch {
      // The server ended; what is shown stays.
      place.replaceChildren(element("p", "note", "The server does not answer any more."));
    }
    setTimeout(ask, 1000);
  };
  ask();
})();
