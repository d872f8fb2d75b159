// The console in the browser: one conversation followed live, dialogs, keys, and what is said when
// the connection is lost. Everything else is the server's.
import { follow } from "./live.js";

const REFRESH_MS = 120;
const NEAR_THE_END_PX = 96;
/** Later than this, how far the page lags behind the stream is said. */
const LAG_MS = 2000;
/** How many events behind one that is asked for are shown with it. */
const AROUND = 50;

// --- times, in the reader's own zone

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

function tellTimes(within) {
  for (const time of within.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    time.textContent = (time.dataset.as === "day" ? DAY : CLOCK).format(at);
    time.title = at.toISOString();
  }
}

// --- lost, and found again

const lost = document.getElementById("lost");
/** Since when nothing was heard by the stream, and by what asks from time to time. */
const lostSince = { stream: null, poll: null };

function setLost(by, since) {
  if (lostSince[by] === since) return;
  lostSince[by] = since;
  const first = Object.values(lostSince).filter(Boolean).sort((a, b) => a - b)[0];
  lost.hidden = !first;
  const words = first ? `Connection lost at ${CLOCK.format(first)}. What you see is from then.` : "";
  // Said once: the same words again would be read out again.
  if (lost.textContent !== words) lost.textContent = words;
  document.documentElement.classList.toggle("is-lost", Boolean(first));
  holdActs();
}

function holdActs() {
  const off = document.documentElement.classList.contains("is-lost");
  for (const act of document.querySelectorAll("[data-acting]")) {
    if (act.matches("summary, a")) act.setAttribute("aria-disabled", String(off));
    else act.disabled = off;
  }
}

addEventListener("htmx:sendError", () => setLost("poll", lostSince.poll ?? new Date()));
addEventListener("htmx:afterOnLoad", () => setLost("poll", null));

addEventListener("htmx:beforeSwap", (event) => {
  // Whoever is about to answer is not interrupted by a list that is drawn anew.
  if (event.target.querySelector?.("details[open] form, dialog[open]")) event.detail.shouldSwap = false;
});
addEventListener("htmx:oobBeforeSwap", (event) => {
  // Nor is whoever is writing.
  const { target, fragment } = event.detail;
  if (target.id === "bands") {
    const same = target.dataset.holds === fragment.querySelector("#bands")?.dataset.holds;
    if (same) event.detail.shouldSwap = false;
    else if (talk) queueMicrotask(() => dispatchEvent(new Event("baton:paused")));
  }
  if (target.querySelector("details[open] form")) event.detail.shouldSwap = false;
  const writes = target.id === "speak" && target.querySelector("form");
  if (writes && fragment.querySelector("#speak form, form.speak")) event.detail.shouldSwap = false;
});
addEventListener("htmx:afterSettle", (event) => {
  tellTimes(event.target);
  holdActs();
});

// --- one conversation, live

const talk = document.querySelector("[data-talk]");
if (talk) followTalk();
else tellTimes(document);

