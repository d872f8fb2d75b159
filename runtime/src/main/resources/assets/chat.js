// The buyer's conversation. The server writes what was said and what may be pressed; this asks for it
// when the stream says that there is more, and sends words without leaving the page.
import { follow } from "./live.js";

const SEND_TRIES_MAX = 5;
const WAIT_MAX_MS = 30_000;
const NEAR_END_PX = 96;

const chat = document.querySelector("[data-chat]");
const id = chat.dataset.chat;
const csrf = document.querySelector("meta[name=csrf]").content;
const log = chat.querySelector("[data-log]");
const lines = chat.querySelector("[data-lines]");
const newer = chat.querySelector("[data-newer]");
const lost = chat.querySelector("[data-lost]");
const status = chat.querySelector("[data-status]");
const unsent = [];

let shown = Number(lines.dataset.seq);
let unseen = 0;
let reading = false;
let readAgain = false;
let sending = false;
let readsEnd = true;
let scrolledTo = 0;

// ---- What has happened ----

async function read() {
  if (reading) {
    readAgain = true;
    return;
  }
  reading = true;
  try {
    do {
      readAgain = false;
      // A connection that is lost is noticed by the stream, which asks again when it is back.
      const answer = await fetch(`/chat/${id}/news?after=${shown}`).catch(() => Response.error());
      if (answer.status === 401 || answer.status === 403) location.reload();
      if (!answer.ok) break;
      take(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } while (readAgain);
  } finally {
    reading = false;
  }
}

function take(page) {
  const news = page.querySelector("[data-news]");
  if (!news) return;
  const atEnd = readsEnd;
  let count = 0;
  for (const line of [...news.querySelectorAll("[data-line]")]) {
    if (Number(line.dataset.line) <= shown) continue;
    add(line);
    if (!line.classList.contains("mine")) count++;
  }
  shown = Math.max(shown, Number(news.dataset.seq));
  for (const part of ["[data-who]", "[data-ways-out]", "[data-now]"]) replace(part, news);
  // What is being written is not touched, but where nothing can be sent any more.
  if (!news.querySelector("[data-composer] textarea")) replace("[data-composer]", news);
  if (atEnd) toEnd();
  else offer(count);
}

function add(line) {
  const message = line.dataset.message;
  if (message) {
    lines.querySelector(`[data-pending="${CSS.escape(message)}"]`)?.remove();
    drop(message);
  }
  line.classList.add("new");
  lines.insertBefore(line, lines.querySelector("[data-pending]"));
}

/** Only where something changed: what has the focus, or is open, stays. */
function replace(selector, news) {
  const now = chat.querySelector(selector);
  const next = news.querySelector(selector);
  if (!now || !next || same(now, next)) return;
  const focused = now.contains(document.activeElement);
  now.replaceWith(next);
  if (focused) (chat.querySelector("textarea") ?? log).focus({ preventScroll: true });
}

/** The ids of messages that nobody has sent yet are no change. */
function same(now, next) {
  const plain = (part) => part.outerHTML.replace(/name="id" value="[^"]*"/g, "").replace(/ open=""/g, "");
  return plain(now) === plain(next);
}

// ---- Where one reads ----

function isAtEnd() {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
}

function toEnd() {
  readsEnd = true;
  log.scrollTop = log.scrollHeight;
  unseen = 0;
  newer.hidden = true;
}

function offer(count) {
  unseen += count;
  newer.hidden = unseen === 0;
  newer.textContent = unseen === 1 ? "1 new message" : `${unseen} new messages`;
}

newer.addEventListener("click", () => {
  toEnd();
  log.focus({ preventScroll: true });
});

/** Whoever reads the end goes on reading it when the window, or a phone's keyboard, changes size. */
log.addEventListener(
  "scroll",
  () => {
    // Only who scrolls up leaves the end; when more is added, the end moves away by itself.
    if (isAtEnd()) {
      readsEnd = true;
      unseen = 0;
      newer.hidden = true;
    } else if (log.scrollTop < scrolledTo) {
      readsEnd = false;
    }
    scrolledTo = log.scrollTop;
  },
  { passive: true },
);
new ResizeObserver(() => {
  if (readsEnd) toEnd();
}).observe(log);

// ---- What one says ----

chat.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-say]")) return;
  event.preventDefault();
  const pressed = event.submitter?.name === "text" ? event.submitter.value : null;
  // What was pressed goes away. By keys one goes on writing; a finger wants no keyboard to come up.
  const byKeys = pressed !== null && event.submitter.matches(":focus-visible");
  const field = form.querySelector("textarea");
  const text = (pressed ?? field?.value ?? "").trim();
  if (!text) return;
  if (pressed === null) {
    field.value = "";
    fit(field);
  }
  say(text);
  if (byKeys) chat.querySelector("textarea")?.focus({ preventScroll: true });
});

