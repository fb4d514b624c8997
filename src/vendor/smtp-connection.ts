export { default as SMTPConnection } from 'nodemailer/lib/smtp-connection';
export { default as XOAuth2 } from 'nodemailer/lib/xoauth2';
