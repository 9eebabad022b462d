// ---- live

let polling = false;

async function poll() {
  clearTimeout(pollTimer);
  if (polling) {
    pollTimer = setTimeout(poll, 100);
    return;
  }
  polling = true;
  const begun = performance.now();
  try {
    const response = await fetch('/api/v1/services', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    if (!response.ok) throw new Error('HTTP ' + response.status);
    const fresh = await response.json();
    const now = performance.now();
    show(fresh, polledAt ? (now - polledAt) / 1000 : 0);
    polledAt = now;
    linked(true);
  } catch (fault) {
    linked(false);
  }
  polling = false;
  clearTimeout(pollTimer);
  pollTimer = setTimeout(poll, document.hidden ? 10000 : Math.max(1000, 8 * (performance.now() - begun)));
}

let lostSince = null;

function linked(live) {
  if (live) lostSince = null;
  else lostSince ??= new Date();
  document.body.classList.toggle('lost', !live);
  $('link').className = 'pill ' + (live ? 'live' : 'lost');
  put($('link'), live ? 'live' : 'no answer since ' + clock(lostSince) + '; trying again');
}

const shown = new Set();

function listen() {
  const events = new EventSource('/api/v1/events?history=1');
  events.onmessage = message => {
    if (shown.has(message.lastEventId)) return;
    shown.add(message.lastEventId);
    note(JSON.parse(message.data));
    clearTimeout(pollTimer);
    pollTimer = setTimeout(poll, 50);
  };
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

function note(event) {
  $('timeline-empty').hidden = true;
  const at = new Date(event.at);
  const text = element('p', {}, element('b', {}, event.name), ' ');
  text.append(element('span', { class: 'state ' + event.to }, event.to));
  const time = element('time', { datetime: event.at, title: at.toLocaleString() }, clock(at));
  $('timeline').prepend(element('li', {}, time, text, element('p', { class: 'reason' }, event.service + ': ' + event.reason)));
  while ($('timeline').childElementCount > 200) $('timeline').lastElementChild.remove();
  if (Date.now() - at < 10000) put($('announced'), event.name + ' is ' + event.to + ': ' + event.reason);
}

