// What the page can do besides being read: filter, copy, open and close, and open what is printed or linked to.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const said = byId("said");

  const say = (text) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 50);
  };

  document.documentElement.classList.add("js");

  // ---- copy

  const byHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("not allowed"));
  };

  const toClipboard = (text) =>
    navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => byHand(text)) : byHand(text);

  const copy = (button) => {
    const code = button.parentElement.querySelector("code");
    toClipboard(code.textContent).then(
      () => {
        button.textContent = "Copied";
        button.classList.add("done");
        say("Copied to the clipboard");
        setTimeout(() => {
          button.textContent = "Copy";
          button.classList.remove("done");
        }, 2000);
      },
      () => {
        getSelection().selectAllChildren(code);
        say("The browser does not allow it: the text is selected, press Ctrl and C");
      });
  };

  // ---- filters

  const filters = byId("filters");
  const snapshots = [];
  let total = 0;

  // Text is put in lower case when somebody first searches, and only once.
  const words = (element) => {
    let text = null;
    return () => (text ??= element.textContent.toLowerCase());
  };

  const read = () => {
    for (const section of all("section.snap")) {
      const parts = all(":scope > details.part", section).map((part) => {
        const rows = all("[data-k]", part).map((row) => ({
          element: row, kind: row.dataset.k, family: row.dataset.f, text: words(row), shown: true,
        }));
        total += rows.length;
        const within = new Map(rows.map((row) => [row.element, row]));
        const groups = all(".group", part).map((group) => ({
          element: group, rows: all("[data-k]", group).map((row) => within.get(row)),
        }));
        const head = [part.querySelector("summary"), ...all(":scope > .body > .id", part)];
        return {
          element: part, rows, groups, subscriptions: part.dataset.s.split(" "),
          text: () => head.map((each) => each.textContent).join(" ").toLowerCase(),
        };
      });
      snapshots.push({ element: section, parts, text: words(section.querySelector("h2")) });
    }
  };

  const value = (id) => byId(id)?.value ?? "";

  const hide = (element, hidden) => {
    if (element.hidden !== hidden) {
      element.hidden = hidden;
    }
  };

  const wanted = () => {
    const kinds = all("[name=kind]", filters);
    return {
      kinds: new Set(kinds.filter((kind) => kind.checked).map((kind) => kind.value)),
      everyKind: kinds.every((kind) => kind.checked),
      family: value("family"),
      subscription: value("subscription"),
      snapshot: value("snapshot"),
      words: value("words").toLowerCase().split(/\s+/).filter(Boolean),
    };
  };

  const apply = () => {
    const want = wanted();
    const whole = want.everyKind && !want.family && !want.subscription && !want.snapshot && !want.words.length;
    let shown = 0;
    const opening = [];
    let visibleParts = 0;
    for (const snapshot of snapshots) {
      const here = !want.snapshot || snapshot.element.id === want.snapshot;
      let inSnapshot = 0;
      for (const part of snapshot.parts) {
        const near = here && (!want.subscription || part.subscriptions.includes(want.subscription));
        const head = want.words.length && near ? snapshot.text() + " " + part.text() : "";
        const open = want.words.filter((word) => !head.includes(word));
        let inPart = 0;
        for (const row of part.rows) {
          row.shown = near && want.kinds.has(row.kind) && (!want.family || row.family === want.family)
            && open.every((word) => row.text().includes(word));
          hide(row.element, !row.shown);
          inPart += row.shown ? 1 : 0;
        }
        for (const group of part.groups) {
          hide(group.element, !group.rows.some((row) => row.shown));
        }
        const empty = !part.rows.length && near && want.everyKind && !want.family && !open.length;
        hide(part.element, !inPart && !empty);
        if (inPart || empty) {
          visibleParts++;
          opening.push(part);
        }
        inSnapshot += inPart + (empty ? 1 : 0);
        shown += inPart;
      }
      // What was rejected stays in sight: nothing that is looked for could be found in it.
      hide(snapshot.element, !(inSnapshot || (here && !snapshot.parts.length && !want.subscription)));
    }
    if (!whole && shown && visibleParts <= 3) {
      opening.forEach((part) => { part.element.open = true; });
      if (want.words.length && shown <= 5) {
        opening.forEach((part) => part.rows.filter((row) => row.shown).forEach((row) => reveal(row.element, true)));
      }
    }
    byId("shown").textContent = (whole ? "All " + total : shown + " of " + total) + (total === 1 ? " result" : " results")
      + " in " + visibleParts + (visibleParts === 1 ? " place" : " places");
    hide(byId("nothing"), whole || visibleParts > 0);
  };

  const reset = () => {
    filters.reset();
    apply();
  };

  // ---- open and close

  function reveal(element, itself) {
    for (let each = itself ? element : element.parentElement; each; each = each.parentElement) {
      if (each.tagName === "DETAILS") {
        each.open = true;
      }
    }
  }

  const openAll = (open) => {
    all("details.part").forEach((part) => { part.open = open; });
    all("details.f").forEach((finding) => { finding.open = open; });
    say(open ? "Everything is open" : "Everything is closed");
  };

  const follow = () => {
    const target = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
    if (!target) {
      return;
    }
    if (filters && target.closest("[hidden]")) {
      reset();
    }
    reveal(target, true);
    target.scrollIntoView();
    (target.tagName === "DETAILS" ? target.querySelector("summary") : target).focus?.({ preventScroll: true });
  };

  // ---- pictures: what is pointed at says what decides it, what is chosen stays and leads to its results

  const tell = (flow, chosen) => {
    const box = flow.closest(".net");
    const panel = panelOf(box);
    const { result, results } = flow.dataset;
    const rows = (results ?? result ?? "").split(" ").filter(Boolean)
      .map((index) => byId("r" + (Number(box.dataset.first) + Number(index))))
      .filter(Boolean);
    const ids = rows.map((row) => row.querySelector("code").textContent);
    // The last lines name the requirements, which are links here.
    panel.textContent = flow.querySelector("title").textContent.split("\n")
      .filter((line) => !ids.length || !line.split(/[, ]+/).every((word) => ids.includes(word)))
      .join("\n");
    rows.forEach((row, i) => {
      const link = document.createElement("a");
      link.href = "#" + row.id;
      link.textContent = ids[i];
      panel.append(i ? " " : "\n", link);
    });
    if (chosen) {
      all(".selected", box).forEach((each) => each.classList.remove("selected"));
      flow.classList.add("selected");
      say(panel.textContent);
    }
  };

  const hint = "Point at a flow, or choose it, to see what decides it.";
  const panelOf = (box) => {
    let panel = box.querySelector(".picked");
    if (!panel) {
      panel = document.createElement("p");
      panel.className = "picked";
      panel.textContent = hint;
      box.append(panel);
    }
    return panel;
  };

  // What is closed has none yet: there may be a thousand pictures.
  const prepare = (details) => all(".net:has(.flow)", details).forEach(panelOf);
  all("details.part[open]").forEach(prepare);
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.classList.contains("part")) {
      prepare(event.target);
    }
  }, true);

  const flowOf = (event) => event.target.closest?.(".net .flow");

  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, (happened) => {
      const flow = flowOf(happened);
      if (flow && !flow.closest(".net").querySelector(".selected")) {
        tell(flow, false);
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    const flow = flowOf(event);
    if (flow && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      tell(flow, true);
    }
  });

  // ---- commands: no line ends within an option; the text stays as it is

  const holdOptions = (details) => all(".cmd code", details).forEach((code) => {
    if (code.firstElementChild || code.closest("details:not([open])")) {
      return;
    }
    const pieces = code.textContent.split(/(?<!\S)(--?[A-Za-z][\w-]*)/);
    code.replaceChildren(...pieces.map((piece, i) => {
      const span = document.createElement("span");
      span.textContent = piece;
      return i % 2 ? span : piece;
    }));
  });
  all("details[open]").filter((details) => !details.parentElement.closest("details")).forEach(holdOptions);
  document.addEventListener("toggle", (event) => {
    if (event.target.open) {
      holdOptions(event.target);
    }
  }, true);

  // ---- print: all that is filtered in

  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])").filter((each) => !each.closest("[hidden]"));
    closed.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => {
    closed.forEach((each) => { each.open = false; });
    closed = [];
  });

  // ---- wiring

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.classList.contains("copy")) {
      copy(button);
    } else if (button?.dataset.do === "open" || button?.dataset.do === "close") {
      openAll(button.dataset.do === "open");
    } else if (button?.dataset.do === "reset") {
      reset();
      byId("words").focus();
    }
    const flow = flowOf(event);
    if (flow) {
      tell(flow, true);
    }
    // A link to where the page already is opens it again.
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) {
      follow();
    }
  });
  addEventListener("hashchange", follow);

  if (filters) {
    read();
    filters.hidden = false;
    let waiting = 0;
    byId("words").addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(apply, 120);
    });
    filters.addEventListener("change", apply);
    filters.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("pageshow", apply);
    apply();
  }
  follow();
})();