function followTalk() {
  tellTimes(document);
  const box = talk.querySelector(".timeline-box");
  const live = document.getElementById("live");
  const newer = document.getElementById("newer");
  const scroller = () => (box.scrollHeight > box.clientHeight + 1 ? box : document.scrollingElement);
  let shown = Number(talk.dataset.last);
  let heard = shown;
  let timer = 0;
  const past = talk.dataset.past === "true";
  let asking = false;
  let again = false;
  let behindSince = 0;
  let unseen = 0;

  const atEnd = () => {
    const s = scroller();
    return s.scrollHeight - s.scrollTop - s.clientHeight < NEAR_THE_END_PX;
  };
  const toEnd = () => {
    const s = scroller();
    s.scrollTop = s.scrollHeight;
    trackToEnd();
    seen();
  };
  const trackToEnd = () => {
    const track = document.querySelector(".track-scroll");
    track.scrollLeft = track.scrollWidth;
    const list = document.querySelector(".track-list");
    list.scrollTop = list.scrollHeight;
  };
  const offer = (words) => {
    newer.textContent = words;
    newer.hidden = false;
  };
  const seen = () => {
    unseen = 0;
    newer.hidden = true;
  };

  // Where the whole page scrolls, it begins with the picture, and the newest is one press away.
  if (location.hash) land();
  else if (!past && scroller() === box) toEnd();
  if (!past && !atEnd()) offer("Newest");
  trackToEnd();

  for (const scrolls of [box, window]) {
    scrolls.addEventListener("scroll", () => atEnd() && seen(), { passive: true });
  }
  newer.addEventListener("click", toEnd);

  /** What this page shows: from its first row on, and up to where it ends if that is in the past. */
  function stretch() {
    const first = document.querySelector("#timeline > li")?.id.slice(1) ?? 0;
    const before = past ? `&before=${new URL(location.href).searchParams.get("before")}` : "";
    return `&from=${first}${before}`;
  }

  async function refresh() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    const after = shown;
    const stay = !atEnd();
    const rowsBefore = document.querySelectorAll("#timeline > li").length;
    const trackAt = document.querySelector(".track-scroll")?.scrollLeft ?? 0;
    const trackEnd = isTrackAtEnd();
    try {
      await htmx.ajax("GET", `${location.pathname}/news?after=${after}&show=${talk.dataset.show}${stretch()}`, {
        target: "#live",
        swap: "none",
      });
      // The server may know of more than the stream has told yet.
      shown = Number(document.getElementById("talk-head").dataset.last);
      document.getElementById("nothing")?.remove();
      tellTimes(document);
      holdActs();
      const rows = document.querySelectorAll("#timeline > li").length - rowsBefore;
      if (trackEnd) trackToEnd();
      else document.querySelector(".track-scroll").scrollLeft = trackAt;
      if (!stay && !past) toEnd();
      else if (rows > 0) {
        unseen += rows;
        offer(`${unseen} new`);
      }
    } finally {
      asking = false;
    }
    if (again || heard > shown) later();
    else if (behindSince) {
      behindSince = 0;
      live.textContent = `Live, event ${heard}`;
    }
  }

  setInterval(() => {
    const lag = behindSince && !lostSince.stream ? Date.now() - behindSince : 0;
    if (lag > LAG_MS) live.textContent = `Event ${shown}, ${Math.round(lag / 1000)} s behind`;
  }, 1000);

  function isTrackAtEnd() {
    const track = document.querySelector(".track-scroll");
    return !track || track.scrollWidth - track.scrollLeft - track.clientWidth < NEAR_THE_END_PX;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(refresh, REFRESH_MS);
  }

  // A pause is no event of the conversation, and shows all the same.
  addEventListener("baton:paused", later);

  follow({
    url: `/v1/conversations/${talk.dataset.talk}/events`,
    after: shown,
    onEvent(event) {
      heard = event.seq;
      behindSince ||= Date.now();
      live.textContent = `Live, event ${heard}`;
      later();
    },
    onState(state) {
      if (state.name === "lost") {
        live.textContent = `Event ${heard}, not live`;
        setLost("stream", state.since);
      } else {
        setLost("stream", null);
        live.textContent =
          state.name === "caught-up"
            ? `Caught up, ${state.events} event${state.events === 1 ? "" : "s"}`
            : `Live, event ${heard}`;
      }
    },
  });
}

// --- where a link leads; an event that has no row of its own leads to the one before it

function land() {
  const wanted = Number(/^#e(\d+)$/.exec(location.hash)?.[1]);
  if (!wanted) return;
  let found = document.getElementById(`e${wanted}`);
  const first = document.querySelector("#timeline > li");
  const isElsewhere = !first || Number(first.id.slice(1)) > wanted || talk?.dataset.show === "blocked";
  if (!found && talk && isElsewhere && !isLedTo(wanted)) {
    location.assign(`${location.pathname}?before=${wanted + AROUND}#e${wanted}`);
    return;
  }
  if (!found) {
    for (const row of document.querySelectorAll("#timeline > li")) {
      if (Number(row.id.slice(1)) <= wanted) found = row;
    }
  }
  found?.scrollIntoView({ block: "center" });
  if (found) here(found.closest("[data-row]") ?? found);
}
addEventListener("hashchange", land);

/** Whether this is already the page that the event should be on. */
function isLedTo(wanted) {
  return new URL(location.href).searchParams.get("before") === String(wanted + AROUND);
}

// Who goes through the cuts by keys sees in the picture where he is.
addEventListener("focusin", (event) => {
  for (const column of document.querySelectorAll(".column.is-focused")) column.classList.remove("is-focused");
  const stop = event.target.closest?.(".track-list > .stop");
  if (!stop || !event.target.matches(":focus-visible")) return;
  const column = document.querySelectorAll(".track-columns > .column")[[...stop.parentNode.children].indexOf(stop)];
  column?.classList.add("is-focused");
  column?.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// --- what is pressed

addEventListener("click", (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  if (target.closest("[aria-disabled=true]")) {
    event.preventDefault();
    return;
  }
  const opener = target.closest("[data-open]");
  if (opener) {
    event.preventDefault();
    open(opener.dataset.open, opener.dataset.scope);
  }
  if (target.closest("[data-close]")) {
    const dialog = target.closest("dialog");
    const details = target.closest("details[data-dialog]");
    if (dialog) dialog.close();
    else if (details) details.open = false;
    else target.closest(".said")?.remove();
  }
});

let before = null;

function open(id, scope) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  if (before?.id === id) dialog.innerHTML = before.html;
  else before = { id, html: dialog.innerHTML };
  const select = dialog.querySelector("select[name=scope]");
  if (select && scope) {
    const option = new Option("This conversation", scope, true, true);
    select.prepend(option);
  }
  dialog.showModal();
  holdActs();
}

/** Forms that act put their answer where the form was; each click is answered. */
addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-act]")) return;
  event.preventDefault();
  const buttons = form.querySelectorAll("button");
  const body = new URLSearchParams(new FormData(form));
  body.set("part", "1");
  for (const button of buttons) button.disabled = true;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Baton-Csrf": document.querySelector("meta[name=csrf]").content },
    });
    const html = await answer.text();
    if (!answer.ok) throw new Error(String(answer.status));
    tell(form, html);
  } catch {
    tell(form, "");
  } finally {
    for (const button of buttons) button.disabled = false;
  }
});

