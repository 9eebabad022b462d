import { createServer } from 'node:http';

// Like most servers it knows nothing of drains: on SIGTERM it is gone at once, whatever is under way.
createServer((request, response) => {
  const seconds = Number(/^\/slow\/(\d+)$/.exec(request.url)?.[1] ?? 0);
  setTimeout(() => response.end('Hello from node\n'), seconds * 1000);
}).listen(8000);
process.on('SIGTERM', () => process.exit());