chat.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-say] textarea")) return;
  const taps = matchMedia("(pointer: coarse)").matches;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || taps) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

chat.addEventListener("input", (event) => {
  if (event.target.matches("textarea")) fit(event.target);
});

/** As high as its words, where the style sheet cannot do that by itself. */
function fit(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.rows = Math.min(6, field.value.split("\n").length);
}

function say(text) {
  const line = document.createElement("li");
  const message = { id: crypto.randomUUID?.() ?? random(), text, line, tries: 0, waits: true };
  line.className = "mine new";
  line.dataset.pending = message.id;
  const words = document.createElement("div");
  words.className = "words";
  words.dir = "auto";
  words.textContent = text;
  const state = document.createElement("p");
  state.className = "state";
  line.append(words, state);
  lines.append(line);
  chat.querySelector("[data-now]").replaceChildren();
  for (const open of chat.querySelectorAll("details[open]")) open.open = false;
  unsent.push(message);
  toEnd();
  tell(message, "Sending");
  send();
}

/** Outside https browsers have no randomUUID. */
function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

/** One after the other, so that they arrive in the order in which they were written. */
async function send() {
  if (sending) return;
  sending = true;
  for (let next = unsent[0]; next?.waits; next = unsent[0]) {
    const waitMs = await sendOnce(next);
    if (waitMs) await new Promise((done) => setTimeout(done, waitMs));
  }
  sending = false;
}

/** How long to wait before the next try; 0 where there is none. */
async function sendOnce(message) {
  message.tries++;
  let answer;
  try {
    answer = await fetch(`/v1/conversations/${id}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Baton-Csrf": csrf },
      body: JSON.stringify({ id: message.id, text: message.text }),
    });
  } catch {
    return failed(message, "Not sent: there is no connection.", true);
  }
  if (answer.ok) {
    drop(message.id);
    tell(message, "Sent");
    read();
    return 0;
  }
  if (answer.status === 429 || answer.status === 503) return later(message, answer);
  if (answer.status === 409) {
    read();
    return failed(message, "Not sent: this conversation has ended.", false);
  }
  if (answer.status === 413) return failed(message, "Not sent: this is too long.", false);
  return failed(message, "Not sent.", true);
}

function later(message, answer) {
  if (message.tries >= SEND_TRIES_MAX) return failed(message, "Not sent.", true);
  const seconds = Math.max(1, Number(answer.headers.get("Retry-After")) || 1);
  tell(message, answer.status === 429 ? "A little fast: it goes out in a moment" : "Kept: it goes out in a moment");
  return Math.min(seconds * 1000, WAIT_MAX_MS);
}

function failed(message, why, again) {
  message.waits = false;
  if (!again) drop(message.id);
  tell(message, why, again);
  return 0;
}

function drop(messageId) {
  const at = unsent.findIndex((message) => message.id === messageId);
  if (at >= 0) unsent.splice(at, 1);
}

function tell(message, word, again = false) {
  const state = message.line.querySelector(".state");
  state.textContent = word;
  state.classList.toggle("problem", word.startsWith("Not sent"));
  if (!again) return;
  const retry = document.createElement("button");
  retry.type = "button";
  retry.className = "quiet";
  retry.textContent = "Try again";
  retry.addEventListener("click", resend);
  state.append(" ", retry);
}

/** Under the same ids: what was taken after all is not taken twice. */
function resend() {
  for (const message of unsent) {
    message.waits = true;
    message.tries = 0;
    tell(message, "Sending");
  }
  send();
}

// ---- The connection ----

function clock(at) {
  return at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
}

follow({
  url: `/v1/conversations/${id}/events?as=buyer`,
  after: shown,
  onEvent: read,
  onState: (state) => {
    lost.hidden = state.name !== "lost";
    if (state.name === "lost") {
      lost.textContent = `Connection lost at ${clock(state.since)}. What you see is from then; we keep trying.`;
      return;
    }
    status.textContent = state.name === "caught-up" ? "Connected again. Nothing was missed." : "";
    read();
    resend();
  },
});

if (chat.dataset.arrived === "false") {
  fetch(`/chat/${id}/arrive`, { method: "POST", headers: { "X-Baton-Csrf": csrf } }).then(read, () => {});
}
toEnd();
