/**
 * Where the tests' proxies connect from: another address of this machine than everybody else's, by which a server
 * tells who came through a proxy.
 */
export const proxyAddress = '127.0.0.2';
