// Whoever comes by a link has its token behind the `#`. It becomes a cookie, and leaves the address.
const main = document.querySelector("[data-entrance]");
const opening = main.querySelector("[data-opening]");
const shut = main.querySelector("[data-shut]");
const problem = main.querySelector("[data-problem]");
const address = location.pathname;
const token = decodeURIComponent(location.hash.slice(1));
const TRIED = "baton-entered";

function show(opens, why) {
  opening.hidden = !opens;
  shut.hidden = opens;
  problem.hidden = !why;
  problem.textContent = why ?? "";
}

async function enter() {
  show(true);
  history.replaceState(null, "", address);
  try {
    const answer = await fetch(address + "/enter", {
      method: "POST",
      body: new URLSearchParams({ token }),
    });
    if (answer.ok) location.replace(address);
    else show(false, answer.status === 429 ? "One moment, please: open the link again shortly." : "This link does not open this conversation. Check that it is whole.");
  } catch {
    show(false, "There is no connection right now. Open the link again when there is.");
  }
}

// A link on another site brings no cookies along. Asked again from here, it does.
function again() {
  if (sessionStorage.getItem(TRIED) === address) return;
  sessionStorage.setItem(TRIED, address);
  location.replace(address);
}

if (token) enter();
else again();
