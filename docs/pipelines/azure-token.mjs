// Prints a token of this job of Azure Pipelines, by which its service connection proves who it is.
// https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create
const { SYSTEM_OIDCREQUESTURI, SYSTEM_ACCESSTOKEN, MS_SERVICE_CONNECTION_ID } = process.env;
const url = `${SYSTEM_OIDCREQUESTURI}?api-version=7.1-preview.1&serviceConnectionId=${MS_SERVICE_CONNECTION_ID}`;
const headers = { Authorization: `Bearer ${SYSTEM_ACCESSTOKEN}`, 'Content-Type': 'application/json' };
const answer = await fetch(url, { method: 'POST', headers });
if (!answer.ok) throw new Error(`Azure Pipelines answered ${answer.status}`);
const { oidcToken } = await answer.json();
process.stdout.write(oidcToken);
