// A live stream of events, each exactly once and in order, whatever happens to the connection.
//
// The browser's own EventSource comes back after a lost connection and says what it saw last. After
// an answer that is no stream it stays closed for good: then this opens another one, behind the last
// event, after a wait that grows and is not the same for all. While the page is hidden there is none.

const WAIT_FIRST_MS = 500;
const WAIT_MAX_MS = 30_000;
const CAUGHT_UP_AFTER_MS = 400;

/**
 * Follows a stream until `close()` is called on what it returns.
 *
 * @param {object} options
 * @param {string} options.url that serves the stream; `after` is added to its query
 * @param {number} options.after the number of the last event that is already known
 * @param {(event: {seq: number, at: string, type: string, data: object}) => void} options.onEvent
 * @param {(state: {name: "live" | "lost" | "caught-up", since?: Date, events?: number}) => void}
 *   options.onState once for each change; `caught-up` says how many events had been missed
 */
export function follow({ url, after, onEvent, onState }) {
  let last = after;
  let source = null;
  let timer = 0;
  let waitMs = WAIT_FIRST_MS;
  let lostSince = null;
  let missed = 0;
  let over = false;

  function open() {
    clearTimeout(timer);
    if (over || source || document.hidden || !navigator.onLine) return;
    const address = new URL(url, location.href);
    address.searchParams.set("after", last);
    source = new EventSource(address);
    source.onopen = opened;
    source.onmessage = took;
    source.onerror = failed;
  }

  function opened() {
    waitMs = WAIT_FIRST_MS;
    if (!lostSince) {
      onState({ name: "live" });
      return;
    }
    missed = 0;
    timer = setTimeout(() => {
      lostSince = null;
      onState({ name: "caught-up", events: missed });
    }, CAUGHT_UP_AFTER_MS);
  }

  function took(message) {
    const event = JSON.parse(message.data);
    if (!(event.seq > last)) return;
    last = event.seq;
    missed++;
    onEvent(event);
  }

  function failed() {
    clearTimeout(timer);
    lose();
    if (source && source.readyState === EventSource.CLOSED) {
      shut();
      timer = setTimeout(open, waitMs * (0.5 + Math.random()));
      waitMs = Math.min(waitMs * 2, WAIT_MAX_MS);
    }
  }

  function lose() {
    if (lostSince) return;
    lostSince = new Date();
    onState({ name: "lost", since: lostSince });
  }

  function shut() {
    source?.close();
    source = null;
  }

  function looked() {
    if (document.hidden) {
      clearTimeout(timer);
      shut();
    } else {
      open();
    }
  }

  function wentOffline() {
    shut();
    lose();
  }

  const watched = new AbortController();
  const { signal } = watched;
  document.addEventListener("visibilitychange", looked, { signal });
  addEventListener("offline", wentOffline, { signal });
  addEventListener("online", open, { signal });
  addEventListener("pagehide", shut, { signal });
  addEventListener("pageshow", open, { signal });
  open();

  return {
    /** The number of the last event that came. */
    get last() {
      return last;
    },
    /** Looks at once, instead of when the wait is over. */
    again() {
      if (source && source.readyState !== EventSource.OPEN) shut();
      open();
    },
    close() {
      over = true;
      clearTimeout(timer);
      watched.abort();
      shut();
    },
  };
}
