// Loaded before kinesis-local, which listens on all interfaces and on two ports that must be known before. Here every
// server listens on loopback only, on a free port, which is told on standard output; and the process ends when its
// parent does, which standard input tells.
'use strict';

const net = require('node:net');

const PLAIN_PORT = Number(process.env.KINESIS_MOCK_PLAIN_PORT);
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (port, ...rest) {
  const callbacks = rest.filter((argument) => typeof argument === 'function');
  if (typeof port !== 'number') {
    throw new Error('loopback.cjs knows listen(port) only');
  }
  if (port === PLAIN_PORT) {
    this.once('listening', () => process.stdout.write(`\nplain-port=${this.address().port}\n`));
  }
  return listen.call(this, { port: 0, host: '127.0.0.1' }, ...callbacks);
};

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
