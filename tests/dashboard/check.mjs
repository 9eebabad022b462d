import { join } from 'node:path';
import { get } from 'node:http';
import { chromium } from 'playwright-core';
import { endAll, freePorts, listenEverywhere, pause, start, stop } from './processes.mjs';
import { hardToRead, rowOf, stateOf, unnamed } from './page.mjs';

const PATIENCE = 30_000;
const TOKEN = 'test-token';
const MANY = 500;
const docs = new URL('../../docs/', import.meta.url).pathname;
const screenshots = process.argv.includes('--screenshots');
let passed = 0;
let failed = 0;

async function check(what, step) {
  try {
    const said = await step();
    passed++;
    console.log('ok      ' + what + (said ? ': ' + said : ''));
  } catch (fault) {
    failed++;
    console.log('NOT OK  ' + what + ': ' + String(fault.message ?? fault).split('\n').slice(0, 6).join('\n        '));
  }
}

function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

async function until(what, condition) {
  const end = Date.now() + PATIENCE;
  while (!(await condition())) {
    must(Date.now() < end, 'never: ' + what);
    await pause(100);
  }
}

const empty = async list => must((await list).length === 0, (await list).join('; '));

const [http, admin, cluster, bus, manyHttp, manyAdmin, manyCluster, manyBus] = await freePorts(8);
const proxy = () => start('proxy', 'proxy', {
  ROLLCALL_HTTP_HOST: '127.0.0.1', ROLLCALL_HTTP_PORT: http, ROLLCALL_ADMIN_PORT: admin, ROLLCALL_ADMIN_TOKENS: 'tester=' + TOKEN,
  ROLLCALL_CLUSTER_PORT: cluster, ROLLCALL_CLUSTER_BUS_PORT: bus, ROLLCALL_CLUSTER_MEMBERS: 'localhost:' + cluster,
});
const upstream = name => start(name, 'upstream', {
  ROLLCALL_INSTANCE_NAME: name, ROLLCALL_HTTP_HOST: '127.0.0.1', ROLLCALL_CLUSTER_MEMBERS: 'localhost:' + cluster,
});

function ask(path = '/') {
  return new Promise(done => get({ port: http, path, agent: false }, answer => answer.resume().on('end', () => done(answer.statusCode))).on('error', () => done(0)));
}

