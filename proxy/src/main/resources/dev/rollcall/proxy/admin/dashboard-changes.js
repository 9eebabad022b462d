// ---- changes

let saidTimer = 0;

function say(text) {
  put($('said'), text);
  $('said').hidden = false;
  clearTimeout(saidTimer);
  saidTimer = setTimeout(() => { $('said').hidden = true; }, 6000);
}

async function change(method, path, body) {
  if (!token.value && !(await askToken())) return null;
  const headers = { Authorization: 'Bearer ' + token.value };
  if (body) headers['Content-Type'] = 'application/json';
  try {
    const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
    const answer = await response.json();
    if (response.ok) return answer;
    if (response.status === 401) useToken('');
    say(answer.detail);
  } catch (fault) {
    say('no answer from the proxy');
  }
  return null;
}

async function act(instance, verb) {
  if (await change('POST', '/api/v1/instances/' + encodeURIComponent(instance.id) + '/' + verb)) {
    say(verb === 'drain' ? instance.name + ' gets no new requests' : instance.name + ' may take requests again');
    poll();
  }
}

async function askWeight(instance) {
  put($('weight-title'), 'Weight of ' + instance.name);
  $('weight').value = instance.weight;
  if ((await ask($('weight-dialog'))) !== 'save') return;
  const weight = Number($('weight').value);
  if (await change('PUT', '/api/v1/instances/' + encodeURIComponent(instance.id) + '/weight', { weight })) {
    say(instance.name + ' has weight ' + weight);
    poll();
  }
}

function ask(dialog) {
  return new Promise(resolve => {
    dialog.returnValue = 'cancel';
    dialog.addEventListener('close', () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}

async function askToken() {
  $('token').value = token.value;
  const answer = await ask($('token-dialog'));
  if (answer === 'save') useToken($('token').value.trim());
  $('token').value = '';
  return answer === 'save' && token.value !== '';
}

function useToken(value) {
  token.value = value;
  if (value) sessionStorage.setItem('rollcall-token', value);
  else sessionStorage.removeItem('rollcall-token');
  put($('token-open'), value ? 'Token set' : 'Set token');
}

