// Filters, search and addresses of the report. The page is complete without
// it; what is long stands in <noscript> and is put in its place when it is
// first looked at.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  document.documentElement.classList.add("scripted");

  // The text of a <noscript> is markup that the report escaped when it was made.
  const fill = (host) => {
    for (const kept of all("noscript", host)) {
      const template = document.createElement("template");
      template.innerHTML = kept.textContent;
      kept.replaceWith(template.content);
    }
  };
  document.addEventListener("toggle", (event) => event.target.open && fill(event.target), true);

  const form = one(".fields");
  if (!form) {
    return;
  }
  form.hidden = false;
  const fields = form.elements;
  const views = ["findings", "drugs", "articles"];
  const findings = all(".finding");
  const drugs = all(".drug");
  const paths = JSON.parse(one("#paths").textContent).map((path) => path.toLowerCase());
  const placeOfDrug = new Map(drugs.map((drug, place) => [drug.dataset.name, String(place)]));
  const severities = all("input[name=severity]", form).map((box) => box.value);
  const empty = () => ({ view: "findings", q: "", severity: severities, drug: "", lint: "", article: "" });
  let state = empty();

  // What a search looks at: everything that a finding says, in lower case.
  let said = null;
  const entities = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };
  const plain = (markup) => markup.replace(/<[^>]*>/g, " ").replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity]);
  const everything = () => {
    said ??= findings.map((finding) => {
      const kept = one("noscript", finding);
      const words = kept ? `${one("summary", finding).textContent} ${plain(kept.textContent)}` : finding.textContent;
      return words.toLowerCase();
    });
    return said;
  };

  const numbers = (value) => (value ? value.split(" ") : []);
  const shows = () => {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const text = words.length > 0 ? everything() : [];
    const drug = state.drug && (placeOfDrug.get(state.drug) ?? "none");
    const wanted = state.article.toLowerCase();
    const articles = wanted && new Set(paths.flatMap((path, at) => (path.includes(wanted) ? [String(at)] : [])));
    return (finding, at) =>
      state.severity.includes(finding.dataset.severity) &&
      (!state.lint || finding.dataset.lint === state.lint) &&
      (!drug || numbers(finding.dataset.drugs).includes(drug)) &&
      (!articles || numbers(finding.dataset.articles).some((article) => articles.has(article))) &&
      words.every((word) => text[at].includes(word));
  };

  const noun = (count, name) => `${count.toLocaleString("en")} ${name}${count === 1 ? "" : "s"}`;
  const apply = () => {
    for (const view of views) {
      one(`#${view}`).hidden = view !== state.view;
      const link = one(`[data-view=${view}]`);
      if (view === state.view) {
        link.setAttribute("aria-current", "page");
      } else {
        link.removeAttribute("aria-current");
      }
    }
    for (const field of all("[data-for]", form)) {
      field.hidden = field.dataset.for !== state.view;
    }
    fields.q.value = state.q;
    fields.drug.value = state.drug;
    fields.lint.value = state.lint;
    fields.article.value = state.article;
    for (const box of all("input[name=severity]", form)) {
      box.checked = state.severity.includes(box.value);
    }
    let entries = findings;
    let visible = shows();
    if (state.view !== "findings") {
      const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
      visible = (entry) => words.every((word) => entry.dataset.name.toLowerCase().includes(word));
      fill(one("#articles"));
      entries = state.view === "drugs" ? drugs : all("#articles [data-name]");
    }
    let shown = 0;
    entries.forEach((entry, at) => {
      entry.hidden = !visible(entry, at);
      shown += entry.hidden ? 0 : 1;
    });
    one("button[type=reset]", form).hidden = shown === entries.length;
    const name = state.view.slice(0, -1);
    one("#shown").textContent = shown === entries.length ? noun(shown, name) : `${shown.toLocaleString("en")} of ${noun(entries.length, name)}`;
  };

  // The address behind # is the state, or the name of a place.
  const address = () => {
    const query = new URLSearchParams();
    const plainState = empty();
    for (const [key, value] of Object.entries(state)) {
      if (String(value) !== String(plainState[key])) {
        query.set(key, key === "severity" ? value.join(",") : value);
      }
    }
    const hash = query.toString();
    return hash ? `#${hash}` : location.pathname + location.search;
  };
  const read = (hash) => {
    state = empty();
    for (const [key, value] of new URLSearchParams(hash)) {
      if (key === "severity") {
        state.severity = value.split(",").filter((name) => severities.includes(name));
      } else if (key === "view" ? views.includes(value) : key in state) {
        state[key] = value;
      }
    }
  };

  // Opens what holds a place, and goes to it.
  const reveal = (id) => {
    const host = document.getElementById(id.replace(/^p-([0-9a-f]+)-\d+$/, "f-$1"));
    if (!host) {
      return;
    }
    state.view = id.startsWith("d-") ? "drugs" : "findings";
    apply();
    const entry = host.closest("li");
    if (entry.hidden) {
      state = { ...empty(), view: state.view };
      apply();
    }
    host.open = true;
    fill(host);
    const place = document.getElementById(id) ?? host;
    for (let above = place.closest("details"); above; above = above.parentElement.closest("details")) {
      above.open = true;
    }
    all(".reached").forEach((reached) => reached.classList.remove("reached"));
    if (place !== host) {
      place.classList.add("reached");
    }
    place.scrollIntoView({ block: place === host ? "start" : "center" });
    (place === host ? one("summary", host) : place).focus({ preventScroll: true });
  };

  const go = () => {
    const hash = location.hash.slice(1);
    if (/^[fpd]-/.test(hash) && !hash.includes("=")) {
      reveal(hash);
    } else if (hash === "main") {
      one("#main").focus();
    } else {
      read(views.includes(hash) ? `view=${hash}` : hash);
      apply();
    }
  };
  addEventListener("hashchange", () => {
    const before = state.view;
    go();
    if (before !== state.view && !/^#[fpd]-/.test(location.hash)) {
      scrollTo(0, Math.min(scrollY, one("nav").offsetTop));
    }
  });

  let waiting = 0;
  const changed = () => {
    state = {
      ...state,
      q: fields.q.value.trim(),
      drug: fields.drug.value,
      lint: fields.lint.value,
      article: fields.article.value.trim(),
      severity: all("input[name=severity]", form).filter((box) => box.checked).map((box) => box.value),
    };
    history.replaceState(null, "", address());
    apply();
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, 80);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    state = { ...empty(), view: state.view };
    history.replaceState(null, "", address());
    apply();
  });
  fields.article.addEventListener("focus", () => {
    const names = one("#article-names");
    if (names.childElementCount === 0) {
      names.append(...JSON.parse(one("#paths").textContent).map((path) => Object.assign(document.createElement("option"), { value: path })));
    }
  });

  // On paper everything is open that is shown.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = all(".finding:not([hidden]) > details:not([open])").filter((finding) => finding.offsetParent);
    opened.forEach((finding) => {
      fill(finding);
      finding.open = true;
    });
  });
  addEventListener("afterprint", () => opened.forEach((finding) => (finding.open = false)));

  go();
  const first = one(".finding > details");
  if (first && !location.hash) {
    first.open = true;
  }
})();
