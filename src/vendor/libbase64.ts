export { decode } from 'libbase64';
