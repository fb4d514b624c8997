export { decode } from 'libqp';