let busy = true;
async function traffic() {
  for (let i = 0; busy; i++) {
    await ask(i % 40 === 0 ? '/status/500' : i % 3 === 0 ? '/delay/20' : '/');
    await pause(15);
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const complaints = [];
let outage = false;

async function open(port, options = {}) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('console', said => {
    if (said.type() === 'error' && !(outage && /Failed to load resource|ERR_CONNECTION|ERR_INCOMPLETE/.test(said.text()))) complaints.push(said.text());
  });
  page.on('pageerror', fault => complaints.push(String(fault)));
  page.on('request', request => { if (!request.url().startsWith('http://localhost:' + port) && !request.url().startsWith('data:')) complaints.push('asks for ' + request.url()); });
  await page.goto('http://localhost:' + port + '/', { waitUntil: 'domcontentloaded' });
  return page;
}

try {
  let first = proxy();
  const hello = new Map(['hello-1', 'hello-2', 'hello-3'].map(name => [name, upstream(name)]));
  await until('the admin port answers', async () => {
    try { return (await (await fetch('http://localhost:' + admin + '/api/v1/services')).json())[0]?.instances.filter(i => i.state === 'up').length === 3; } catch { return false; }
  });
  const page = await open(admin);
  const said = traffic();

  await check('shows everyone on the roll', async () => {
    for (const name of hello.keys()) await until(name + ' is up', async () => (await stateOf(page, name).textContent()) === 'up');
    await until('live', async () => (await page.locator('#link').textContent()) === 'live');
  });
  await check('charts move with traffic', async () => {
    await until('a rate', async () => parseFloat(await page.locator('#total-rate').textContent()) > 1);
    await until('points', async () => ((await page.locator('figure path.line').first().getAttribute('d')) ?? '').split('L').length > 5);
    await until('failures', async () => parseFloat(await rowOf(page, 'hello-1').locator('td[data-label=failures]').textContent()) > 0);
    must((await rowOf(page, 'hello-1').locator('svg.slow').getAttribute('aria-label')).includes('p99'), 'no chart of the instance\'s latency');
    must((await page.locator('figure svg[role=img]').first().getAttribute('aria-label')).includes('requests'), 'the chart has no text');
  });
  await check('names every control and picture', async () => empty(page.evaluate(unnamed)));
  await check('is readable in light', async () => empty(page.evaluate(hardToRead)));
  await check('is readable in dark', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await empty(page.evaluate(hardToRead));
    await page.emulateMedia({ colorScheme: 'light' });
  });
  await check('fits a phone', async () => {
    const phone = await open(admin, { viewport: { width: 375, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true });
    await until('rows', async () => (await phone.locator('tbody tr').count()) === 3);
    const [wide, inner] = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    must(wide <= inner, 'it is ' + wide + ' wide on ' + inner);
    await empty(phone.evaluate(() => [...document.querySelectorAll('td.actions button')].filter(b => b.getBoundingClientRect().height < 40).map(b => b.textContent + ' is too small to touch')));
    if (screenshots) { await pause(15_000); await phone.screenshot({ path: join(docs, 'dashboard-phone.png') }); }
    await phone.context().close();
  });
  await check('begins with a way past the header', async () => {
    const fresh = await open(admin);
    await until('rows', async () => (await fresh.locator('tbody tr').count()) === 3);
    await fresh.keyboard.press('Tab');
    must((await fresh.evaluate(() => document.activeElement.textContent)) === 'Skip to the services', 'the first stop is ' + (await fresh.evaluate(() => document.activeElement.outerHTML)));
    await fresh.keyboard.press('Enter');
    must((await fresh.evaluate(() => document.activeElement.id)) === 'services', 'it does not lead to the services');
    await fresh.context().close();
  });
  await check('drains by keyboard, after asking for the token', async () => {
    await rowOf(page, 'hello-1').getByRole('button', { name: 'Drain hello-1' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#token-dialog[open]').waitFor();
    must((await page.evaluate(() => document.activeElement.id)) === 'token', 'the focus is not in the field');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    outage = true; // the browser itself notes the 401
    await page.locator('#said', { hasText: 'this isn\'t admin.token' }).waitFor();
    outage = false;
    await rowOf(page, 'hello-1').getByRole('button', { name: 'Drain hello-1' }).click();
    await page.keyboard.type(TOKEN);
    await page.keyboard.press('Enter');
    await until('draining', async () => (await stateOf(page, 'hello-1').textContent()) === 'draining');
    await until('the event', async () => (await page.locator('#timeline').textContent()).includes('drained by tester@'));
    must(!(await page.content()).includes(TOKEN), 'the token stands in the page');
  });
  await check('resumes on click', async () => {
    await rowOf(page, 'hello-1').getByRole('button', { name: 'Resume hello-1' }).click();
    await until('up', async () => (await stateOf(page, 'hello-1').textContent()) === 'up');
  });
  await check('weighs, and notes who did', async () => {
    await rowOf(page, 'hello-2').getByRole('button', { name: 'Set the weight of hello-2' }).click();
    await page.locator('#weight').fill('3');
    await page.keyboard.press('Enter');
    await until('weight 3', async () => (await rowOf(page, 'hello-2').locator('td[data-label=weight]').textContent()) === '3');
    await until('the event', async () => /weight 3, asked by tester@/.test(await page.locator('#timeline').textContent()));
  });
  await check('closes a dialog by Escape, and changes nothing', async () => {
    await rowOf(page, 'hello-2').getByRole('button', { name: 'Set the weight of hello-2' }).click();
    await page.locator('#weight').fill('9');
    await page.keyboard.press('Escape');
    await pause(500);
    must((await rowOf(page, 'hello-2').locator('td[data-label=weight]').textContent()) === '3', 'the weight changed');
  });
  await check('explains a request', async () => {
    await page.locator('#explain input[name=path]').fill('/anything');
    await page.getByRole('button', { name: 'Where would it go?' }).click();
    await until('an answer', async () => /^To /.test(await page.locator('#explained').textContent()));
    must((await page.locator('#explained').textContent()).includes('round-robin'), 'it does not say why');
  });
  await check('finds by name and state', async () => {
    await page.locator('#find').fill('hello-2');
    await until('one row', async () => (await page.locator('tbody tr:visible').count()) === 1);
    await page.locator('#find').fill('');
    await page.locator('#state').selectOption('down');
    await until('no row', async () => (await page.locator('tbody tr:visible').count()) === 0);
    await page.locator('#state').selectOption('');
  });
  if (screenshots) {
    await pause(45_000); // charts need a while to look like something
  }
  await check('shows at once who was killed', async () => {
    await stop(hello.get('hello-3'), 'SIGKILL');
    await until('off the roll or down', async () => (await rowOf(page, 'hello-3').count()) === 0 || ['down', 'suspect'].includes(await stateOf(page, 'hello-3').textContent()));
    await until('the event', async () => /hello-3 .*(down|suspect)/.test(await page.locator('#timeline').textContent()));
    await until('said to screen readers', async () => (await page.locator('#announced').textContent()).includes('hello-3'));
  });
  if (screenshots) {
    hello.set('hello-3', upstream('hello-3'));
    await until('back', async () => (await rowOf(page, 'hello-3').locator('td .state.up').count()) === 1);
    await pause(8_000);
    await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
    await page.screenshot({ path: join(docs, 'dashboard-light.png') });
    await page.emulateMedia({ colorScheme: 'dark' });
    await pause(300);
    await page.screenshot({ path: join(docs, 'dashboard-dark.png') });
    await page.emulateMedia({ colorScheme: 'light' });
  }
  busy = false;
  await said;
  await check('says so when the proxy is gone', async () => {
    outage = true;
    must((await stop(first)) === 0, 'the proxy did not end with 0');
    await until('lost', async () => (await page.locator('#link').textContent()).startsWith('no answer since'));
  });
  await check('comes back by itself', async () => {
    first = proxy();
    await until('live', async () => (await page.locator('#link').textContent()) === 'live');
    await until('up', async () => (await rowOf(page, 'hello-1').count()) > 0 && (await stateOf(page, 'hello-1').textContent()) === 'up');
    await pause(1500);
    outage = false;
  });
  await check('an operator\'s wish outlives the only proxy', async () => {
    await until('weight 3', async () => (await rowOf(page, 'hello-2').locator('td[data-label=weight]').textContent()) === '3');
  });
  await page.context().close();

  const server = await listenEverywhere();
  const list = Array.from({ length: MANY }, (_, i) => 'http://127.1.' + (i >> 7) + '.' + ((i & 127) + 1) + ':' + server.address().port);
  start('many', 'proxy', {
    ROLLCALL_HTTP_PORT: manyHttp, ROLLCALL_ADMIN_PORT: manyAdmin, ROLLCALL_CLUSTER_PORT: manyCluster, ROLLCALL_CLUSTER_BUS_PORT: manyBus,
    ROLLCALL_CLUSTER_MEMBERS: 'localhost:' + manyCluster, ROLLCALL_UPSTREAMS: 'many=' + list.join(','),
  });
  await until('the second admin port answers', async () => { try { return (await fetch('http://localhost:' + manyAdmin + '/health/ready')).ok; } catch { return false; } });
  await check('stays quick with ' + MANY + ' instances', async () => {
    const many = await open(manyAdmin);
    await until('all rows', async () => (await many.locator('tbody tr').count()) === MANY);
    await many.evaluate(() => {
      window.longest = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) window.longest = Math.max(window.longest, entry.duration); }).observe({ type: 'longtask' });
    });
    await pause(6000);
    const longest = await many.evaluate(() => window.longest);
    const typed = await many.evaluate(() => { const begun = performance.now(); const find = document.getElementById('find'); find.value = '127.1.1.7:'; find.dispatchEvent(new Event('input')); document.body.offsetHeight; return performance.now() - begun; });
    must((await many.locator('tbody tr:visible').count()) === 1, 'the filter does not hold');
    must(longest < 1000, 'the page hung for ' + Math.round(longest) + ' ms');
    await many.context().close();
    return 'longest pause ' + Math.round(longest) + ' ms, filter ' + Math.round(typed) + ' ms';
  });
  server.close();
  server.unref();
  await check('no error in the console, nothing from elsewhere', async () => empty(Promise.resolve(complaints)));
} catch (fault) {
  failed++;
  console.log('NOT OK  ' + (fault.stack ?? fault));
} finally {
  busy = false;
  await browser.close();
  await endAll();
  console.log(passed + ' passed, ' + failed + ' failed');
  process.exit(failed === 0 ? 0 : 1);
}
