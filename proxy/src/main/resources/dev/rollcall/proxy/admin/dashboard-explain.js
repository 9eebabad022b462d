// ---- explain

async function explain(submitted) {
  submitted.preventDefault();
  const query = new URLSearchParams();
  for (const [name, value] of new FormData($('explain'))) if (value) query.append(name, value);
  const box = $('explained');
  try {
    const response = await fetch('/api/v1/explain?' + query, { cache: 'no-store' });
    const answer = await response.json();
    box.replaceChildren(...(response.ok ? explained(answer) : [element('p', { class: 'bad' }, answer.detail)]));
  } catch (fault) {
    box.replaceChildren(element('p', { class: 'bad' }, 'no answer from the proxy'));
  }
}

function explained(answer) {
  const to = answer.upstream ? 'To ' + answer.upstream.name + ' (' + answer.upstream.endpoint + ')'
    : answer.candidates.length ? 'To one of ' + answer.candidates.length + ' of ' + answer.service : 'To nobody';
  const parts = [element('p', { class: 'goes' }, to), element('p', {}, answer.why)];
  const list = (title, items, text) => {
    if (!items.length) return;
    parts.push(element('p', { class: 'quiet' }, title));
    parts.push(element('ul', {}, ...items.slice(0, 50).map(item => element('li', {}, text(item)))));
  };
  list('Candidates', answer.candidates, c => c.name + ': weight ' + c.weight + ', ' + c.inFlight + ' in flight');
  list('Not now', answer.others, o => o.name + ' ' + o.state + ': ' + o.reason);
  return parts;
}

