export { default as addressparser } from 'nodemailer/lib/addressparser';
