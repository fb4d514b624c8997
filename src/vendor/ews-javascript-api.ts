export { default as ews } from 'ews-javascript-api';
