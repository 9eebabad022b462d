// ---- services

function figure(title, withFaults) {
  const chart = new Chart(withFaults);
  const now = element('b');
  const node = element('figure', {}, element('figcaption', {}, title, now), chart.svg);
  return { node, chart, now, title };
}

function serviceCard(name) {
  const card = {
    rows: new Map(),
    title: element('h2'),
    about: element('p'),
    summary: element('p'),
    traffic: figure('requests/s', true),
    slowest: figure('slowest p99', false),
    body: element('tbody'),
  };
  put(card.title, name);
  const heads = ['State', 'Instance', 'Reason', 'Heartbeat', 'In flight', 'Requests', 'Failures', 'p50', 'p99', 'Weight'];
  const head = element('tr', {}, ...heads.map((text, i) => element('th', { scope: 'col', class: i > 2 ? 'number' : '' }, text)));
  card.sparkHead = element('th', { scope: 'col' }, 'Requests/s, p99');
  head.append(card.sparkHead, element('th', { scope: 'col' }, element('span', { class: 'unseen' }, 'Actions')));
  const table = element('table', { 'aria-label': 'Instances of ' + name }, element('thead', {}, head), card.body);
  card.node = element('section', { class: 'card', 'aria-label': 'Service ' + name },
    element('div', { class: 'service-head' },
      element('div', { class: 'about' }, card.title, card.about, card.summary),
      card.traffic.node, card.slowest.node),
    table);
  return card;
}

// The key that follows a new one in the order that people count in: hello-9, hello-10.
const inOrder = new Intl.Collator('en', { numeric: true }).compare;
function next(map, key) {
  return [...map.keys()].filter(other => inOrder(other, key) > 0).sort(inOrder)[0];
}

function showService(service, seconds) {
  let card = serviceCards.get(service.name);
  if (!card) {
    card = serviceCard(service.name);
    serviceCards.set(service.name, card);
    const after = next(serviceCards, service.name);
    $('services').insertBefore(card.node, after ? serviceCards.get(after).node : null);
  }
  const sums = { rate: 0, failures: 0, flight: 0, up: 0, slowest: 0, all: service.instances.length };
  const sparks = service.instances.length <= SPARKS;
  card.sparkHead.hidden = !sparks;
  const seen = new Set();
  for (const instance of service.instances) {
    seen.add(instance.id);
    const delta = deltas(instance, seconds);
    sums.rate += delta.rate;
    sums.failures += delta.failures;
    sums.flight += instance.inFlight;
    sums.up += instance.state === 'up' ? 1 : 0;
    sums.slowest = Math.max(sums.slowest, instance.latencyMs.p99 ?? 0);
    showInstance(card, instance, delta, sparks);
  }
  for (const [id, row] of card.rows) {
    if (!seen.has(id)) {
      row.node.remove();
      card.rows.delete(id);
      counted.delete(id);
    }
  }
  put(card.about, (service.routes.join('  ') || 'no route') + '  ·  ' + service.policy);
  put(card.summary, sums.up + ' of ' + sums.all + ' up  ·  ' + sums.flight + ' in flight');
  if (seconds > 0) {
    card.traffic.chart.add(sums.rate, sums.failures);
    card.slowest.chart.add(sums.slowest);
    put(card.traffic.now, rate(sums.rate));
    put(card.slowest.now, millis(sums.slowest || null));
    card.traffic.chart.draw(service.name + ': ' + rate(sums.rate) + ' requests and ' + rate(sums.failures) + ' failures per second');
    card.slowest.chart.draw(service.name + ': slowest p99 ' + millis(sums.slowest || null));
  }
  return sums;
}

function deltas(instance, seconds) {
  const before = counted.get(instance.id);
  counted.set(instance.id, { requests: instance.requests, failures: instance.failures });
  if (!before || seconds <= 0) return { rate: 0, failures: 0 };
  return {
    rate: Math.max(0, instance.requests - before.requests) / seconds,
    failures: Math.max(0, instance.failures - before.failures) / seconds,
  };
}

