export { default as libmime, Libmime } from 'libmime';
