// Real processes on free ports of this machine, all ended when the test ends.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin/java') : 'java';
const running = new Set();
export const logs = mkdtempSync(join(tmpdir(), 'rollcall-dashboard.'));

export const pause = ms => new Promise(done => setTimeout(done, ms));

export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((done, failed) => {
    const server = createServer().on('error', failed).listen(0, '127.0.0.1', () => done(server));
  })));
  const ports = servers.map(server => server.address().port);
  await Promise.all(servers.map(server => new Promise(done => server.close(done))));
  return ports;
}

export function start(name, jar, env) {
  const log = openSync(join(logs, name + '.log'), 'a');
  const child = spawn(java, ['-XX:TieredStopAtLevel=1', '-jar', join(root, jar, 'target/rollcall-' + jar + '.jar')], {
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...env }, stdio: ['ignore', log, log],
  });
  running.add(child);
  child.ended = new Promise(done => child.on('exit', (code, signal) => { running.delete(child); done(code ?? signal); }));
  return child;
}

export async function stop(child, signal = 'SIGTERM') {
  child.kill(signal);
  return child.ended;
}

export async function endAll() {
  await Promise.all([...running].map(child => stop(child, 'SIGKILL')));
  rmSync(logs, { recursive: true, force: true });
}

// A server that 500 addresses of the loopback network lead to.
export function listenEverywhere() {
  return new Promise((done, failed) => {
    const server = createServer(socket => {
      socket.on('error', () => {});
      socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    });
    server.on('error', failed).listen(0, '0.0.0.0', () => done(server));
  });
}