function instanceRow(card, instance) {
  const cell = (name, label) => element('td', label ? { class: name, 'data-label': label } : { class: name });
  const row = {
    state: element('span'), name: element('b'), place: element('span'), why: element('div'), since: element('span'),
    beat: cell('number', 'heartbeat'), flight: cell('number', 'in flight'), requests: cell('number', 'requests'),
    failures: cell('number', 'failures'), p50: cell('number', 'p50'), p99: cell('number', 'p99'),
    weight: cell('number', 'weight'), spark: cell('spark'), chart: new Chart(true), slow: new Chart(false),
    drain: element('button', { type: 'button' }), weigh: element('button', { type: 'button' }, 'Weight…'),
  };
  row.slow.svg.classList.add('slow');
  row.spark.append(row.chart.svg, row.slow.svg);
  row.drain.addEventListener('click', () => act(row.instance, row.instance.state === 'draining' ? 'resume' : 'drain'));
  row.weigh.addEventListener('click', () => askWeight(row.instance));
  row.node = element('tr', {},
    element('td', {}, row.state),
    element('td', { class: 'name' }, row.name, row.place),
    element('td', { class: 'why' }, row.why, row.since),
    row.beat, row.flight, row.requests, row.failures, row.p50, row.p99, row.weight, row.spark,
    element('td', { class: 'actions' }, row.drain, ' ', row.weigh));
  const after = next(card.rows, instance.id);
  card.body.insertBefore(row.node, after ? card.rows.get(after).node : null);
  return row;
}

function showInstance(card, instance, delta, sparks) {
  let row = card.rows.get(instance.id);
  if (!row) {
    row = instanceRow(card, instance);
    card.rows.set(instance.id, row);
  } else if (row.instance.state !== instance.state) {
    row.node.classList.remove('flipped');
    requestAnimationFrame(() => row.node.classList.add('flipped'));
  }
  row.instance = instance;
  row.state.className = 'state ' + instance.state;
  put(row.state, instance.state);
  put(row.name, instance.name);
  put(row.place, [instance.endpoint === instance.name ? '' : instance.endpoint, instance.zone, instance.tier === 'backup' ? 'backup' : ''].filter(Boolean).join(' · '));
  put(row.why, instance.reason);
  put(row.since, 'for ' + ago(Date.now() - Date.parse(instance.since)));
  put(row.beat, instance.heartbeatAgeMs === null ? '–' : ago(instance.heartbeatAgeMs));
  put(row.flight, String(instance.inFlight));
  put(row.requests, count(instance.requests));
  put(row.failures, count(instance.failures));
  row.failures.classList.toggle('bad', delta.failures > 0);
  put(row.p50, millis(instance.latencyMs.p50));
  put(row.p99, millis(instance.latencyMs.p99));
  put(row.weight, String(instance.weight));
  const verb = instance.state === 'draining' ? 'Resume' : 'Drain';
  put(row.drain, verb);
  row.drain.setAttribute('aria-label', verb + ' ' + instance.name);
  row.weigh.setAttribute('aria-label', 'Set the weight of ' + instance.name);
  row.spark.hidden = !sparks;
  row.chart.add(delta.rate, delta.failures);
  row.slow.add(instance.latencyMs.p99 ?? 0);
  if (sparks) {
    row.chart.draw(instance.name + ': ' + rate(delta.rate) + ' requests and ' + rate(delta.failures) + ' failures per second');
    row.slow.draw(instance.name + ': p99 ' + millis(instance.latencyMs.p99));
  }
  row.node.hidden = !matches(instance);
}

function matches(instance) {
  const text = $('find').value.trim().toLowerCase();
  const state = $('state').value;
  return (!state || instance.state === state)
    && (!text || [instance.name, instance.id, instance.endpoint, instance.reason, instance.zone].join('\n').toLowerCase().includes(text));
}

function filter() {
  for (const card of serviceCards.values()) {
    for (const row of card.rows.values()) row.node.hidden = !matches(row.instance);
  }
}

function show(fresh, seconds) {
  services = fresh;
  const totals = { rate: 0, failures: 0, flight: 0, up: 0, all: 0 };
  for (const service of services) {
    const sums = showService(service, seconds);
    for (const key of Object.keys(totals)) totals[key] += sums[key];
  }
  for (const [name, card] of serviceCards) {
    if (!services.some(s => s.name === name)) {
      card.node.remove();
      serviceCards.delete(name);
    }
  }
  $('empty').hidden = services.length > 0;
  put($('total-up'), totals.up + ' of ' + totals.all);
  put($('total-rate'), rate(totals.rate));
  put($('total-failures'), rate(totals.failures));
  $('total-failures').classList.toggle('bad', totals.failures > 0);
  put($('total-flight'), count(totals.flight));
  document.title = totals.up + '/' + totals.all + ' up – Rollcall';
}