function tell(form, html) {
  if (html && form.matches("[data-say]")) {
    const done = !html.includes("note-problem");
    if (done) {
      form.reset();
      form.elements.id.value = `o-${Date.now()}`;
      form.elements.text.focus();
      return;
    }
  }
  const said = document.getElementById("answer") ?? document.body.appendChild(answerDialog());
  said.innerHTML =
    html ||
    '<div class="said note-problem"><h2>No answer</h2><p>Nobody knows whether it was done. Look at what holds now, and do it again if need be: it is done once.</p><div class="actions"><button type="button" class="main" data-close>Done</button></div></div>';
  tellTimes(said);
  form.closest("dialog")?.close();
  const details = form.closest("details[data-dialog]");
  if (details) details.open = false;
  if (!said.open) said.showModal();
  said.addEventListener("close", () => settle(form), { once: true });
}

function answerDialog() {
  const dialog = document.createElement("dialog");
  dialog.id = "answer";
  dialog.ariaLabel = "What came of it";
  return dialog;
}

/** After an answer the page shows what holds now. A conversation does so by itself. */
function settle(form) {
  const stays = talk && form.action.includes("/conversations/");
  if (!stays) location.reload();
}

// --- keys

const KEYS = "baton-keys";
const keysOn = document.getElementById("keys-on");
for (const button of document.querySelectorAll("[data-open=keys]")) button.hidden = false;

function areKeysOn() {
  try {
    return localStorage.getItem(KEYS) !== "off";
  } catch {
    return true; // storage may be forbidden
  }
}
keysOn.checked = areKeysOn();
keysOn.addEventListener("change", () => {
  try {
    localStorage.setItem(KEYS, keysOn.checked ? "on" : "off");
  } catch {
    // then it holds for this page alone
  }
});

let going = false;

addEventListener("keydown", (event) => {
  const asked = event.key === "Escape" && event.target.closest?.("details[data-dialog][open]");
  if (!asked) return;
  asked.open = false;
  asked.querySelector("summary").focus();
});

/** Whoever opens a form wants to fill it in. */
addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches?.("details[data-dialog][open]")) event.target.querySelector("select, input:not([type=hidden])")?.focus();
  },
  { capture: true },
);

addEventListener("keydown", (event) => {
  if (!keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, dialog, [contenteditable]")) return;
  if (going) {
    going = false;
    const link = document.querySelector(`[data-go="${event.key}"]`);
    if (link) {
      event.preventDefault();
      link.click();
    }
    return;
  }
  const act = {
    g: () => (going = true),
    j: () => move("[data-row]", 1),
    k: () => move("[data-row]", -1),
    "]": () => move("[data-moved]", 1),
    "[": () => move("[data-moved]", -1),
    b: () => move(".is-blocked", 1),
    "/": () => document.querySelector("[data-filter]")?.focus(),
    P: () => open("pause", talk ? `conversation:${talk.dataset.talk}` : ""),
    "?": () => open("keys"),
    Enter: () => enter(event),
  }[event.key];
  if (!act) return;
  if (event.key !== "Enter") event.preventDefault();
  act();
});

function here(row) {
  for (const other of document.querySelectorAll(".is-here")) other.classList.remove("is-here");
  row.classList.add("is-here");
}

/** Goes to the next of a kind, from where one is; at the end it stays. */
function move(kind, step) {
  const all = [...document.querySelectorAll(`#main ${kind}`)];
  if (all.length === 0) return;
  const now = document.querySelector(".is-here");
  const rows = [...document.querySelectorAll("#main [data-row]")];
  const place = now ? rows.indexOf(now) : step > 0 ? -1 : rows.length;
  const next =
    step > 0
      ? all.find((row) => rows.indexOf(row) > place)
      : all.findLast((row) => rows.indexOf(row) < place);
  if (!next) return;
  here(next);
  // What is selected has an address.
  if (talk) history.replaceState(null, "", `#${next.id}`);
  next.scrollIntoView({ block: "nearest" });
  const link = next.querySelector("a, summary");
  link?.focus({ preventScroll: true });
}

function enter(event) {
  if (event.target.closest?.("a, button, summary")) return;
  const link = document.querySelector(".is-here a, .is-here summary");
  if (!link) return;
  event.preventDefault();
  link.click();
}
