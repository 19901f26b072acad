// The baseline: what Node does with HTTP alone. Also the tracked site, whose every path exists.
import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('"a constant"');
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
